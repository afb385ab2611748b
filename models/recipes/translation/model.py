"""The translator: an encoder-decoder in the Marian layout, deep encoder, shallow decoder, one embedding table for all.

Post-norm, sinusoidal positions, ReLU, embeddings scaled by sqrt(d_model): what MarianMTModel of transformers loads.
Vaswani et al. 2017; Kasai et al. 2021 for the shape.
"""
import torch
from torch import nn
from transformers import MarianConfig, MarianMTModel

from vocabulary import EOS_ID, PAD_ID

D_MODEL = 384
D_FEED_FORWARD = 1536
N_HEADS = 6
ENCODER_LAYERS = 6
DECODER_LAYERS = 2
MAX_POSITIONS = 512
NUM_BEAMS = 4


def translator_config(vocabulary_size: int, dropout: float = 0.1) -> MarianConfig:
    return MarianConfig(
        vocab_size=vocabulary_size,
        d_model=D_MODEL,
        encoder_layers=ENCODER_LAYERS,
        decoder_layers=DECODER_LAYERS,
        encoder_attention_heads=N_HEADS,
        decoder_attention_heads=N_HEADS,
        encoder_ffn_dim=D_FEED_FORWARD,
        decoder_ffn_dim=D_FEED_FORWARD,
        max_position_embeddings=MAX_POSITIONS,
        activation_function="relu",
        dropout=dropout,
        scale_embedding=True,
        init_std=D_MODEL**-0.5,
        pad_token_id=PAD_ID,
        eos_token_id=EOS_ID,
        forced_eos_token_id=EOS_ID,
        decoder_start_token_id=PAD_ID,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
    )


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


def build_translator(config: MarianConfig) -> MarianMTModel:
    """The model with random weights. On a CPU, attention is written out: the fused one's backward is slow there."""
    config._attn_implementation = "sdpa" if torch.cuda.is_available() else "eager"
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
