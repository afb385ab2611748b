"""Means the weights of several checkpoints of one training, each the end of a schedule, as a start for `train.py --start`.

Such a mean answers better than any of them (Izmailov et al. 2018, "Averaging weights leads to wider optima").
"""
import argparse
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.int8 import save_model
from common.trainer import load_weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True, help="folder for model.safetensors, f32")
    arguments = parser.parse_args()
    parts = [load_weights(path) for path in arguments.checkpoints]
    arguments.out.mkdir(parents=True, exist_ok=True)
    mean = {name: sum(part[name] for part in parts) / len(parts) for name in parts[0]}
    save_model(mean, arguments.out / "model.safetensors")


if __name__ == "__main__":
    main()
