"""Trains the story teller from scratch: a small GPT-2; resumes from <work>/checkpoint.pt."""
import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import GPT2Config, GPT2LMHeadModel

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.arguments import run_options, training_parser
from common.trainer import Schedule, fit, training_device

D_MODEL, N_HEADS, N_LAYERS, MAX_POSITIONS = 256, 8, 4, 256
WARMUP_STEPS = 60
WEIGHT_DECAY = 0.1
AVERAGE_DECAY = 0.99
END_OF_TEXT_ID = 0


def story_config(vocabulary_size: int) -> GPT2Config:
    return GPT2Config(
        vocab_size=vocabulary_size,
        n_positions=MAX_POSITIONS,
        n_embd=D_MODEL,
        n_layer=N_LAYERS,
        n_head=N_HEADS,
        activation_function="gelu_pytorch_tanh",
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=END_OF_TEXT_ID,
        eos_token_id=END_OF_TEXT_ID,
    )


class Windows:
    """Random windows of the token stream; the same step always gives the same ones."""

    def __init__(self, tokens: np.ndarray, batch_size: int, seed: int):
        self.tokens, self.batch_size, self.seed = tokens, batch_size, seed

    def batch(self, step: int, rank: int, world: int) -> torch.Tensor:
        """[batch, MAX_POSITIONS + 1] ids: inputs, and one further so that each has a next one."""
        rng = np.random.default_rng((self.seed, step))
        starts = rng.integers(0, len(self.tokens) - MAX_POSITIONS, self.batch_size)[rank::world]
        rows = np.stack([self.tokens[start : start + MAX_POSITIONS + 1] for start in starts])
        return torch.from_numpy(rows.astype(np.int64)).to(training_device(), non_blocking=True)


def loss_of(model: nn.Module, batch: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy of each next token. The windows are full: no mask but the causal one."""
    logits = model(input_ids=batch[:, :-1], use_cache=False).logits  # [batch, MAX_POSITIONS, vocabulary]
    return functional.cross_entropy(logits.float().flatten(0, 1), batch[:, 1:].flatten())


def parse_arguments() -> argparse.Namespace:
    parser = training_parser(__doc__)
    parser.add_argument("--steps", type=int, default=1500, help="of the whole schedule")
    parser.add_argument("--batch", type=int, default=12, help=f"windows of {MAX_POSITIONS} tokens")
    parser.add_argument("--peak-lr", type=float, default=1.5e-3)
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    vocabulary_size = Tokenizer.from_file(str(arguments.work / "tokenizer.json")).get_vocab_size()
    windows = Windows(np.load(arguments.work / "train.npy"), arguments.batch, arguments.seed)
    schedule = Schedule(arguments.steps, arguments.peak_lr, WARMUP_STEPS)
    options = run_options(
        arguments,
        arguments.work / "checkpoint.pt",
        weight_decay=WEIGHT_DECAY,
        average_decay=AVERAGE_DECAY,
        save_every=180,
    )
    fit(GPT2LMHeadModel(story_config(vocabulary_size)), windows.batch, loss_of, schedule, options)


if __name__ == "__main__":
    main()
