"""The Chinese review sets as labelled texts, cleaned, de-duplicated, and parted into training, validation and held-out tenths.

A text's part follows from a hash of its normalised form alone, so that copies of a review never end up on two sides, and
every run parts alike.
"""
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from common.overlap import normalise
from common.text_files import read_rows

FILES = {
    "hotel": "zh_chnsenticorp_hotel/train.tsv.xz",
    "waimai": "zh_waimai_10k/train.tsv.xz",
    "shopping": "zh_online_shopping_10/train.tsv.xz",
}
SOURCES = tuple(FILES)

# Of a thousand texts: the tenth that only the figures see, and a fiftieth to choose settings and stop by.
HELD_OUT_PER_MILLE = 100
VALIDATION_PER_MILLE = 20

BYTE_ORDER_MARK = "\ufeff"
WHITESPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Review:
    source: str
    text: str
    label: int  # 0 negative, 1 positive


def clean(text: str) -> str:
    """The text without byte-order marks, and with single spaces."""
    return WHITESPACE.sub(" ", text.replace(BYTE_ORDER_MARK, "")).strip()


def part_of(text: str) -> str:
    """`held_out`, `validation` or `training`, by a hash of the normalised text."""
    digest = hashlib.sha256(normalise(text).encode()).digest()
    drawn = int.from_bytes(digest[:8], "big") % 1000
    if drawn < HELD_OUT_PER_MILLE:
        return "held_out"
    return "validation" if drawn < HELD_OUT_PER_MILLE + VALIDATION_PER_MILLE else "training"


def distinct(reviews: Iterable[Review]) -> list[Review]:
    """One review of each normalised text, in order; none of a text that occurs with both labels, or of nothing but signs."""
    labels: dict[str, set[int]] = {}
    first: dict[str, Review] = {}
    for review in reviews:
        key = normalise(review.text)
        labels.setdefault(key, set()).add(review.label)
        first.setdefault(key, review)
    return [review for key, review in first.items() if key and len(labels[key]) == 1]


def read_reviews(path: Path, source: str) -> list[Review]:
    """The reviews of one file of lines `label TAB text`; a text keeps its own tabs as spaces."""
    rows = read_rows(path, columns=2)
    return [Review(source, clean(" ".join(row[1:])), int(row[0])) for row in rows]


def read_parts(sentiment: Path) -> dict[str, list[Review]]:
    """The reviews of all sets, in `training`, `validation` and `held_out`."""
    parts: dict[str, list[Review]] = {"training": [], "validation": [], "held_out": []}
    reviews = [review for source, file in FILES.items() for review in read_reviews(sentiment / file, source)]
    for review in distinct(reviews):
        parts[part_of(review.text)].append(review)
    return parts
