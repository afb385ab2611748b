"""A model's folder as the product loads it: config.json, tokenizer.json and model.safetensors, within a size."""
import shutil
from pathlib import Path

import torch

from common.int8 import save_model

COPIED = ("config.json", "tokenizer.json")
WEIGHTS = "model.safetensors"


def ship(source: Path, shipped: dict[str, torch.Tensor], out: Path, max_bytes: int) -> None:
    """Copies the two descriptions from `source`, writes the weights as they are, and complains about too many bytes."""
    out.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copyfile(source / name, out / name)
    save_model(shipped, out / WEIGHTS)
    total = sum((out / name).stat().st_size for name in (*COPIED, WEIGHTS))
    print(f"{out}: {total} bytes")
    if total > max_bytes:
        raise SystemExit(f"larger than {max_bytes} bytes: prune the vocabulary or drop a layer")
