"""Tests of the story recipe: capital letters given back, and stories kept aside."""
import importlib.util
import sys
import unittest
from pathlib import Path

RECIPES = Path(__file__).resolve().parents[1]
sys.path += [str(RECIPES), str(RECIPES / "story-en")]
import stories


def load_prepare():
    """The recipe's prepare.py, by its path: every recipe has one."""
    spec = importlib.util.spec_from_file_location("story_prepare", RECIPES / "story-en/prepare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class CapitalsTest(unittest.TestCase):
    def test_sentences_speech_names_and_i(self):
        lowered = 'one day, lily ran. "can i play?" she asked. "yes!" lily was glad.\nthe end.'
        expected = 'One day, Lily ran. "Can I play?" she asked. "Yes!" Lily was glad.\nThe end.'
        self.assertEqual(stories.with_capitals(lowered, frozenset(["lily"])), expected)

    def test_who_speaks_is_no_new_sentence(self):
        lowered = '"stop!" her mom said. "look!" the old cat ran.'
        self.assertEqual(stories.with_capitals(lowered, frozenset()), '"Stop!" her mom said. "Look!" The old cat ran.')

    def test_names_are_subjects_and_have_no_article(self):
        story = "there was a girl named lily. lily saw a spot. she called out to the dog named a.\nlily went home."
        self.assertEqual(stories.find_names([story] * 5), frozenset(["lily"]))


class PrepareTest(unittest.TestCase):
    def test_stories_kept_aside_are_not_trained_on(self):
        prepare = load_prepare()
        texts = [f"Story {i}." for i in range(60)] + ["story 25!"]
        training, aside = prepare.split(texts)
        self.assertEqual(aside, ["Story 0.", "Story 25.", "Story 50."])
        self.assertEqual(len(training), 57)

    def test_tokenizer_writes_every_byte(self):
        tokenizer = load_prepare().train_tokenizer(["Once upon a time"] * 5, 300)
        self.assertEqual(tokenizer.token_to_id(stories.END_OF_TEXT), 0)
        for text in ("Once upon a time", " naïve 猫\n"):
            self.assertEqual(tokenizer.decode(tokenizer.encode(text).ids), text)


if __name__ == "__main__":
    unittest.main()
