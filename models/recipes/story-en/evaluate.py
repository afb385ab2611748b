"""Loss and perplexity on the stories kept aside: as trained (f32), or as exported (its stored weights as f32).

Prints one JSON line. `--texts` continues the lines of standard input, greedily or, with --seed, by sampling.
"""
import argparse
import json
import math
import sys
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import GPT2LMHeadModel

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.int8 import load_dequantised
from common.trainer import load_weights, training_device
from export import SAMPLING
from train import END_OF_TEXT_ID, MAX_POSITIONS, loss_of, story_config

WINDOWS_AT_ONCE = 8


def load_teller(arguments: argparse.Namespace) -> tuple[GPT2LMHeadModel, Tokenizer]:
    folder = arguments.model or arguments.work
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    if arguments.model:
        weights = load_dequantised(arguments.model / "model.safetensors")
    else:
        weights = load_weights(arguments.work / "checkpoint.pt", averaged=True)
    model = GPT2LMHeadModel(story_config(tokenizer.get_vocab_size()))
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or any(name != "lm_head.weight" for name in missing):
        raise ValueError(f"{folder}: missing tensors {missing}, unexpected tensors {unexpected}")
    model.tie_weights()
    return model.to(training_device()).eval(), tokenizer


@torch.inference_mode()
def validation_loss(model: GPT2LMHeadModel, tokens: np.ndarray) -> float:
    """Cross-entropy a token in nats, over windows of MAX_POSITIONS tokens that share no target."""
    n_windows = (len(tokens) - 1) // MAX_POSITIONS
    rows = [tokens[i * MAX_POSITIONS : (i + 1) * MAX_POSITIONS + 1].astype(np.int64) for i in range(n_windows)]
    losses = []
    for start in range(0, n_windows, WINDOWS_AT_ONCE):
        batch = torch.from_numpy(np.stack(rows[start : start + WINDOWS_AT_ONCE])).to(training_device())
        losses += [loss_of(model, batch).item()] * len(batch)
    return float(np.mean(losses))


@torch.inference_mode()
def continue_text(model: GPT2LMHeadModel, tokenizer: Tokenizer, prompt: str, new_tokens: int, seed: int | None) -> str:
    """The prompt with up to `new_tokens` more; a prompt is read as the beginning of a story."""
    ids = torch.tensor([[END_OF_TEXT_ID, *tokenizer.encode(prompt).ids]], device=training_device())
    sampling = {"do_sample": False}
    if seed is not None:
        torch.manual_seed(seed)
        sampling = SAMPLING
    ends = {"pad_token_id": END_OF_TEXT_ID, "eos_token_id": END_OF_TEXT_ID}
    generated = model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=new_tokens, **sampling, **ends)
    return tokenizer.decode(generated[0].tolist(), skip_special_tokens=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="an exported folder, instead of the checkpoint")
    parser.add_argument("--texts", action="store_true")
    parser.add_argument("--new-tokens", type=int, default=60)
    parser.add_argument("--seed", type=int)
    arguments = parser.parse_args()
    model, tokenizer = load_teller(arguments)
    if arguments.texts:
        for line in sys.stdin:
            text = continue_text(model, tokenizer, line.rstrip("\n"), arguments.new_tokens, arguments.seed)
            print(json.dumps({"prompt": line.rstrip("\n"), "text": text}, ensure_ascii=False), flush=True)
        return
    tokens = np.load(arguments.work / "valid.npy")
    loss = validation_loss(model, tokens)
    print(json.dumps({"tokens": len(tokens), "loss": round(loss, 4), "perplexity": round(math.exp(loss), 2)}))


if __name__ == "__main__":
    main()
