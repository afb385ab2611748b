"""Whole numbers in words: English and Chinese, cardinal and ordinal, from 0 to 999,999,999."""

LARGEST = 999_999_999
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = ((1_000_000, "million"), (1_000, "thousand"))
IRREGULAR_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
DIGITS = "零一二三四五六七八九"
YEAR_DIGITS = "〇一二三四五六七八九"
PLACES = ("", "十", "百", "千")
GROUPS = ("", "万", "亿")


def check(number: int) -> None:
    if not 0 <= number <= LARGEST:
        raise ValueError(f"expected a number from 0 to {LARGEST}, got {number}")


def english_below_thousand(number: int, joiner: str) -> str:
    """1 to 999; `joiner` stands between the hundreds and the rest."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    below = SMALL[rest] if rest < 20 else TENS[tens] + (f"-{SMALL[ones]}" if ones else "")
    if not hundreds:
        return below
    return f"{SMALL[hundreds]} hundred" + (joiner + below if rest else "")


def english_cardinal(number: int, joiner: str = " and ") -> str:
    """In words, British by default: 2026 is "two thousand and twenty-six"; joiner " " gives the American form."""
    check(number)
    if number == 0:
        return SMALL[0]
    parts, rest = [], number
    for size, name in SCALES:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{english_below_thousand(count, joiner)} {name}")
    words = " ".join(parts)
    if not rest:
        return words
    last = english_below_thousand(rest, joiner)
    if not words:
        return last
    return words + (joiner if rest < 100 else " ") + last


def english_ordinal(number: int, joiner: str = " and ") -> str:
    """21 is "twenty-first": the last word of the cardinal becomes ordinal."""
    words = english_cardinal(number, joiner)
    start = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[start:]
    if last in IRREGULAR_ORDINALS:
        return words[:start] + IRREGULAR_ORDINALS[last]
    return words[:start] + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def chinese_group(number: int) -> str:
    """1 to 9999 with every place written out: 15 is 一十五, 105 is 一百零五."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return text


def chinese_cardinal(number: int) -> str:
    """In words: 2026 is 二千零二十六, 15 is 十五, 100,000,005 is 一亿零五.

    零 fills a gap of one or more zeros, inside of a group of four digits, between groups and for a whole group.
    """
    check(number)
    if number == 0:
        return DIGITS[0]
    text, gap = "", False
    for group in (2, 1, 0):
        count = number // 10_000**group % 10_000
        if count:
            text += ("零" if text and (gap or count < 1000) else "") + chinese_group(count) + GROUPS[group]
        gap = not count
    return text.removeprefix("一") if text.startswith("一十") else text


def chinese_digits(number: int) -> str:
    """Digit by digit, as years are read: 2021 is 二〇二一."""
    return "".join(YEAR_DIGITS[int(digit)] for digit in str(number))


def with_liang(text: str) -> str:
    """The colloquial form of a cardinal: 两 for 二 before 百, 千, 万 and 亿."""
    for place in "百千万亿":
        text = text.replace(f"二{place}", f"两{place}")
    return text.replace("十两", "十二")
