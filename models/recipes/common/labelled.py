"""Labelled texts to train a classifier on: batches of a mixture of sources, and the loss."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from common.corpus import TokenLists, cut_batches, draw_mixture, pad
from common.trainer import training_device


@dataclass(frozen=True)
class TrainingSet:
    """Texts with labels [n] and sources [n]."""

    texts: TokenLists
    labels: np.ndarray
    sources: np.ndarray

    @staticmethod
    def load(corpus: Path) -> "TrainingSet":
        arrays = np.load(corpus)
        return TrainingSet(TokenLists(arrays["ids"], arrays["offsets"]), arrays["labels"], arrays["sources"])

    def at_least(self, tokens: int) -> "TrainingSet":
        """Without the texts of fewer tokens."""
        kept = np.flatnonzero(self.texts.lengths() >= tokens)
        return TrainingSet(TokenLists.pack([self.texts[i] for i in kept]), self.labels[kept], self.sources[kept])


class Batches:
    """Batches, epoch after epoch, in which a text of source s occurs repeats[s] times; a step's batch is always the same."""

    def __init__(self, data: TrainingSet, repeats: np.ndarray, tokens_per_batch: int, seed: int):
        self.data, self.repeats, self.tokens_per_batch, self.seed = data, repeats, tokens_per_batch, seed
        self.lengths = data.texts.lengths()
        self.epoch, self.batches = -1, []
        self._open_epoch(0)
        # Epochs differ by a few batches; the first one's number stands for all.
        self.per_epoch = len(self.batches)

    def _open_epoch(self, epoch: int) -> None:
        rng = np.random.default_rng((self.seed, epoch))
        examples = draw_mixture(self.data.sources, self.repeats, rng)
        self.batches = cut_batches(examples, self.lengths[examples], self.tokens_per_batch, rng)
        self.epoch = epoch

    def batch(self, step: int, rank: int, world: int) -> dict[str, torch.Tensor]:
        epoch, position = divmod(step, self.per_epoch)
        if epoch != self.epoch:
            self._open_epoch(epoch)
        examples = self.batches[position % len(self.batches)]
        mine = examples[rank::world] if len(examples) >= world else examples
        ids, mask = pad([self.data.texts[i] for i in mine], pad_id=0)
        batch = {"ids": ids, "mask": mask, "labels": self.data.labels[mine].astype(np.int64)}
        device = training_device()
        return {name: torch.from_numpy(array).to(device, non_blocking=True) for name, array in batch.items()}


def loss_of(model: nn.Module, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Mean cross-entropy with the labels of a batch of `Batches`."""
    logits = model(input_ids=batch["ids"], attention_mask=batch["mask"]).logits.float()
    return functional.cross_entropy(logits, batch["labels"])
