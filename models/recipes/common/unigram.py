"""A unigram vocabulary as the tokenizer.json that transformers and the engine read."""
import json
from pathlib import Path

PAD_ID, EOS_ID, UNK_ID = 0, 1, 2
PAD, EOS, UNK = "<pad>", "</s>", "<unk>"
WORD_START = "▁"


def special_token(index: int, content: str) -> dict:
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"id": index, "content": content} | flags


def tokenizer_json(pieces: list[tuple[str, float]], max_length: int) -> dict:
    """The parsed tokenizer.json: NFC and single spaces, words marked by ▁, unigram pieces, </s> at the end."""
    metaspace = {"type": "Metaspace", "replacement": WORD_START, "prepend_scheme": "always", "split": True}
    end = {"SpecialToken": {"id": EOS, "type_id": 0}}
    return {
        "version": "1.0",
        "truncation": {"direction": "Right", "max_length": max_length, "strategy": "LongestFirst", "stride": 0},
        "padding": None,
        "added_tokens": [special_token(PAD_ID, PAD), special_token(EOS_ID, EOS), special_token(UNK_ID, UNK)],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "NFC"},
                {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " "},
                {"type": "Strip", "strip_left": True, "strip_right": True},
            ],
        },
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"Sequence": {"id": "A", "type_id": 0}}, end],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}, end],
            "special_tokens": {EOS: {"id": EOS, "ids": [EOS_ID], "tokens": [EOS]}},
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram",
            "unk_id": UNK_ID,
            "byte_fallback": False,
            "vocab": [[piece, round(score, 4)] for piece, score in pieces],
        },
    }


def write_tokenizer(pieces: list[tuple[str, float]], max_length: int, path: Path) -> None:
    text = json.dumps(tokenizer_json(pieces, max_length), ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
