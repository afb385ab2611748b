"""Accuracy on the parts kept aside: of the trained model (f32), or of an exported folder (its int8 weights as f32).

Prints one JSON line. With --texts, instead the ids, logits and score of each line of standard input, to check an engine.
"""
import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.classifier import accuracies, load_classifier, load_trained, show_texts
from common.int8 import load_dequantised
from common.text_files import read_rows


def read_set(path: Path) -> list[tuple[int, str]]:
    """Labels and texts of a file of lines `label TAB text`."""
    return [(int(row[0]), row[1]) for row in read_rows(path, columns=2)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="an exported folder instead of the checkpoint")
    parser.add_argument("--texts", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.model or arguments.work
    if arguments.model:
        model = load_classifier(folder, load_dequantised(folder / "model.safetensors"))
    else:
        model = load_trained(folder, averaged=True)
    if arguments.texts:
        show_texts(model, folder, [line.rstrip("\n") for line in sys.stdin])
        return
    files = [arguments.work / "validation.tsv", *sorted(arguments.work.glob("held_out*.tsv"))]
    print(json.dumps(accuracies(model, folder, {path.stem: read_set(path) for path in files})), flush=True)


if __name__ == "__main__":
    main()
