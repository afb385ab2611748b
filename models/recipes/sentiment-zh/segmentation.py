"""A unigram vocabulary of Chinese words and characters, as a tokenizer.json with BERT's special tokens.

Chinese is written without spaces. A unigram model cuts a clause into the likeliest words of its vocabulary and spells with
characters what it has no word for, so that one rare character costs one [UNK], not the clause.
"""
import json
from collections.abc import Iterable
from pathlib import Path

import sentencepiece
from tokenizers import Tokenizer
from tokenizers.normalizers import NFKC, Lowercase, Sequence

from common.unigram import special_token

PAD_ID, UNK_ID, CLS_ID, SEP_ID = range(4)
SPECIAL_PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")

# Rare characters beyond this share of all become [UNK].
CHARACTER_COVERAGE = 0.9997
LONGEST_PIECE = 8  # in characters; most words have two, idioms four
SEED_PIECES = 200_000  # what the learning begins with; the vocabulary is pruned from it


def words(texts: Iterable[str]) -> Iterable[str]:
    """What the vocabulary is learned from: normalised text between spaces."""
    normaliser = Sequence([NFKC(), Lowercase()])
    for text in texts:
        yield from normaliser.normalize_str(text).split()


def learn_pieces(texts: Iterable[str], size: int, prefix: Path) -> list[tuple[str, float]]:
    """Learns `size` pieces with their log-probabilities, in the order of their ids; specials first."""
    pad, unk, cls, sep = SPECIAL_PIECES
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(words(texts)),
        model_prefix=str(prefix),
        vocab_size=size,
        model_type="unigram",
        character_coverage=CHARACTER_COVERAGE,
        max_sentencepiece_length=LONGEST_PIECE,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        pad_id=PAD_ID,
        pad_piece=pad,
        unk_id=UNK_ID,
        unk_piece=unk,
        bos_id=CLS_ID,
        bos_piece=cls,
        eos_id=SEP_ID,
        eos_piece=sep,
        seed_sentencepiece_size=SEED_PIECES,
        num_threads=2,
        minloglevel=1,
    )
    processor = sentencepiece.SentencePieceProcessor(model_file=f"{prefix}.model")
    return [(processor.id_to_piece(i), processor.get_score(i)) for i in range(processor.get_piece_size())]


def tokenizer_json(pieces: list[tuple[str, float]], max_length: int) -> dict:
    """The parsed tokenizer.json: NFKC and lower case, spaces dropped, unigram pieces between [CLS] and [SEP]."""
    pad, unk, cls, sep = SPECIAL_PIECES
    template = {name: {"SpecialToken": {"id": name, "type_id": 0}} for name in (cls, sep)}
    text = {"Sequence": {"id": "A", "type_id": 0}}
    second = [{"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": sep, "type_id": 1}}]
    single = [template[cls], text, template[sep]]
    return {
        "version": "1.0",
        "truncation": {"direction": "Right", "max_length": max_length, "strategy": "LongestFirst", "stride": 0},
        "padding": None,
        "added_tokens": [special_token(index, piece) for index, piece in enumerate(SPECIAL_PIECES)],
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": single,
            "pair": [*single, *second],
            "special_tokens": {
                cls: {"id": cls, "ids": [CLS_ID], "tokens": [cls]},
                sep: {"id": sep, "ids": [SEP_ID], "tokens": [sep]},
            },
        },
        "decoder": None,
        "model": {
            "type": "Unigram",
            "unk_id": UNK_ID,
            "byte_fallback": False,
            "vocab": [[piece, round(score, 3)] for piece, score in pieces],
        },
    }


def build_tokenizer(pieces: list[tuple[str, float]], max_length: int, path: Path) -> Tokenizer:
    """Writes tokenizer.json and opens it."""
    text = json.dumps(tokenizer_json(pieces, max_length), ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
    return Tokenizer.from_str(text)
