"""Trains one direction from scratch on the prepared pool; resumes from <work>/<direction>/checkpoint.pt.

Hours on a CPU, minutes on a GPU: stop it with SIGTERM or --seconds, start it again with the same arguments. The learning
rate decays with 1/sqrt(step), so that the end need not be known; `--cool-down N` ends it: the last N steps fall to zero.
"""
import argparse
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.arguments import run_options, training_parser
from common.corpus import TokenLists, cut_batches, draw_mixture
from common.marian import build_translator
from common.pairs import loss_of, make_batch
from common.trainer import Schedule, fit
from model import translator_config
from pool import REPEATS

LABEL_SMOOTHING = 0.1
AVERAGE_DECAY = 0.9995
DIRECTIONS = {"zh-en": ("zh", "en"), "en-zh": ("en", "zh")}


@dataclass(frozen=True)
class Pairs:
    """Tokenised pairs in one direction, both sides ending in </s>, and each pair's source [n]."""

    source: TokenLists
    target: TokenLists
    origins: np.ndarray

    @staticmethod
    def load(path: Path, direction: str) -> "Pairs":
        arrays = np.load(path)
        sides = [TokenLists(arrays[f"{side}_ids"], arrays[f"{side}_offsets"]) for side in DIRECTIONS[direction]]
        return Pairs(*sides, arrays["sources"])


class Batches:
    """Batches of pairs, epoch after epoch. An epoch's batches are a window of steps: any step can be asked for."""

    def __init__(self, pairs: Pairs, tokens_per_batch: int, seed: int):
        self.pairs, self.tokens_per_batch, self.seed = pairs, tokens_per_batch, seed
        self.lengths = pairs.source.lengths() + pairs.target.lengths()
        self.epoch, self.batches = -1, []
        self._open_epoch(0)
        # Epochs differ by a few batches; the first one's number stands for all.
        self.per_epoch = len(self.batches)

    def _open_epoch(self, epoch: int) -> None:
        rng = np.random.default_rng((self.seed, epoch))
        examples = draw_mixture(self.pairs.origins, np.array(list(REPEATS.values())), rng)
        self.batches = cut_batches(examples, self.lengths[examples], self.tokens_per_batch, rng)
        self.epoch = epoch

    def batch(self, step: int, rank: int, world: int) -> dict[str, torch.Tensor]:
        epoch, position = divmod(step, self.per_epoch)
        if epoch != self.epoch:
            self._open_epoch(epoch)
        examples = self.batches[position % len(self.batches)]
        mine = examples[rank::world] if len(examples) >= world else examples
        return make_batch(self.pairs, mine)


def parse_arguments() -> argparse.Namespace:
    cuda = torch.cuda.is_available()
    parser = training_parser(__doc__, processes=1 if cuda else 2, dtype="bfloat16")
    parser.add_argument("direction", choices=DIRECTIONS)
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument("--peak-lr", type=float, default=7e-4)
    parser.add_argument("--warmup-steps", type=int, default=4000)
    parser.add_argument("--cool-down", type=int, default=0, help="steps of linear decay to zero before the end")
    parser.add_argument("--tokens", type=int, default=32_768 if cuda else 8192, help="of both sides, a batch")
    parser.add_argument("--dropout", type=float, default=0.1 if cuda else 0.0, help="slow on CPUs")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    folder = arguments.work / arguments.direction
    folder.mkdir(exist_ok=True)
    vocabulary_size = Tokenizer.from_file(str(arguments.work / "tokenizer.json")).get_vocab_size()
    batches = Batches(Pairs.load(arguments.work / "pool.npz", arguments.direction), arguments.tokens, arguments.seed)
    steps = round(batches.per_epoch * arguments.epochs)
    schedule = Schedule(steps, arguments.peak_lr, arguments.warmup_steps, "inverse_sqrt", arguments.cool_down)
    options = run_options(arguments, folder / "checkpoint.pt", weight_decay=0.0, average_decay=AVERAGE_DECAY)
    model = build_translator(translator_config(vocabulary_size, arguments.dropout))
    fit(model, batches.batch, partial(loss_of, smoothing=LABEL_SMOOTHING), schedule, options)


if __name__ == "__main__":
    main()
