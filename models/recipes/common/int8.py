"""The weight format of shipped models: safetensors with symmetric int8 matrices, one scale for each output row.

A matrix `X.weight` [out, in] becomes I8 with a companion `X.weight_scale` F32 [out]; w = int8 * scale. Vectors, and the
matrices a recipe names as exact, stay F32.
"""
from collections.abc import Collection
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

MAX_INT8 = 127
SCALE_SUFFIX = "_scale"


def quantise_rows(matrix: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """[out, in] f32 -> int8 [out, in] in -127..127 and scales f32 [out]; an all-zero row gets scale 1."""
    largest = matrix.abs().amax(dim=1)
    scale = torch.where(largest > 0, largest / MAX_INT8, torch.ones_like(largest))
    rounded = torch.round(matrix / scale[:, None]).clamp(-MAX_INT8, MAX_INT8)
    return rounded.to(torch.int8), scale


def quantise(weights: dict[str, torch.Tensor], exact: Collection[str] = ()) -> dict[str, torch.Tensor]:
    """All tensors of a model, matrices as int8 with their scales; those named in `exact` stay f32."""
    shipped = {}
    for name, tensor in weights.items():
        tensor = tensor.detach().float().contiguous()
        if tensor.dim() == 2 and name not in exact:
            shipped[name], shipped[name + SCALE_SUFFIX] = quantise_rows(tensor)
        else:
            shipped[name] = tensor
    return shipped


def dequantise(shipped: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The f32 tensors an engine computes with: the inverse of `quantise` up to rounding."""
    weights = {}
    for name, tensor in shipped.items():
        if tensor.dtype == torch.int8:
            weights[name] = tensor.float() * shipped[name + SCALE_SUFFIX][:, None]
        elif not name.endswith(SCALE_SUFFIX):
            weights[name] = tensor
    return weights


def save_model(shipped: dict[str, torch.Tensor], path: Path) -> None:
    """Writes model.safetensors with the metadata that transformers expects, readable by a web server."""
    save_file(shipped, path, metadata={"format": "pt"})
    path.chmod(0o644)


def load_dequantised(path: Path) -> dict[str, torch.Tensor]:
    """Reads a shipped model.safetensors back as f32, for evaluation in PyTorch."""
    return dequantise(load_file(path))
