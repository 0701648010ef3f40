"""Signs that a sentence may hold a date: cheap to look for, so that most rules need not be tried on most sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from functools import lru_cache

from regiograph.claims.literals.calendar_words import MONTHS, SEASONS, WEEKDAYS
from regiograph.model import Span


class Sign(Enum):
    """What the words of a date have in them."""

    FIGURE = auto()
    YEAR = auto()  # in figures
    ANY_YEAR = auto()  # in figures, or "this year"
    MONTH = auto()
    WEEKDAY = auto()
    SEASON = auto()
    QUARTER = auto()  # or half
    COUNTED = auto()  # months or quarters
    WEEK = auto()  # or month
    TODAY = auto()  # or a day beside it
    AGO = auto()
    CHRISTMAS = auto()
    YEAR_WORD = auto()
    PART = auto()  # of a year
    DECADE = auto()
    FISCAL = auto()
    PARTED = auto()  # a year in figures after a full stop or a stroke


_NAMES = {
    Sign.MONTH: tuple(dict.fromkeys(name[:3] for name in MONTHS)),
    Sign.WEEKDAY: tuple(name for name in WEEKDAYS if name.endswith("day")),
    Sign.CHRISTMAS: ("Christmas",),
}
_WORDS = {
    Sign.SEASON: tuple(SEASONS),
    Sign.QUARTER: ("quarter", "half", "semester"),
    Sign.COUNTED: ("months", "quarters"),
    Sign.WEEK: ("week", "month"),
    Sign.TODAY: ("yesterday", "today", "tomorrow", "night", "morning", "noon", "evening"),
    Sign.AGO: ("ago",),
    Sign.YEAR_WORD: ("year",),
    Sign.PART: ("early", "late", "mid", "beginning", "start", "end", "close", "outset", "turn", "course"),
    Sign.DECADE: ("0s", "0's", "0’s"),
    Sign.FISCAL: ("fy", "fiscal", "financial"),
    Sign.PARTED: tuple(f"{mark}{century}" for mark in "./" for century in range(15, 22)),
}
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"(?:1[5-9]|2[01])\d")


@lru_cache(maxsize=2)  # one reader after the other asks for the same sentence
def folded(text: str, span: Span) -> str:
    """Return the part of `text` at `span` without what re.IGNORECASE does not tell apart."""
    # what it takes for an "i" beside the letter itself
    return text[span.start : span.end].casefold().replace("ı", "i").replace("\u0307", "")


def holds(text: str, span: Span, pieces: Iterable[str]) -> bool:
    """Whether the part of `text` at `span` has one of these in it, in whatever case."""
    said = folded(text, span)
    return any(map(said.__contains__, pieces))


def signs(text: str, span: Span) -> frozenset[Sign]:
    """Return every sign that the part of `text` at `span` holds."""
    words, said = text[span.start : span.end], folded(text, span)
    found = {sign for sign, pieces in _WORDS.items() if any(map(said.__contains__, pieces))}
    found |= {sign for sign, pieces in _NAMES.items() if any(map(words.__contains__, pieces))}
    if _FIGURE.search(words):
        found.add(Sign.FIGURE)
        if _YEAR.search(words):
            found |= {Sign.YEAR, Sign.ANY_YEAR}
    if Sign.YEAR_WORD in found:
        found.add(Sign.ANY_YEAR)
    return frozenset(found)
