"""Accuracy on the evaluation sets: of a variant as trained (f32), or of an exported folder (its int8 weights as f32).

Prints one JSON line. With --texts, also the ids, logits and score of each line of standard input, to check an engine.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1]))
from classifier import load_classifier, load_variant, predict, tokenise
from common.int8 import load_dequantised


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--variant", choices=("teacher", "student", "direct"))
    which.add_argument("--model", type=Path, help="an exported folder")
    parser.add_argument("--sets", nargs="+", help="names in <work>/evaluation.json; all by default")
    parser.add_argument("--texts", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.model or arguments.work / arguments.variant
    if arguments.model:
        model = load_classifier(folder, load_dequantised(folder / "model.safetensors"))
    else:
        model = load_variant(folder)
    evaluation = json.loads((arguments.work / "evaluation.json").read_text(encoding="utf-8"))
    chosen = {name: evaluation[name] for name in arguments.sets or evaluation}
    print(json.dumps(accuracies(model, folder, chosen)), flush=True)
    if arguments.texts:
        show_texts(model, folder, [line.rstrip("\n") for line in sys.stdin])


if __name__ == "__main__":
    main()
