"""Trains the classifier from the embeddings of start.py.

Resumes from <work>/checkpoint.pt. A share of the words is hidden in every batch, so that no verdict hangs on one word.
"""
import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import BertConfig, BertForSequenceClassification

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.arguments import run_options, training_parser
from common.attention import WRITTEN_OUT
from common.dropout import use_byte_dropout
from common.labelled import Batches, TrainingSet, loss_of
from common.trainer import Schedule, fit
from reviews import SOURCES
from segmentation import SPECIAL_PIECES, UNK_ID
from start import MEAN_GAIN

DROPOUT = 0.1
HIDDEN_SHARE = 0.1
TOKENS_PER_BATCH = 2048
PEAK_LR = 7e-4
WARMUP_SHARE = 0.05
WEIGHT_DECAY = 0.02
AVERAGE_DECAY = 0.99


def hide_words(ids: torch.Tensor, share: float) -> torch.Tensor:
    """Token ids [batch, length] with a random share of them as [UNK]; special tokens stay."""
    hidden = (torch.rand(ids.shape, device=ids.device) < share) & (ids >= len(SPECIAL_PIECES))
    return ids.masked_fill(hidden, UNK_ID)


def training_loss(model: nn.Module, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    return loss_of(model, batch | {"ids": hide_words(batch["ids"], HIDDEN_SHARE)})


@torch.no_grad()
def begin_as_bag_of_words(model: BertForSequenceClassification, table: torch.Tensor) -> None:
    """Lays one path through the random weights: [CLS] takes the mean weight of all words to the classifier.

    Attention starts nearly uniform, so that a mean is what the first layer's values give. table: f32 [vocab, d_model],
    dimension 0 is a word's weight in a bag of words.
    """
    model.bert.embeddings.word_embeddings.weight.copy_(table)
    first = model.bert.encoder.layer[0].attention
    for matrix, gain in ((first.self.value, 1), (first.output.dense, MEAN_GAIN), (model.bert.pooler.dense, 1)):
        matrix.weight[0] = 0
        matrix.weight[0, 0] = gain
    model.classifier.weight[:, 0] = torch.tensor([-1.0, 1.0])


def build_model(work: Path) -> BertForSequenceClassification:
    """The model before its first step. Attention is written out: the fused one's backward is slow on CPUs."""
    config = BertConfig.from_json_file(work / "config.json")
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = DROPOUT, 0.0
    config._attn_implementation = WRITTEN_OUT
    model = BertForSequenceClassification(config)
    begin_as_bag_of_words(model, torch.from_numpy(np.load(work / "start.npy")))
    use_byte_dropout(model)
    return model


def parse_arguments() -> argparse.Namespace:
    parser = training_parser(__doc__)
    parser.add_argument("--epochs", type=float, default=3)
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    work = arguments.work
    data = TrainingSet.load(work / "corpus.npz")
    batches = Batches(data, np.ones(len(SOURCES)), TOKENS_PER_BATCH, arguments.seed)
    steps = round(batches.per_epoch * arguments.epochs)
    schedule = Schedule(steps, PEAK_LR, warmup_steps=max(1, round(steps * WARMUP_SHARE)))
    options = run_options(arguments, work / "checkpoint.pt", weight_decay=WEIGHT_DECAY, average_decay=AVERAGE_DECAY)
    fit(build_model(work), batches.batch, training_loss, schedule, options)


if __name__ == "__main__":
    main()
