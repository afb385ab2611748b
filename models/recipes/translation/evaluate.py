"""BLEU of one direction on the evaluation sets, with beam search: as trained (f32) or as exported (int8 weights as f32).

Prints one JSON line a set with sacreBLEU's signature. `--loss` measures the loss on the validation pairs instead: quick,
to see whether training still helps. `--texts` translates the lines of standard input.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from sacrebleu.metrics import BLEU
from tokenizers import Tokenizer
from transformers import MarianConfig, MarianMTModel

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.corpus import TokenLists, cut_batches, pad
from common.int8 import load_dequantised
from common.marian import build_translator, set_weights
from common.pairs import loss_of, make_batch
from common.text_files import read_lines
from common.trainer import load_weights, training_device
from common.unigram import PAD_ID
from model import DECODINGS, translator_config
from pool import clean
from train import DIRECTIONS, Pairs

SENTENCES_AT_ONCE = 32
LOSS_TOKENS = 8192
MAX_NEW_TOKENS = 200
BLEU_TOKENIZER = {"en": "13a", "zh": "zh"}


class Translator:
    """A trained direction with its tokenizer, in f32."""

    def __init__(self, tokenizer: Path, config: MarianConfig, weights: dict[str, torch.Tensor]):
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        model = build_translator(config)
        set_weights(model, weights)
        self.model: MarianMTModel = model.to(training_device()).eval()

    @torch.inference_mode()
    def translate(self, texts: list[str], decoding: dict) -> list[str]:
        """Translations in the order of the texts; texts of about equal length run together."""
        encoded = TokenLists.pack([e.ids for e in self.tokenizer.encode_batch([clean(text) for text in texts])])
        order = np.argsort(-encoded.lengths(), kind="stable")
        translations = [""] * len(texts)
        for start in range(0, len(order), SENTENCES_AT_ONCE):
            rows = order[start : start + SENTENCES_AT_ONCE]
            for row, ids in zip(rows, self._generate([encoded[i] for i in rows], decoding)):
                translations[row] = self.tokenizer.decode(ids, skip_special_tokens=True)
            print(f"\r{start + len(rows)}/{len(texts)}", end="", file=sys.stderr)
        return translations

    def _generate(self, lists: list[np.ndarray], decoding: dict) -> list[list[int]]:
        ids, mask = (torch.from_numpy(array).to(training_device()) for array in pad(lists, PAD_ID))
        generated = self.model.generate(
            input_ids=ids, attention_mask=mask, max_new_tokens=MAX_NEW_TOKENS, do_sample=False, **decoding
        )
        return generated.tolist()


def evaluation_sets(folder: Path, direction: str) -> dict[str, tuple[list[str], list[str]]]:
    """Sources and references of every set of the direction, by name."""
    source, target = DIRECTIONS[direction]
    sets = {}
    for path in sorted((folder / direction).glob(f"*.src.{source}")):
        name = path.name.removesuffix(f".src.{source}")
        sets[name] = (list(read_lines(path)), list(read_lines(path.with_name(f"{name}.ref.{target}"))))
    return sets


@torch.inference_mode()
def validation_loss(model: MarianMTModel, pairs: Pairs) -> float:
    """Cross-entropy a target token, without label smoothing."""
    lengths = pairs.source.lengths() + pairs.target.lengths()
    total, tokens = 0.0, 0
    for examples in cut_batches(np.arange(len(lengths)), lengths, LOSS_TOKENS, np.random.default_rng(1)):
        count = int(pairs.target.lengths()[examples].sum())
        total += count * loss_of(model, make_batch(pairs, examples), smoothing=0.0).item()
        tokens += count
    return total / tokens


def load_translator(arguments: argparse.Namespace) -> Translator:
    if arguments.model:
        config = MarianConfig.from_json_file(arguments.model / "config.json")
        weights = load_dequantised(arguments.model / "model.safetensors")
        return Translator(arguments.model / "tokenizer.json", config, weights)
    weights = load_weights(arguments.work / arguments.direction / "checkpoint.pt", averaged=True)
    return Translator(arguments.work / "tokenizer.json", translator_config(arguments.work), weights)


def decoding_of(arguments: argparse.Namespace) -> dict:
    decoding = DECODINGS[arguments.direction]
    return decoding if arguments.num_beams is None else decoding | {"num_beams": arguments.num_beams}


def print_bleu(translator: Translator, arguments: argparse.Namespace) -> None:
    bleu = BLEU(tokenize=BLEU_TOKENIZER[DIRECTIONS[arguments.direction][1]])
    for name, (sources, references) in evaluation_sets(arguments.data / "translation/eval", arguments.direction).items():
        translations = translator.translate(sources[: arguments.limit], decoding_of(arguments))
        score = bleu.corpus_score(translations, [references[: arguments.limit]])
        line = {"set": name, "lines": len(translations), "bleu": round(score.score, 2)}
        print(json.dumps(line | {"signature": str(bleu.get_signature())}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("direction", choices=DIRECTIONS)
    parser.add_argument("--data", type=Path, help="folder with translation/eval")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="an exported folder, instead of the checkpoint")
    parser.add_argument("--limit", type=int, help="lines of each set")
    parser.add_argument("--num-beams", type=int, help="instead of the direction's own")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--loss", action="store_true")
    what.add_argument("--texts", action="store_true")
    arguments = parser.parse_args()
    if not (arguments.loss or arguments.texts or arguments.data):
        parser.error("BLEU needs --data")
    translator = load_translator(arguments)
    if arguments.loss:
        loss = validation_loss(translator.model, Pairs.load(arguments.work / "valid.npz", arguments.direction))
        print(json.dumps({"validation_loss": round(loss, 4)}))
    elif arguments.texts:
        print("\n".join(translator.translate([line.rstrip("\n") for line in sys.stdin], decoding_of(arguments))))
    else:
        print_bleu(translator, arguments)


if __name__ == "__main__":
    main()
