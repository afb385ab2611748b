"""Trains one direction from scratch on generated phrases; resumes from <work>/<direction>/checkpoint.pt."""
import argparse
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import MarianConfig

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.arguments import run_options, training_parser
from common.corpus import TokenLists, cut_batches
from common.marian import Shape, build_translator, marian_config
from common.pairs import loss_of, make_batch
from common.trainer import Schedule, fit
from prepare import DIRECTIONS, MAX_POSITIONS

SHAPE = Shape(
    d_model=128, d_feed_forward=512, n_heads=4, encoder_layers=3, decoder_layers=2, max_positions=MAX_POSITIONS
)
WARMUP_STEPS = 300
AVERAGE_DECAY = 0.995


def translator_config(work: Path) -> MarianConfig:
    vocabulary_size = Tokenizer.from_file(str(work / "tokenizer.json")).get_vocab_size()
    return marian_config(SHAPE, vocabulary_size, dropout=0.0)


@dataclass(frozen=True)
class Pairs:
    """Tokenised pairs of one direction, both sides ending in </s>."""

    source: TokenLists
    target: TokenLists

    @staticmethod
    def load(path: Path) -> "Pairs":
        arrays = np.load(path)
        return Pairs(*(TokenLists(arrays[f"{side}_ids"], arrays[f"{side}_offsets"]) for side in ("source", "target")))


class Batches:
    """Batches of pairs of about equal length, epoch after epoch."""

    def __init__(self, pairs: Pairs, tokens_per_batch: int, seed: int):
        self.pairs, self.tokens_per_batch, self.seed = pairs, tokens_per_batch, seed
        self.lengths = pairs.source.lengths() + pairs.target.lengths()
        self.epoch, self.batches = -1, []
        self._open_epoch(0)
        self.per_epoch = len(self.batches)

    def _open_epoch(self, epoch: int) -> None:
        rng = np.random.default_rng((self.seed, epoch))
        self.batches = cut_batches(np.arange(len(self.lengths)), self.lengths, self.tokens_per_batch, rng)
        self.epoch = epoch

    def batch(self, step: int, rank: int, world: int) -> dict[str, torch.Tensor]:
        epoch, position = divmod(step, self.per_epoch)
        if epoch != self.epoch:
            self._open_epoch(epoch)
        examples = self.batches[position % len(self.batches)]
        mine = examples[rank::world] if len(examples) >= world else examples
        return make_batch(self.pairs, mine)


def parse_arguments() -> argparse.Namespace:
    parser = training_parser(__doc__)
    parser.add_argument("direction", choices=DIRECTIONS)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--peak-lr", type=float, default=2e-3)
    parser.add_argument("--tokens", type=int, default=3072, help="of both sides, a batch")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    folder = arguments.work / arguments.direction
    folder.mkdir(exist_ok=True)
    pairs = Pairs.load(arguments.work / f"{arguments.direction}.npz")
    batches = Batches(pairs, arguments.tokens, arguments.seed)
    schedule = Schedule(arguments.steps, arguments.peak_lr, WARMUP_STEPS)
    options = run_options(
        arguments,
        folder / "checkpoint.pt",
        weight_decay=0.0,
        average_decay=AVERAGE_DECAY,
        save_every=120,
        log_every=100,
    )
    model = build_translator(translator_config(arguments.work))
    fit(model, batches.batch, partial(loss_of, smoothing=0.0), schedule, options)


if __name__ == "__main__":
    main()
