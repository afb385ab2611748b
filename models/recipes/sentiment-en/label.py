"""Writes the teacher's logits for every training text, labelled or not: <work>/teacher/logits.npy, f32 [n, 2]."""
import argparse
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.classifier import load_variant, predict
from common.corpus import TokenLists


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--dtype", choices=("bfloat16", "float32"), default="bfloat16")
    arguments = parser.parse_args()
    folder = arguments.work / "teacher"
    arrays = np.load(folder / "corpus.npz")
    model = load_variant(folder).to(getattr(torch, arguments.dtype))
    np.save(folder / "logits.npy", predict(model, TokenLists(arrays["ids"], arrays["offsets"])))


if __name__ == "__main__":
    main()
