"""Accuracy on the evaluation sets: of the trained model (f32), or of an exported folder (its int8 weights as f32).

Prints one JSON line. With --texts, also the ids, logits and score of each line of standard input, to check an engine.
"""
import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.classifier import accuracies, load_classifier, show_texts, weights_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="an exported folder instead of the checkpoint")
    parser.add_argument("--sets", nargs="+", help="names in <work>/evaluation.json; all by default")
    parser.add_argument("--texts", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.model or arguments.work
    model = load_classifier(folder, weights_of(folder))
    evaluation = json.loads((arguments.work / "evaluation.json").read_text(encoding="utf-8"))
    chosen = {name: evaluation[name] for name in arguments.sets or evaluation}
    print(json.dumps(accuracies(model, folder, chosen)), flush=True)
    if arguments.texts:
        show_texts(model, folder, [line.rstrip("\n") for line in sys.stdin])


if __name__ == "__main__":
    main()
