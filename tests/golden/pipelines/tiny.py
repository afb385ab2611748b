"""What the recipes of this folder share: tiny random checkpoints over the vocabularies of ../tokenizers, and UTF-16."""

import json
import sys
from pathlib import Path

import torch
from transformers import PreTrainedTokenizerFast

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "models"))
from random_weights import randomise  # noqa: E402

SIZES = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24, hidden_dropout_prob=0.0)
BERT_SPECIAL = dict(unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", mask_token="[MASK]")
ROBERTA_SPECIAL = dict(unk_token="<unk>", cls_token="<s>", sep_token="</s>", pad_token="<pad>", mask_token="<mask>")


def tokenizer_file(name):
    return HERE.parent / "tokenizers" / name / "tokenizer.json"


def load_tokenizer(name, special, max_length):
    """The committed vocabulary as transformers uses it."""
    return PreTrainedTokenizerFast(tokenizer_file=str(tokenizer_file(name)), model_max_length=max_length, **special)


def make_model(model, seed):
    """The same model with wide random weights, ready to run."""
    randomise(model, torch.Generator().manual_seed(seed))
    return model.eval()


def save(folder, model, tokenizer_name, cases):
    """config.json, model.safetensors and expected.json; the tokeniser stays where it is and is named."""
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    expected = {"tokenizer": tokenizer_name, "cases": cases}
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")
    print(folder.name, len(cases), "cases")


def utf16(text, position):
    """A position in code points as one in UTF-16 code units."""
    return len(text[:position].encode("utf-16-le")) // 2
