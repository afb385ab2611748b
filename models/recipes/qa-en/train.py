"""Trains the reader from the base encoder; resumes from <work>/checkpoint.pt.

Examples are drawn as windows around the answer, so that a short run sees many questions. The embeddings and the lowest
layers keep the base's weights. `--steps` sizes the schedule to the time there is, and may change from call to call.
"""
import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import BertConfig, BertForQuestionAnswering

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.arguments import run_options, training_parser
from common.attention import WRITTEN_OUT
from common.base_encoder import base_weights, start_from
from common.corpus import TokenLists, cut_batches, pad
from common.dropout import use_byte_dropout
from common.int8 import load_dequantised
from common.trainer import Schedule, fit, training_device
from reader import trained_weights
from windows import draw_window

WARMUP_SHARE = 0.05
PEAK_LR = 1.2e-4
TOKENS_PER_BATCH = 2048
FROZEN_LAYERS = 2
MAX_QUESTION = 40
# Short windows show many questions in little time; long ones hold most paragraphs whole, as they are in use.
SHORT_BUDGETS = (64, 144)
LONG_BUDGET = 320
LONG_SHARE = 0.1
AVERAGE_DECAY = 0.995


@dataclass(frozen=True)
class Special:
    """Ids of the tokens that separate question and context."""

    pad: int
    start: int
    separator: int

    @staticmethod
    def of(vocabulary: dict[str, int]) -> "Special":
        return Special(vocabulary["[PAD]"], vocabulary["[CLS]"], vocabulary["[SEP]"])


@dataclass(frozen=True)
class Questions:
    """n questions; contexts [n] names each one's text, spans [n, 2] its first and last answer token there or -1."""

    texts: TokenLists
    flags: np.ndarray  # one for each token of `texts`: the first of a sentence
    questions: TokenLists
    contexts: np.ndarray
    spans: np.ndarray

    @staticmethod
    def load(path: Path) -> "Questions":
        arrays = np.load(path)
        return Questions(
            TokenLists(arrays["context_ids"], arrays["context_offsets"]),
            arrays["sentence_flags"],
            TokenLists(arrays["question_ids"], arrays["question_offsets"]),
            arrays["contexts"],
            arrays["spans"],
        )

    def __len__(self) -> int:
        return len(self.spans)

    def window(self, index: int, budget: int, rng: np.random.Generator) -> tuple[int, int]:
        """A window of the question's context: around its answer, or anywhere where it has none."""
        low, high = self.texts.offsets[self.contexts[index] :][:2]
        first, last = self.spans[index]
        if first < 0:
            first = last = int(rng.integers(high - low))
        return draw_window(self.flags[low:high], int(first), int(last), budget, rng)


class Batches:
    """Batches of windows, epoch after epoch; the same step always gives the same batch."""

    def __init__(self, data: Questions, special: Special, tokens_per_batch: int, long_share: float, seed: int):
        self.data, self.special, self.tokens = data, special, tokens_per_batch
        self.long_share, self.seed = long_share, seed
        self.epoch, self.batches, self.windows = -1, [], np.zeros((0, 2), np.int64)
        self._open_epoch(0)
        self.per_epoch = len(self.batches)

    def _open_epoch(self, epoch: int) -> None:
        rng = np.random.default_rng((self.seed, epoch))
        budgets = rng.integers(*SHORT_BUDGETS, len(self.data), endpoint=True)
        budgets[rng.random(len(self.data)) < self.long_share] = LONG_BUDGET
        self.windows = np.array([self.data.window(i, int(b), rng) for i, b in enumerate(budgets)])
        lengths = np.diff(self.windows)[:, 0] + np.minimum(self.data.questions.lengths(), MAX_QUESTION) + 3
        self.batches = cut_batches(np.arange(len(self.data)), lengths, self.tokens, rng)
        self.epoch = epoch

    def example(self, index: int) -> tuple[np.ndarray, int, tuple[int, int]]:
        """[CLS] question [SEP] window [SEP], where the second segment starts, and the answer's first and last token.

        A question without an answer points at [CLS].
        """
        low, high = self.windows[index]
        question = self.data.questions[index][:MAX_QUESTION]
        context = self.data.texts[self.data.contexts[index]][low:high]
        special = self.special
        ids = np.concatenate([[special.start], question, [special.separator], context, [special.separator]])
        second = len(question) + 2
        first, last = self.data.spans[index]
        span = (0, 0) if first < 0 else (second + int(first - low), second + int(last - low))
        return ids, second, span

    def batch(self, step: int, rank: int, world: int) -> dict[str, torch.Tensor]:
        epoch, position = divmod(step, self.per_epoch)
        if epoch != self.epoch:
            self._open_epoch(epoch)
        examples = [self.example(i) for i in self.batches[position % len(self.batches)]]
        mine = examples[rank::world] if len(examples) >= world else examples
        ids, mask = pad([ids for ids, _, _ in mine], self.special.pad)
        seconds = np.array([second for _, second, _ in mine])
        segments = (np.arange(ids.shape[1]) >= seconds[:, None]) * mask
        spans = np.array([span for _, _, span in mine], np.int64)
        device = training_device()
        arrays = {"ids": ids, "mask": mask, "segments": segments, "spans": spans}
        return {name: torch.from_numpy(array).to(device, non_blocking=True) for name, array in arrays.items()}


def loss_of(model: nn.Module, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Mean cross-entropy of first and last token over all places of the window; padding is no place."""
    output = model(input_ids=batch["ids"], attention_mask=batch["mask"], token_type_ids=batch["segments"])
    padding = batch["mask"] == 0
    losses = [
        functional.cross_entropy(logits.float().masked_fill(padding, -1e4), batch["spans"][:, side])
        for side, logits in enumerate((output.start_logits, output.end_logits))
    ]
    return (losses[0] + losses[1]) / 2


def build_reader(config_path: Path, base: Path, frozen_layers: int, dropout: float) -> BertForQuestionAnswering:
    """The base encoder under a new head; embeddings and the lowest layers don't learn."""
    config = BertConfig.from_json_file(config_path)
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = dropout, 0.0
    config._attn_implementation = WRITTEN_OUT
    model = BertForQuestionAnswering(config)
    use_byte_dropout(model)
    start_from(model, base_weights(base), head="qa_outputs")
    for module in (model.bert.embeddings, *model.bert.encoder.layer[:frozen_layers]):
        module.requires_grad_(False)
    return model


def go_on_from(model: nn.Module, reader: Path, base: Path) -> None:
    """What learns starts from another reader, trained or shipped; what doesn't keeps the base's exact weights."""
    is_trained = (reader / "checkpoint.pt").exists()
    weights = trained_weights(reader, base) if is_trained else load_dequantised(reader / "model.safetensors")
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            parameter.data.copy_(weights[name])


def load_vocabulary(path: Path) -> dict[str, int]:
    """Token to id of a tokenizer.json."""
    return json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]


def parse_arguments() -> argparse.Namespace:
    parser = training_parser(__doc__, dtype="bfloat16")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a reader to go on from: a work folder or a shipped one")
    parser.add_argument("--steps", type=int, help="of the whole schedule; one epoch by default")
    parser.add_argument("--tokens", type=int, default=TOKENS_PER_BATCH, help="in a batch")
    parser.add_argument("--long-share", type=float, default=LONG_SHARE, help="of the windows: nearly whole paragraphs")
    parser.add_argument("--peak-lr", type=float, default=PEAK_LR)
    parser.add_argument("--frozen-layers", type=int, default=FROZEN_LAYERS)
    parser.add_argument("--dropout", type=float, default=0.0, help="worth it from the second epoch on")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    vocabulary = load_vocabulary(arguments.work / "tokenizer.json")
    questions = Questions.load(arguments.work / "corpus.npz")
    batches = Batches(questions, Special.of(vocabulary), arguments.tokens, arguments.long_share, arguments.seed)
    steps = arguments.steps or batches.per_epoch
    print(f"{batches.per_epoch} batches an epoch", flush=True)
    model = build_reader(arguments.work / "config.json", arguments.base, arguments.frozen_layers, arguments.dropout)
    if arguments.start:
        go_on_from(model, arguments.start, arguments.base)
    schedule = Schedule(steps, arguments.peak_lr, warmup_steps=max(1, round(steps * WARMUP_SHARE)))
    options = run_options(arguments, arguments.work / "checkpoint.pt", average_decay=AVERAGE_DECAY, save_every=180)
    fit(model, batches.batch, loss_of, schedule, options)


if __name__ == "__main__":
    main()
