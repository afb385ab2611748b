"""Tests of the numbers recipe: words for numbers in both languages, phrases, and the vocabulary."""
import json
import sys
import unittest
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

RECIPES = Path(__file__).resolve().parents[1]
sys.path += [str(RECIPES), str(RECIPES / "numbers")]
import numerals
import phrases
import pieces
from common.unigram import UNK_ID, tokenizer_json


class NumeralsTest(unittest.TestCase):
    def test_english(self):
        expected = {
            0: "zero",
            13: "thirteen",
            40: "forty",
            99: "ninety-nine",
            100: "one hundred",
            2026: "two thousand and twenty-six",
            1_100: "one thousand one hundred",
            1_000_001: "one million and one",
            345_000: "three hundred and forty-five thousand",
            999_000_999: "nine hundred and ninety-nine million nine hundred and ninety-nine",
        }
        for number, words in expected.items():
            self.assertEqual(numerals.english_cardinal(number), words)
        self.assertEqual(numerals.english_cardinal(2026, joiner=" "), "two thousand twenty-six")

    def test_english_ordinals(self):
        expected = {1: "first", 12: "twelfth", 20: "twentieth", 21: "twenty-first", 100: "one hundredth", 8: "eighth"}
        for number, words in expected.items():
            self.assertEqual(numerals.english_ordinal(number), words)

    def test_chinese(self):
        expected = {
            0: "零",
            10: "十",
            15: "十五",
            110: "一百一十",
            105: "一百零五",
            1_005: "一千零五",
            2026: "二千零二十六",
            10_000: "一万",
            10_010: "一万零一十",
            150_000: "十五万",
            200_500: "二十万零五百",
            205_000: "二十万五千",
            1_001_000: "一百万一千",
            100_000_000: "一亿",
            100_000_005: "一亿零五",
            100_002_345: "一亿零二千三百四十五",
            123_456_789: "一亿二千三百四十五万六千七百八十九",
            100_050_000: "一亿零五万",
        }
        for number, words in expected.items():
            self.assertEqual(numerals.chinese_cardinal(number), words)
        self.assertEqual(numerals.chinese_digits(2021), "二〇二一")
        self.assertEqual(numerals.with_liang("二千二百二十二"), "两千两百二十二")
        self.assertEqual(numerals.with_liang("十二万"), "十二万")

    def test_refuses_what_it_has_no_words_for(self):
        for number in (-1, 1_000_000_000):
            with self.assertRaises(ValueError):
                numerals.chinese_cardinal(number)


class PhrasesTest(unittest.TestCase):
    def drawn(self, kind, count: int = 300) -> dict[str, phrases.Phrase]:
        """Phrases of a kind by their canonical English."""
        rng = np.random.default_rng(1)
        return {phrase.english[0]: phrase for phrase in (kind(rng) for _ in range(count))}

    def test_dates_know_their_weekday(self):
        dates = self.drawn(phrases.date, 20_000)
        self.assertTrue(any("February 29" in english for english in dates))
        weekdays = {english.split(",")[0]: p.chinese[0][-3:] for english, p in dates.items() if english.count(",") == 2}
        self.assertEqual(weekdays["Friday"], "星期五")
        self.assertEqual(weekdays["Sunday"], "星期日")
        self.assertEqual(len(weekdays), 7)

    def test_times(self):
        times = self.drawn(phrases.time_of_day, 2000)
        self.assertEqual(times["2:30 p.m."].chinese[0], "下午两点半")
        self.assertEqual(times["3:15 p.m."].chinese[0], "下午三点十五分")
        self.assertEqual(times["3:15 p.m."].english[-1], "quarter past three in the afternoon")
        self.assertEqual(times["9:00 a.m."].chinese[0], "上午九点")

    def test_fractions_and_percentages(self):
        self.assertEqual(self.drawn(phrases.fraction, 2000)["three quarters"].chinese, ("四分之三",))
        self.assertEqual(self.drawn(phrases.percentage, 2000)["twenty-five percent"].chinese[0], "百分之二十五")

    def test_counted_things(self):
        things = self.drawn(phrases.counted, 5000)
        self.assertEqual(things["two cats"].chinese, ("两只猫",))
        self.assertEqual(things["one hour"].chinese[0], "一个小时")
        self.assertIn("an hour", things["one hour"].english)
        self.assertEqual(things["three years"].chinese[0], "三年")

    def test_shares_add_up(self):
        self.assertAlmostEqual(sum(phrases.KINDS.values()), 1)


class PiecesTest(unittest.TestCase):
    def test_known_words_are_one_piece_and_others_are_spelled(self):
        learned = pieces.learn_pieces(["twenty-six cats", "March 5, 2021", "二十六只猫"])
        tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json(learned, 64)))
        self.assertEqual(tokenizer.encode("twenty-six").tokens, ["▁twenty", "-", "six", "</s>"])
        self.assertEqual(tokenizer.encode("二龘").ids[2], UNK_ID)
        self.assertEqual(tokenizer.encode("cow").tokens, ["▁", "c", "o", "w", "</s>"])
        for text in ("March 5, 2021", "二十六只猫"):
            self.assertEqual(tokenizer.decode(tokenizer.encode(text).ids), text)


if __name__ == "__main__":
    unittest.main()
