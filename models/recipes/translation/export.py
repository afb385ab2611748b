"""Exports one direction as the product loads it: config.json, tokenizer.json and model.safetensors with int8 weights.

The averaged weights are taken. Positions are computed by whoever loads the model, and the output layer is the embedding
table, so neither is in the file.
"""
import argparse
import json
import shutil
import sys
from pathlib import Path

from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.int8 import quantise, save_model
from common.trainer import load_weights
from model import NUM_BEAMS, translator_config
from train import DIRECTIONS


def exported_config(vocabulary_size: int) -> dict:
    """config.json with the generation settings that the figures were measured with."""
    config = translator_config(vocabulary_size).to_diff_dict()
    return config | {"architectures": ["MarianMTModel"], "num_beams": NUM_BEAMS, "static_position_embeddings": True}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("direction", choices=DIRECTIONS)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--max-bytes", type=int, default=24_000_000)
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(arguments.work / "tokenizer.json", out / "tokenizer.json")
    vocabulary_size = Tokenizer.from_file(str(out / "tokenizer.json")).get_vocab_size()
    (out / "config.json").write_text(json.dumps(exported_config(vocabulary_size), indent=2) + "\n")
    weights = load_weights(arguments.work / arguments.direction / "checkpoint.pt", averaged=True)
    save_model(quantise(weights), out / "model.safetensors")
    total = sum((out / name).stat().st_size for name in ("config.json", "tokenizer.json", "model.safetensors"))
    print(f"{out}: {total} bytes")
    if total > arguments.max_bytes:
        raise SystemExit(f"larger than {arguments.max_bytes} bytes")


if __name__ == "__main__":
    main()
