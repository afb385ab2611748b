"""How many held-out phrases one direction gets exactly right: as trained (f32), or as exported (int8 weights as f32).

Prints a JSON line for the canonical sources and one for the other ways to write them. `--texts` translates the lines of
standard input; `--alignment` prints which source piece each target piece attends to most, over the decoder's layers.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import GenerationConfig, MarianMTModel

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.corpus import TokenLists, pad
from common.int8 import load_dequantised
from common.marian import build_translator, generation_settings, marian_config, set_weights
from common.trainer import load_weights, training_device
from common.unigram import PAD_ID
from export import NUM_BEAMS
from prepare import DIRECTIONS, MAX_POSITIONS
from train import SHAPE

PHRASES_AT_ONCE = 64
SHOWN_MISTAKES = 5


class Translator:
    """A trained direction with its tokenizer, in f32."""

    def __init__(self, tokenizer: Path, weights: dict[str, torch.Tensor], num_beams: int):
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        model = build_translator(marian_config(SHAPE, self.tokenizer.get_vocab_size(), dropout=0.0))
        set_weights(model, weights)
        model.generation_config = GenerationConfig(**generation_settings({"num_beams": num_beams}, MAX_POSITIONS))
        self.model: MarianMTModel = model.to(training_device()).eval()

    @torch.inference_mode()
    def translate(self, texts: list[str]) -> list[str]:
        """Translations in the order of the texts; texts of about equal length run together."""
        encoded = TokenLists.pack([encoding.ids for encoding in self.tokenizer.encode_batch(texts)])
        order = np.argsort(-encoded.lengths(), kind="stable")
        translations = [""] * len(texts)
        for start in range(0, len(order), PHRASES_AT_ONCE):
            rows = order[start : start + PHRASES_AT_ONCE]
            arrays = pad([encoded[i] for i in rows], PAD_ID)
            ids, mask = (torch.from_numpy(array).to(training_device()) for array in arrays)
            for row, generated in zip(rows, self.model.generate(input_ids=ids, attention_mask=mask).tolist()):
                translations[row] = self.tokenizer.decode(generated, skip_special_tokens=True)
        return translations

    @torch.inference_mode()
    def alignment(self, source: str, target: str) -> list[list[tuple[str, str]]]:
        """For each decoder layer: every target piece with the source piece that its mean cross-attention prefers."""
        asked, answered = self.tokenizer.encode(source), self.tokenizer.encode(target)
        shifted = [PAD_ID, *answered.ids[:-1]]
        output = self.model(
            input_ids=torch.tensor([asked.ids]), decoder_input_ids=torch.tensor([shifted]), output_attentions=True
        )
        layers = [layer[0].mean(dim=0).argmax(dim=-1).tolist() for layer in output.cross_attentions]
        return [[(piece, asked.tokens[i]) for piece, i in zip(answered.tokens, places)] for places in layers]


def load_translator(arguments: argparse.Namespace) -> Translator:
    if arguments.model:
        weights = load_dequantised(arguments.model / "model.safetensors")
        return Translator(arguments.model / "tokenizer.json", weights, arguments.num_beams)
    weights = load_weights(arguments.work / arguments.direction / "checkpoint.pt", averaged=True)
    return Translator(arguments.work / "tokenizer.json", weights, arguments.num_beams)


def held_out_pairs(path: Path, direction: str) -> dict[str, list[tuple[str, str]]]:
    """Sources with their canonical targets: the canonical sources, and one other way of writing each, where there is."""
    phrases = json.loads(path.read_text(encoding="utf-8"))
    source, target = ("english", "chinese") if direction == "en-zh" else ("chinese", "english")
    others = [phrase[source][1:] for phrase in phrases]
    return {
        "canonical": [(phrase[source][0], phrase[target][0]) for phrase in phrases],
        "other ways": [(ways[i % len(ways)], p[target][0]) for i, (ways, p) in enumerate(zip(others, phrases)) if ways],
    }


def print_accuracy(translator: Translator, name: str, pairs: list[tuple[str, str]]) -> None:
    translations = translator.translate([source for source, _ in pairs])
    wrong = [(source, got) for (source, target), got in zip(pairs, translations) if got != target]
    line = {"sources": name, "phrases": len(pairs), "exact": round(100 * (1 - len(wrong) / len(pairs)), 2)}
    print(json.dumps(line | {"mistakes": wrong[:SHOWN_MISTAKES]}, ensure_ascii=False), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("direction", choices=DIRECTIONS)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="an exported folder, instead of the checkpoint")
    parser.add_argument("--limit", type=int, help="held-out phrases")
    parser.add_argument("--num-beams", type=int, default=NUM_BEAMS)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--texts", action="store_true")
    what.add_argument("--alignment", action="store_true", help="of the lines of standard input")
    arguments = parser.parse_args()
    translator = load_translator(arguments)
    if arguments.texts or arguments.alignment:
        texts = [line.rstrip("\n") for line in sys.stdin]
        for text, translation in zip(texts, translator.translate(texts)):
            layers = translator.alignment(text, translation) if arguments.alignment else []
            print(f"{text}\t{translation}")
            for layer in layers:
                print("  " + " ".join(f"{target}←{source}" for target, source in layer))
        return
    for name, pairs in held_out_pairs(arguments.work / "held_out.json", arguments.direction).items():
        print_accuracy(translator, name, pairs[: arguments.limit])


if __name__ == "__main__":
    main()
