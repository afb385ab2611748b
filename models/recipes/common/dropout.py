"""Dropout that is cheap on a CPU, where bernoulli_() draws one scalar at a time: eight masks from each 64-bit draw."""
import torch
from torch import nn
from torch.nn import functional

# Probabilities are rounded to this many steps: one random byte decides one element.
BYTE_VALUES = 256


class ByteDropout(nn.Module):
    """Dropout with probability rounded to 1/256; on CUDA the ordinary one."""

    def __init__(self, p: float):
        super().__init__()
        self.p = p
        self.dropped_values = round(p * BYTE_VALUES)

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        if not self.training or self.dropped_values == 0:
            return hidden
        if hidden.is_cuda:
            return functional.dropout(hidden, self.p, training=True)
        count = hidden.numel()
        draws = torch.empty((count + 7) // 8, dtype=torch.int64).random_(-(2**63), None)
        keep = draws.view(torch.uint8)[:count].view(hidden.shape) >= self.dropped_values
        scale = 1 / (1 - self.dropped_values / BYTE_VALUES)
        return hidden * keep.to(hidden.dtype).mul_(scale)


def use_byte_dropout(model: nn.Module) -> None:
    """Replaces every nn.Dropout of the model by a ByteDropout of the same probability."""
    for module in model.modules():
        for name, child in module.named_children():
            if isinstance(child, nn.Dropout):
                setattr(module, name, ByteDropout(child.p))
