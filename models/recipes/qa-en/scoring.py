"""SQuAD's official scores: exact match and token F1 after normalisation, the best over the gold answers.

Rajpurkar et al. 2016 (v1.1) and 2018 (v2.0: a question without answer is right exactly when the prediction is empty).
"""
import re
import string
from collections import Counter
from collections.abc import Sequence

ARTICLES = re.compile(r"\b(a|an|the)\b")
PUNCTUATION = frozenset(string.punctuation)


def normalise_answer(text: str) -> str:
    """Lower case, no punctuation, no articles, single spaces."""
    plain = "".join(character for character in text.lower() if character not in PUNCTUATION)
    return " ".join(ARTICLES.sub(" ", plain).split())


def exact_match(prediction: str, gold: str) -> float:
    return float(normalise_answer(prediction) == normalise_answer(gold))


def token_f1(prediction: str, gold: str) -> float:
    """Harmonic mean of the shared words' shares; where one side is empty, whether both are."""
    predicted, expected = normalise_answer(prediction).split(), normalise_answer(gold).split()
    if not predicted or not expected:
        return float(predicted == expected)
    shared = sum((Counter(predicted) & Counter(expected)).values())
    return 2 * shared / (len(predicted) + len(expected))


def score_question(prediction: str, golds: Sequence[str]) -> tuple[float, float]:
    """Exact match and F1 against the best gold answer; no gold answers: both tell whether the prediction is empty."""
    golds = [gold for gold in golds if normalise_answer(gold)] or [""]
    return max(exact_match(prediction, g) for g in golds), max(token_f1(prediction, g) for g in golds)
