"""Exports the averaged weights as the product loads it: config.json, tokenizer.json and model.safetensors with int8 weights.

The encoder's matrices are rounded together on a thousand of the training texts.
"""
import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.calibrated import quantise_layers
from common.classifier import load_classifier, predict, weights_of
from common.corpus import TokenLists
from common.int8 import quantise
from common.labelled import TrainingSet
from common.shipping import ship

EXACT = ("classifier.weight",)  # two rows: rounding them saves nothing
CALIBRATION_TEXTS, LEAST_TOKENS = 1000, 14


def calibration_texts(corpus: Path) -> TokenLists:
    """Random training texts, no short phrases among them."""
    texts = TrainingSet.load(corpus).at_least(LEAST_TOKENS).texts
    chosen = np.random.default_rng(1).permutation(len(texts))[:CALIBRATION_TEXTS]
    return TokenLists.pack([texts[i] for i in chosen])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--max-bytes", type=int, default=24_000_000)
    arguments = parser.parse_args()
    weights = weights_of(arguments.work)
    model, texts = load_classifier(arguments.work, weights), calibration_texts(arguments.work / "corpus.npz")
    rounded = quantise_layers(model, model.bert.encoder.layer, lambda: predict(model, texts))
    ship(arguments.work, quantise(weights, EXACT) | rounded, arguments.out, arguments.max_bytes)


if __name__ == "__main__":
    main()
