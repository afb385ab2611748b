"""The translators' shapes: a deep encoder and a shallow decoder (Kasai et al. 2021)."""
import json
from pathlib import Path

from tokenizers import Tokenizer
from transformers import MarianConfig

from common.marian import Shape, marian_config

# By the mixture of sources that `prepare.py` was told: all of the pool, or what people say every day.
SHAPES = {
    "all": Shape(d_model=384, d_feed_forward=1536, n_heads=6, encoder_layers=6, decoder_layers=2),
    "everyday": Shape(d_model=256, d_feed_forward=1024, n_heads=4, encoder_layers=4, decoder_layers=2),
}
# How each direction's answers are searched, as generate() names it. A small model that has lost its way says the same
# again and again; in English it must not, while in Chinese forbidding it cost more than it gave (BLEU on FLORES-200 dev). Its
# English is too short: hence the length penalty, chosen on the pool's validation pairs.
DECODINGS = {"zh-en": {"num_beams": 4, "no_repeat_ngram_size": 3, "length_penalty": 1.3}, "en-zh": {"num_beams": 4}}


def write_choice(work: Path, mixture: str) -> None:
    """Keeps in <work>/mixture.json what the other commands need to know of how `prepare.py` was called."""
    (work / "mixture.json").write_text(json.dumps({"mixture": mixture}) + "\n")


def read_choice(work: Path) -> str:
    return json.loads((work / "mixture.json").read_text())["mixture"]


def translator_config(work: Path, dropout: float = 0.0) -> MarianConfig:
    """Of the prepared folder: its mixture's shape, its vocabulary's size."""
    vocabulary_size = Tokenizer.from_file(str(work / "tokenizer.json")).get_vocab_size()
    return marian_config(SHAPES[read_choice(work)], vocabulary_size, dropout)
