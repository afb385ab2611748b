"""Trains one variant: `teacher` from the base on the human labels, `student` from the teacher by distillation.

Resumes from <work>/<variant>/checkpoint.pt. The student learns from the labels and from the teacher's logits, which
label.py writes; its texts include sentences that nobody labelled. `direct` has the student's shape and trains as the
teacher does: quick, and the baseline that shows what distillation brings.
"""
import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertForSequenceClassification

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.arguments import run_options, training_parser
from common.dropout import use_byte_dropout
from common.labelled import Batches, TrainingSet, loss_of
from common.trainer import Schedule, fit, load_weights
from sources import SOURCES

DROPOUT = 0.1
WARMUP_SHARE = 0.06


@dataclass(frozen=True)
class Plan:
    """What a variant trains on: how often a source's examples occur in an epoch, how many epochs, and how fast."""

    repeats: dict[str, float]
    epochs: float
    peak_lr: float
    tokens_per_batch: int = 8192


PLANS = {
    "teacher": Plan(
        {"sst2": 3, "sst2_plain": 3, "rt_polarity": 3, "imdb": 0.6, "yelp_short": 0.6, "pros_cons": 0.3}, 1, 1.5e-4
    ),
    "direct": Plan(
        {"sst2": 2, "sst2_plain": 2, "rt_polarity": 2, "imdb": 0.25, "yelp_short": 0.4, "pros_cons": 0.2}, 1, 2e-4
    ),
    "student": Plan(
        {
            "sst2": 4,
            "sst2_plain": 4,
            "rt_polarity": 4,
            "imdb": 0.7,
            "yelp_short": 1,
            "pros_cons": 0.5,
            "imdb_sentences": 1,
        },
        1,
        3e-4,
    ),
}


def build_model(folder: Path) -> BertForSequenceClassification:
    """The variant's model with random weights. Attention is written out: the fused one's backward is slow on CPUs."""
    config = BertConfig.from_json_file(folder / "config.json")
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = DROPOUT, 0.0
    config._attn_implementation = "eager"
    model = BertForSequenceClassification(config)
    use_byte_dropout(model)
    return model


def base_weights(base: Path) -> dict[str, torch.Tensor]:
    """The pretrained encoder's tensors under the classifier's names."""
    return {f"bert.{name}": tensor for name, tensor in load_file(base / "model.safetensors").items()}


def pruned_weights(weights: dict[str, torch.Tensor], origin: dict) -> dict[str, torch.Tensor]:
    """The tensors of the kept layers and the kept rows of the vocabulary, under their new numbers."""
    prefix = "bert.encoder.layer."
    pruned = {name: tensor for name, tensor in weights.items() if not name.startswith(prefix)}
    table = "bert.embeddings.word_embeddings.weight"
    pruned[table] = weights[table][torch.tensor(origin["pieces"])]
    for new, old in enumerate(origin["layers"]):
        start = f"{prefix}{old}."
        pruned |= {f"{prefix}{new}.{n[len(start):]}": t for n, t in weights.items() if n.startswith(start)}
    return pruned


def initial_weights(arguments: argparse.Namespace) -> dict[str, torch.Tensor]:
    """Where the variant starts: a student from the teacher, the others from the base; pruned where the variant is."""
    if arguments.variant == "student":
        weights = load_weights(arguments.work / "teacher/checkpoint.pt")
    else:
        weights = base_weights(arguments.base)
    if arguments.variant == "teacher":
        return weights
    return pruned_weights(weights, json.loads((arguments.work / "student/origin.json").read_text()))


def initialise(model: nn.Module, weights: dict[str, torch.Tensor]) -> None:
    """Copies in every tensor there is; only the classifier may start random."""
    known = {name: tensor for name, tensor in weights.items() if name in model.state_dict()}
    missing = model.load_state_dict(known, strict=False).missing_keys
    unexpected = [n for n in missing if not n.startswith("classifier.") and not n.endswith("_ids")]
    if unexpected:
        raise ValueError(f"no initial weights for {unexpected}")


def parse_arguments() -> argparse.Namespace:
    parser = training_parser(__doc__, processes=1 if torch.cuda.is_available() else 2, dtype="bfloat16")
    parser.add_argument("variant", choices=PLANS)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--epochs", type=float, help="instead of the plan's")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    folder = arguments.work / arguments.variant
    plan = PLANS[arguments.variant]
    logits = arguments.work / "teacher/logits.npy" if arguments.variant == "student" else None
    data = TrainingSet.load(folder / "corpus.npz", logits)
    repeats = np.array([plan.repeats.get(source, 0) for source in SOURCES], np.float64)
    batches = Batches(data, repeats, plan.tokens_per_batch, arguments.seed)
    steps = round(batches.per_epoch * (arguments.epochs or plan.epochs))
    model = build_model(folder)
    initialise(model, initial_weights(arguments))
    schedule = Schedule(steps, plan.peak_lr, warmup_steps=max(1, round(steps * WARMUP_SHARE)))
    options = run_options(arguments, folder / "checkpoint.pt")
    fit(model, batches.batch, loss_of, schedule, options)


if __name__ == "__main__":
    main()
