"""Filters the pool, learns the joint vocabulary, and tokenises both sides: <work>/pool.npz, valid.npz, tokenizer.json.

Both directions share all of it.
"""
import argparse
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.corpus import draw_mixture
from common.pairs import tokenise
from common.unigram import write_tokenizer
from pool import REPEATS, SOURCES, Pair, read_held_out, read_pairs, training_pairs
from vocabulary import train_pieces

MAX_POSITIONS = 512
VOCABULARY_PAIRS = 400_000


def vocabulary_text(pairs: list[Pair], rng: np.random.Generator):
    """Both sides of a sample of pairs, mixed as training mixes them."""
    sources = np.array([SOURCES.index(pair.source) for pair in pairs])
    examples = draw_mixture(sources, np.array(list(REPEATS.values())), rng)
    for index in rng.permutation(examples)[:VOCABULARY_PAIRS]:
        yield pairs[index].english
        yield pairs[index].chinese


def write_pairs(path: Path, tokenizer: Tokenizer, pairs: list[Pair]) -> None:
    """Both sides with their </s>, and each pair's source."""
    english = tokenise(tokenizer, [pair.english for pair in pairs])
    chinese = tokenise(tokenizer, [pair.chinese for pair in pairs])
    np.savez(
        path,
        en_ids=english.ids,
        en_offsets=english.offsets,
        zh_ids=chinese.ids,
        zh_offsets=chinese.offsets,
        sources=np.array([SOURCES.index(pair.source) for pair in pairs], np.uint8),
    )
    print(f"{path.name}: {len(pairs)} pairs, {len(english.ids)} English and {len(chinese.ids)} Chinese tokens")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with translation/")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--vocabulary", type=int, default=16_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    translation, work = arguments.data / "translation", arguments.work
    work.mkdir(parents=True, exist_ok=True)
    held_out = read_held_out(translation / "eval")
    pairs, dropped = training_pairs(translation / "zhen_pool/train.tsv.xz", held_out)
    held_out.assert_absent(text for pair in pairs for text in (pair.english, pair.chinese))
    print(f"{len(pairs)} pairs kept, {dropped} dropped")
    rng = np.random.default_rng(arguments.seed)
    pieces = train_pieces(vocabulary_text(pairs, rng), arguments.vocabulary, work / "pieces")
    write_tokenizer(pieces, MAX_POSITIONS, work / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    write_pairs(work / "pool.npz", tokenizer, pairs)
    write_pairs(work / "valid.npz", tokenizer, list(read_pairs(translation / "zhen_pool/valid.tsv")))


if __name__ == "__main__":
    main()
