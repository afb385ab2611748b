"""Windows of tokens: overlapping parts that cover a long text, and for training a few whole sentences around the answer.

Training sees no more than those because tokens are what it costs.
"""
import re

import numpy as np

SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")


def sentence_flags(text: str, offsets: list[tuple[int, int]]) -> np.ndarray:
    """[tokens] bool: True where a token is the first of a sentence; `offsets` are the tokens' characters in `text`."""
    flags = np.zeros(len(offsets), bool)
    starts = np.array([start for start, _ in offsets])
    firsts = [0, *(match.end() for match in SENTENCE_END.finditer(text))]
    places = np.searchsorted(starts, firsts)
    flags[places[places < len(flags)]] = True
    return flags


def token_span(offsets: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """First and last token that overlap the characters [start, end); None where no token does."""
    inside = [i for i, (low, high) in enumerate(offsets) if low < end and high > start]
    return (inside[0], inside[-1]) if inside else None


def draw_window(flags: np.ndarray, first: int, last: int, budget: int, rng: np.random.Generator) -> tuple[int, int]:
    """A random window [low, high) of at most `budget` tokens that holds the tokens first..last.

    It consists of whole sentences, unless the answer's own is longer than the budget; a longer answer is the budget.
    """
    length = len(flags)
    budget = max(budget, last + 1 - first)
    if length <= budget:
        return 0, length
    bounds = np.append(np.flatnonzero(flags), length)
    below, above = np.searchsorted(bounds, first, "right") - 1, np.searchsorted(bounds, last, "right")
    if bounds[above] - bounds[below] > budget:
        low = int(rng.integers(max(0, last + 1 - budget), min(first, length - budget) + 1))
        return low, low + budget
    while True:
        sides = []
        if below > 0 and bounds[above] - bounds[below - 1] <= budget:
            sides.append((-1, 0))
        if above < len(bounds) - 1 and bounds[above + 1] - bounds[below] <= budget:
            sides.append((0, 1))
        if not sides:
            return int(bounds[below]), int(bounds[above])
        left, right = sides[rng.integers(len(sides))]
        below, above = below + left, above + right


def overlapping_parts(length: int, room: int, overlap: int) -> list[tuple[int, int]]:
    """Ranges [low, high) of at most `room` tokens that cover `length`; neighbours share `overlap`."""
    if length <= room:
        return [(0, length)]
    if room <= overlap:
        raise ValueError(f"a window has room for {room} tokens, which is not above the overlap of {overlap}")
    last = -(-(length - room) // (room - overlap))
    lows = [i * (room - overlap) for i in range(last + 1)]
    return [(low, min(low + room, length)) for low in lows]
