"""Months and runs of months: "in June", "June 2015", "January-August 2014", "last March", "2015-06"."""

from __future__ import annotations

import re
from functools import cache

from regiograph.claims.literals import edtf
from regiograph.claims.literals.anchor import month_value
from regiograph.claims.literals.calendar_words import LONG_MONTH, MONTH, PART, TO, YEAR, YEAR_OF, month
from regiograph.claims.literals.rules import Rule, Scene, rule
from regiograph.claims.literals.signs import Sign

# "May" and "March" are words of their own: without a year they want a preposition; so do short names ("Dec.").
_LEADS = frozenset(
    """in by of to on at for and the mid from till this last next late early since until after before during through
    between end""".split()
)
_CLEAR = r"(?:January|February|April|June|July|August|September|October|November|December)"


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules for months, longer patterns first."""
    part = rf"(?i:{PART})?"
    relative = r"(?i:(?P<shift>this|last|next|the\spast|the\scoming|current)\s)"
    return (
        rule(Sign.YEAR, r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d-])", _iso_month),
        rule(Sign.MONTH, rf"\b(?P<m1>{MONTH})(?:\s(?P<y1>{YEAR}))?{TO}(?P<m2>{MONTH}){YEAR_OF}?", _months, run=True),
        rule(Sign.MONTH, rf"(?<!\w){part}\b(?P<m>{MONTH}){YEAR_OF}", _month),
        rule(Sign.CHRISTMAS, r"(?<=\bby\s)Christmas\b|(?<=\bbefore\s)Christmas\b", _christmas),
        rule(Sign.MONTH, rf"(?<!\w){part}{relative}(?P<m>{MONTH})", _relative_month),
        rule(Sign.MONTH, rf"(?<!\w){part}\b(?P<m>{_CLEAR})\b", _month),
        rule(Sign.MONTH, rf"(?<!\w){part}(?P<m>{LONG_MONTH}\b|{MONTH})(?!\w)", _led_month),
    )


def _iso_month(match: re.Match[str], scene: Scene) -> str | None:
    """Read 2015-06 as a month, but 2008-09 as two years: nobody writes September 2008 so in a text."""
    del scene
    year, number = int(match["y"]), int(match["m"])
    return edtf.interval(str(year), str(year + 1)) if number == (year + 1) % 100 else month_value(year, number)


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


def _christmas(match: re.Match[str], scene: Scene) -> str | None:
    return month_value(scene.anchor.year_of(12, None, scene.tense(match)), 12)


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
