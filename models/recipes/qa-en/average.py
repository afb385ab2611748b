"""Means the weights of several checkpoints of one training, each the end of a schedule: a new work folder for train.py, evaluate.py
and export.py.

Such a mean answers better than any of them (Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima and Better
Generalization").
"""
import argparse
import shutil
import sys
from pathlib import Path

import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.shipping import COPIED


def mean_of(paths: list[Path]) -> dict:
    """A checkpoint at step 0 with the mean weights; a moving average counts where one was kept."""
    states = [torch.load(path, map_location="cpu", weights_only=True) for path in paths]
    if any(state["names"] != states[0]["names"] for state in states):
        raise SystemExit("the checkpoints are of different models")
    flats = [state["master"] if state["average"] is None else state["average"] for state in states]
    mean = sum(flats) / len(flats)
    moments = {name: torch.zeros_like(mean) for name in ("moment1", "moment2")}
    return {"step": 0, "names": states[0]["names"], "master": mean, **moments, "average": None}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--work", type=Path, required=True, help="of the training: its descriptions and corpus are copied")
    parser.add_argument("--out", type=Path, required=True, help="the new work folder")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name in (*COPIED, "corpus.npz"):
        shutil.copyfile(arguments.work / name, arguments.out / name)
    torch.save(mean_of(arguments.checkpoints), arguments.out / "checkpoint.pt")


if __name__ == "__main__":
    main()
