"""Exports one direction as the product loads it: config.json, generation_config.json, tokenizer.json, model.safetensors.

The averaged weights are taken, as int8. Positions are computed by whoever loads the model, and the output layer is the
embedding table, so neither is in the file.
"""
import argparse
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from transformers import MarianConfig

from common.int8 import quantise, save_model
from common.marian import generation_settings
from common.trainer import load_weights


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def export_translator(
    description: str | None,
    decodings: dict[str, dict],
    config_of: Callable[[Path], MarianConfig],
    max_bytes: int,
) -> None:
    """The command line of an export; `decodings` says for each direction how its answers are searched, in transformers'
    words, `config_of` gives the configuration that a work folder's checkpoints have."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("direction", choices=decodings)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--max-bytes", type=int, default=max_bytes)
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(arguments.work / "tokenizer.json", out / "tokenizer.json")
    config = config_of(arguments.work)
    architecture = {"architectures": ["MarianMTModel"], "static_position_embeddings": True}
    write_json(out / "config.json", config.to_diff_dict() | architecture)
    write_json(out / "generation_config.json", generation_settings(decodings[arguments.direction], config.max_position_embeddings))
    weights = load_weights(arguments.work / arguments.direction / "checkpoint.pt", averaged=True)
    save_model(quantise(weights), out / "model.safetensors")
    total = sum(path.stat().st_size for path in out.iterdir() if path.suffix in (".json", ".safetensors"))
    print(f"{out}: {total} bytes")
    if total > arguments.max_bytes:
        raise SystemExit(f"larger than {arguments.max_bytes} bytes")
