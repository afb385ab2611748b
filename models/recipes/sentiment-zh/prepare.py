"""Parts the review sets, learns the vocabulary from the training part, and tokenises it.

Writes under --work: tokenizer.json, config.json, the training part as token ids in corpus.npz, and each part as lines
`label TAB text` in <part>.tsv, the held-out one also by set.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.corpus import TokenLists
from common.overlap import HeldOut
from reviews import SOURCES, Review, read_parts
from segmentation import build_tokenizer, learn_pieces

MAX_POSITIONS = 256
HEAD_WIDTH = 32


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with sentiment/")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--vocabulary", type=int, default=20_000)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--layers", type=int, default=2)
    return parser.parse_args()


def classifier_config(vocabulary_size: int, width: int, n_layers: int) -> dict:
    """config.json of a small BERT with two labels."""
    return {
        "architectures": ["BertForSequenceClassification"],
        "model_type": "bert",
        "hidden_act": "relu",
        "hidden_size": width,
        "intermediate_size": 2 * width,
        "num_attention_heads": width // HEAD_WIDTH,
        "num_hidden_layers": n_layers,
        "max_position_embeddings": MAX_POSITIONS,
        "vocab_size": vocabulary_size,
        "type_vocab_size": 2,
        "pad_token_id": 0,
        "layer_norm_eps": 1e-12,
        "initializer_range": 0.05,
        "id2label": {"0": "NEGATIVE", "1": "POSITIVE"},
        "label2id": {"NEGATIVE": 0, "POSITIVE": 1},
    }


def write_corpus(path: Path, tokenizer: Tokenizer, reviews: list[Review]) -> None:
    """Token ids with [CLS] and [SEP], cut at the model's positions; labels and sources."""
    corpus = TokenLists.pack([encoding.ids for encoding in tokenizer.encode_batch([r.text for r in reviews])])
    np.savez(
        path,
        ids=corpus.ids,
        offsets=corpus.offsets,
        labels=np.array([review.label for review in reviews], np.int8),
        sources=np.array([SOURCES.index(review.source) for review in reviews], np.uint8),
    )
    print(f"{path.name}: {len(corpus)} reviews, {len(corpus.ids)} tokens")


def write_lines(path: Path, reviews: list[Review]) -> None:
    path.write_text("".join(f"{review.label}\t{review.text}\n" for review in reviews), encoding="utf-8")


def check_parts(parts: dict[str, list[Review]]) -> None:
    """The last check before anything is written: no held-out text is in another part, exactly or normalised."""
    held_out = HeldOut(review.text for review in parts["held_out"])
    for part in ("training", "validation"):
        held_out.assert_absent(review.text for review in parts[part])


def main() -> None:
    arguments = parse_arguments()
    work = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    parts = read_parts(arguments.data / "sentiment")
    check_parts(parts)
    for part, reviews in parts.items():
        write_lines(work / f"{part}.tsv", reviews)
    for source in SOURCES:
        write_lines(work / f"held_out_{source}.tsv", [r for r in parts["held_out"] if r.source == source])

    pieces = learn_pieces((review.text for review in parts["training"]), arguments.vocabulary, work / "pieces")
    tokenizer = build_tokenizer(pieces, MAX_POSITIONS, work / "tokenizer.json")
    config = classifier_config(len(pieces), arguments.width, arguments.layers)
    (work / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    write_corpus(work / "corpus.npz", tokenizer, parts["training"])


if __name__ == "__main__":
    main()
