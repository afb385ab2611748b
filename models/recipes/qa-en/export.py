"""Exports the reader as the product loads it: config.json, tokenizer.json and model.safetensors with int8 weights.

The encoder's matrices are rounded together on a few batches of what it was trained on.
"""
import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.calibrated import quantise_layers
from common.int8 import quantise
from common.shipping import ship
from reader import load_reader, trained_weights
from train import Batches, Questions, Special, load_vocabulary, loss_of

EXACT = ("qa_outputs.weight",)  # two rows: rounding them saves nothing
CALIBRATION_BATCHES, TOKENS_PER_BATCH = 16, 4096


def calibration(work: Path, model: nn.Module) -> Callable[[], None]:
    """What sends random paragraphs with their questions through the model."""
    questions, special = Questions.load(work / "corpus.npz"), Special.of(load_vocabulary(work / "tokenizer.json"))
    batches = Batches(questions, special, TOKENS_PER_BATCH, long_share=1, seed=1)

    def run() -> None:
        for step in range(CALIBRATION_BATCHES):
            loss_of(model, batches.batch(step, rank=0, world=1))

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--max-bytes", type=int, default=24_000_000)
    arguments = parser.parse_args()
    weights = trained_weights(arguments.work, arguments.base)
    model = load_reader(arguments.work / "config.json", weights)
    rounded = quantise_layers(model, model.bert.encoder.layer, calibration(arguments.work, model))
    ship(arguments.work, quantise(weights, EXACT) | rounded, arguments.out, arguments.max_bytes)


if __name__ == "__main__":
    main()
