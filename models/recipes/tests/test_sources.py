"""Tests of what the recipes make of their data sets, and of the translation vocabulary's tokenizer.json."""
import json
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

RECIPES = Path(__file__).resolve().parents[1]
sys.path += [str(RECIPES), str(RECIPES / "sentiment-en"), str(RECIPES / "translation")]
import pool
import sentences
import sources
from common import unigram
from common.overlap import HeldOut


class SentimentSourcesTest(unittest.TestCase):
    def test_plain_spelling(self):
        self.assertEqual(sources.plain_spelling("it ca n't miss , and does n't ."), "it can't miss , and doesn't .")
        self.assertEqual(sources.plain_spelling("a film -lrb- or two -rrb-"), "a film (or two)")

    def test_only_what_is_spelled_otherwise_is_respelled(self):
        respelled = sources.respelled([sources.Example("sst2", text, 0) for text in ("dull", "wo n't last")])
        self.assertEqual(list(respelled), [sources.Example("sst2_plain", "won't last", 0)])


class SentencesTest(unittest.TestCase):
    def test_reviews_are_cut_at_their_sentences(self):
        text = "Too short. Mr. Smith paid 3.50 to see it! \"Never again\" is what he said to me.<br />so it has no plot at all"
        found = sentences.sentences_of([sources.Example("imdb", text, 0)])
        wanted = ["Smith paid 3.50 to see it!", '"Never again" is what he said to me.', "so it has no plot at all"]
        self.assertEqual(found, [sources.Example("imdb_sentences", part, 0) for part in wanted])

    def test_kept_where_classifiers_and_reviewer_agree_and_as_many_of_each(self):
        labels, negative = [0, 0, 1, 1, 1, 1], [0.95, 0.5, 0.05, 0.99, 0.08, 0.02]
        found = [sources.Example("imdb_sentences", "x", label) for label in labels]
        probabilities = np.array([[p, 1 - p] for p in negative])
        self.assertEqual(sentences.agreed(found, probabilities).tolist(), [0, 2])


class PoolTest(unittest.TestCase):
    def test_clean(self):
        self.assertEqual(pool.clean(" Ｐｙｔｈｏｎ　３ 很好，  对！ "), "Python 3 很好， 对！")

    def test_filters(self):
        good = [("Who is that?", "那是谁啊？"), ("Running tests", "运行测试"), ("Use the -v option.", "使用 -v 选项。")]
        for english, chinese in good:
            self.assertTrue(pool.is_translation(english, chinese), english)
        bad = [
            ("", "空"),
            ("Hello there", "Hello there"),
            ("你好", "你好"),
            ("A very long sentence about nothing in particular that never comes to an end.", "短"),
            ("Yes.", "这是一个关于别的事情的非常长的句子，显然不是它的翻译。"),
        ]
        for english, chinese in bad:
            self.assertFalse(pool.is_translation(english, chinese), english)

    def test_training_pairs_leave_out_evaluation_lines_and_repetitions(self):
        lines = ["Who is that?\t那是谁啊？\tmsctd", "Who is that?\t那是谁啊？\tmsctd", "It rains.\t下雨了。\ttatoeba"]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "pool.tsv"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            kept, dropped = pool.training_pairs(path, HeldOut(["下雨了"]), "all")
        self.assertEqual([pair.english for pair in kept], ["Who is that?"])
        self.assertEqual(dropped, 2)


class VocabularyTest(unittest.TestCase):
    def test_tokenizer_round_trip(self):
        pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -3.0), ("▁It", -2.0), ("▁rain", -4.0)]
        pieces += [("s", -3.0), (".", -2.5), ("下雨", -4.0), ("了", -2.0), ("。", -2.0)]
        tokenizer = Tokenizer.from_str(json.dumps(unigram.tokenizer_json(pieces, 512)))
        english = tokenizer.encode("  It   rains. ")
        self.assertEqual(english.tokens, ["▁It", "▁rain", "s", ".", "</s>"])
        self.assertEqual(tokenizer.decode(english.ids), "It rains.")
        chinese = tokenizer.encode("下雨了。")
        self.assertEqual(chinese.tokens, ["▁", "下雨", "了", "。", "</s>"])
        self.assertEqual(tokenizer.decode(chinese.ids), "下雨了。")
        self.assertEqual(tokenizer.encode("龘").ids, [3, unigram.UNK_ID, unigram.EOS_ID])


if __name__ == "__main__":
    unittest.main()
