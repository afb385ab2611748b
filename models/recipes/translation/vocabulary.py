"""One SentencePiece unigram vocabulary for both languages, as the tokenizer.json that transformers and the engine read."""
import json
from collections.abc import Iterable
from pathlib import Path

import sentencepiece

PAD_ID, EOS_ID, UNK_ID = 0, 1, 2
PAD, EOS, UNK = "<pad>", "</s>", "<unk>"
# Rare ideographs beyond this share of all characters become <unk>.
CHARACTER_COVERAGE = 0.9997
WORD_START = "▁"


def train_pieces(sentences: Iterable[str], size: int, prefix: Path) -> list[tuple[str, float]]:
    """Learns `size` pieces with their log-probabilities, in the order of their ids; specials first."""
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_prefix=str(prefix),
        vocab_size=size,
        model_type="unigram",
        character_coverage=CHARACTER_COVERAGE,
        normalization_rule_name="identity",
        pad_id=PAD_ID,
        pad_piece=PAD,
        eos_id=EOS_ID,
        eos_piece=EOS,
        unk_id=UNK_ID,
        unk_piece=UNK,
        bos_id=-1,
        num_threads=2,
        minloglevel=1,
    )
    processor = sentencepiece.SentencePieceProcessor(model_file=f"{prefix}.model")
    return [(processor.id_to_piece(i), processor.get_score(i)) for i in range(processor.get_piece_size())]


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
