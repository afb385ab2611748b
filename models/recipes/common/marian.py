"""Encoder-decoders in the Marian layout: what MarianMTModel of transformers loads.

Post-norm, sinusoidal positions, ReLU, embeddings scaled by sqrt(d_model), one embedding table for both sides and the
output. Vaswani et al. 2017.
"""
from dataclasses import dataclass

import torch
from torch import nn
from transformers import MarianConfig, MarianMTModel

from common.unigram import EOS_ID, PAD_ID


@dataclass(frozen=True)
class Shape:
    """The sizes of a translator."""

    d_model: int
    d_feed_forward: int
    n_heads: int
    encoder_layers: int
    decoder_layers: int
    max_positions: int = 512


def marian_config(shape: Shape, vocabulary_size: int, dropout: float) -> MarianConfig:
    return MarianConfig(
        vocab_size=vocabulary_size,
        d_model=shape.d_model,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.n_heads,
        decoder_attention_heads=shape.n_heads,
        encoder_ffn_dim=shape.d_feed_forward,
        decoder_ffn_dim=shape.d_feed_forward,
        max_position_embeddings=shape.max_positions,
        activation_function="relu",
        dropout=dropout,
        scale_embedding=True,
        init_std=shape.d_model**-0.5,
        pad_token_id=PAD_ID,
        eos_token_id=EOS_ID,
        forced_eos_token_id=EOS_ID,
        decoder_start_token_id=PAD_ID,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
    )


def generation_settings(decoding: dict, max_length: int) -> dict:
    """generation_config.json: `decoding` and what it stands on. <pad> starts the decoder and is never an answer."""
    settings = {
        "bad_words_ids": [[PAD_ID]],
        "decoder_start_token_id": PAD_ID,
        "eos_token_id": EOS_ID,
        "forced_eos_token_id": EOS_ID,
        "max_length": max_length,
        "pad_token_id": PAD_ID,
    }
    return dict(sorted((settings | decoding).items()))


def initialise(model: MarianMTModel) -> None:
    """Xavier weights, with what enters the residual stream scaled down by depth.

    A deep post-norm encoder otherwise forgets its input early in training: every sentence gets the same hidden states, and
    the decoder learns a language model (Zhang et al. 2019, depth-scaled initialisation).
    """
    for stack in (model.model.encoder, model.model.decoder):
        gain = (2 * len(stack.layers)) ** -0.5
        for name, module in stack.named_modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight, gain if name.endswith(("out_proj", "fc2")) else 1.0)


def build_translator(config: MarianConfig, eager: bool = False) -> MarianMTModel:
    """The model with random weights. Attention is written out on a CPU, where the fused one's backward is slow, and for
    `eager`: so that it can be looked at."""
    config._attn_implementation = "sdpa" if torch.cuda.is_available() and not eager else "eager"
    model = MarianMTModel(config)
    initialise(model)
    return model


def set_weights(model: MarianMTModel, weights: dict[str, torch.Tensor]) -> None:
    """Copies in every trained tensor; positions are computed and the output layer is the embedding table."""
    missing, unexpected = model.load_state_dict(weights, strict=False)
    given = ("embed_positions.weight", "embed_tokens.weight", "lm_head.weight", "final_logits_bias")
    missing = [name for name in missing if not name.endswith(given)]
    if missing or unexpected:
        raise ValueError(f"missing tensors {missing}, unexpected tensors {unexpected}")
    model.tie_weights()
