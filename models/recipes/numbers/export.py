"""Exports one direction as the product loads it: config.json, generation_config.json, tokenizer.json, model.safetensors.

The averaged weights are taken, as int8. Positions are computed by whoever loads the model, and the output layer is the
embedding table, so neither is in the file.
"""
import argparse
import json
import shutil
import sys
from pathlib import Path

from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.int8 import quantise, save_model
from common.marian import generation_settings, marian_config
from common.trainer import load_weights
from prepare import DIRECTIONS, MAX_POSITIONS
from train import SHAPE

NUM_BEAMS = 4


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("direction", choices=DIRECTIONS)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--max-bytes", type=int, default=2_000_000)
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(arguments.work / "tokenizer.json", out / "tokenizer.json")
    config = marian_config(SHAPE, Tokenizer.from_file(str(out / "tokenizer.json")).get_vocab_size(), dropout=0.0)
    architecture = {"architectures": ["MarianMTModel"], "static_position_embeddings": True}
    write_json(out / "config.json", config.to_diff_dict() | architecture)
    write_json(out / "generation_config.json", generation_settings(NUM_BEAMS, MAX_POSITIONS))
    weights = load_weights(arguments.work / arguments.direction / "checkpoint.pt", averaged=True)
    save_model(quantise(weights), out / "model.safetensors")
    total = sum(path.stat().st_size for path in out.iterdir() if path.suffix in (".json", ".safetensors"))
    print(f"{out}: {total} bytes")
    if total > arguments.max_bytes:
        raise SystemExit(f"larger than {arguments.max_bytes} bytes")


if __name__ == "__main__":
    main()
