"""The yardstick: a linear classifier over characters and pairs of them. Prints its accuracy on what is kept aside.

Logistic regression on the naive Bayes log-ratios of the n-grams that a text contains (Wang & Manning 2012).
"""
import argparse
import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.overlap import normalise
from common.text_files import read_rows

HASH_SIZE = 1 << 21
LONGEST_GRAM = 2
READ_CHARACTERS = 600
LEAST_COUNT = 2  # rarer n-grams say nothing
EPOCHS = 2
BATCH = 1024
LR = 0.02
START_WEIGHT = 0.05  # every log-ratio counts a little before anything is learned


@dataclass(frozen=True)
class Grams:
    """The distinct hashed n-grams of n texts: `ids` end to end, text i at offsets[i]:offsets[i + 1]."""

    ids: np.ndarray
    offsets: np.ndarray

    @staticmethod
    def of(texts: list[str]) -> "Grams":
        lists = [grams_of(text) for text in texts]
        offsets = np.cumsum([0, *(len(ids) for ids in lists)])
        return Grams(np.concatenate(lists), offsets)

    def take(self, texts: np.ndarray) -> "Grams":
        lists = [self.ids[self.offsets[i] : self.offsets[i + 1]] for i in texts]
        return Grams(np.concatenate(lists), np.cumsum([0, *(len(ids) for ids in lists)]))


def grams_of(text: str) -> np.ndarray:
    """The hashes of the text's characters and character pairs, each once."""
    plain = normalise(text)[:READ_CHARACTERS]
    grams = {plain[i : i + n] for n in range(1, LONGEST_GRAM + 1) for i in range(len(plain) - n + 1)}
    return np.array(sorted(zlib.crc32(gram.encode()) % HASH_SIZE for gram in grams), np.int64)


class LinearModel:
    """Weights on log-ratios; `fit` on one set of texts, `logit` of others."""

    def __init__(self, grams: Grams, labels: np.ndarray, rng: np.random.Generator):
        self.ratios = torch.from_numpy(log_ratios(grams, labels))
        self.weights = torch.full((HASH_SIZE, 1), START_WEIGHT, requires_grad=True)
        self.bias = torch.zeros(1, requires_grad=True)
        self._fit(grams, labels, rng)

    def _forward(self, grams: Grams) -> torch.Tensor:
        """[n] logit of `positive`."""
        ids, offsets = torch.from_numpy(grams.ids), torch.from_numpy(grams.offsets[:-1])
        ratios = self.ratios[ids]
        bags = functional.embedding_bag(ids, self.weights, offsets, mode="sum", per_sample_weights=ratios)
        return bags[:, 0] + self.bias

    def _fit(self, grams: Grams, labels: np.ndarray, rng: np.random.Generator) -> None:
        optimiser = torch.optim.Adam([self.weights, self.bias], lr=LR)
        targets = torch.from_numpy(labels.astype(np.float32))
        for _ in range(EPOCHS):
            order = rng.permutation(len(labels))
            for start in range(0, len(order), BATCH):
                texts = order[start : start + BATCH]
                loss = functional.binary_cross_entropy_with_logits(self._forward(grams.take(texts)), targets[texts])
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()

    @torch.no_grad()
    def logit(self, grams: Grams) -> np.ndarray:
        """[n] logit of `positive`."""
        return self._forward(grams).numpy()


def log_ratios(grams: Grams, labels: np.ndarray) -> np.ndarray:
    """f32 [HASH_SIZE] naive Bayes log-ratio of every n-gram, 0 for rare ones."""
    of_gram = np.repeat(labels, np.diff(grams.offsets))
    counts = [np.bincount(grams.ids[of_gram == label], minlength=HASH_SIZE) for label in (0, 1)]
    negative, positive = ((count + 1) / (count + 1).sum() for count in counts)
    return np.where(sum(counts) >= LEAST_COUNT, np.log(positive / negative), 0).astype(np.float32)


def read_part(path: Path) -> tuple[Grams, np.ndarray]:
    """N-grams and labels [n] of a file of lines `label TAB text`."""
    rows = list(read_rows(path, columns=2))
    return Grams.of([row[1] for row in rows]), np.array([int(row[0]) for row in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    work, rng = arguments.work, np.random.default_rng(arguments.seed)
    grams, labels = read_part(work / "training.tsv")
    model, figures = LinearModel(grams, labels, rng), {}
    for path in sorted([work / "validation.tsv", *work.glob("held_out*.tsv")]):
        texts, right = read_part(path)
        figures[path.stem] = round(100 * float(((model.logit(texts) > 0) == right).mean()), 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
