"""What the lexicon does for a translator: where it starts from, and where its cross-attention learns to look."""
import numpy as np
import torch
from torch import nn
from transformers import MarianMTModel

from common.corpus import TokenLists
from common.pairs import read_and_decode, token_loss
from common.trainer import training_device
from lexicon import NO_LINK

GUIDANCE = 0.3  # weight of the attention's loss beside the words'


def start_from_lexicon(model: MarianMTModel, embeddings: np.ndarray) -> None:
    """Takes the lexicon's embeddings, and lets the last cross-attention hand on what it looks at unchanged.

    The residual streams start nearly as their embeddings (see common.marian), so that the first thing the network can do
    is to name the translation of a word that it looks at.
    """
    model.model.shared.weight.data.copy_(torch.from_numpy(embeddings))
    attention = model.model.decoder.layers[-1].encoder_attn
    for projection in (attention.v_proj, attention.out_proj):
        nn.init.eye_(projection.weight)


def batch_links(links: TokenLists, examples: np.ndarray) -> dict[str, torch.Tensor]:
    """The linked ones among a batch's real target tokens, and the source place of each."""
    flat = np.concatenate([links[i] for i in examples])
    linked = np.flatnonzero(flat != NO_LINK)
    device = training_device()
    arrays = {"linked": linked, "places": flat[linked].astype(np.int64)}
    return {name: torch.from_numpy(array).to(device, non_blocking=True) for name, array in arrays.items()}


def guided_loss(model: MarianMTModel, batch: dict[str, torch.Tensor], smoothing: float) -> torch.Tensor:
    """The words' loss, and that of the last layer's cross-attention, the mean of its heads, at the linked places."""
    output = read_and_decode(model, batch, output_attentions=True)
    attention = output.cross_attentions[-1].mean(1).flatten(0, 1)[batch["real"]]  # [real tokens, source length]
    at_link = attention[batch["linked"], batch["places"]]
    guidance = -(at_link.float() + 1e-6).log().mean()
    return token_loss(model, output.last_hidden_state, batch, smoothing) + GUIDANCE * guidance
