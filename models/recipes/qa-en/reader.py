"""A trained reader in PyTorch f32: loading a checkpoint or a shipped folder, and answering questions with it."""
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertForQuestionAnswering

from common.base_encoder import base_weights
from common.corpus import pad
from common.int8 import load_dequantised
from common.trainer import load_weights, training_device
from spans import Answer, Window, read_answer
from windows import overlapping_parts

MAX_LENGTH, OVERLAP = 384, 128
TOKENS_AT_ONCE = 4096


def trained_weights(work: Path, base: Path) -> dict[str, torch.Tensor]:
    """Every tensor of the reader as trained: what learned from the checkpoint, what was frozen from the base."""
    unused = ("bert.pooler.", "bert.embeddings.position_ids")
    frozen = {name: tensor for name, tensor in base_weights(base).items() if not name.startswith(unused)}
    return frozen | load_weights(work / "checkpoint.pt", averaged=True)


def load_reader(config_path: Path, weights: dict[str, torch.Tensor]) -> BertForQuestionAnswering:
    """The model that config.json describes, with these weights, ready to run."""
    model = BertForQuestionAnswering(BertConfig.from_json_file(config_path))
    missing, unexpected = model.load_state_dict(weights, strict=False)
    missing = [name for name in missing if not name.endswith("_ids")]
    if missing or unexpected:
        raise ValueError(f"{config_path}: missing tensors {missing}, unexpected tensors {unexpected}")
    return model.to(training_device()).eval()


class Reader:
    """Answers questions about texts of any length."""

    def __init__(self, folder: Path, weights: dict[str, torch.Tensor]):
        self.model = load_reader(folder / "config.json", weights)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    @staticmethod
    def trained(work: Path, base: Path) -> "Reader":
        return Reader(work, trained_weights(work, base))

    @staticmethod
    def shipped(folder: Path) -> "Reader":
        return Reader(folder, load_dequantised(folder / "model.safetensors"))

    def windows(self, question: str, context: str) -> list[Window]:
        """[CLS] question [SEP] part of the context [SEP], with OVERLAP tokens shared by neighbouring parts.

        Cut here: with truncation, tokenizers 0.23.1 stops reading a text once there are enough tokens for one part.
        """
        pair = self.tokenizer.encode(question, context)
        inside = np.array([sequence == 1 for sequence in pair.sequence_ids])
        first, last = int(inside.argmax()), len(inside) - int(inside[::-1].argmax())
        room = MAX_LENGTH - (len(inside) - int(inside.sum()))
        parts = overlapping_parts(last - first, room, OVERLAP)
        rows = [np.r_[0:first, first + low : first + high, last : len(inside)] for low, high in parts]
        words = np.array([-1 if word is None else word for word in pair.word_ids])
        ids, segments, offsets = (np.array(field) for field in (pair.ids, pair.type_ids, pair.offsets))
        return [Window(ids[row], segments[row], inside[row], offsets[row], words[row]) for row in rows]

    @torch.inference_mode()
    def logits(self, windows: list[Window]) -> list[np.ndarray]:
        """Start and end logits [length, 2] of each window; those of about equal length run together."""
        device = training_device()
        scores: list[np.ndarray] = [np.zeros((0, 2))] * len(windows)
        order = sorted(range(len(windows)), key=lambda i: -len(windows[i].ids))
        start = 0
        while start < len(order):
            rows = order[start : start + max(1, TOKENS_AT_ONCE // len(windows[order[start]].ids))]
            ids, mask = pad([windows[i].ids for i in rows], pad_id=0)
            segments, _ = pad([windows[i].segments for i in rows], pad_id=0)
            inputs = [torch.from_numpy(array).to(device) for array in (ids, mask, segments)]
            output = self.model(input_ids=inputs[0], attention_mask=inputs[1], token_type_ids=inputs[2])
            both = torch.stack([output.start_logits, output.end_logits], dim=-1).float().cpu().numpy()
            for row, i in enumerate(rows):
                scores[i] = both[row, : len(windows[i].ids)]
            start += len(rows)
            print(f"\r{start}/{len(order)}", end="", file=sys.stderr)
        return scores

    def answer(self, asked: Iterable[tuple[str, str]]) -> list[tuple[Answer, float]]:
        """For each (question, context): the best answer and the score of "no answer"."""
        asked = list(asked)
        parts = [self.windows(question, context) for question, context in asked]
        scores = self.logits([window for windows in parts for window in windows])
        answers, start = [], 0
        for windows, (_, context) in zip(parts, asked):
            answers.append(read_answer(windows, scores[start : start + len(windows)], context))
            start += len(windows)
        return answers
