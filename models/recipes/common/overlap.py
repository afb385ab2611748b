"""Keeps evaluation sets out of training: finds lines that are equal, or equal after normalisation.

Normalised means lower case, letters, digits and ideographs only: what differs in spacing, case or punctuation alone
still counts as the same sentence.
"""
import unicodedata
from collections.abc import Iterable


def normalise(text: str) -> str:
    """NFKC, lower case, alphanumeric characters only."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(character for character in folded if character.isalnum())


class HeldOut:
    """The texts of the evaluation sets, ready to be asked whether a training text is one of them."""

    def __init__(self, texts: Iterable[str]):
        self._normalised = {normalise(text) for text in texts} - {""}

    def contains(self, text: str) -> bool:
        """True when the text equals a held-out one exactly or after normalisation."""
        return normalise(text) in self._normalised

    def assert_absent(self, texts: Iterable[str]) -> None:
        """Raises when any of the texts is a held-out one: the last check before training data is written."""
        for text in texts:
            if self.contains(text):
                raise AssertionError(f"evaluation text found in training data: {text!r}")
