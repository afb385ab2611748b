"""Filters the pool, learns the joint vocabulary and a lexicon, and tokenises both sides.

Writes tokenizer.json, pool.npz (with each token's link to the other side), embeddings.npy, valid.npz and mixture.json to
<work>. Both directions share all of it.
"""
import argparse
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.corpus import TokenLists, draw_mixture
from common.pairs import tokenise
from common.unigram import write_tokenizer
from lexicon import NO_LINK, Lexicon, embeddings
from model import SHAPES, write_choice
from pool import MIXTURES, SOURCES, Pair, own_pairs, read_held_out, read_pairs, repeats_of, training_pairs
from vocabulary import train_pieces

MAX_POSITIONS = 512
VOCABULARY_PAIRS = 400_000


def vocabulary_text(pairs: list[Pair], mixture: str, rng: np.random.Generator):
    """Both sides of a sample of pairs, mixed as training mixes them."""
    sources = np.array([SOURCES.index(pair.source) for pair in pairs])
    examples = draw_mixture(sources, repeats_of(mixture), rng)
    for index in rng.permutation(examples)[:VOCABULARY_PAIRS]:
        yield pairs[index].english
        yield pairs[index].chinese


def tokenise_pairs(tokenizer: Tokenizer, pairs: list[Pair]) -> dict[str, np.ndarray]:
    """Both sides with their </s>, and each pair's source."""
    arrays = {"sources": np.array([SOURCES.index(pair.source) for pair in pairs], np.uint8)}
    for side, texts in (("en", [pair.english for pair in pairs]), ("zh", [pair.chinese for pair in pairs])):
        lists = tokenise(tokenizer, texts)
        arrays |= {f"{side}_ids": lists.ids, f"{side}_offsets": lists.offsets}
    return arrays


def sides_of(arrays: dict[str, np.ndarray]) -> list[TokenLists]:
    """English and Chinese."""
    return [TokenLists(arrays[f"{side}_ids"], arrays[f"{side}_offsets"]) for side in ("en", "zh")]


def links_of(lexicon: Lexicon, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """For each token of a side its place on the other, by an English to Chinese lexicon."""
    english, chinese = sides_of(arrays)
    return {"zh_links": lexicon.links(english, chinese), "en_links": lexicon.reversed().links(chinese, english)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with translation/")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--mixture", choices=MIXTURES, default="all")
    parser.add_argument("--vocabulary", type=int, default=16_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    translation, work = arguments.data / "translation", arguments.work
    work.mkdir(parents=True, exist_ok=True)
    held_out = read_held_out(translation / "eval")
    pairs, dropped = training_pairs(translation / "zhen_pool/train.tsv.xz", held_out, arguments.mixture)
    small = own_pairs(held_out, arguments.seed)
    held_out.assert_absent(text for pair in pairs + small for text in (pair.english, pair.chinese))
    print(f"{len(pairs)} pairs kept, {dropped} dropped, {len(small)} small ones")
    rng = np.random.default_rng(arguments.seed)
    pieces = train_pieces(vocabulary_text(pairs, arguments.mixture, rng), arguments.vocabulary, work / "pieces")
    write_tokenizer(pieces, MAX_POSITIONS, work / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    lexicon = Lexicon.learn(*sides_of(tokenise_pairs(tokenizer, pairs)), tokenizer.get_vocab_size())
    np.save(work / "embeddings.npy", embeddings(lexicon, SHAPES[arguments.mixture].d_model, rng))
    arrays = tokenise_pairs(tokenizer, pairs + small)
    links = links_of(lexicon, arrays)
    np.savez(work / "pool.npz", **arrays, **links)
    arrays = tokenise_pairs(tokenizer, list(read_pairs(translation / "zhen_pool/valid.tsv")))
    np.savez(work / "valid.npz", **arrays, **links_of(lexicon, arrays))
    write_choice(work, arguments.mixture)
    for side in ("en", "zh"):
        linked = (links[f"{side}_links"] != NO_LINK).mean()
        print(f"{side}: {len(links[f'{side}_links'])} tokens, {linked:.1%} of them linked")


if __name__ == "__main__":
    main()
