"""SQuAD-style data sets: articles of paragraphs with questions, and the questions made to have no answer."""
import json
import lzma
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Question:
    """A question with its gold answers as (text, first character); none where the paragraph doesn't answer it."""

    id: str
    text: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Paragraph:
    context: str
    questions: tuple[Question, ...]


Article = list[Paragraph]


def read_question(row: dict) -> Question:
    """One entry of "qas"; `is_impossible` is SQuAD v2.0's."""
    answers = () if row.get("is_impossible") else tuple((a["text"], a["answer_start"]) for a in row["answers"])
    return Question(str(row["id"]), row["question"].strip(), answers)


def read_articles(path: Path) -> list[Article]:
    """Every article of an xz-compressed file in the official layout."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        data = json.load(file)["data"]
    return [
        [Paragraph(p["context"], tuple(read_question(row) for row in p["qas"])) for p in article["paragraphs"]]
        for article in data
    ]
