"""Random weights wide enough that nothing hides: attention far from uniform, every bias and norm felt."""

import torch


def randomise(model, generator):
    """Every weight normal: matrices with a deviation that keeps activations of order one, scales around one."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if not parameter.requires_grad:
                continue  # sinusoidal positions
            values = torch.randn(parameter.shape, generator=generator)
            is_norm = "norm" in name.lower() or ".ln_" in name
            if is_norm and name.endswith("weight"):
                parameter.copy_(1 + 0.3 * values)
            elif parameter.dim() == 2:
                parameter.copy_(values * 1.5 / parameter.shape[1] ** 0.5)
            else:
                parameter.copy_(0.2 * values)
