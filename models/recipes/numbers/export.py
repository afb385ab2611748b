"""Exports one direction: see common.export_translator."""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.export_translator import export_translator
from prepare import DIRECTIONS
from train import translator_config

NUM_BEAMS = 4
DECODINGS = {direction: {"num_beams": NUM_BEAMS} for direction in DIRECTIONS}

if __name__ == "__main__":
    export_translator(__doc__, DECODINGS, translator_config, max_bytes=2_000_000)
