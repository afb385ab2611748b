"""Exports the reader as the product loads it: config.json, tokenizer.json and model.safetensors with int8 weights."""
import argparse
import shutil
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.int8 import quantise, save_model
from reader import trained_weights

EXACT = ("qa_outputs.weight",)  # two rows: rounding them saves nothing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--max-bytes", type=int, default=24_000_000)
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(arguments.work / name, out / name)
    save_model(quantise(trained_weights(arguments.work, arguments.base), EXACT), out / "model.safetensors")
    total = sum((out / name).stat().st_size for name in ("config.json", "tokenizer.json", "model.safetensors"))
    print(f"{out}: {total} bytes")
    if total > arguments.max_bytes:
        raise SystemExit(f"larger than {arguments.max_bytes} bytes")


if __name__ == "__main__":
    main()
