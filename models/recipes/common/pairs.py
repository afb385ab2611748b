"""Pairs of token lists, source and target, as batches for an encoder-decoder, and the loss on them."""
from typing import Protocol

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import MarianMTModel
from transformers.modeling_outputs import Seq2SeqModelOutput

from common.corpus import TokenLists, pad
from common.trainer import training_device
from common.unigram import PAD_ID

TOKENISED_AT_ONCE = 20_000


class TokenPairs(Protocol):
    """Pair i is source[i] and target[i], both ending in </s>."""

    source: TokenLists
    target: TokenLists


def tokenise(tokenizer: Tokenizer, texts: list[str]) -> TokenLists:
    lists = []
    for start in range(0, len(texts), TOKENISED_AT_ONCE):
        lists += [encoding.ids for encoding in tokenizer.encode_batch(texts[start : start + TOKENISED_AT_ONCE])]
    return TokenLists.pack(lists)


def make_batch(pairs: TokenPairs, examples: np.ndarray) -> dict[str, torch.Tensor]:
    """Source and target ids with their masks; the decoder reads the target shifted right behind a <pad>."""
    source, source_mask = pad([pairs.source[i] for i in examples], PAD_ID)
    target, target_mask = pad([pairs.target[i] for i in examples], PAD_ID)
    shifted = np.concatenate([np.full((len(target), 1), PAD_ID), target[:, :-1]], axis=1)
    arrays = {"source": source, "source_mask": source_mask, "shifted": shifted, "target": target}
    arrays["real"] = np.flatnonzero(target_mask)
    device = training_device()
    return {name: torch.from_numpy(array).to(device, non_blocking=True) for name, array in arrays.items()}


def read_and_decode(model: MarianMTModel, batch: dict[str, torch.Tensor], **options: bool) -> Seq2SeqModelOutput:
    """One pass over both sides; its last_hidden_state is [batch, target length, d_model]."""
    return model.model(
        input_ids=batch["source"],
        attention_mask=batch["source_mask"],
        decoder_input_ids=batch["shifted"],
        use_cache=False,
        **options,
    )


def token_loss(
    model: MarianMTModel, hidden: torch.Tensor, batch: dict[str, torch.Tensor], smoothing: float
) -> torch.Tensor:
    """Mean cross-entropy over the real target tokens. Padding is left out before the large output layer."""
    hidden = hidden.flatten(0, 1)[batch["real"]]
    logits = functional.linear(hidden, model.model.shared.weight)  # [real tokens, vocabulary]
    return functional.cross_entropy(logits.float(), batch["target"].flatten()[batch["real"]], label_smoothing=smoothing)


def loss_of(model: MarianMTModel, batch: dict[str, torch.Tensor], smoothing: float) -> torch.Tensor:
    return token_loss(model, read_and_decode(model, batch).last_hidden_state, batch, smoothing)
