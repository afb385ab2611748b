"""Exports the story teller as the product loads it: config.json, generation_config.json, tokenizer.json, model.safetensors.

GPT-2 keeps its matrices as [in, out], so that an int8 scale for each output is not a row's: they are stored as F16,
and an engine that computes with int8 rounds them by output when it loads them. The embeddings are int8 with a scale for
each row. The averaged weights are taken; the output layer is the embedding table.
"""
import argparse
import json
import shutil
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.int8 import quantise, save_model
from common.trainer import load_weights
from train import END_OF_TEXT_ID, MAX_POSITIONS, story_config

TRANSPOSED = ("c_attn.weight", "c_proj.weight", "c_fc.weight")
SAMPLING = {"do_sample": True, "temperature": 0.8, "top_k": 40}


def shipped_weights(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Transposed matrices as F16, embeddings as int8 with their scales, vectors as F32."""
    turned = {name: tensor.half() for name, tensor in weights.items() if name.endswith(TRANSPOSED)}
    others = {name: tensor for name, tensor in weights.items() if name not in turned}
    return turned | quantise(others)


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--max-bytes", type=int, default=12_000_000)
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(arguments.work / "tokenizer.json", out / "tokenizer.json")
    config = story_config(Tokenizer.from_file(str(out / "tokenizer.json")).get_vocab_size())
    write_json(out / "config.json", config.to_diff_dict() | {"architectures": ["GPT2LMHeadModel"]})
    tokens = {"bos_token_id": END_OF_TEXT_ID, "eos_token_id": END_OF_TEXT_ID, "max_length": MAX_POSITIONS}
    write_json(out / "generation_config.json", tokens | SAMPLING)
    save_model(shipped_weights(load_weights(arguments.work / "checkpoint.pt", averaged=True)), out / "model.safetensors")
    total = sum(path.stat().st_size for path in out.iterdir() if path.suffix in (".json", ".safetensors"))
    print(f"{out}: {total} bytes")
    if total > arguments.max_bytes:
        raise SystemExit(f"larger than {arguments.max_bytes} bytes")


if __name__ == "__main__":
    main()
