"""Tests of the Chinese sentiment recipe: who may see a review, how it is cut into words, and where training starts."""
import importlib.util
import json
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

RECIPES = Path(__file__).resolve().parents[1]
sys.path += [str(RECIPES), str(RECIPES / "sentiment-zh")]
import linear
import reviews
import segmentation
import start
from common.corpus import TokenLists
from reviews import Review


def training_module():
    """train.py under a name of its own: every recipe has one."""
    spec = importlib.util.spec_from_file_location("sentiment_zh_train", RECIPES / "sentiment-zh/train.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class ReviewsTest(unittest.TestCase):
    def test_copies_land_on_the_same_side(self):
        for number in range(200):
            text = f"第{number}家店，味道不错"
            self.assertEqual(reviews.part_of(text), reviews.part_of(f" 第{number}家店!味道不错。。"))

    def test_a_tenth_is_held_out(self):
        parts = [reviews.part_of(f"第{number}条") for number in range(5000)]
        self.assertAlmostEqual(parts.count("held_out") / 5000, 0.1, delta=0.015)
        self.assertAlmostEqual(parts.count("validation") / 5000, 0.02, delta=0.007)

    def test_repetitions_contradictions_and_signs_are_dropped(self):
        given = [("很好", 1), ("很好！", 1), ("一般", 0), ("一般。", 1), ("！！！", 0), ("难吃", 0)]
        kept = reviews.distinct(Review("waimai", text, label) for text, label in given)
        self.assertEqual([review.text for review in kept], ["很好", "难吃"])

    def test_clean(self):
        self.assertEqual(reviews.clean("\ufeff 送得\u3000 快 \t"), "送得 快")

    def test_lines_keep_what_follows_a_tab(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "reviews.tsv"
            path.write_text("1\t很快\t很好\n0\t太慢\n", encoding="utf-8")
            read = reviews.read_reviews(path, "waimai")
        self.assertEqual([(review.label, review.text) for review in read], [(1, "很快 很好"), (0, "太慢")])


class SegmentationTest(unittest.TestCase):
    def tokenizer(self, max_length: int = 64) -> Tokenizer:
        pieces = [(piece, 0.0) for piece in segmentation.SPECIAL_PIECES]
        pieces += [("房间", -4.0), ("很", -4.0), ("干净", -5.0), ("房", -7.0), ("间", -7.0), ("!", -4.0), ("ok", -6.0)]
        return Tokenizer.from_str(json.dumps(segmentation.tokenizer_json(pieces, max_length)))

    def test_clauses_are_cut_into_words(self):
        self.assertEqual(self.tokenizer().encode("房间很干净！ OK").tokens, ["[CLS]", "房间", "很", "干净", "!", "ok", "[SEP]"])

    def test_a_rare_character_costs_one_unknown(self):
        ids = self.tokenizer().encode("房间龘很干净").ids
        self.assertEqual(ids.count(segmentation.UNK_ID), 1)
        self.assertEqual(len(ids), 6)

    def test_long_texts_keep_their_separator(self):
        ids = self.tokenizer(max_length=8).encode("房间" * 100).ids
        self.assertEqual((len(ids), ids[0], ids[-1]), (8, segmentation.CLS_ID, segmentation.SEP_ID))


class StartTest(unittest.TestCase):
    # 4 and 5 occur beside 6; 7 and 8 beside 9. 4 and 7 occur in good reviews, 5 and 8 in bad ones.
    SENTENCES, LABELS = [[4, 6], [5, 6], [7, 9], [8, 9]] * 50, np.array([1, 0, 1, 0] * 50)

    def test_words_with_the_same_neighbours_start_close(self):
        torch.manual_seed(1)
        table = start.embeddings(TokenLists.pack(self.SENTENCES), self.LABELS, vocabulary=10, width=5, seed=1)[:, 1:]
        self.assertGreater(table[4] @ table[5], 0.9 * table[4] @ table[4])
        self.assertLess(table[4] @ table[7], 0.5 * table[4] @ table[4])

    def test_the_first_dimension_weighs_words_by_their_reviews(self):
        table = start.embeddings(TokenLists.pack(self.SENTENCES), self.LABELS, vocabulary=10, width=5, seed=1)
        self.assertTrue(min(table[4, 0], table[7, 0]) > 0 > max(table[5, 0], table[8, 0]))
        self.assertLess(abs(float(table[6, 0])), 0.1 * abs(float(table[4, 0])))

    def test_neighbours_do_not_cross_reviews(self):
        keys, weights = start.neighbour_pairs(TokenLists.pack([[4, 5], [6, 4, 7]]), vocabulary=10)
        pairs = {(int(key) // 10, int(key) % 10): weight for key, weight in zip(keys, weights)}
        self.assertEqual(pairs[(4, 5)], 1)
        self.assertEqual(pairs[(6, 7)], 0.5)
        self.assertNotIn((5, 6), pairs)


class LinearTest(unittest.TestCase):
    TEXTS, LABELS = ["味道不错", "太难吃了", "不错", "难吃"] * 20, np.array([1, 0, 1, 0] * 20)

    def test_learns_words_and_is_sure_of_them(self):
        grams = linear.Grams.of(self.TEXTS)
        model = linear.LinearModel(grams, self.LABELS, np.random.default_rng(1))
        logits = model.logit(linear.Grams.of(["不错不错", "真难吃"]))
        self.assertTrue(logits[0] > 0 > logits[1])


class TrainingTest(unittest.TestCase):
    def test_special_tokens_are_never_hidden(self):
        torch.manual_seed(1)
        ids = torch.tensor([[segmentation.CLS_ID, 9, 10, segmentation.SEP_ID, segmentation.PAD_ID]] * 400)
        hidden = training_module().hide_words(ids, share=0.25)
        self.assertTrue(torch.equal(hidden[:, [0, 3, 4]], ids[:, [0, 3, 4]]))
        self.assertAlmostEqual(float((hidden[:, 1:3] == segmentation.UNK_ID).float().mean()), 0.25, delta=0.05)


if __name__ == "__main__":
    unittest.main()
