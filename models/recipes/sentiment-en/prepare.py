"""Reads the data sets, keeps evaluation texts out, prunes the base's vocabulary to what English uses, and tokenises everything.

Writes under --work: tokenizer.json, config.json, pieces.npy (the base's ids of the kept pieces), corpus.npz, and
evaluation.json with the evaluation sets as text.
"""
import argparse
import json
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.corpus import TokenLists
from common.overlap import HeldOut
from common.text_files import read_lines
from common.wordpiece import choose_pieces, with_pieces
from sources import SOURCES, Example, read_all

ID2LABEL = {"0": "NEGATIVE", "1": "POSITIVE"}
MAX_POSITIONS = 512
# Longer reviews are cut for training, not for use: it is where the time goes, and the head of a review tells enough.
MAX_TRAINED_LENGTH = 256
GENERAL_TEXT_LINES = 100_000
TOKENISED_AT_ONCE = 10_000


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with sentiment/ and text/")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base model (config.json, ...)")
    parser.add_argument("--vocabulary", type=int, default=16_384, help="pieces to keep")
    return parser.parse_args()


def classifier_config(base: dict, vocabulary_size: int) -> dict:
    """config.json of a two-label classifier with the base's dimensions."""
    config = {key: value for key, value in base.items() if not key.startswith("_")}
    return config | {
        "architectures": ["BertForSequenceClassification"],
        "id2label": ID2LABEL,
        "label2id": {label: int(index) for index, label in ID2LABEL.items()},
        "vocab_size": vocabulary_size,
        "max_position_embeddings": MAX_POSITIONS,
    }


def tokenise(tokenizer: Tokenizer, texts: list[str]) -> TokenLists:
    """Ids of every text with [CLS] and [SEP], cut at the trained length."""
    tokenizer.enable_truncation(MAX_TRAINED_LENGTH)
    tokenizer.no_padding()
    lists = []
    for start in range(0, len(texts), TOKENISED_AT_ONCE):
        lists += [e.ids for e in tokenizer.encode_batch(texts[start : start + TOKENISED_AT_ONCE])]
    return TokenLists.pack(lists)


def count_pieces(tokenizer: Tokenizer, texts: list[str], general_text: Path) -> Counter:
    """How often each id occurs, as a share, in the training texts and in general English prose, added up."""
    general = [line for line in islice(read_lines(general_text), GENERAL_TEXT_LINES) if line]
    size = tokenizer.get_vocab_size()
    ids = [tokenise(tokenizer, part).ids for part in (texts, general)]
    return Counter(dict(enumerate(sum(np.bincount(part, minlength=size) / len(part) for part in ids))))


def training_examples(training: list[Example], evaluation: dict[str, list[Example]]) -> list[Example]:
    """Those that equal no evaluation text."""
    held_out = HeldOut(example.text for examples in evaluation.values() for example in examples)
    kept = [example for example in training if not held_out.contains(example.text)]
    held_out.assert_absent(example.text for example in kept)
    print(f"{len(training) - len(kept)} training texts dropped: equal to an evaluation text after normalisation")
    return kept


def save_corpus(path: Path, tokenizer: Tokenizer, examples: list[Example]) -> None:
    corpus = tokenise(tokenizer, [example.text for example in examples])
    np.savez(
        path,
        ids=corpus.ids,
        offsets=corpus.offsets,
        labels=np.array([example.label for example in examples], np.int8),
        sources=np.array([SOURCES.index(example.source) for example in examples], np.uint8),
    )
    print(f"{len(corpus)} texts, {len(corpus.ids)} tokens")


def main() -> None:
    arguments = parse_arguments()
    work = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    training, evaluation = read_all(arguments.data / "sentiment")
    examples = training_examples(training, evaluation)
    rows = {name: [[e.label, e.text] for e in kept_aside] for name, kept_aside in evaluation.items()}
    (work / "evaluation.json").write_text(json.dumps(rows), encoding="utf-8")

    base = json.loads((arguments.base / "tokenizer.json").read_text(encoding="utf-8"))
    general_text = arguments.data / "text/wiki_en_2015/wiki.txt.xz"
    counts = count_pieces(Tokenizer.from_str(json.dumps(base)), [e.text for e in examples], general_text)
    vocabulary = base["model"]["vocab"]
    pieces = choose_pieces(vocabulary, counts, arguments.vocabulary)
    np.save(work / "pieces.npy", np.array([vocabulary[piece] for piece in pieces]))
    text = json.dumps(with_pieces(base, pieces, MAX_POSITIONS), ensure_ascii=False, separators=(",", ":"))
    (work / "tokenizer.json").write_text(text, encoding="utf-8")
    config = classifier_config(json.loads((arguments.base / "config.json").read_text()), len(pieces))
    (work / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    save_corpus(work / "corpus.npz", Tokenizer.from_str(text), examples)


if __name__ == "__main__":
    main()
