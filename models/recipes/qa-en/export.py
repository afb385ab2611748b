"""Exports the reader as the product loads it: config.json, tokenizer.json and model.safetensors with int8 weights."""
import argparse
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.int8 import quantise
from common.shipping import ship
from reader import trained_weights

EXACT = ("qa_outputs.weight",)  # two rows: rounding them saves nothing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--max-bytes", type=int, default=24_000_000)
    arguments = parser.parse_args()
    weights = trained_weights(arguments.work, arguments.base)
    ship(arguments.work, quantise(weights, EXACT), arguments.out, arguments.max_bytes)


if __name__ == "__main__":
    main()
