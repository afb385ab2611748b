"""The translator's shape: a deep encoder and a shallow decoder (Kasai et al. 2021)."""
from transformers import MarianConfig

from common.marian import Shape, marian_config

SHAPE = Shape(d_model=384, d_feed_forward=1536, n_heads=6, encoder_layers=6, decoder_layers=2)
NUM_BEAMS = 4


def translator_config(vocabulary_size: int, dropout: float = 0.1) -> MarianConfig:
    return marian_config(SHAPE, vocabulary_size, dropout)
