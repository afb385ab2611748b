"""Small texts of our own about who does what, for what encyclopaedia questions seldom teach a reader.

Three things: answers that are verb phrases ("What should the club do?" "train young players"), two people who do two
things, and questions about somebody or something that the text doesn't name. Each text has two to four sentences, and
each sentence is made from the lists below.
"""
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from squad import Paragraph, Question

FIELDS = (
    "medicine|farming|teaching|journalism|cooking|tourism|fishing|physics|banking|nursing|music|sport|forestry|mining|"
    "archaeology|astronomy|publishing|shipping|engineering|chemistry|theatre|photography|baking|gardening|trade|"
    "computer vision|public health|market research|city planning|water polo|political science|weather forecasting|"
    "language teaching|film making|social work|software testing|speech recognition"
).split("|")
GROUPS = (
    "the club|the school|the city|the museum|the team|the company|the village|the library|the hospital|the orchestra|"
    "the council|the university|the bakery|the airline|the harbour|the newspaper|the choir|the laboratory|the hotel|"
    "the bank|the ministry|the theatre|the family|the union"
).split("|")
PEOPLE = (
    "Anna Peter Maria Paul Lucy Omar Nina Victor Clara Hassan Julia Martin Helen Igor Sofia Daniel Mei Tom Laura Ahmed "
    "Ruth Felix Emma Carlos Ingrid Samuel Yuki Olga Leo Grace"
).split()
# (verb, its past tense, what it is done to)
ACTIONS = tuple(
    (verb, past, things.split("|"))
    for verb, past, things in (
        ("plant", "planted", "apple trees|a hedge|two rows of beans|wild flowers"),
        ("repair", "repaired", "the roof|the old pump|the bridge|broken windows"),
        ("train", "trained", "young players|new nurses|the dogs|mechanics"),
        ("measure", "measured", "every treatment|the depth of the lake|all results|the noise at night"),
        ("share", "shared", "the data|the tools|a room with two others|every recipe"),
        ("hire", "hired", "two nurses|a second cook|people from the region|a translator"),
        ("paint", "painted", "the fence|the doors blue|a portrait of the mayor|the kitchen"),
        ("collect", "collected", "rain water|old maps|stories from the elders|better samples"),
        ("use", "used", "cheaper sensors|open software|wind power|statistics with care|artificial intelligence"),
        ("apply", "applied", "simple rules|new statistical methods|modern tools|what was learned at sea|computer simulation|deep networks"),
        ("adopt", "adopted", "electric engines|shorter shifts|open standards|robots for heavy work"),
        ("learn", "learned", "from mistakes|to listen|a second language|statistics"),
        ("build", "built", "a new stage|small boats|cheaper instruments|a wall of stone"),
        ("teach", "taught", "children to swim|evening classes|programming to everyone|the apprentices"),
        ("sell", "sold", "the old building|bread online|tickets at the door|fewer printed copies"),
        ("buy", "bought", "a larger oven|second-hand bicycles|fish from local boats|a piano"),
        ("write", "wrote", "a long letter|a report on safety|shorter articles|the programme notes"),
        ("read", "read", "the old diaries|the instructions twice|a poem aloud|the meter"),
        ("clean", "cleaned", "the beach|all the windows|the brushes|the engine"),
        ("open", "opened", "a second branch|the archive to visitors|the windows|a small café"),
        ("protect", "protected", "the wetlands|young fish|the privacy of patients|old buildings"),
        ("study", "studied", "the habits of birds|ocean currents|the causes of errors|rare languages"),
        ("cook", "cooked", "lentil soup|dinner for twelve|rice with saffron|the mushrooms"),
        ("carry", "carried", "the heavy boxes|the lamp|two buckets of water|the injured hiker"),
        ("record", "recorded", "every conversation|old songs|the temperature each hour|bird calls at dawn"),
        ("replace", "replaced", "the wooden beams|paper forms|the brakes|guesses by experiments"),
        ("invite", "invited", "former members|a famous pianist|the neighbours|schools from abroad"),
        ("test", "tested", "new materials|each machine twice|the alarm|ideas in small trials"),
    )
)
# What is to end: (as it stands in the text, the thing given up)
FAREWELLS = tuple(
    (f"{verb} {thing}{rest}", thing)
    for verb, rest in (("abandon", ""), ("give up", ""), ("leave", " behind"), ("forget about", ""), ("drop", ""))
    for thing in (
        "old habits|paper forms|guesswork|secret recipes|long meetings|coal|weekly reports|superstition|"
        "cheap plastics|printed tickets|night shifts|tradition for its own sake"
    ).split("|")
)


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
