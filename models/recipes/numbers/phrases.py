"""Phrases with numbers in English and Chinese: a canonical form of each side, and other ways to write the source.

A model learns to translate any way of writing it into the canonical form of the other language.
"""
import calendar
import datetime
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from numerals import chinese_cardinal, chinese_digits, english_cardinal, english_ordinal, with_liang

MONTHS = tuple(calendar.month_name)[1:]
WEEKDAYS = tuple(calendar.day_name)
CHINESE_WEEKDAYS = "一二三四五六日"
YEARS = (1000, 2100)
RECENT_YEARS = (1900, 2040)

# Singular, plural, Chinese measure word, Chinese noun (empty where the measure itself is counted).
COUNTED = tuple(
    tuple(entry.split("/"))
    for entry in (
        "cat/cats/只/猫 dog/dogs/条/狗 bird/birds/只/鸟 horse/horses/匹/马 cow/cows/头/牛 fish/fish/条/鱼 sheep/sheep/只/羊 "
        "tree/trees/棵/树 flower/flowers/朵/花 apple/apples/个/苹果 egg/eggs/个/鸡蛋 orange/oranges/个/橙子 book/books/本/书 "
        "letter/letters/封/信 picture/pictures/幅/画 car/cars/辆/车 ship/ships/艘/船 train/trains/列/火车 "
        "aeroplane/aeroplanes/架/飞机 house/houses/座/房子 bridge/bridges/座/桥 mountain/mountains/座/山 river/rivers/条/河 "
        "road/roads/条/路 table/tables/张/桌子 chair/chairs/把/椅子 bed/beds/张/床 knife/knives/把/刀 lamp/lamps/盏/灯 "
        "shirt/shirts/件/衬衫 hat/hats/顶/帽子 student/students/个/学生 teacher/teachers/位/老师 child/children/个/孩子 "
        "person/people/个/人 friend/friends/个/朋友 country/countries/个/国家 city/cities/座/城市 question/questions/个/问题 "
        "word/words/个/单词 computer/computers/台/电脑 cup/cups/个/杯子 star/stars/颗/星星 song/songs/首/歌 film/films/部/电影 "
        "dollar/dollars/美元/ euro/euros/欧元/ yuan/yuan/元/ kilometre/kilometres/公里/ metre/metres/米/ "
        "kilogram/kilograms/公斤/ second/seconds/秒/ minute/minutes/分钟/ hour/hours/个/小时 day/days/天/ week/weeks/个/星期 "
        "month/months/个/月 year/years/年/"
    ).split()
)


@dataclass(frozen=True)
class Phrase:
    """One meaning: its canonical English and Chinese, and all ways to write it in each (the canonical first)."""

    english: tuple[str, ...]
    chinese: tuple[str, ...]


Rng = np.random.Generator


def draw_number(rng: Rng, most_digits: int) -> int:
    """A number of 1 to `most_digits` digits, each length as likely; zeros are three times as likely as chance."""
    n_digits = int(rng.integers(1, most_digits + 1))
    digits = rng.integers(0, 10, n_digits) * (rng.random(n_digits) > 0.2)
    return int("".join(map(str, digits)))


def english_ways(number: int) -> list[str]:
    """The ways to write a cardinal in English, canonical first; digits last."""
    ways = [english_cardinal(number), english_cardinal(number, joiner=" ")]
    ways += [way.replace("-", " ") for way in ways]
    ways += ["a" + way.removeprefix("one") for way in ways if way.startswith(("one hundred", "one thousand"))]
    return [*dict.fromkeys(ways), f"{number:,}", str(number)]


def chinese_ways(number: int) -> list[str]:
    """The ways to write a cardinal in Chinese, canonical first; digits last."""
    text = chinese_cardinal(number)
    return [*dict.fromkeys((text, with_liang(text))), str(number)]


def cardinal(rng: Rng) -> Phrase:
    """2026: "two thousand and twenty-six", 二千零二十六."""
    number = draw_number(rng, 9)
    return Phrase(tuple(english_ways(number)), tuple(chinese_ways(number)))


def ordinal(rng: Rng) -> Phrase:
    """21: "twenty-first", 第二十一."""
    number = max(1, draw_number(rng, 4))
    words = english_ordinal(number)
    chinese = [f"第{way}" for way in chinese_ways(number)]
    return Phrase((words, f"the {words}", words.replace("-", " "), f"{number}{suffix(number)}"), tuple(chinese))


def suffix(number: int) -> str:
    """What follows the digits of an ordinal: 1st, 2nd, 3rd, 11th."""
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def draw_year(rng: Rng) -> int:
    """Most often one that people write about."""
    return int(rng.integers(*(RECENT_YEARS if rng.random() < 0.6 else YEARS)))


def year(rng: Rng) -> Phrase:
    """1984: "the year 1984", 一九八四年."""
    number = draw_year(rng)
    return Phrase((f"the year {number}", f"year {number}"), (f"{chinese_digits(number)}年", f"{number}年"))


def date(rng: Rng) -> Phrase:
    """5 March 2021, with or without its year and its weekday."""
    day = datetime.date(draw_year(rng), 1, 1)
    day += datetime.timedelta(int(rng.integers(365 + calendar.isleap(day.year))))
    if rng.random() < 0.3:
        english, chinese = day_of_year(day)
        return Phrase(tuple(english), tuple(chinese))
    english, chinese = whole_date(day)
    if rng.random() < 0.4:
        weekday, name = WEEKDAYS[day.weekday()], CHINESE_WEEKDAYS[day.weekday()]
        english = [f"{weekday}, {way}" for way in english]
        chinese = [f"{way}{week}{name}" for way in chinese for week in ("星期", "周")]
    return Phrase(tuple(english), tuple(chinese))


def day_of_year(day: datetime.date) -> tuple[list[str], list[str]]:
    """Ways to write a day without its year."""
    month, number = MONTHS[day.month - 1], day.day
    ordinal_digits = f"{number}{suffix(number)}"
    english = [f"{month} {number}", f"{number} {month}", f"{month} {ordinal_digits}", f"{month[:3]} {number}"]
    chinese = [f"{chinese_cardinal(day.month)}月{chinese_cardinal(number)}日", f"{day.month}月{number}日"]
    return english, [*chinese, chinese[0][:-1] + "号"]


def whole_date(day: datetime.date) -> tuple[list[str], list[str]]:
    """Ways to write a day with its year."""
    english, chinese = day_of_year(day)
    commas = [" " if way[0].isdigit() else ", " for way in english]
    years = (chinese_digits(day.year), day.year, chinese_digits(day.year))
    return (
        [f"{way}{comma}{day.year}" for way, comma in zip(english, commas)],
        [f"{written}年{way}" for written, way in zip(years, chinese)],
    )


def time_of_day(rng: Rng) -> Phrase:
    """15:15: "3:15 p.m.", 下午三点十五分."""
    hour, minute = int(rng.integers(24)), int(rng.choice([0, 15, 30, 45, int(rng.integers(60))]))
    on_clock = hour % 12 or 12
    half, part, chinese_part = ("a.m.", "morning", "上午") if hour < 12 else ("p.m.", "afternoon", "下午")
    english = [f"{on_clock}:{minute:02} {half}", f"{on_clock}:{minute:02} {half.replace('.', '')}"]
    spoken = {0: "{} o'clock", 15: "quarter past {}", 30: "half past {}"}.get(minute)
    if spoken:
        english.append(f"{spoken.format(english_cardinal(on_clock))} in the {part}")
    hours = "两" if on_clock == 2 else chinese_cardinal(on_clock)
    minutes = ("零" if minute < 10 else "") + chinese_cardinal(minute) + "分"
    chinese = [f"{chinese_part}{hours}点" + {0: "", 30: "半"}.get(minute, minutes)]
    return Phrase(tuple(english), (*chinese, f"{chinese_part}{on_clock}点" + (f"{minute}分" if minute else "")))


def fraction(rng: Rng) -> Phrase:
    """2/3: "two thirds", 三分之二."""
    below = int(rng.integers(2, 21))
    above = int(rng.integers(1, below))
    name = {2: "half", 4: "quarter"}.get(below, english_ordinal(below))
    english = f"{english_cardinal(above)} {name}{'s' if above > 1 else ''}"
    ways = (english, f"{above}/{below}", f"a {name}") if above == 1 else (english, f"{above}/{below}")
    return Phrase(ways, (f"{chinese_cardinal(below)}分之{chinese_cardinal(above)}",))


def percentage(rng: Rng) -> Phrase:
    """25%: "twenty-five percent", 百分之二十五."""
    number = int(rng.integers(0, 101))
    words = english_cardinal(number)
    english = (f"{words} percent", f"{words} per cent", f"{number}%")
    return Phrase(english, (f"百分之{chinese_cardinal(number)}", f"{number}%"))


def counted(rng: Rng) -> Phrase:
    """25 cats: "twenty-five cats", 二十五只猫; 2 is 两 before a measure word."""
    number = max(1, draw_number(rng, int(rng.choice([1, 2, 4]))))
    one, many, measure, noun = COUNTED[rng.integers(len(COUNTED))]
    english = [f"{way} {one if number == 1 else many}" for way in english_ways(number)]
    if number == 1:
        english.append(f"{'an' if one[0] in 'aeio' or one == 'hour' else 'a'} {one}")
    chinese = ["两"] if number == 2 else chinese_ways(number)
    return Phrase(tuple(english), tuple(f"{way}{measure}{noun}" for way in chinese))


# How much of the training text each kind is.
KINDS: dict[Callable[[Rng], Phrase], float] = {
    cardinal: 0.45,
    counted: 0.18,
    date: 0.14,
    ordinal: 0.07,
    time_of_day: 0.07,
    percentage: 0.03,
    fraction: 0.03,
    year: 0.03,
}


def draw_phrase(rng: Rng) -> Phrase:
    """A phrase of a random kind."""
    kinds = list(KINDS)
    return kinds[rng.choice(len(kinds), p=list(KINDS.values()))](rng)
