"""Int8 matrices whose rounding errors make up for each other on real inputs (Frantar et al. 2022, "GPTQ").

Columns are rounded one after the other; what a column's rounding changes in the outputs is taken back, as far as the inputs'
correlations allow, by the columns still to be rounded. The format is that of int8.py: only the integers differ.
"""
from collections.abc import Callable, Iterable

import torch
from torch import nn

from common.int8 import MAX_INT8, SCALE_SUFFIX, quantise_rows

DAMPING = 0.01  # of the mean square of an input, added to each: the Gram matrix may be singular


def round_together(matrix: torch.Tensor, gram: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """[out, in] f32 and the inputs' Gram matrix [in, in] -> int8 [out, in] and scales f32 [out], the scales of `quantise_rows`."""
    _, scale = quantise_rows(matrix)
    # What weighs most is rounded first, while the most columns are left to make up for it.
    order = torch.argsort(gram.diagonal(), descending=True)
    gram = gram.double()[order][:, order]
    gram.diagonal().add_(DAMPING * gram.diagonal().mean() + 1e-12)
    inverse = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(gram)), upper=True).float()
    left = (matrix / scale[:, None])[:, order]
    rounded = torch.empty_like(left)
    for i in range(left.shape[1]):
        rounded[:, i] = left[:, i].round().clamp(-MAX_INT8, MAX_INT8)
        error = (left[:, i] - rounded[:, i]) / inverse[i, i]
        left[:, i + 1 :] -= error[:, None] * inverse[i, i + 1 :]
    return rounded[:, torch.argsort(order)].to(torch.int8), scale


def _linears(model: nn.Module, layer: nn.Module) -> dict[str, nn.Linear]:
    inside = set(layer.modules())
    return {name: module for name, module in model.named_modules() if module in inside and isinstance(module, nn.Linear)}


@torch.inference_mode()
def quantise_layers(model: nn.Module, layers: Iterable[nn.Module], run: Callable[[], object]) -> dict[str, torch.Tensor]:
    """The int8 matrices and scales, by name, of every linear map in `layers`; `run` sends the calibration texts through the model.

    Layer by layer, each on the inputs that the rounded ones before it give. The model's own weights become the rounded ones.
    """
    shipped = {}
    for layer in layers:
        linears = _linears(model, layer)
        grams = {name: torch.zeros(module.in_features, module.in_features) for name, module in linears.items()}

        def add_to(name: str):
            def hook(module: nn.Linear, inputs: tuple[torch.Tensor, ...]) -> None:
                rows = inputs[0].flatten(0, -2).float()
                grams[name].addmm_(rows.T, rows)

            return hook

        hooks = [module.register_forward_pre_hook(add_to(name)) for name, module in linears.items()]
        run()
        for hook in hooks:
            hook.remove()
        for name, module in linears.items():
            integers, scale = round_together(module.weight, grams[name])
            shipped[f"{name}.weight"], shipped[f"{name}.weight{SCALE_SUFFIX}"] = integers, scale
            module.weight.copy_(integers.float() * scale[:, None])
    return shipped
