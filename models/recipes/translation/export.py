"""Exports one direction: see common.export_translator."""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.export_translator import export_translator
from model import DECODINGS, translator_config

if __name__ == "__main__":
    export_translator(__doc__, DECODINGS, translator_config, max_bytes=24_000_000)
