"""The vocabulary: English words as they are, digits, Chinese characters, and letters for whatever else is typed.

Everything is learned from generated text; a piece's score is its log-frequency, as in a unigram model.
"""
import math
import re
import string
from collections import Counter
from collections.abc import Iterable

from common.unigram import EOS, PAD, UNK, WORD_START

# The units that a word splits into: runs of letters, single digits, anything else by character; ▁ stays with a letter.
UNIT = re.compile(f"{WORD_START}?[A-Za-z]+|{WORD_START}|.")
# Spelling a word takes a piece a letter, each this unlikely, so that a known word is never spelled.
SPELLING_SCORE = -14.0
SPELLING = string.ascii_letters + string.digits + string.punctuation + "。，、！？〇零两"


def units(text: str) -> list[str]:
    """The units of a text: "5 March" is ▁ 5 ▁March."""
    return UNIT.findall(WORD_START + text.replace(" ", WORD_START))


def learn_pieces(texts: Iterable[str]) -> list[tuple[str, float]]:
    """Specials, then every unit of the texts by frequency with its log-probability, then what spells the rest."""
    counts = Counter(unit for text in texts for unit in units(text))
    total = counts.total()
    learned = [(unit, math.log(count / total)) for unit, count in sorted(counts.items(), key=lambda item: (-item[1], item))]
    spelled = [(character, SPELLING_SCORE) for character in SPELLING if character not in counts]
    return [(PAD, 0.0), (EOS, 0.0), (UNK, 0.0), *learned, *spelled]
