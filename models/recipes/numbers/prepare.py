"""Draws phrases, keeps some aside, learns the pieces, and tokenises both directions.

Writes under --work: tokenizer.json, <direction>.npz with the training pairs, and held_out.json, phrases of which no form
is trained on.
"""
import argparse
import json
import sys
import zlib
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.overlap import HeldOut
from common.pairs import tokenise
from common.unigram import write_tokenizer
from phrases import Phrase, draw_phrase
from pieces import learn_pieces

MAX_POSITIONS = 128
VOCABULARY_PHRASES = 50_000
HELD_OUT_EVERY = 25
HELD_OUT_PHRASES = 2_000
# Shorter ones are few, and each is a word of the language to be learned.
MIN_HELD_OUT_CHARACTERS = 5
CANONICAL_SHARE = 0.5
CAPITALISED_SHARE = 0.2
DIRECTIONS = ("en-zh", "zh-en")


def is_held_out(phrase: Phrase) -> bool:
    """A fixed share of the phrases, whatever the seed; all forms of a phrase share its canonical Chinese."""
    canonical = phrase.chinese[0]
    long_enough = len(canonical) >= MIN_HELD_OUT_CHARACTERS
    return long_enough and zlib.crc32(canonical.encode()) % HELD_OUT_EVERY == 0


def draw_form(forms: tuple[str, ...], rng: np.random.Generator) -> str:
    """The canonical form, or as often any other; some with a capital letter, as a sentence starts."""
    form = forms[0] if rng.random() < CANONICAL_SHARE else forms[rng.integers(len(forms))]
    return form[0].upper() + form[1:] if rng.random() < CAPITALISED_SHARE else form


def pairs_of(phrase: Phrase, rng: np.random.Generator) -> dict[str, tuple[str, str]]:
    """Source in any form and canonical target, for both directions."""
    return {
        "en-zh": (draw_form(phrase.english, rng), phrase.chinese[0]),
        "zh-en": (draw_form(phrase.chinese, rng), phrase.english[0]),
    }


def draw_split(count: int, rng: np.random.Generator) -> tuple[list[Phrase], list[Phrase]]:
    """`count` phrases to train on and the held-out ones."""
    training, held_out = [], {}
    while len(training) < count or len(held_out) < HELD_OUT_PHRASES:
        phrase = draw_phrase(rng)
        if not is_held_out(phrase):
            training.append(phrase)
        elif len(held_out) < HELD_OUT_PHRASES:
            held_out[phrase.chinese[0]] = phrase
    return training[:count], list(held_out.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--phrases", type=int, default=300_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    work = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(arguments.seed)
    phrases, held_out = draw_split(arguments.phrases, rng)
    HeldOut(p.chinese[0] for p in held_out).assert_absent(p.chinese[0] for p in phrases)
    pairs = [pairs_of(phrase, rng) for phrase in phrases]
    sides = [text for both in pairs[:VOCABULARY_PHRASES] for pair in both.values() for text in pair]
    pieces = learn_pieces(sides)
    write_tokenizer(pieces, MAX_POSITIONS, work / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    for direction in DIRECTIONS:
        source, target = (tokenise(tokenizer, [both[direction][side] for both in pairs]) for side in (0, 1))
        arrays = {"source_ids": source.ids, "source_offsets": source.offsets}
        np.savez(work / f"{direction}.npz", **arrays, target_ids=target.ids, target_offsets=target.offsets)
        print(f"{direction}: {len(source)} pairs, {len(source.ids)} and {len(target.ids)} tokens")
    rows = [{"english": phrase.english, "chinese": phrase.chinese} for phrase in held_out]
    (work / "held_out.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    print(f"{len(held_out)} phrases held out, {len(pieces)} pieces")


if __name__ == "__main__":
    main()
