"""A trained classifier in PyTorch f32: loading a checkpoint or a shipped folder, running it over texts, counting what is right."""
import json
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertForSequenceClassification

from common.corpus import TokenLists, pad
from common.int8 import load_dequantised
from common.trainer import load_weights, training_device

TOKENS_AT_ONCE = 8192


def load_classifier(folder: Path, weights: dict[str, torch.Tensor]) -> BertForSequenceClassification:
    """The model that the folder's config.json describes, with these weights, ready to run."""
    config = BertConfig.from_json_file(folder / "config.json")
    config._attn_implementation = "eager"
    model = BertForSequenceClassification(config)
    missing, unexpected = model.load_state_dict(weights, strict=False)
    missing = [name for name in missing if not name.endswith("_ids")]
    if missing or unexpected:
        raise ValueError(f"{folder}: missing tensors {missing}, unexpected tensors {unexpected}")
    return model.to(training_device()).eval()


def weights_of(folder: Path) -> dict[str, torch.Tensor]:
    """The classifier's f32 tensors in a work folder (the moving average) or in a shipped one."""
    if (folder / "checkpoint.pt").exists():
        return load_weights(folder / "checkpoint.pt", averaged=True)
    return load_dequantised(folder / "model.safetensors")


def load_trained(folder: Path, averaged: bool = False) -> BertForSequenceClassification:
    """The classifier of a folder's checkpoint as trained, in f32; `averaged` takes the moving average of its weights."""
    return load_classifier(folder, load_weights(folder / "checkpoint.pt", averaged))


def tokenise(folder: Path, texts: list[str]) -> TokenLists:
    """Ids as the product makes them: the folder's tokenizer.json with its own truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    return TokenLists.pack([encoding.ids for encoding in tokenizer.encode_batch(texts)])


@torch.inference_mode()
def predict(model: BertForSequenceClassification, texts: TokenLists) -> np.ndarray:
    """Logits f32 [n, n_labels] for every text, in order; texts of about equal length run together."""
    device = training_device()
    logits = np.zeros((len(texts), model.config.num_labels), np.float32)
    lengths = texts.lengths()
    order = np.argsort(-lengths, kind="stable")
    start = 0
    while start < len(order):
        rows = order[start : start + max(1, TOKENS_AT_ONCE // int(lengths[order[start]]))]
        ids, mask = (torch.from_numpy(array).to(device) for array in pad([texts[i] for i in rows], pad_id=0))
        logits[rows] = model(input_ids=ids, attention_mask=mask).logits.float().cpu().numpy()
        start += len(rows)
    return logits


def softmax(logits: np.ndarray) -> np.ndarray:
    """[n, labels] -> probabilities [n, labels]."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def accuracies(model, folder: Path, evaluation: dict[str, list]) -> dict[str, float]:
    """Percentage of right labels on each set."""
    results = {}
    for name, rows in evaluation.items():
        labels = np.array([label for label, _ in rows])
        logits = predict(model, tokenise(folder, [text for _, text in rows]))
        results[name] = round(100 * float((logits.argmax(axis=1) == labels).mean()), 2)
    return results


def show_texts(model, folder: Path, texts: list[str]) -> None:
    """One JSON line a text: its ids, logits, and the winning label with its probability."""
    tokens = tokenise(folder, texts)
    logits = predict(model, tokens)
    for row, scores in enumerate(softmax(logits)):
        winner = int(scores.argmax())
        line = {"text": texts[row], "label": model.config.id2label[winner], "score": round(float(scores[winner]), 6)}
        line |= {"ids": tokens[row].tolist(), "logits": [round(float(x), 6) for x in logits[row]]}
        print(json.dumps(line, ensure_ascii=False))
