"""Months, quarters, halves and seasons: "in June", "Q1 2022", "the second half of 2024", "spring of 2014"."""

from __future__ import annotations

import re
from functools import cache

from regiograph.claims.literals import edtf
from regiograph.claims.literals.anchor import month_value
from regiograph.claims.literals.calendar_words import (
    LONG_MONTH,
    MONTH,
    PART,
    SEASON,
    SEASONS,
    TO,
    YEAR,
    YEAR_OF,
    month,
    ordinal,
)
from regiograph.claims.literals.numbers import CARDINALS
from regiograph.claims.literals.rules import Rule, Scene, rule
from regiograph.claims.literals.tense import Tense

_ORDINAL = "(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|last|final|I{1,3}|IV)"
# "May" and "March" are words of their own: without a year they want a preposition; so do short names ("Dec.").
_LEADS = frozenset(
    """in by of to on at for and the mid from till this last next late early since until after before during through
    between end""".split()
)
_CLEAR = r"(?:January|February|April|June|July|August|September|October|November|December)"


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules for parts of a year, longer patterns first."""
    part = rf"(?i:{PART})?"
    relative = r"(?i:(?P<shift>this|last|next|the\spast|the\scoming|current)\s)"
    return (
        rule(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d-])", _iso_month),
        rule(rf"\b(?P<m1>{MONTH})(?:\s(?P<y1>{YEAR}))?{TO}(?P<m2>{MONTH}){YEAR_OF}?", _months, run=True),
        rule(rf"(?<!\w){part}\b(?P<m>{MONTH}){YEAR_OF}", _month),
        rule(rf"(?<!\w){part}{relative}(?P<m>{MONTH})", _relative_month),
        rule(rf"(?<!\w){part}\b(?P<m>{_CLEAR})\b", _month),
        rule(rf"(?<!\w){part}(?P<m>{LONG_MONTH}\b|{MONTH})(?!\w)", _led_month),
        rule(
            rf"(?:\bthe\s)?\b{_ORDINAL}[\s-](?P<unit>quarter|half)(?:[\s-]?year)?\b(?!\sof\s(?!the\syear|this|last|next|"
            rf"\d|{MONTH})){YEAR_OF}?",
            _part,
            re.IGNORECASE,
        ),
        rule(rf"\b(?P<letter>[QH])\s?(?P<n>[1-4])(?!\d)(?:[\s/-](?:of\s)?(?P<year>{YEAR}))?", _letter),
        rule(rf"\b(?P<n>[1-4])(?P<letter>[QH])(?:[\s/-](?:of\s)?(?P<year>{YEAR}))?(?!\w)", _letter),
        rule(rf"\b(?P<year>{YEAR})[\s-]?(?P<letter>[QH])(?P<n>[1-4])\b", _letter),
        rule(
            rf"\b(?:the\s)?first\s(?P<n>\w{{1,8}})\s(?P<unit>months|quarters){YEAR_OF}?"
            rf"|\b(?P<n2>\w{{1,8}})\s(?P<unit2>months|quarters)\sof\s(?P<year2>{YEAR}|this\syear|last\syear|the\scurrent\syear)",
            _first_months,
            re.IGNORECASE,
        ),
        rule(rf"\b{PART}?(?:this|last|next|the\spast|the\scoming)\s{SEASON}\b", _relative_season, re.IGNORECASE),
        rule(rf"\b{PART}?(?P<season>{SEASON}){YEAR_OF}", _season, re.IGNORECASE),
        rule(
            rf"\b(?:in|by|until|since|from)\s(?:the\s)?(?P<season>{SEASON})\b(?!\s[a-z]+ing\b)", _season, re.IGNORECASE
        ),
    )


def _iso_month(match: re.Match[str], scene: Scene) -> str | None:
    del scene
    return month_value(int(match["y"]), int(match["m"]))


def _months(match: re.Match[str], scene: Scene) -> str | None:
    m1, m2 = month(match["m1"]), month(match["m2"])
    last = scene.nearest_year(match["year"], match, m2)
    first = int(match["y1"]) if match["y1"] else last if last is None or m1 <= m2 else last - 1
    begin, end = month_value(first, m1), month_value(last, m2)
    return edtf.interval(begin, end) if begin and end else None


def _month(match: re.Match[str], scene: Scene) -> str | None:
    number = month(match["m"])
    words = match["year"] if "year" in match.re.groupindex else None
    return month_value(scene.nearest_year(words, match, number), number)


def _led_month(match: re.Match[str], scene: Scene) -> str | None:
    head = scene.text[max(0, match.start("m") - 12) : match.start("m")]
    word = re.search(r"(\w+)[\s-]\Z", head)
    led = head.endswith("(") or (word is not None and word[1].casefold() in _LEADS)
    return _month(match, scene) if led else None


def _relative_month(match: re.Match[str], scene: Scene) -> str | None:
    """Read "last June" and "next June" as the nearest ones that are over or ahead, "this June" as of the year."""
    number, shift = month(match["m"]), match["shift"].casefold()
    here = scene.anchor
    if here.year is None or here.month is None or shift in {"this", "current"}:
        return month_value(here.year, number) if here.year else None
    if "last" in shift or "past" in shift:
        return month_value(here.year - (number >= here.month), number)
    return month_value(here.year + (number <= here.month), number)


def _part(match: re.Match[str], scene: Scene) -> str | None:
    """Read a quarter or half; without a year, of the year that the tense makes most likely."""
    size = 3 if match["unit"].casefold() == "quarter" else 6
    return _stretch(match, scene, ordinal(match["nth"]) if size == 3 else min(ordinal(match["nth"]), 2), size)


def _letter(match: re.Match[str], scene: Scene) -> str | None:
    size = 3 if match["letter"] == "Q" else 6
    return _stretch(match, scene, int(match["n"]), size) if int(match["n"]) * size <= 12 else None


def _stretch(match: re.Match[str], scene: Scene, nth: int, size: int) -> str | None:
    first, last = size * (nth - 1) + 1, size * nth
    year = scene.nearest_year(match["year"], match, last)
    begin, end = month_value(year, first), month_value(year, last)
    return edtf.interval(begin, end) if begin and end else None


def _first_months(match: re.Match[str], scene: Scene) -> str | None:
    words = (match["n"] or match["n2"]).casefold()
    unit = (match["unit"] or match["unit2"]).casefold()
    count = int(words) if words.isdecimal() and len(words) < 3 else int(CARDINALS.get(words, 0))
    last = count * (3 if unit == "quarters" else 1)
    if not 1 <= last <= 12:
        return None
    year = scene.nearest_year(match["year"] or match["year2"], match, last)
    begin, end = month_value(year, 1), month_value(year, last)
    return edtf.interval(begin, end) if begin and end else None


def _season(match: re.Match[str], scene: Scene) -> str | None:
    """Read a season as its year, as precise as calendars agree on."""
    words = match["year"] if "year" in match.re.groupindex else None
    year = scene.nearest_year(words, match, SEASONS[match["season"].casefold()])
    return f"{year:04}" if year else None


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
    return f"{here.year + shift:04}"
