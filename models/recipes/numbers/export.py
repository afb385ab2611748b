"""Exports one direction: see common.export_translator."""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.export_translator import export_translator
from prepare import DIRECTIONS
from train import translator_config

NUM_BEAMS = 4

if __name__ == "__main__":
    export_translator(__doc__, DIRECTIONS, translator_config, NUM_BEAMS, max_bytes=2_000_000)
