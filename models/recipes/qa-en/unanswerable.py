"""Questions without an answer, made from answerable ones: each keeps its words and loses the text that answers it.

Three ways, from hard to easy: the rest of the same paragraph without the answer's sentence; the paragraph of the same
article that shares most words with the question; any paragraph of the same article.
"""
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from squad import Article, Paragraph, Question
from windows import SENTENCE_END

# Made questions for each answerable one, by kind.
SHARES = {"rest": 0.04, "similar": 0.06, "any": 0.02}
MIN_REST_CHARACTERS = 120
WORD = re.compile(r"\w+")
COMMON_WORDS = frozenset(
    "a an and are as at by did do does for from had has have how in is it its many much of on or that the their they this "
    "to was were what when where which who whom whose why with".split()
)


@dataclass(frozen=True)
class MadeQuestion:
    """A question and a text that doesn't answer it."""

    text: str
    context: str


def words(text: str) -> set[str]:
    """The words that tell what a text is about, in lower case."""
    return {word for word in WORD.findall(text.lower()) if word not in COMMON_WORDS}


def rest_of(paragraph: Paragraph, question: Question) -> str | None:
    """The longer part of the paragraph before or after the answer's sentence; None where it is too short."""
    text, start = question.answers[0]
    ends = [match.end() for match in SENTENCE_END.finditer(paragraph.context)]
    before = max((end for end in ends if end <= start), default=0)
    after = min((end for end in ends if end >= start + len(text)), default=len(paragraph.context))
    rest = max(paragraph.context[:before], paragraph.context[after:], key=len).strip()
    lacks_answer = text.lower() not in rest.lower()
    return rest if len(rest) >= MIN_REST_CHARACTERS and lacks_answer else None


def other_paragraphs(article: Article, position: int, question: Question) -> list[str]:
    """The article's other paragraphs that don't contain the answer's text."""
    answer = question.answers[0][0].lower()
    return [p.context for i, p in enumerate(article) if i != position and answer not in p.context.lower()]


def make(kind: str, article: Article, position: int, question: Question, rng: np.random.Generator) -> str | None:
    """A text without the answer, in one of the three ways; None where there is none."""
    if kind == "rest":
        return rest_of(article[position], question)
    others = other_paragraphs(article, position, question)
    if not others:
        return None
    if kind == "any":
        return others[rng.integers(len(others))]
    asked = words(question.text)
    return max(others, key=lambda context: len(asked & words(context)))


def make_unanswerable(articles: list[Article], rng: np.random.Generator) -> Iterator[MadeQuestion]:
    """Made questions in the shares above, at random places."""
    kinds = list(SHARES)
    bounds = np.cumsum(list(SHARES.values()))
    for article in articles:
        for position, paragraph in enumerate(article):
            for question in paragraph.questions:
                kind = int(np.searchsorted(bounds, rng.random(), "right"))
                if kind < len(kinds) and question.answers:
                    context = make(kinds[kind], article, position, question, rng)
                    if context is not None:
                        yield MadeQuestion(question.text, context)
