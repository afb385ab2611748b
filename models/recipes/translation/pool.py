"""The pooled English-Chinese pairs: which are good enough to learn from, and how much each source counts.

Most of the pool is technical prose. One mixture brings everyday language up and manuals, game text and scripture down, so
that both a visitor's sentence and an article come out right; the other is for a small model and little time: what people
say every day, and a little prose.
"""
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from common.overlap import HeldOut
from common.text_files import read_lines, read_rows
from small_pairs import small_pairs

# How often a pair of each source occurs in an epoch: in "all" the pool, and in "everyday" language.
SHARES = {
    "tatoeba": (3.0, 3.0),
    "msctd": (1.5, 1.0),
    "aichallenger_valid": (2.0, 2.0),
    "xnli": (2.0, 1.0),
    "pawsx": (1.0, 0.0),
    "3am": (1.0, 1.0),
    "xquad_mlqa": (2.0, 1.0),
    "bucc": (2.0, 1.0),
    "tico19_dev": (2.0, 1.0),
    "lctt": (0.6, 0.1),
    "goldminer": (0.6, 0.0),
    "jsinfo": (1.0, 0.0),
    "tfdocs": (0.3, 0.0),
    "pydocs": (0.3, 0.0),
    "minecraft": (0.3, 0.0),
    "bible_web_cuv": (0.3, 0.0),
    "small": (1.0, 1.0),
}
SOURCES = tuple(SHARES)
MIXTURES = ("all", "everyday")

SMALL_PAIRS = 20_000

MAX_ENGLISH_WORDS = 80
MAX_CHINESE_CHARACTERS = 150
# Chinese characters for each English word; a pair outside is misaligned, or mostly untranslated names and code.
CHARACTERS_PER_WORD = (0.5, 5.0)
MIN_HAN_SHARE = 0.3

HAN = re.compile(r"[㐀-鿿]")
SPACES = re.compile(r"\s+")
FULL_WIDTH_ALPHANUMERICS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}


@dataclass(frozen=True)
class Pair:
    english: str
    chinese: str
    source: str


def clean(text: str) -> str:
    """NFC, single spaces, ordinary letters and digits instead of full-width ones; Chinese punctuation stays."""
    text = unicodedata.normalize("NFC", text).translate(FULL_WIDTH_ALPHANUMERICS)
    return SPACES.sub(" ", text).strip()


def is_translation(english: str, chinese: str) -> bool:
    """False for pairs that are empty, too long, not in their language, or of lengths that don't fit together."""
    words, han = len(english.split()), len(HAN.findall(chinese))
    if not 0 < words <= MAX_ENGLISH_WORDS or not 0 < len(chinese) <= MAX_CHINESE_CHARACTERS:
        return False
    if HAN.search(english) or not re.search(r"[A-Za-z]", english):
        return False
    if han < MIN_HAN_SHARE * len(chinese.replace(" ", "")):
        return False
    low, high = CHARACTERS_PER_WORD
    # A couple of characters more or fewer is no sign of anything in a short pair.
    return low * words - 2 <= han <= high * words + 3


def read_pairs(path: Path) -> Iterator[Pair]:
    """The cleaned pairs of a file of the pool, unfiltered."""
    for english, chinese, source in read_rows(path, columns=3):
        yield Pair(clean(english), clean(chinese), source)


def read_held_out(evaluation: Path) -> HeldOut:
    """Every line, source or reference, of every evaluation set under the folder."""
    files = sorted(path for path in evaluation.glob("*/*") if path.is_file())
    if not files:
        raise ValueError(f"{evaluation}: no evaluation sets")
    return HeldOut(line for file in files for line in read_lines(file))


def is_held_out(pair: Pair, held_out: HeldOut) -> bool:
    return held_out.contains(pair.english) or held_out.contains(pair.chinese)


def repeats_of(mixture: str) -> np.ndarray:
    """[sources] how often a pair of each source occurs in an epoch of the mixture."""
    return np.array([shares[MIXTURES.index(mixture)] for shares in SHARES.values()])


def training_pairs(path: Path, held_out: HeldOut, mixture: str) -> tuple[list[Pair], int]:
    """The pairs to train on, and how many pairs of the mixture's sources were dropped."""
    repeats = dict(zip(SOURCES, repeats_of(mixture)))
    kept, seen, total = [], set(), 0
    for pair in read_pairs(path):
        if not repeats[pair.source]:
            continue
        total += 1
        key = (pair.english, pair.chinese)
        if key in seen or not is_translation(pair.english, pair.chinese):
            continue
        if is_held_out(pair, held_out):
            continue
        seen.add(key)
        kept.append(pair)
    return kept, total - len(kept)


def own_pairs(held_out: HeldOut, seed: int) -> list[Pair]:
    """Small pairs, but those of which a side is in an evaluation set."""
    pairs = [Pair(english, chinese, "small") for chinese, english in small_pairs(SMALL_PAIRS, seed)]
    return [pair for pair in pairs if not is_held_out(pair, held_out)]
