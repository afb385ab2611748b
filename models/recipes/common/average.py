"""Means the weights of several checkpoints of a recipe that keeps them in its work folder: a new one for its train.py, evaluate.py and export.py.

Ends of schedules, or of trainings from one start with different seeds. Such a mean often answers better than any of them (Izmailov
et al. 2018, "Averaging Weights Leads to Wider Optima and Better Generalization"; Wortsman et al. 2022, "Model soups").
"""
import argparse
import shutil
from pathlib import Path

import torch


def mean_of(paths: list[Path]) -> dict:
    """A checkpoint at step 0 with the mean weights; a moving average counts where one was kept."""
    states = [torch.load(path, map_location="cpu", weights_only=True) for path in paths]
    if any(state["names"] != states[0]["names"] for state in states):
        raise SystemExit("the checkpoints are of different models")
    flats = [state["master"] if state["average"] is None else state["average"] for state in states]
    mean = sum(flats) / len(flats)
    moments = {name: torch.zeros_like(mean) for name in ("moment1", "moment2")}
    return {"step": 0, "names": states[0]["names"], "master": mean, **moments, "average": None}


def copy_prepared(work: Path, out: Path) -> None:
    """What prepare.py wrote: every file of the work folder but checkpoints."""
    out.mkdir(parents=True, exist_ok=True)
    for path in work.iterdir():
        if path.is_file() and path.suffix != ".pt":
            shutil.copyfile(path, out / path.name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--work", type=Path, required=True, help="of the training")
    parser.add_argument("--out", type=Path, required=True, help="the new work folder")
    arguments = parser.parse_args()
    copy_prepared(arguments.work, arguments.out)
    torch.save(mean_of(arguments.checkpoints), arguments.out / "checkpoint.pt")


if __name__ == "__main__":
    main()
