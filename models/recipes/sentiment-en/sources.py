"""The English sentiment sets as (text, label) examples, and the texts made from them.

`sst2`, `rt_polarity`, `yelp_short`, `pros_cons` and `imdb` are data sets. `sst2_plain` is SST-2 in ordinary spelling ("ca n't" ->
"can't"), because visitors don't type tokenised text. `imdb_sentences` are those that `sentences.py` adds.
"""
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
    label: int  # 0 negative, 1 positive


def plain_spelling(text: str) -> str:
    """Treebank-tokenised text as people write it."""
    for pattern, replacement in TREEBANK_SPELLING:
        text = pattern.sub(replacement, text)
    return text


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
        if source == "sst2":
            training += respelled(examples)
    return training, evaluation


def respelled(examples: list[Example]) -> Iterator[Example]:
    """Those whose ordinary spelling is another, in it, as `sst2_plain`."""
    for example in examples:
        plain = plain_spelling(example.text)
        if plain != example.text:
            yield Example("sst2_plain", plain, example.label)
