"""Trains the classifier from the base encoder on the human labels; resumes from <work>/checkpoint.pt.

With `--start` it goes on from a shipped classifier, and with `--least-tokens` on whole sentences only: most of SST-2's
training texts are phrases of them.
"""
import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from transformers import BertConfig, BertForSequenceClassification

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.arguments import run_options, training_parser
from common.attention import WRITTEN_OUT
from common.base_encoder import base_weights, start_from
from common.classifier import weights_of
from common.dropout import use_byte_dropout
from common.labelled import Batches, TrainingSet, loss_of
from common.trainer import Schedule, fit
from sources import SOURCES

# How often an example of each source is seen in an epoch. Long reviews cost the most and teach the least about a sentence.
REPEATS = {
    **{"sst2": 3, "sst2_plain": 3, "rt_polarity": 3, "imdb_sentences": 1},
    **{"imdb": 0.2, "yelp_short": 0.25, "pros_cons": 0.1},
}
TOKENS_PER_BATCH = 4096
PEAK_LR = 1.2e-4
WARMUP_SHARE = 0.06
AVERAGE_DECAY = 0.99
DROPOUT = 0.1
# The new head is the same for every --seed, so that trainings stay near enough to each other to be averaged.
HEAD_SEED = 1
WORD_EMBEDDINGS = "bert.embeddings.word_embeddings.weight"


def build_model(work: Path, base: Path) -> BertForSequenceClassification:
    """The base under a new classifier. Attention is written out: the fused one's backward is slow on CPUs."""
    config = BertConfig.from_json_file(work / "config.json")
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = DROPOUT, 0.0
    config._attn_implementation = WRITTEN_OUT
    torch.manual_seed(HEAD_SEED)
    model = BertForSequenceClassification(config)
    weights = base_weights(base)
    pieces = torch.from_numpy(np.load(work / "pieces.npy"))
    start_from(model, weights | {WORD_EMBEDDINGS: weights[WORD_EMBEDDINGS][pieces]}, head="classifier")
    use_byte_dropout(model)
    return model


def parse_arguments() -> argparse.Namespace:
    parser = training_parser(__doc__, processes=1 if torch.cuda.is_available() else 2, dtype="bfloat16")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base model (model.safetensors, ...)")
    parser.add_argument("--epochs", type=float, default=1)
    parser.add_argument("--start", type=Path, help="a classifier to go on from: a work folder or a shipped one")
    parser.add_argument("--least-tokens", type=int, default=0, help="of a text, with [CLS] and [SEP]")
    parser.add_argument("--peak-lr", type=float, default=PEAK_LR)
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    work = arguments.work
    repeats = np.array([REPEATS[source] for source in SOURCES], np.float64)
    data = TrainingSet.load(work / "corpus.npz").at_least(arguments.least_tokens)
    batches = Batches(data, repeats, TOKENS_PER_BATCH, arguments.seed)
    steps = round(batches.per_epoch * arguments.epochs)
    schedule = Schedule(steps, arguments.peak_lr, warmup_steps=max(1, round(steps * WARMUP_SHARE)))
    options = run_options(arguments, work / "checkpoint.pt", average_decay=AVERAGE_DECAY)
    model = build_model(work, arguments.base)
    if arguments.start:
        model.load_state_dict(weights_of(arguments.start))
    fit(model, batches.batch, loss_of, schedule, options)


if __name__ == "__main__":
    main()
