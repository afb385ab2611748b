"""Labelled texts to train a classifier on: batches of a mixture of sources, and the losses."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from common.corpus import TokenLists, cut_batches, draw_mixture, pad
from common.trainer import training_device

UNLABELLED = -1
DISTILLED_SHARE = 0.7  # of a student's loss; the rest is cross-entropy with the human label
TEMPERATURE = 2.0


@dataclass(frozen=True)
class TrainingSet:
    """Texts with labels [n], sources [n] and, for a student, a teacher's logits [n, 2]."""

    texts: TokenLists
    labels: np.ndarray
    sources: np.ndarray
    teacher: np.ndarray | None

    @staticmethod
    def load(corpus: Path, teacher_logits: Path | None = None) -> "TrainingSet":
        arrays = np.load(corpus)
        teacher = np.load(teacher_logits) if teacher_logits else None
        return TrainingSet(TokenLists(arrays["ids"], arrays["offsets"]), arrays["labels"], arrays["sources"], teacher)


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
        if self.data.teacher is not None:
            batch["teacher"] = self.data.teacher[mine]
        device = training_device()
        return {name: torch.from_numpy(array).to(device, non_blocking=True) for name, array in batch.items()}


def label_loss(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy over the labelled examples; 0 where there are none. logits [batch, 2], labels [batch]."""
    losses = functional.cross_entropy(logits, labels, ignore_index=UNLABELLED, reduction="sum")
    return losses / (labels != UNLABELLED).sum().clamp(min=1)


def distillation_loss(logits: torch.Tensor, teacher: torch.Tensor) -> torch.Tensor:
    """Divergence from the teacher's softened probabilities; both [batch, 2]. Hinton et al. 2015."""
    student = functional.log_softmax(logits / TEMPERATURE, dim=-1)
    target = functional.softmax(teacher / TEMPERATURE, dim=-1)
    return TEMPERATURE**2 * functional.kl_div(student, target, reduction="batchmean")


def loss_of(model: nn.Module, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """The loss of a batch of `Batches`: of the labels alone, or with the teacher's logits where there are some."""
    logits = model(input_ids=batch["ids"], attention_mask=batch["mask"]).logits.float()
    if "teacher" not in batch:
        return label_loss(logits, batch["labels"])
    soft = distillation_loss(logits, batch["teacher"])
    return DISTILLED_SHARE * soft + (1 - DISTILLED_SHARE) * label_loss(logits, batch["labels"])
