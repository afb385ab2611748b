"""Reads the data sets, keeps evaluation texts out, makes questions without answers and small texts, and tokenises all.

Writes under --work: tokenizer.json, config.json and corpus.npz.
"""
import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.corpus import TokenLists
from common.overlap import HeldOut
from common.wordpiece import with_pieces
from small_texts import small_texts
from squad import Article, Paragraph, Question, read_articles
from unanswerable import make_unanswerable
from windows import sentence_flags, token_span

TRAINING_FILES = ("qa/squad_v1.1/train-v1.1.json.xz", "qa/tydiqa_goldp/train.en.json.xz")
EVALUATION_FILES = ("qa/squad_v1.1/dev-v1.1.json.xz", "qa/squad_v2.0_dev/dev-v2.0.json.xz")
MAX_POSITIONS = 512
NO_ANSWER = -1
SMALL_TEXTS = 15_000


def reader_config(base: dict) -> dict:
    """config.json of an extractive reader with the base's dimensions."""
    config = {key: value for key, value in base.items() if not key.startswith("_")}
    return config | {"architectures": ["BertForQuestionAnswering"], "max_position_embeddings": MAX_POSITIONS}


def evaluation_texts(data: Path) -> tuple[HeldOut, HeldOut]:
    """The contexts and the questions that nothing may be trained on."""
    paragraphs = [p for file in EVALUATION_FILES for article in read_articles(data / file) for p in article]
    questions = HeldOut(question.text for p in paragraphs for question in p.questions)
    return HeldOut(p.context for p in paragraphs), questions


def training_articles(data: Path, held_contexts: HeldOut, held_questions: HeldOut) -> list[Article]:
    """The training articles without any text of the evaluation sets."""
    articles, dropped = [], 0
    for article in (article for file in TRAINING_FILES for article in read_articles(data / file)):
        kept = []
        for paragraph in article:
            if held_contexts.contains(paragraph.context):
                dropped += len(paragraph.questions)
                continue
            fresh = [q for q in paragraph.questions if not held_questions.contains(q.text)]
            dropped += len(paragraph.questions) - len(fresh)
            kept.append(replace(paragraph, questions=tuple(fresh)))
        articles.append(kept)
    print(f"{dropped} questions dropped: they or their paragraph are in an evaluation set")
    held_contexts.assert_absent(p.context for article in articles for p in article)
    held_questions.assert_absent(q.text for article in articles for p in article for q in p.questions)
    return articles


class Corpus:
    """Collects contexts, questions and answer spans as token ids."""

    def __init__(self, tokenizer: Tokenizer):
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.tokenizer = tokenizer
        self.contexts, self.flags, self.questions, self.spans, self.places = [], [], [], [], []
        self.skipped = 0

    def add_context(self, text: str) -> list[tuple[int, int]]:
        """Adds a text that the questions added next refer to; returns the characters of its tokens."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        self.contexts.append(encoding.ids)
        self.flags.append(sentence_flags(text, encoding.offsets))
        return encoding.offsets

    def add_question(self, text: str, span: tuple[int, int]) -> None:
        self.questions.append(self.tokenizer.encode(text, add_special_tokens=False).ids)
        self.spans.append(span)
        self.places.append(len(self.contexts) - 1)

    def add_paragraph(self, paragraph: Paragraph) -> None:
        offsets = self.add_context(paragraph.context)
        for question in paragraph.questions:
            span = self.span_of(question, offsets)
            if span is None:
                self.skipped += 1
            else:
                self.add_question(question.text, span)

    @staticmethod
    def span_of(question: Question, offsets: list[tuple[int, int]]) -> tuple[int, int] | None:
        """First and last token of the first answer; None where they don't cut it exactly."""
        if not question.answers:
            return NO_ANSWER, NO_ANSWER
        answer, start = question.answers[0]
        return token_span(offsets, start, start + len(answer))

    def save(self, path: Path) -> None:
        contexts, questions = TokenLists.pack(self.contexts), TokenLists.pack(self.questions)
        np.savez(
            path,
            context_ids=contexts.ids,
            context_offsets=contexts.offsets,
            sentence_flags=np.concatenate(self.flags),
            question_ids=questions.ids,
            question_offsets=questions.offsets,
            contexts=np.array(self.places, np.int32),
            spans=np.array(self.spans, np.int32),
        )
        answered = sum(span[0] != NO_ANSWER for span in self.spans)
        print(f"{answered} questions with an answer, {len(self.spans) - answered} without, {self.skipped} skipped")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base model (config.json, ...)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    base_tokenizer = json.loads((arguments.base / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary = base_tokenizer["model"]["vocab"]
    tokenizer = with_pieces(base_tokenizer, sorted(vocabulary, key=vocabulary.__getitem__), MAX_POSITIONS)
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (arguments.work / "tokenizer.json").write_text(text, encoding="utf-8")
    config = reader_config(json.loads((arguments.base / "config.json").read_text()))
    (arguments.work / "config.json").write_text(json.dumps(config, indent=2) + "\n")

    held_contexts, held_questions = evaluation_texts(arguments.data)
    articles = training_articles(arguments.data, held_contexts, held_questions)
    corpus = Corpus(Tokenizer.from_str(text))
    for article in articles:
        for paragraph in article:
            corpus.add_paragraph(paragraph)
    for made in make_unanswerable(articles, np.random.default_rng(arguments.seed)):
        corpus.add_context(made.context)
        corpus.add_question(made.text, (NO_ANSWER, NO_ANSWER))
    small = list(small_texts(SMALL_TEXTS, np.random.default_rng(arguments.seed)))
    held_contexts.assert_absent(paragraph.context for paragraph in small)
    held_questions.assert_absent(question.text for paragraph in small for question in paragraph.questions)
    for paragraph in small:
        corpus.add_paragraph(paragraph)
    corpus.save(arguments.work / "corpus.npz")


if __name__ == "__main__":
    main()
