"""Attention as a few plain operations, in the weights' own type: the fused kernel's backward is slow on CPUs.

transformers' own "eager" does the same with f32 softmaxes between bf16 products, which is slower.
"""
import torch
from transformers import AttentionInterface
from transformers.masking_utils import AttentionMaskInterface, eager_mask

WRITTEN_OUT = "written_out"  # for a model's attn_implementation


def _attend(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float,
    **_: object,
) -> tuple[torch.Tensor, None]:
    """softmax(query keyᵀ · scaling + mask) value, [batch, length, heads, d] from [batch, heads, length, d] each; no dropout."""
    scores = (query * scaling) @ key.transpose(2, 3)
    if attention_mask is not None:
        scores = scores + attention_mask
    return (scores.softmax(-1) @ value).transpose(1, 2).contiguous(), None


AttentionInterface.register(WRITTEN_OUT, _attend)
AttentionMaskInterface.register(WRITTEN_OUT, eager_mask)
