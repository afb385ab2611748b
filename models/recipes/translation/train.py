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

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.arguments import run_options, training_parser
from common.corpus import TokenLists, cut_batches, draw_mixture
from common.marian import build_translator, set_weights
from common.pairs import make_batch
from common.trainer import Schedule, fit, load_weights
from guided import batch_links, guided_loss, start_from_lexicon
from model import read_choice, translator_config
from pool import repeats_of

LABEL_SMOOTHING = 0.1
DIRECTIONS = {"zh-en": ("zh", "en"), "en-zh": ("en", "zh")}


@dataclass(frozen=True)
class Pairs:
    """Tokenised pairs in one direction, both sides ending in </s>, with their links and each pair's origin [n]."""

    source: TokenLists
    target: TokenLists
    links: TokenLists  # of each target token, a place of the source
    origins: np.ndarray

    @staticmethod
    def load(path: Path, direction: str) -> "Pairs":
        arrays = np.load(path)
        sides = [TokenLists(arrays[f"{side}_ids"], arrays[f"{side}_offsets"]) for side in DIRECTIONS[direction]]
        target = DIRECTIONS[direction][1]
        return Pairs(*sides, TokenLists(arrays[f"{target}_links"], sides[1].offsets), arrays["sources"])


class Batches:
    """Batches of pairs, epoch after epoch. An epoch's batches are a window of steps: any step can be asked for."""

    def __init__(self, pairs: Pairs, repeats: np.ndarray, tokens_per_batch: int, seed: int):
        self.pairs, self.repeats, self.tokens_per_batch, self.seed = pairs, repeats, tokens_per_batch, seed
        self.lengths = pairs.source.lengths() + pairs.target.lengths()
        self.epoch, self.batches = -1, []
        self._open_epoch(0)
        # Epochs differ by a few batches; the first one's number stands for all.
        self.per_epoch = len(self.batches)

    def _open_epoch(self, epoch: int) -> None:
        rng = np.random.default_rng((self.seed, epoch))
        examples = draw_mixture(self.pairs.origins, self.repeats, rng)
        self.batches = cut_batches(examples, self.lengths[examples], self.tokens_per_batch, rng)
        self.epoch = epoch

    def batch(self, step: int, rank: int, world: int) -> dict[str, torch.Tensor]:
        epoch, position = divmod(step, self.per_epoch)
        if epoch != self.epoch:
            self._open_epoch(epoch)
        examples = self.batches[position % len(self.batches)]
        mine = examples[rank::world] if len(examples) >= world else examples
        return make_batch(self.pairs, mine) | batch_links(self.pairs.links, mine)


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
    parser.add_argument("--average-decay", type=float, default=0.9995)
    parser.add_argument("--start", choices=DIRECTIONS, help="from that direction's checkpoint, not from the lexicon")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    folder = arguments.work / arguments.direction
    folder.mkdir(exist_ok=True)
    batches = Batches(
        Pairs.load(arguments.work / "pool.npz", arguments.direction),
        repeats_of(read_choice(arguments.work)),
        arguments.tokens,
        arguments.seed,
    )
    print(f"{batches.per_epoch} batches an epoch", flush=True)
    steps = round(batches.per_epoch * arguments.epochs)
    schedule = Schedule(steps, arguments.peak_lr, arguments.warmup_steps, "inverse_sqrt", arguments.cool_down)
    options = run_options(
        arguments, folder / "checkpoint.pt", weight_decay=0.0, average_decay=arguments.average_decay
    )
    model = build_translator(translator_config(arguments.work, arguments.dropout), eager=True)
    if arguments.start:
        set_weights(model, load_weights(arguments.work / arguments.start / "checkpoint.pt", averaged=True))
    else:
        start_from_lexicon(model, np.load(arguments.work / "embeddings.npy"))
    fit(model, batches.batch, partial(guided_loss, smoothing=LABEL_SMOOTHING), schedule, options)


if __name__ == "__main__":
    main()
