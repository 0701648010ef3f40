"""Quarters, halves, seasons, counted months: "Q1 2022", "the second half of 2024", "spring of 2014", "nine months"."""

from __future__ import annotations

import re
from functools import cache

from regiograph.claims.literals import edtf
from regiograph.claims.literals.anchor import month_value, year_value
from regiograph.claims.literals.calendar_words import (
    MONTH,
    PART,
    SEASON,
    SEASONS,
    YEAR,
    YEAR_OF,
    month,
    ordinal,
)
from regiograph.claims.literals.numbers import CARDINALS
from regiograph.claims.literals.rules import Rule, Scene, rule
from regiograph.claims.literals.signs import Sign
from regiograph.claims.literals.tense import Tense

_ORDINAL = "(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|last|final|I{1,3}|IV)"
_SIZES = {"quarter": 3, "half": 6, "semester": 6, "q": 3, "h": 6}
_LED = r"(?:(?<=\bin\s)|(?<=\bby\s)|(?<=\bin\sthe\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bsince\sthe\s))"


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules for quarters, halves, seasons and counted months, longer patterns first."""
    of_other = rf"(?!\sof\s(?!the\syear|this|last|next|\d|{MONTH}))"
    that_year = rf"(?:{YEAR}|this\syear|last\syear|the\scurrent\syear)"
    of_year = rf"(?:[\s/-](?:of\s)?(?P<year>{YEAR}))?"
    shift = r"(?:this|last|next|the\spast|the\scoming)"
    return (
        rule(
            Sign.QUARTER,
            rf"(?:\bthe\s)?\b{_ORDINAL}[\s-](?P<unit>quarter|half|semester)(?:[\s-]?year)?\b{of_other}{YEAR_OF}?",
            _part,
            re.IGNORECASE,
        ),
        rule(Sign.FIGURE, rf"\b(?P<unit>[QH])\s?(?P<nth>[1-4])(?!\d){of_year}", _part),
        rule(Sign.FIGURE, rf"\b(?P<nth>[1-4])(?P<unit>[QH])(?!\w){of_year}", _part),
        rule(Sign.YEAR, rf"\b(?P<year>{YEAR})[\s-]?(?P<unit>[QH])(?P<nth>[1-4])\b", _part),
        rule(
            Sign.COUNTED,
            rf"\b(?:the\s)?first\s(?P<n>\w{{1,8}})\s(?P<unit>months|quarters)\b{YEAR_OF}?",
            _first,
            re.IGNORECASE,
        ),
        rule(
            Sign.COUNTED,
            rf"\b(?P<n>\w{{1,8}})\s(?P<unit>months|quarters)\sof\s(?P<year>{that_year})",
            _first,
            re.IGNORECASE,
        ),
        rule(
            (Sign.MONTH, Sign.COUNTED),
            rf"\b(?:the\s)?(?P<n>\w{{1,8}})\s(?P<unit>months)\s(?:to|ending|through)\s(?P<m>{MONTH})",
            _months_to,
        ),
        rule(Sign.COUNTED, r"\b(?i:in|for|within|over)\s(?:the\s)?(?P<n>\w{1,8})\s(?P<unit>months)\b", _year_to_date),
        rule(Sign.SEASON, rf"\b{PART}?{shift}\s(?P<season>{SEASON})\b", _relative_season, re.IGNORECASE),
        rule(Sign.SEASON, rf"\b{PART}?(?P<season>{SEASON}){YEAR_OF}", _season, re.IGNORECASE),
        rule(Sign.SEASON, rf"{_LED}(?P<season>{SEASON})\b(?!\s[a-z]{{1,20}}ing\b)", _season, re.IGNORECASE),
    )


def _stretch(year: int | None, first: int, last: int) -> str | None:
    begin, end = month_value(year, first), month_value(year, last)
    return edtf.interval(begin, end) if begin and end else None


def _part(match: re.Match[str], scene: Scene) -> str | None:
    """Read a quarter or half; without a year, of the year that the tense makes most likely."""
    size = _SIZES[match["unit"].casefold()]
    nth = int(match["nth"]) if match["nth"].isdecimal() else ordinal(match["nth"])
    nth = min(nth, 12 // size) if match["nth"].casefold() in {"last", "final"} else nth
    if nth * size > 12:
        return None
    return _stretch(scene.nearest_year(match["year"], match, size * nth), size * (nth - 1) + 1, size * nth)


def _count(words: str) -> int:
    return int(words) if words.isdecimal() and len(words) < 3 else int(CARDINALS.get(words.casefold(), 0))


def _first(match: re.Match[str], scene: Scene) -> str | None:
    last = _count(match["n"]) * (3 if match["unit"].casefold() == "quarters" else 1)
    return _stretch(scene.nearest_year(match["year"], match, last), 1, last) if 1 <= last <= 12 else None


def _months_to(match: re.Match[str], scene: Scene) -> str | None:
    count, last = _count(match["n"]), month(match["m"])
    year = scene.anchor.year_of(last, None, Tense.PAST)
    if not 1 <= count <= 12 or year is None:
        return None
    first = year * 12 + last - count
    begin, end = month_value(first // 12, first % 12 + 1), month_value(year, last)
    return edtf.interval(begin, end) if begin and end else None


def _year_to_date(match: re.Match[str], scene: Scene) -> str | None:
    """Read "in nine months" as January to September where statistics just out in autumn say it of what was."""
    count, here = _count(match["n"]), scene.anchor
    if not here.month or count < 3 or not 1 <= here.month - count <= 2 or scene.tense(match) is Tense.FUTURE:
        return None
    return _stretch(here.year, 1, count)


def _season(match: re.Match[str], scene: Scene) -> str | None:
    """Read a season as its year, as precise as calendars agree on."""
    words = match["year"] if "year" in match.re.groupindex else None
    year = scene.nearest_year(words, match, SEASONS[match["season"].casefold()])
    return year_value(year)


def _relative_season(match: re.Match[str], scene: Scene) -> str | None:
    words = match[0].casefold().split()
    middle, here = SEASONS[words[-1]], scene.anchor
    if here.year is None or here.month is None:
        return None
    shift = 0
    if "last" in words or "past" in words:
        shift = -1 if middle + 1 >= here.month else 0
    elif "next" in words or "coming" in words:
        shift = 1 if middle - 1 <= here.month else 0
    elif words[-1] == "winter" and here.month > 9 and scene.tense(match) is Tense.FUTURE:
        shift = 1
    return here.year_off(shift)
