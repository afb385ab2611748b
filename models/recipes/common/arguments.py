"""Command-line options that every training has, and what they mean for a run."""
import argparse
import math
from pathlib import Path
from typing import Any

import torch

from common.trainer import RunOptions


def training_parser(description: str | None, *, processes: int = 1, dtype: str = "float32") -> argparse.ArgumentParser:
    """--work, --seed, --processes, --dtype and --seconds; a recipe adds its own."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=processes)
    parser.add_argument("--dtype", choices=("bfloat16", "float32"), default=dtype)
    parser.add_argument("--seconds", type=float, default=math.inf, help="stop, resumably, after this long")
    return parser


def run_options(arguments: argparse.Namespace, checkpoint: Path, **more: Any) -> RunOptions:
    """As the command line has it; `more` are RunOptions that the recipe decides."""
    return RunOptions(
        checkpoint,
        seed=arguments.seed,
        processes=arguments.processes,
        dtype=getattr(torch, arguments.dtype),
        seconds=arguments.seconds,
        **more,
    )
