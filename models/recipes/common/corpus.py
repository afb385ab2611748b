"""Tokenised text as flat arrays (token ids end to end, with offsets), and batches of about equal length drawn from it."""
from dataclasses import dataclass

import numpy as np

# Sequences are padded to a multiple of this: matrix kernels like whole tiles.
PAD_MULTIPLE = 8
# A batch's cost counts at least this much per sequence, so that one-word texts don't make batches of thousands.
MIN_COSTED_LENGTH = 8


@dataclass(frozen=True)
class TokenLists:
    """n token lists: `ids` [total] end to end, `offsets` [n + 1]; list i is ids[offsets[i]:offsets[i + 1]]."""

    ids: np.ndarray
    offsets: np.ndarray

    @staticmethod
    def pack(lists: list[list[int]]) -> "TokenLists":
        """Packs Python lists; ids must fit in 16 bits, as every vocabulary here does."""
        offsets = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(tokens) for tokens in lists], out=offsets[1:])
        ids = np.fromiter((token for tokens in lists for token in tokens), np.uint16, count=int(offsets[-1]))
        return TokenLists(ids, offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> np.ndarray:
        return self.ids[self.offsets[index] : self.offsets[index + 1]]

    def lengths(self) -> np.ndarray:
        """[n] tokens in each list."""
        return np.diff(self.offsets)


def pad(lists: list[np.ndarray], pad_id: int) -> tuple[np.ndarray, np.ndarray]:
    """Token lists as ids [batch, length] and mask [batch, length] (1 for a token, 0 for padding), both int64."""
    longest = max(len(tokens) for tokens in lists)
    length = -(-longest // PAD_MULTIPLE) * PAD_MULTIPLE
    ids = np.full((len(lists), length), pad_id, np.int64)
    mask = np.zeros((len(lists), length), np.int64)
    for row, tokens in enumerate(lists):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    return ids, mask


def draw_mixture(sources: np.ndarray, repeats: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Indices of one epoch in which an example of source s occurs repeats[s] times; a fraction is a probability."""
    wanted = repeats[sources]
    whole = np.floor(wanted).astype(np.int64)
    extra = rng.random(len(sources)) < wanted - whole
    return np.repeat(np.arange(len(sources)), whole + extra)


def cut_batches(
    examples: np.ndarray, lengths: np.ndarray, tokens_per_batch: int, rng: np.random.Generator
) -> list[np.ndarray]:
    """Groups examples of about equal length into batches of at most `tokens_per_batch` padded tokens, in random order.

    `lengths` [n] belongs to `examples` [n]. A little noise in the sort keys changes who sits with whom each epoch.
    """
    keys = lengths * rng.uniform(0.95, 1.05, len(lengths)) + rng.uniform(0, 2, len(lengths))
    order = np.argsort(keys, kind="stable")
    batches, start, longest = [], 0, 0
    for position, index in enumerate(order):
        cost = max(longest, int(lengths[index]), MIN_COSTED_LENGTH)
        if position > start and (position - start + 1) * cost > tokens_per_batch:
            batches.append(examples[order[start:position]])
            start, cost = position, max(int(lengths[index]), MIN_COSTED_LENGTH)
        longest = cost
    batches.append(examples[order[start:]])
    return [batches[i] for i in rng.permutation(len(batches))]
