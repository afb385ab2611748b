"""The English sentiment sets as (text, label) examples, and the texts made from them.

`sst2`, `rt_polarity`, `yelp_short`, `pros_cons` and `imdb` are data sets. `sst2_plain` is SST-2 in ordinary spelling ("ca n't" ->
"can't"), because visitors don't type tokenised text. `imdb_sentences` are sentences of the IMDB reviews without a label: a
review's label need not hold for each of its sentences, so a teacher labels them.
"""
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from common.labelled import UNLABELLED
from common.text_files import read_rows

# Kept out of training, to measure long reviews and noisy short ones.
HELD_OUT_REVIEWS = {"imdb": 1000, "yelp_short": 2000}

FILES = {
    "sst2": "sst2/train.tsv.xz",
    "rt_polarity": "rt_polarity/train_no_sst_dev_test.tsv.xz",
    "imdb": "imdb/train.tsv.xz",
    "yelp_short": "yelp_short/train.tsv.xz",
    "pros_cons": "pros_cons/train.tsv.xz",
}
SOURCES = (*FILES, "sst2_plain", "imdb_sentences")

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'])")
SENTENCE_CHARACTERS = range(15, 220)

# What tokenised text spells otherwise than people do, as far as WordPiece sees a difference.
TREEBANK_SPELLING = (
    (re.compile(r"\bca n't\b"), "can't"),
    (re.compile(r"\bwo n't\b"), "won't"),
    (re.compile(r"\bsha n't\b"), "shan't"),
    (re.compile(r" n't\b"), "n't"),
    (re.compile(r"-lrb- ?"), "("),
    (re.compile(r" ?-rrb-"), ")"),
    (re.compile(r"`` ?| ?''"), '"'),
)


@dataclass(frozen=True)
class Example:
    source: str
    text: str
    label: int  # 0 negative, 1 positive, UNLABELLED


def plain_spelling(text: str) -> str:
    """Treebank-tokenised text as people write it."""
    for pattern, replacement in TREEBANK_SPELLING:
        text = pattern.sub(replacement, text)
    return text


def split_sentences(review: str) -> list[str]:
    """Sentences of a review, by punctuation followed by a capital; fragments and run-ons are left out."""
    return [s for s in SENTENCE_END.split(review) if len(s) in SENTENCE_CHARACTERS]


def read_examples(path: Path, source: str) -> list[Example]:
    """The examples of one file whose first two columns are label and text."""
    return [Example(source, row[1].strip(), int(row[0])) for row in read_rows(path, columns=2)]


def read_all(sentiment: Path) -> tuple[list[Example], dict[str, list[Example]]]:
    """Training examples of all sources, and the evaluation sets by name."""
    evaluation = {"sst2_dev": read_examples(sentiment / "sst2/dev.tsv", "sst2_dev")}
    training = []
    for source, file in FILES.items():
        examples = read_examples(sentiment / file, source)
        held_out = HELD_OUT_REVIEWS.get(source, 0)
        if held_out:
            every = len(examples) // held_out
            chosen = set(range(0, every * held_out, every))
            evaluation[f"{source}_held_out"] = [examples[i] for i in sorted(chosen)]
            examples = [example for i, example in enumerate(examples) if i not in chosen]
        training += examples
        training += derive(examples)
    return training, evaluation


def derive(examples: list[Example]) -> Iterator[Example]:
    """The texts made from a data set: see the head of this file."""
    for example in examples:
        if example.source == "sst2":
            plain = plain_spelling(example.text)
            if plain != example.text:
                yield Example("sst2_plain", plain, example.label)
        elif example.source == "imdb":
            for sentence in split_sentences(example.text):
                yield Example("imdb_sentences", sentence, UNLABELLED)
