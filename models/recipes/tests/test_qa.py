"""Tests of the question-answering recipe: windows, made questions, spans, and the official scores."""
import sys
import unittest
from pathlib import Path

import numpy as np

RECIPES = Path(__file__).resolve().parents[1]
sys.path += [str(RECIPES), str(RECIPES / "qa-en")]
import spans
import unanswerable
import windows
from scoring import score_question
from small_texts import small_texts
from small_words import ACTIONS
from squad import Paragraph, Question, read_question


class SquadTest(unittest.TestCase):
    def test_answered_and_impossible_questions(self):
        answer = {"text": "Paris", "answer_start": 3}
        answered = read_question({"id": 1, "question": " Where? ", "answers": [answer]})
        self.assertEqual(answered, Question("1", "Where?", (("Paris", 3),)))
        row = {"id": 1, "question": "?", "answers": [], "is_impossible": True, "plausible_answers": [answer]}
        self.assertEqual(read_question(row).answers, ())


class WindowsTest(unittest.TestCase):
    def test_sentences_start_after_full_stops_before_capitals(self):
        text = "It is 3.5 km. The U.S. army left. (It rained.) so what"
        offsets = [(0, 2), (3, 5), (6, 9), (10, 12), (12, 13), (14, 17), (34, 35), (35, 37), (47, 49)]
        self.assertEqual(np.flatnonzero(windows.sentence_flags(text, offsets)).tolist(), [0, 5, 6])

    def test_span_of_characters(self):
        offsets = [(0, 2), (3, 7), (7, 8), (9, 12)]
        self.assertEqual(windows.token_span(offsets, 3, 8), (1, 2))
        self.assertEqual(windows.token_span(offsets, 4, 10), (1, 3))
        self.assertIsNone(windows.token_span(offsets, 2, 3))

    def test_windows_hold_the_answer_within_the_budget(self):
        rng = np.random.default_rng(1)
        flags = np.zeros(300, bool)
        flags[[0, 40, 90, 95, 170, 260]] = True
        seen = set()
        for _ in range(200):
            first = int(rng.integers(290))
            last, budget = first + int(rng.integers(10)), int(rng.integers(20, 120))
            low, high = windows.draw_window(flags, first, last, budget, rng)
            self.assertTrue(0 <= low <= first and last < high <= 300)
            self.assertLessEqual(high - low, budget)
            seen.add((low, high))
        self.assertIn((90, 170), seen)
        self.assertEqual(windows.draw_window(flags[:50], 3, 4, 64, rng), (0, 50))
        self.assertEqual(windows.draw_window(flags, 100, 199, 50, rng), (100, 200))

    def test_parts_cover_a_text_and_overlap(self):
        self.assertEqual(windows.overlapping_parts(10, 10, 3), [(0, 10)])
        self.assertEqual(windows.overlapping_parts(11, 10, 3), [(0, 10), (7, 11)])
        self.assertEqual(windows.overlapping_parts(17, 10, 3), [(0, 10), (7, 17)])
        self.assertEqual(windows.overlapping_parts(18, 10, 3), [(0, 10), (7, 17), (14, 18)])
        with self.assertRaises(ValueError):
            windows.overlapping_parts(11, 3, 3)


class UnanswerableTest(unittest.TestCase):
    def setUp(self):
        long_tail = " The river rises in the hills of the north and runs to the sea, past mills, farms and two old towns."
        self.question = Question("1", "Which year did the mill open?", (("1831", 19),))
        context = "The mill opened in 1831. It is made of brick." + long_tail
        others = ("The mill did not open in 1831.", "A year in which a mill may open.", "Cats sleep.")
        self.article = [Paragraph(context, (self.question,)), *(Paragraph(text, ()) for text in others)]

    def test_rest_of_the_paragraph_lacks_the_answer(self):
        rest = unanswerable.make("rest", self.article, 0, self.question, np.random.default_rng(1))
        self.assertTrue(rest.startswith("It is made of brick."))
        self.assertIsNone(unanswerable.rest_of(Paragraph("It was 1831.", ()), self.question))

    def test_similar_paragraph_shares_words_but_not_the_answer(self):
        similar = unanswerable.make("similar", self.article, 0, self.question, np.random.default_rng(1))
        self.assertEqual(similar, "A year in which a mill may open.")

    def test_shares(self):
        made = list(unanswerable.make_unanswerable([self.article] * 2000, np.random.default_rng(1)))
        self.assertAlmostEqual(len(made) / 2000, sum(unanswerable.SHARES.values()), delta=0.03)
        self.assertTrue(all("1831" not in question.context for question in made))


def window(n_context: int, characters: list[tuple[int, int]], words: list[int] | None = None) -> spans.Window:
    """[CLS] q [SEP] context [SEP]."""
    length = n_context + 4
    context = np.zeros(length, bool)
    context[3:-1] = True
    places = np.zeros((length, 2), int)
    places[3:-1] = characters
    word_ids = np.full(length, -1)
    word_ids[3:-1] = words or range(n_context)
    return spans.Window(np.zeros(length), np.zeros(length), context, places, word_ids)


class SmallTextsTest(unittest.TestCase):
    def test_answers_stand_in_the_text_and_what_is_missing_does_not(self):
        made = list(small_texts(500, np.random.default_rng(1)))
        self.assertEqual(len(made), 500)
        self.assertEqual(made[7], list(small_texts(500, np.random.default_rng(1)))[7])
        missing = 0
        for paragraph in made:
            (question,) = paragraph.questions
            missing += not question.answers
            for answer, start in question.answers:
                self.assertEqual(paragraph.context[start : start + len(answer)], answer)
            self.assertTrue(question.text.endswith("?") and paragraph.context.endswith("."))
        self.assertTrue(60 < missing < 120)

    def test_the_future_is_what_begins(self):
        futures = [
            (paragraph.context, question)
            for paragraph in small_texts(2000, np.random.default_rng(2))
            for question in paragraph.questions
            if question.answers and question.text.startswith("What is the future of")
        ]
        self.assertGreater(len(futures), 10)
        for context, question in futures:
            answer, start = question.answers[0]
            self.assertIn(answer.split()[0], [verb for verb, _, _ in ACTIONS])
            self.assertEqual(context[start + len(answer)], ".")


class SpansTest(unittest.TestCase):
    def test_best_span_runs_forward_and_is_short(self):
        start, end = np.array([0.1, 0.2, 0.7]), np.array([0.8, 0.1, 0.1])
        self.assertEqual(spans.best_spans(start, end, 3, 1)[0][:2], (0, 0))
        start, end = np.array([0.9, 0.1, 0.0]), np.array([0.0, 0.3, 0.7])
        self.assertEqual([span[:2] for span in spans.best_spans(start, end, 3, 2)], [(0, 2), (0, 1)])
        self.assertEqual(spans.best_spans(start, end, 2, 1)[0][:2], (0, 1))

    def test_answer_of_the_best_window_and_least_no_answer(self):
        both = [window(2, [(0, 4), (5, 9)]), window(2, [(5, 9), (10, 14)])]
        sure = np.array([[0, 0], [99, 99], [99, 99], [0, 0], [4, 4], [99, 99]], float)  # 99: no place for an answer
        none = np.array([[5, 5], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0]], float)
        answer, no_answer = spans.read_answer(both, [none, sure], "name city land")
        self.assertEqual((answer.start, answer.end), (10, 14))
        share = np.exp(4) / (np.exp(4) + 2)
        self.assertAlmostEqual(answer.score, share**2)
        self.assertAlmostEqual(no_answer, (1 / (np.exp(4) + 2)) ** 2)

    def test_spans_become_words_and_their_scores_add_up(self):
        text = "Unaffable Bob"
        parts = window(3, [(0, 2), (2, 9), (10, 13)], words=[0, 0, 1])
        start, end = np.array([0, 0, 0, 0.5, 0.3, 0.2, 0]), np.array([0, 0, 0, 0.1, 0.5, 0.4, 0])
        answers = {text[a.start : a.end]: a.score for a in spans.answers_of(parts, start, end, text, max_tokens=2)}
        self.assertAlmostEqual(answers.pop("Unaffable"), 0.5 * 0.1 + 0.5 * 0.5 + 0.3 * 0.5)
        self.assertAlmostEqual(answers.pop("Unaffable Bob"), 0.3 * 0.4)
        self.assertAlmostEqual(answers.pop("Bob"), 0.2 * 0.4)
        self.assertEqual(answers, {})


class ScoringTest(unittest.TestCase):
    def test_best_gold_answer_counts(self):
        self.assertEqual(score_question("the Eiffel Tower!", ["Paris", "eiffel tower"]), (1.0, 1.0))
        exact, f1 = score_question("in Paris, France", ["Paris"])
        self.assertEqual(exact, 0.0)
        self.assertAlmostEqual(f1, 2 * 1 / (3 + 1))

    def test_no_answer_wants_an_empty_prediction(self):
        self.assertEqual(score_question("", []), (1.0, 1.0))
        self.assertEqual(score_question("Paris", []), (0.0, 0.0))
        self.assertEqual(score_question("", ["Paris"]), (0.0, 0.0))


if __name__ == "__main__":
    unittest.main()
