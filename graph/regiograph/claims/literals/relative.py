"""Dates told from the day of publication: "yesterday", "on Wednesday", "last week", "this year", "five years ago"."""

from __future__ import annotations

import re
from functools import cache

from regiograph.claims.literals import numbers
from regiograph.claims.literals.anchor import shifted, year_value
from regiograph.claims.literals.calendar_words import PART, THIS_YEAR, TO, WEEKDAY, YEAR, weekday
from regiograph.claims.literals.rules import Rule, Scene, rule
from regiograph.claims.literals.signs import Sign
from regiograph.claims.literals.tense import Tense

_DAYS = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "this morning": 0,
    "this afternoon": 0, "this evening": 0, "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip
_SHIFTS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_WHICH = r"(?:(?:the\s)?(?P<which>last|past|this|current|next|coming)\s)"
# What says which year "the year" is.
_WHOSE = (
    r"to|and|ended|ending|end|earlier|before|after|of|that|the|when|which|from|since|prior|previous|until|till|through|up"
    r"|just|on|was|so\sfar|\d+"
)
_BEGUN = 3  # months in which a review of "the year" means the one before
_ANY_YEAR = re.compile(rf"\b{YEAR}\b")
_AMOUNT = rf"(?:an?|{numbers.WORDS}|\d{{1,3}})"


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules for relative dates, longer patterns first."""
    days = "|".join(sorted(_DAYS, key=len, reverse=True))
    in_week = r"(?:\s(?:of\s)?(?P<week>last|this|next)\sweek)"
    return (
        rule(Sign.TODAY, rf"\b(?:{days})\b(?!['’]s\s(?:world|needs|challenges))", _day, re.IGNORECASE),
        rule(Sign.WEEKDAY, rf"\b(?P<a>{WEEKDAY}){TO}(?P<b>{WEEKDAY}){in_week}?", _weekdays, run=True),
        rule(
            Sign.WEEKDAY,
            rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming)\s)?(?P<a>{WEEKDAY})(?P<late>\slast)?{in_week}?\b",
            _weekday,
        ),
        rule(Sign.AGO, rf"\b(?P<n>{_AMOUNT})\s(?P<unit>day|week|month|year|decade)s?\sago\b", _ago, re.IGNORECASE),
        rule(Sign.WEEK, rf"\b(?:{PART})?{_WHICH}(?P<unit>weekend|week|month)\b", _stretch, re.IGNORECASE),
        rule(Sign.WEEK, rf"\b(?:{PART})(?:the|this)\s(?P<unit>month|week)\b", _stretch, re.IGNORECASE),
        rule(Sign.WEEK, r"\b(?P<n>late|earlier)\sthis\s(?P<unit>month|week)\b", _stretch, re.IGNORECASE),
        rule(Sign.YEAR_WORD, rf"\b(?!the\syear\b|previous){THIS_YEAR}\b(?!-|\sof\b)", _year, re.IGNORECASE),
        rule(Sign.YEAR_WORD, rf"\b(?:in|during|over)\sthe\syear\b(?!\s?(?:{_WHOSE})\b)", _running, re.IGNORECASE),
        rule(
            Sign.YEAR_WORD,
            r"\bnext\s(?:fiscal|financial)\syear\b|\b(?:this|last)\s(?:fiscal|financial)\syear\b",
            _year,
            re.IGNORECASE,
        ),
    )


def _day(match: re.Match[str], scene: Scene) -> str | None:
    return scene.anchor.day_off(_DAYS[re.sub(r"\s+", " ", match[0].casefold())])


def _weekday(match: re.Match[str], scene: Scene) -> str | None:
    number = weekday(match["a"])
    if match["week"]:
        return scene.anchor.week_off(_SHIFTS[match["week"]], number, number)
    which = (match["which"] or "").casefold()
    past = which in {"last", "past"} or bool(match["late"])
    tense = Tense.PAST if past else Tense.FUTURE if which in {"next", "coming"} else scene.tense(match, saying=True)
    day = scene.anchor.weekday(number, tense, strict=past or which == "next")
    return day.isoformat() if day else None


def _weekdays(match: re.Match[str], scene: Scene) -> str | None:
    first, last = weekday(match["a"]), weekday(match["b"])
    if match["week"]:
        return scene.anchor.week_off(_SHIFTS[match["week"]], first, last) if first < last else None
    tense = scene.tense(match, saying=True)
    if tense is Tense.FUTURE:
        begin = scene.anchor.weekday(first, tense)
        end = shifted(begin, (last - first) % 7)
    else:
        end = scene.anchor.weekday(last, tense)
        begin = shifted(end, -((last - first) % 7))
    return f"{begin.isoformat()}/{end.isoformat()}" if begin and end else None


def _ago(match: re.Match[str], scene: Scene) -> str | None:
    """Read "five years ago" as a year, "two months ago" as a month, weeks and days as days."""
    words, unit = match["n"].casefold(), match["unit"].casefold()
    count = 1 if words in {"a", "an"} else int(numbers.parse(words))
    if unit in {"year", "decade"}:
        return scene.anchor.year_off(-count * (10 if unit == "decade" else 1))
    if unit == "month":
        return scene.anchor.month_off(-count)
    return scene.anchor.week_off(-count) if unit == "week" else scene.anchor.day_off(-count)


def _stretch(match: re.Match[str], scene: Scene) -> str | None:
    which = match["which"].casefold() if "which" in match.re.groupindex else "this"
    shift, unit = _SHIFTS[which], match["unit"].casefold()
    if unit == "month":
        return scene.anchor.month_off(shift)
    if unit == "week":
        return scene.anchor.week_off(shift)
    over = shift == 0 and scene.anchor.date is not None and scene.anchor.date.weekday() < 3
    return scene.anchor.week_off(-1 if over and scene.tense(match) is Tense.PAST else shift, 5, 6)


def _running(match: re.Match[str], scene: Scene) -> str | None:
    """Read "put into operation in the year" as the year of publication; None early in it, or where another is named."""
    published = scene.anchor.date
    if published is None or published.month <= _BEGUN or _ANY_YEAR.search(scene.text, *scene.sentence):
        return None
    return _year(match, scene)


def _year(match: re.Match[str], scene: Scene) -> str | None:
    year = scene.year(match[0])
    return year_value(year)
