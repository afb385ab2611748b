"""The pretrained encoder that the English models start from, as a published package brings it."""
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn


def base_weights(base: Path) -> dict[str, torch.Tensor]:
    """The encoder's tensors in f32 under the names they have below a BERT head ("bert.…")."""
    return {f"bert.{name}": tensor for name, tensor in load_file(base / "model.safetensors").items()}


def start_from(model: nn.Module, weights: dict[str, torch.Tensor], head: str) -> None:
    """Copies the weights that the model has a place for. Only `head`, the name of a module, may be left without any."""
    known = {name: tensor for name, tensor in weights.items() if name in model.state_dict()}
    missing = model.load_state_dict(known, strict=False).missing_keys
    missing = [name for name in missing if not name.startswith(f"{head}.") and not name.endswith("_ids")]
    if missing:
        raise ValueError(f"the base has no weights for {missing}")
