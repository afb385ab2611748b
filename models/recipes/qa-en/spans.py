"""Answers from a reader's scores, by the rules of transformers' question-answering pipeline.

Start and end scores of each window are softmaxed over [CLS] and the context's tokens. A span's score is the product of
its two probabilities; that of "no answer" the product of [CLS]'s two, the least over all windows. Spans are widened to
whole words, and the scores of those of one window that then read the same are added up.
"""
from dataclasses import dataclass

import numpy as np

MAX_ANSWER_TOKENS = 15
SPANS = 12  # of a window that are looked at: twice the one answer that is wanted, and ten


@dataclass(frozen=True)
class Window:
    """A part of the context as the model sees it; `context` [length] is True at the context's tokens.

    `characters` [length, 2]: where each token stands in the whole text; `words` [length]: which word it is part of.
    """

    ids: np.ndarray
    segments: np.ndarray
    context: np.ndarray
    characters: np.ndarray
    words: np.ndarray


@dataclass(frozen=True)
class Answer:
    """Characters [start, end) of the text; an empty range is "no answer"."""

    start: int
    end: int
    score: float


def probabilities(logits: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Softmax [length] over the allowed places; 0 elsewhere."""
    masked = np.where(allowed, logits, -np.inf)
    exponentials = np.exp(masked - masked.max())
    return exponentials / exponentials.sum()


def best_spans(start: np.ndarray, end: np.ndarray, max_tokens: int, count: int) -> list[tuple[int, int, float]]:
    """First and last token, and score, of the likeliest spans of at most `max_tokens`, best first; start, end are [length]."""
    products = np.tril(np.triu(np.outer(start, end)), max_tokens - 1).ravel()
    likeliest = np.argsort(-products, kind="stable")[:count]
    places = np.stack(np.divmod(likeliest, len(start)), axis=1)
    return [(int(first), int(last), float(products[i])) for (first, last), i in zip(places, likeliest) if products[i] > 0]


def word_span(window: Window, first: int, last: int) -> tuple[int, int]:
    """Characters of the whole words that the tokens first..last are of."""
    of_first = np.flatnonzero(window.context & (window.words == window.words[first]))
    of_last = np.flatnonzero(window.context & (window.words == window.words[last]))
    return int(window.characters[of_first[0], 0]), int(window.characters[of_last[-1], 1])


def answers_of(window: Window, start: np.ndarray, end: np.ndarray, text: str, max_tokens: int) -> list[Answer]:
    """The answers of one window of `text`, no two of which read the same but for case."""
    answers: dict[str, Answer] = {}
    for first, last, score in best_spans(start, end, max_tokens, SPANS):
        low, high = word_span(window, first, last)
        key = text[low:high].lower()
        same = answers.get(key)
        answers[key] = Answer(same.start, same.end, same.score + score) if same else Answer(low, high, score)
    return list(answers.values())


def read_answer(
    windows: list[Window], scores: list[np.ndarray], text: str, max_tokens: int = MAX_ANSWER_TOKENS
) -> tuple[Answer, float]:
    """The best answer over all windows and the score of "no answer"; scores[i] is [length, 2]: start and end logits."""
    best, no_answer = Answer(0, 0, 0.0), 1.0
    for window, logits in zip(windows, scores):
        allowed = window.context.copy()
        allowed[0] = True
        start, end = probabilities(logits[:, 0], allowed), probabilities(logits[:, 1], allowed)
        no_answer = min(no_answer, float(start[0] * end[0]))
        start[0] = end[0] = 0
        best = max([best, *answers_of(window, start, end, text, max_tokens)], key=lambda answer: answer.score)
    return best, no_answer
