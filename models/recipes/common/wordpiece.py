"""Smaller WordPiece vocabularies: keeps the pieces that text uses most, and every single character of English text.

Greedy longest-match tokenisation spells a word whose piece is gone with shorter pieces, so nothing that the full
vocabulary could write in English becomes [UNK].
"""
import copy
import string
from collections import Counter

SPECIAL_PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
# Punctuation of typeset English and everyday symbols beyond ASCII.
TYPOGRAPHIC_CHARACTERS = "‘’“”–—…•·°£€¥©®™×÷½¼¾§¢«»´`"
ALWAYS_KEPT = string.ascii_lowercase + string.digits + string.punctuation + TYPOGRAPHIC_CHARACTERS


def choose_pieces(vocabulary: dict[str, int], counts: Counter, size: int) -> list[str]:
    """The pieces of a pruned vocabulary of `size`, in the order of their new ids: specials, characters, frequent ones.

    `vocabulary` maps piece to old id, `counts` counts old ids in representative text.
    """
    characters = [p for c in ALWAYS_KEPT for p in (c, "##" + c) if p in vocabulary]
    required = list(dict.fromkeys([*SPECIAL_PIECES, *characters]))
    chosen = set(required)
    frequent = (p for p in sorted(vocabulary, key=lambda p: -counts[vocabulary[p]]) if p not in chosen)
    rest = [piece for piece, _ in zip(frequent, range(size - len(required)))]
    return required + sorted(rest, key=vocabulary.__getitem__)


def with_pieces(tokenizer: dict, pieces: list[str], max_length: int) -> dict:
    """A copy of the parsed tokenizer.json with another vocabulary, truncation at `max_length` and no padding."""
    new = copy.deepcopy(tokenizer)
    ids = {piece: i for i, piece in enumerate(pieces)}
    new["model"]["vocab"] = ids
    new["truncation"] = {"direction": "Right", "max_length": max_length, "strategy": "LongestFirst", "stride": 0}
    new["padding"] = None
    for token in new["added_tokens"]:
        token["id"] = ids[token["content"]]
    for token in new["post_processor"]["special_tokens"].values():
        token["ids"] = [ids[piece] for piece in token["tokens"]]
    new["added_tokens"].sort(key=lambda token: token["id"])
    return new
