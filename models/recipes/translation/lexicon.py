"""A bilingual lexicon from the pairs themselves, and what a translator gains from it before its first step.

IBM model 1 (Brown et al. 1993) in both directions says which token translates which. From it come
- links: for each target token the place of the source token that it translates, which one cross-attention head learns to
  look at (guided alignment, Chen et al. 2016), and
- embeddings in which a token lies near its translations: with one table for both sides and the output, a decoder that looks
  at the right place has the right word at hand.
Without them a small translator spends its first hours on finding out that 猫 is a cat.
"""
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from common.corpus import TokenLists

NO_LINK = 255  # links are places below this
EM_ITERATIONS = 5
EM_CELLS = 40_000_000
LINK_CELLS = 4_000_000
# A link needs at least this product of both directions' probabilities; words at far places need more.
MIN_LINK_SCORE = 0.01
PLACE_PENALTY = 4.0


@dataclass(frozen=True)
class Cells:
    """Every (target token, source token) of some pairs, pair by pair, target place by target place."""

    source_tokens: np.ndarray
    target_tokens: np.ndarray
    source_index: np.ndarray  # which source token of the pairs, end to end
    target_index: np.ndarray  # which target token of the pairs, end to end
    place: np.ndarray  # of the source token in its sentence
    distance: np.ndarray  # between the two relative places, 0 to 1

    @staticmethod
    def of(source: TokenLists, target: TokenLists, first: int, last: int) -> "Cells":
        """The cells of pairs first <= i < last."""
        source_lengths, target_lengths = source.lengths()[first:last], target.lengths()[first:last]
        pair_of_target = np.repeat(np.arange(last - first), target_lengths)
        widths = source_lengths[pair_of_target]
        target_index = np.repeat(np.arange(len(widths)), widths)
        place = np.arange(len(target_index)) - np.repeat(np.cumsum(widths) - widths, widths)
        starts = np.cumsum(source_lengths) - source_lengths
        source_index = starts[pair_of_target][target_index] + place
        target_place = np.arange(len(widths)) - np.repeat(np.cumsum(target_lengths) - target_lengths, target_lengths)
        relative = (target_place + 0.5) / target_lengths[pair_of_target]
        return Cells(
            source.ids[source.offsets[first] :][source_index].astype(np.int64),
            target.ids[target.offsets[first] :][target_index].astype(np.int64),
            source_index,
            target_index,
            place,
            np.abs((place + 0.5) / widths[target_index] - relative[target_index]),
        )


def ranges(source: TokenLists, target: TokenLists, cells: int):
    """Consecutive ranges of pairs with about so many cells each."""
    sizes = np.cumsum(source.lengths() * target.lengths())
    first = 0
    while first < len(sizes):
        before = sizes[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(sizes, before + cells, "right")))
        yield first, last
        first = last


@dataclass(frozen=True)
class Lexicon:
    """p(target | source) and p(source | target) of the token pairs that occur together, by key source * size + target."""

    size: int  # of the vocabulary
    keys: np.ndarray  # sorted
    target_given_source: np.ndarray
    source_given_target: np.ndarray

    @staticmethod
    def learn(source: TokenLists, target: TokenLists, size: int) -> "Lexicon":
        """Model 1 without a null word: the source's </s> serves as one. Learns from the first pairs, EM_CELLS of them."""
        cells = Cells.of(source, target, *next(ranges(source, target, EM_CELLS)))
        keys, inverse = np.unique(cells.source_tokens * size + cells.target_tokens, return_inverse=True)
        inverse = inverse.astype(np.int32)
        forward = _model_1(inverse, cells.target_index, keys // size, len(keys))
        backward = _model_1(inverse, cells.source_index, keys % size, len(keys))
        return Lexicon(size, keys, forward, backward)

    def joint(self) -> np.ndarray:
        """[keys] the product of both directions: high where two tokens translate each other and little else."""
        return self.target_given_source * self.source_given_target

    def reversed(self) -> "Lexicon":
        """The same in the other direction."""
        keys = self.keys % self.size * self.size + self.keys // self.size
        order = np.argsort(keys)
        return Lexicon(self.size, keys[order], self.source_given_target[order], self.target_given_source[order])

    def links(self, source: TokenLists, target: TokenLists) -> np.ndarray:
        """[target tokens] the place of the source token that each translates, NO_LINK where none is likely."""
        table = np.zeros(self.size * self.size, np.float32)  # far faster to look up than the sorted keys
        table[self.keys] = self.joint()
        parts = []
        for first, last in ranges(source, target, LINK_CELLS):
            cells = Cells.of(source, target, first, last)
            scores = table[cells.source_tokens * self.size + cells.target_tokens]
            scores *= np.exp(-PLACE_PENALTY * cells.distance)
            scores[cells.place >= NO_LINK] = 0.0
            starts = np.flatnonzero(np.diff(cells.target_index, prepend=-1))
            best = np.maximum.reduceat(scores, starts)
            links = np.full(len(starts), NO_LINK, np.uint8)
            winners = np.flatnonzero((scores == best[cells.target_index]) & (scores >= MIN_LINK_SCORE))[::-1]
            links[cells.target_index[winners]] = cells.place[winners]
            parts.append(links)
        return np.concatenate(parts)


def _model_1(inverse: np.ndarray, group: np.ndarray, given: np.ndarray, keys: int) -> np.ndarray:
    """[keys] p(other | given) by EM: `inverse` names each cell's key, `group` the token that its weights sum to one over."""
    probability = np.ones(keys)
    for _ in range(EM_ITERATIONS):
        weight = probability[inverse]
        weight /= np.bincount(group, weight)[group]
        counts = np.bincount(inverse, weight, minlength=keys)
        probability = counts / np.bincount(given, counts)[given]
    return probability


def embeddings(lexicon: Lexicon, width: int, rng: np.random.Generator) -> np.ndarray:
    """[vocabulary, width] unit rows: random directions, drawn together where tokens translate each other.

    One round of averaging over the lexicon's graph: cosines are about those of the rows of I + S, S being the square root
    of the joint probabilities, plus noise of 1 / sqrt(width).
    """
    strength = np.sqrt(lexicon.joint())
    strong = strength > 0.05
    rows, columns = lexicon.keys[strong] // lexicon.size, lexicon.keys[strong] % lexicon.size
    one_way = sparse.coo_array((strength[strong], (rows, columns)), shape=(lexicon.size, lexicon.size))
    graph = (one_way + one_way.T).tocsr()
    directions = rng.standard_normal((lexicon.size, width))
    mixed = directions + graph @ directions
    return (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)
