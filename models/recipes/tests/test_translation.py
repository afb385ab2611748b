"""Tests of the translation recipe: the lexicon, its links and embeddings, the guided loss, and small pairs."""
import re
import sys
import unittest
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch

RECIPES = Path(__file__).resolve().parents[1]
sys.path += [str(RECIPES), str(RECIPES / "translation")]
from common.corpus import TokenLists
from common.marian import Shape, build_translator, marian_config
from common.pairs import loss_of, make_batch
from guided import GUIDANCE, batch_links, guided_loss, start_from_lexicon
from lexicon import NO_LINK, Cells, Lexicon, embeddings, ranges
from small_pairs import SLOT, SLOTS, TEMPLATES, fill, small_pairs

END = 1
SIZE = 60
WORDS = np.arange(3, 23)
TRANSLATION = 30  # word w is translated by w + TRANSLATION


def ciphered_pairs(count: int) -> tuple[TokenLists, TokenLists]:
    """Random sentences, and their words' translations in the reverse order; both end in </s>."""
    rng = np.random.default_rng(1)
    source = [rng.choice(WORDS, rng.integers(2, 7), replace=False).tolist() for _ in range(count)]
    target = [[word + TRANSLATION for word in reversed(words)] for words in source]
    return tuple(TokenLists.pack([words + [END] for words in side]) for side in (source, target))


class LexiconTest(unittest.TestCase):
    def setUp(self):
        self.source, self.target = ciphered_pairs(400)
        self.lexicon = Lexicon.learn(self.source, self.target, SIZE)

    def test_cells_pair_every_two_tokens_of_a_pair(self):
        source, target = TokenLists.pack([[3, 4, 1], [5, 1]]), TokenLists.pack([[7, 1], [8, 9, 1]])
        cells = Cells.of(source, target, 0, 2)
        expected = [(3, 7), (4, 7), (1, 7), (3, 1), (4, 1), (1, 1), (5, 8), (1, 8), (5, 9), (1, 9), (5, 1), (1, 1)]
        self.assertEqual(list(zip(cells.source_tokens.tolist(), cells.target_tokens.tolist())), expected)
        self.assertEqual(cells.place.tolist(), [0, 1, 2, 0, 1, 2, 0, 1, 0, 1, 0, 1])
        later = Cells.of(source, target, 1, 2)
        self.assertEqual(list(zip(later.source_tokens.tolist(), later.target_tokens.tolist())), expected[6:])

    def test_ranges_cover_every_pair_once(self):
        found = list(ranges(self.source, self.target, cells=100))
        self.assertEqual([i for low, high in found for i in range(low, high)], list(range(400)))
        self.assertTrue(all(high > low for low, high in found))

    def test_finds_the_translation_of_every_word(self):
        joint = self.lexicon.joint()
        for word in WORDS:
            mine = self.lexicon.keys // SIZE == word
            best = self.lexicon.keys[mine][np.argmax(joint[mine])] % SIZE
            self.assertEqual(best, word + TRANSLATION)
        sums = np.bincount(self.lexicon.keys // SIZE, self.lexicon.target_given_source, minlength=SIZE)
        np.testing.assert_allclose(sums[WORDS], 1.0)

    def test_reversed_swaps_the_sides(self):
        back = self.lexicon.reversed()
        self.assertTrue((np.diff(back.keys) > 0).all())
        swapped = back.keys % SIZE * SIZE + back.keys // SIZE
        order = np.argsort(swapped)
        np.testing.assert_array_equal(swapped[order], self.lexicon.keys)
        np.testing.assert_array_equal(back.source_given_target[order], self.lexicon.target_given_source)

    def test_links_name_the_word_that_is_translated(self):
        links = TokenLists(self.lexicon.links(self.source, self.target), self.target.offsets)
        for i in range(len(self.source)):
            words = len(self.source[i]) - 1
            for place, link in enumerate(links[i][:words]):
                if link != NO_LINK:
                    self.assertEqual(link, words - 1 - place)
        self.assertGreater((links.ids != NO_LINK).mean(), 0.9)

    def test_translations_lie_near_each_other(self):
        table = embeddings(self.lexicon, 64, np.random.default_rng(1))
        np.testing.assert_allclose(np.linalg.norm(table, axis=1), 1.0, rtol=1e-5)
        cosines = table[WORDS] @ table[WORDS + TRANSLATION].T
        self.assertTrue((cosines.argmax(1) == np.arange(len(WORDS))).all())
        self.assertGreater(np.diag(cosines).mean(), 0.5)


class GuidedTest(unittest.TestCase):
    def test_the_loss_adds_the_attention_at_the_linked_places(self):
        torch.manual_seed(1)
        source, target = ciphered_pairs(400)
        lexicon = Lexicon.learn(source, target, SIZE)
        links = TokenLists(lexicon.links(source, target), target.offsets)
        pairs = SimpleNamespace(source=source, target=target)
        model = build_translator(marian_config(Shape(32, 64, 2, 1, 2), SIZE, dropout=0.0), eager=True)
        start_from_lexicon(model, embeddings(lexicon, 32, np.random.default_rng(1)))
        examples = np.arange(8)
        batch = make_batch(pairs, examples)
        batch |= batch_links(links, examples)
        output = model(
            input_ids=batch["source"],
            attention_mask=batch["source_mask"],
            decoder_input_ids=batch["shifted"],
            output_attentions=True,
        )
        logs = []
        for row, example in enumerate(examples):
            for place, link in enumerate(links[example]):
                if link != NO_LINK:
                    logs.append(float(output.cross_attentions[-1][row, :, place, link].detach().mean().log()))
        expected = loss_of(model, batch, smoothing=0.1) - GUIDANCE * np.mean(logs)
        self.assertAlmostEqual(float(guided_loss(model, batch, smoothing=0.1)), float(expected), places=4)


class SmallPairsTest(unittest.TestCase):
    def test_every_list_has_a_template(self):
        used = {SLOT.fullmatch(slot).group(1) for chinese, _ in TEMPLATES for slot in re.findall(r"\{.*?\}", chinese)}
        self.assertEqual(set(SLOTS) - used, {"region"})  # only as "place", beside the countries

    def test_both_sides_of_a_template_have_the_same_slots(self):
        for chinese, english in TEMPLATES:
            slots = [set(re.findall(r"\{.*?\}", side)) for side in (chinese, english)]
            self.assertEqual(*slots, chinese)
            self.assertTrue(all(SLOT.fullmatch(slot).group(1) in SLOTS for slot in slots[0]), chinese)

    def test_both_sides_say_the_same(self):
        template = ("{region}比{region2}大。", "{region2} is smaller than {region}.")
        named = dict(SLOTS["region"])
        for seed in range(50):
            chinese, english = fill(template, np.random.default_rng(seed))
            large, small = re.fullmatch(r"(.+)比(.+)大。", chinese).groups()
            self.assertEqual(english, f"{named[small]} is smaller than {named[large]}.")
            self.assertNotEqual(large, small)

    def test_all_differ_and_a_seed_gives_the_same_ones(self):
        pairs = small_pairs(500, seed=3)
        self.assertEqual(len(set(pairs)), 500)
        self.assertEqual(pairs, small_pairs(500, seed=3))
        self.assertNotEqual(pairs, small_pairs(500, seed=4))
        self.assertTrue(all("{" not in text and text[-1] in ".!?。！？" for pair in pairs for text in pair))


if __name__ == "__main__":
    unittest.main()
