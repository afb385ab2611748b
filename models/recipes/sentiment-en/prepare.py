"""Reads the data sets, keeps evaluation texts out, chooses the student's vocabulary, and tokenises everything.

Writes under --work, for each variant (`teacher`: the base's own vocabulary and layers; `student` and `direct`: the pruned ones):
tokenizer.json, config.json and corpus.npz; and evaluation.json with the evaluation sets as text.
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
    parser.add_argument("--student-vocabulary", type=int, default=10_240)
    parser.add_argument("--student-layers", type=int, nargs="+", default=[0, 2, 3, 5])
    return parser.parse_args()


def classifier_config(base: dict, vocabulary_size: int, n_layers: int) -> dict:
    """config.json of a two-label classifier with the base's dimensions."""
    config = {key: value for key, value in base.items() if not key.startswith("_")}
    return config | {
        "architectures": ["BertForSequenceClassification"],
        "id2label": ID2LABEL,
        "label2id": {label: int(index) for index, label in ID2LABEL.items()},
        "num_hidden_layers": n_layers,
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


def count_pieces(tokenizer: Tokenizer, corpus: TokenLists, general_text: Path) -> Counter:
    """How often each id occurs in the training texts and in as much general English prose."""
    lines = [line for line in islice(read_lines(general_text), GENERAL_TEXT_LINES) if line]
    general = tokenise(tokenizer, lines)
    total = np.bincount(corpus.ids) / len(corpus.ids)
    other = np.bincount(general.ids, minlength=len(total)) / len(general.ids)
    total = np.pad(total, (0, len(other) - len(total)))
    return Counter(dict(enumerate(total + other)))


def write_variant(folder: Path, tokenizer: dict, config: dict, examples: list[Example]) -> TokenLists:
    """Writes one variant's files; returns its tokenised corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(text, encoding="utf-8")
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    corpus = tokenise(Tokenizer.from_str(text), [example.text for example in examples])
    np.savez(
        folder / "corpus.npz",
        ids=corpus.ids,
        offsets=corpus.offsets,
        labels=np.array([example.label for example in examples], np.int8),
        sources=np.array([SOURCES.index(example.source) for example in examples], np.uint8),
    )
    print(f"{folder.name}: {len(corpus)} texts, {len(corpus.ids)} tokens, {config['vocab_size']} pieces")
    return corpus


def main() -> None:
    arguments = parse_arguments()
    training, evaluation = read_all(arguments.data / "sentiment")
    evaluation_texts = [example.text for examples in evaluation.values() for example in examples]
    held_out = HeldOut(evaluation_texts)
    kept = [example for example in training if not held_out.contains(example.text)]
    held_out.assert_absent(example.text for example in kept)
    print(f"{len(training) - len(kept)} training texts dropped: equal to an evaluation text after normalisation")
    arguments.work.mkdir(parents=True, exist_ok=True)
    rows = {name: [[e.label, e.text] for e in examples] for name, examples in evaluation.items()}
    (arguments.work / "evaluation.json").write_text(json.dumps(rows), encoding="utf-8")

    base_config = json.loads((arguments.base / "config.json").read_text())
    base_tokenizer = json.loads((arguments.base / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary = base_tokenizer["model"]["vocab"]
    all_pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    teacher_tokenizer = with_pieces(base_tokenizer, all_pieces, MAX_POSITIONS)
    config = classifier_config(base_config, len(all_pieces), base_config["num_hidden_layers"])
    corpus = write_variant(arguments.work / "teacher", teacher_tokenizer, config, kept)

    general_text = arguments.data / "text/wiki_en_2015/wiki.txt.xz"
    counts = count_pieces(Tokenizer.from_str(json.dumps(teacher_tokenizer)), corpus, general_text)
    pieces = choose_pieces(vocabulary, counts, arguments.student_vocabulary)
    config = classifier_config(base_config, len(pieces), len(arguments.student_layers))
    student_tokenizer = with_pieces(base_tokenizer, pieces, MAX_POSITIONS)
    for name in ("student", "direct"):
        write_variant(arguments.work / name, student_tokenizer, config, kept)
    origin = {"layers": arguments.student_layers, "pieces": [vocabulary[piece] for piece in pieces]}
    (arguments.work / "student/origin.json").write_text(json.dumps(origin))


if __name__ == "__main__":
    main()
