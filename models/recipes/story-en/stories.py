"""Reads the stories and gives them back their capital letters, which the data set lost."""
import re
from collections import Counter
from pathlib import Path

from common.text_files import read_lines

END_OF_TEXT = "<|endoftext|>"
# At a paragraph's start, after a sentence's end, and where speech starts; the last character becomes a capital.
SENTENCE_START = re.compile(r"(?:^|[.!?]\s+|\")\"?[a-z]", re.MULTILINE)
# Speech that ends with a mark ends the sentence, unless the speaker is named next.
SAID = r"(?:(?:the |her |his |their )?\w+ )?(?:said|says|asked|replied|cried|shouted|yelled|thought|exclaimed|answered)\b"
AFTER_SPEECH = re.compile(rf"[.!?]\"\s+(?!{SAID})[a-z]", re.IGNORECASE)
NAMED = re.compile(r"\b(?:named|called) ([a-z]+)\b")
DETERMINED = re.compile(r"\b(?:a|an|the|his|her|my|your|their|our|to) ([a-z]+)\b")
SUBJECT = re.compile(
    r"(?:^|[.!?]\"? )([a-z]+) (?:said|saw|was|went|wanted|felt|looked|asked|liked|loved)\b", re.MULTILINE
)
WORD = re.compile(r"\b[a-z]+\b")
PRONOUN = re.compile(r"\bi\b")
# A name: somebody is named so, in a fair share of its uses; it opens sentences; hardly ever an article precedes it.
MIN_NAMED, MIN_NAMED_SHARE, MIN_SUBJECT, MAX_DETERMINED_SHARE = 3, 0.008, 2, 0.07


def read_stories(path: Path) -> list[str]:
    """The stories, paragraphs on lines of their own."""
    text = "\n".join(read_lines(path))
    return [story.strip() for story in text.split(END_OF_TEXT) if story.strip()]


def find_names(stories: list[str]) -> frozenset[str]:
    """The words that are names, in lower case as everything is."""
    patterns = (NAMED, DETERMINED, SUBJECT, WORD)
    named, determined, subject, used = (
        Counter(word for story in stories for word in pattern.findall(story)) for pattern in patterns
    )
    return frozenset(
        word
        for word, count in named.items()
        if count >= max(MIN_NAMED, MIN_NAMED_SHARE * used[word])
        and subject[word] >= MIN_SUBJECT
        and determined[word] <= MAX_DETERMINED_SHARE * used[word]
    )


def raise_last(match: re.Match) -> str:
    return match[0][:-1] + match[0][-1].upper()


def with_capitals(story: str, names: frozenset[str]) -> str:
    """Capitals for names, for "I", and where a sentence starts."""
    text = WORD.sub(lambda match: match[0].capitalize() if match[0] in names else match[0], story)
    text = PRONOUN.sub("I", text)
    return AFTER_SPEECH.sub(raise_last, SENTENCE_START.sub(raise_last, text))
