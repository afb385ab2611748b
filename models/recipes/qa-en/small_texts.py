"""Small texts of our own about who does what, for what encyclopaedia questions seldom teach a reader.

Four things: answers that are verb phrases ("What should the club do?" "train young players"), two people who do two
things, questions about somebody or something that the text doesn't name, and mistyped words. Each text has two to four
sentences, made from the lists of small_words.py.
"""
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from small_words import ACTIONS, FAREWELLS, FIELDS, GROUPS, PEOPLE
from squad import Paragraph, Question


@dataclass(frozen=True)
class Fact:
    """A sentence, what may be asked about it, and what it names."""

    sentence: str
    questions: tuple[tuple[str, str], ...]  # question and answer, a part of the sentence
    missing: tuple[str, str]  # a question of the same kind that it doesn't answer, and whom or what that names


def pick(rng: np.random.Generator, items):
    return items[rng.integers(len(items))]


def two(rng: np.random.Generator, items) -> list:
    """Two different ones."""
    return [items[i] for i in rng.choice(len(items), 2, replace=False)]


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def deeds(rng: np.random.Generator, count: int) -> list[tuple[str, str, str]]:
    """Different verbs, each with its past tense and an object, which may be mistyped."""
    chosen = [ACTIONS[i] for i in rng.choice(len(ACTIONS), count, replace=False)]
    return [(verb, past, typed(rng, pick(rng, things))) for verb, past, things in chosen]


def typed(rng: np.random.Generator, text: str) -> str:
    """As people type: now and then a letter is missing."""
    long_words = [word for word in text.split() if len(word) > 5]
    if not long_words or rng.random() > MISTYPED_SHARE:
        return text
    word = pick(rng, long_words)
    place = int(rng.integers(1, len(word) - 1))
    return text.replace(word, word[:place] + word[place + 1 :], 1)


def turn(rng: np.random.Generator) -> Fact:
    """Something is to end and something else to begin; the future is what begins."""
    subject = pick(rng, FIELDS + GROUPS)
    (leaving, left), [(verb, _, thing)] = pick(rng, FAREWELLS), deeds(rng, 1)
    must = pick(rng, ("should", "must", "has to", "needs to", "will", "ought to"))
    future = f"{verb} {thing}"
    joint = pick(rng, (" and ", " and instead ", ", and ", " and then "))
    asked = pick(
        rng,
        (
            f"What is the future of {subject}?",
            f"What is next for {subject}?",
            f"What is the way forward for {subject}?",
            f"What should {subject} do instead?",
            f"How can {subject} improve?",
        ),
    )
    other = pick(rng, [s for s in FIELDS if s != subject])
    return Fact(
        f"{capital(subject)} {must} {leaving}{joint}{future}.",
        (
            *[(asked, future)] * 3,
            (f"What should {subject} {verb}?", thing),
            (f"What should {subject} do without?", left),
            (f"What should {subject} do?", f"{leaving}{joint}{future}"),
        ),
        (f"What is the future of {other}?", other),
    )


def plan(rng: np.random.Generator) -> Fact:
    """Plans and decisions; the answer begins with the verb."""
    subject = pick(rng, GROUPS + PEOPLE)
    [(verb, _, thing)] = deeds(rng, 1)
    says, base, past = pick(
        rng,
        (
            ("wants", "want", False),
            ("plans", "plan", False),
            ("hopes", "hope", False),
            ("decided", "decide", True),
            ("promised", "promise", True),
            ("tried", "try", True),
        ),
    )
    when = pick(rng, (" next year", " before winter", " this summer", " on Sunday", "", ""))
    does = "did" if past else "does"
    answer = f"{verb} {thing}"
    questions = [(f"What {does} {subject} {base} to do?", answer)]
    if when:
        questions.append((f"When {does} {subject} {base} to {answer}?", when.removeprefix(" on ").strip()))
    other = pick(rng, [p for p in PEOPLE if p != subject])
    missing = (f"What {does} {other} {base} to do?", other)
    return Fact(f"{capital(subject)} {says} to {answer}{when}.", tuple(questions), missing)


def two_plans(rng: np.random.Generator) -> Fact:
    """Two verb phrases at two times."""
    subject = pick(rng, GROUPS + PEOPLE)
    (verb_a, _, thing_a), (verb_b, _, thing_b) = deeds(rng, 2)
    first, second = pick(rng, (("in spring", "in autumn"), ("today", "tomorrow"), ("first", "later"), ("in May", "in June")))
    a, b = f"{verb_a} {thing_a}", f"{verb_b} {thing_b}"
    other = pick(rng, [p for p in PEOPLE if p != subject])
    return Fact(
        f"{capital(subject)} will {a} {first} and {b} {second}.",
        ((f"What will {subject} do {first}?", a), (f"What will {subject} do {second}?", b)),
        (f"What will {other} do {second}?", other),
    )


def two_people(rng: np.random.Generator) -> Fact:
    """Who did which of two things."""
    a, b = two(rng, PEOPLE)
    (verb_a, past_a, thing_a), (_, past_b, thing_b) = deeds(rng, 2)
    joint = pick(rng, (" and ", ", while ", ", but ", "; later "))
    tie = pick(rng, ("", "", "", "a friend called ", "the neighbour's child "))
    other = pick(rng, [p for p in PEOPLE if p not in (a, b)])
    questions = (
        (f"Who {past_a} {thing_a}?", a),
        (f"Who {past_b} {thing_b}?", b),
        (f"What did {a} do?", f"{past_a} {thing_a}"),
        (f"What did {b} do?", f"{past_b} {thing_b}"),
    )
    missing = pick(rng, (f"What did {other} do?", f"What did {other} {verb_a}?"))
    return Fact(f"{a} {past_a} {thing_a}{joint}{tie}{b} {past_b} {thing_b}.", questions, (missing, other))


def names(rng: np.random.Generator) -> Fact:
    """What something is called, and the name of what isn't there."""
    owner = pick(rng, PEOPLE)
    there, absent = two(rng, "dog cat horse boat daughter son parrot donkey goat canary".split())
    name = pick(rng, "Minnow Bella Rex Stella Aurora Pepper Max Juno Hazel Milo".split())
    return Fact(
        f"{owner} has a {there} called {name}.",
        ((f"What is {owner}'s {there} called?", name), (f"What is the name of the {there}?", name)),
        (pick(rng, (f"What is the name of the {absent}?", f"What is {owner}'s {absent} called?")), absent),
    )


KINDS = (turn, plan, two_plans, two_people, names)
# How often each is asked about, where it is in a text.
WEIGHTS = (4, 1, 1, 2, 1)
MISSING_SHARE = 0.2
MISTYPED_SHARE = 0.3


def small_texts(count: int, rng: np.random.Generator) -> Iterator[Paragraph]:
    """`count` texts with one question each; one in five has no answer."""
    for number in range(count):
        kinds = rng.permutation(len(KINDS))[: rng.integers(2, 5)]
        facts = [KINDS[kind](rng) for kind in kinds]
        context = " ".join(fact.sentence for fact in facts)
        weights = np.array([WEIGHTS[kind] for kind in kinds])
        place = int(rng.choice(len(facts), p=weights / weights.sum()))
        fact = facts[place]
        before = sum(len(f.sentence) + 1 for f in facts[:place])
        text, named = fact.missing
        if rng.random() < MISSING_SHARE and named not in context.lower() and named not in context:
            answers = ()
        else:
            text, answer = pick(rng, fact.questions)
            answers = ((answer, before + fact.sentence.rindex(answer)),)
        yield Paragraph(context, (Question(f"small-{number}", text, answers),))
