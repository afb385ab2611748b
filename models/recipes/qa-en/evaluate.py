"""F1 and exact match on SQuAD's dev sets: as trained (f32), or of an exported folder (its int8 weights as f32).

Prints one JSON line a set. Whole paragraphs, in windows of 384 tokens that overlap by 128, answers of at most 15 tokens;
on v2.0, "no answer" where its score exceeds the best span's. With --texts, answers lines of QUESTION TAB CONTEXT instead.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1]))
from reader import Reader
from scoring import score_question
from squad import read_articles

SETS = {"squad_v1.1_dev": "qa/squad_v1.1/dev-v1.1.json.xz", "squad_v2.0_dev": "qa/squad_v2.0_dev/dev-v2.0.json.xz"}
Asked = tuple[str, str]  # question, context


def read_set(path: Path, every: int) -> list[tuple[Asked, list[str]]]:
    """Each `every`-th question of a set with the texts of its gold answers."""
    paragraphs = [paragraph for article in read_articles(path) for paragraph in article]
    rows = [((q.text, p.context), [text for text, _ in q.answers]) for p in paragraphs for q in p.questions]
    return rows[::every]


def mean(scores: list[float]) -> float:
    return round(100 * float(np.mean(scores)), 2) if scores else 0.0


def report(name: str, rows: list[tuple[Asked, list[str]]], predictions: list[str]) -> dict:
    """The figures of one set; with unanswerable questions also apart."""
    scores = [score_question(prediction, golds) for prediction, (_, golds) in zip(predictions, rows)]
    answerable = [bool(golds) for _, golds in rows]
    line = {"set": name, "questions": len(rows)}
    line |= {"exact": mean([exact for exact, _ in scores]), "f1": mean([f1 for _, f1 in scores])}
    if not all(answerable):
        line["has_answer_f1"] = mean([f1 for (_, f1), has in zip(scores, answerable) if has])
        line["no_answer_f1"] = mean([f1 for (_, f1), has in zip(scores, answerable) if not has])
    return line


def evaluate(reader: Reader, sets: dict[str, list[tuple[Asked, list[str]]]]) -> None:
    """Answers every question once, even where it is in both sets, and prints the figures."""
    asked = list(dict.fromkeys(question for rows in sets.values() for question, _ in rows))
    answers = dict(zip(asked, reader.answer(asked)))
    for name, rows in sets.items():
        may_be_empty = any(not golds for _, golds in rows)
        predictions = []
        for (question, context), _ in rows:
            best, no_answer = answers[question, context]
            empty = may_be_empty and no_answer > best.score
            predictions.append("" if empty else context[best.start : best.end])
        print(json.dumps(report(name, rows, predictions)), flush=True)


def show_texts(reader: Reader, lines: list[str]) -> None:
    """One JSON line for each QUESTION TAB CONTEXT: the answer, its place and score, and the score of "no answer"."""
    asked = [tuple(line.split("\t", 1)) for line in lines]
    for (question, context), (best, no_answer) in zip(asked, reader.answer(asked)):
        line = {"question": question, "answer": context[best.start : best.end], "start": best.start, "end": best.end}
        print(json.dumps(line | {"score": round(best.score, 6), "no_answer": round(no_answer, 6)}, ensure_ascii=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with qa/")
    parser.add_argument("--work", type=Path, help="with --base: the reader as trained, f32")
    parser.add_argument("--base", type=Path)
    parser.add_argument("--model", type=Path, help="an exported folder")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--every", type=int, default=1, help="take each N-th question only")
    parser.add_argument("--texts", action="store_true")
    arguments = parser.parse_args()
    if not arguments.model and not (arguments.work and arguments.base):
        parser.error("give --model, or --work and --base")
    reader = Reader.shipped(arguments.model) if arguments.model else Reader.trained(arguments.work, arguments.base)
    if arguments.texts:
        show_texts(reader, [line.rstrip("\n") for line in sys.stdin])
        return
    if not arguments.data:
        parser.error("the dev sets need --data")
    evaluate(reader, {name: read_set(arguments.data / SETS[name], arguments.every) for name in arguments.sets})


if __name__ == "__main__":
    main()
