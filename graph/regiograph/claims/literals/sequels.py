"""Dates told from the date before them: "two days later", "the next day", "the same afternoon", "on the second day"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache

from regiograph.claims.literals import edtf, numbers, signs
from regiograph.claims.literals.anchor import month_value, shifted, year_value
from regiograph.model import Literal, Span

_NEXT = r"(?:the\s(?:next|following)\sday|the\sday\safter(?!\stomorrow))"
_BEFORE = r"(?:the\sday\sbefore(?!\syesterday)|the\sprevious\sday|a\sday\searlier)"
_SAME = r"the\ssame\s(?:day|morning|afternoon|evening|night|year|month)"
_COUNT = (
    rf"(?P<n>an?|\d{{1,3}}|{numbers.WORDS})\s(?P<unit>day|week|month|year)s?\s"
    r"(?P<way>later|earlier|before)\b(?!\sthe\b)"
)
_NTH = (
    r"on\s(?:the\s)?(?P<nth>first|second|third|fourth|fifth|last|final)\sday"
    r"(?!\sof\s(?!the\s(?:visit|trip|tour|forum|mission|stay)))"
)
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4}
_PIECES = ("day", "same", "later", "earlier", "before")  # what any of them has in it
_DAYS = {"day": 1, "week": 7}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<next>{_NEXT})|(?P<before>{_BEFORE})|(?P<same>{_SAME})|{_NTH}|{_COUNT})\b", re.IGNORECASE
    )


def find(text: str, sentence: Span, told: Iterable[Literal]) -> Iterator[Literal]:
    """Yield the dates within `sentence` that follow from the nearest date before them among the few last ones `told`.

    The antecedent must be as precise as what is counted from it: a day for days and weeks, a month for months.
    """
    if not signs.holds(text, sentence, _PIECES):
        return
    dates = sorted((d for d in told if edtf.is_date(d.value)), key=lambda d: d.span, reverse=True)
    for match in _pattern().finditer(text, *sentence) if dates else ():
        for antecedent in (d for d in dates if d.span.end <= match.start()):
            if value := _value(match, antecedent.value):
                yield Literal(Span(*match.span()), "date", value)
                break


def _value(match: re.Match[str], antecedent: str) -> str | None:
    begin, end = edtf.begin(antecedent), edtf.end(antecedent)
    begin, end = begin or end, end or begin
    if match["same"]:
        unit = match["same"].casefold().rpartition(" ")[2]
        return _cut(begin, {"year": 4, "month": 7}.get(unit, 10))
    if match["nth"]:
        last = match["nth"].casefold() in {"last", "final"}
        return _moved(end if last else begin, 0 if last else _ORDINALS[match["nth"].casefold()], "day")
    if match["next"] or match["before"]:
        return _moved(end if match["next"] else begin, 1 if match["next"] else -1, "day")
    words = match["n"].casefold()
    count = 1 if words in {"a", "an"} else int(numbers.parse(words))
    later = match["way"].casefold() == "later"
    return _moved(end if later else begin, count if later else -count, match["unit"].casefold())


def _cut(date: str | None, length: int) -> str | None:
    return date[:length] if date and len(date) >= length and not date.startswith("-") else None


def _moved(date: str | None, count: int, unit: str) -> str | None:
    """Return the date `count` units after `date`, which must have that precision at least."""
    if not (known := _cut(date, {"year": 4, "month": 7}.get(unit, 10))):
        return None
    if unit == "year":
        return year_value(int(known) + count)
    if unit == "month":
        index = int(known[:4]) * 12 + int(known[5:7]) - 1 + count
        return month_value(index // 12, index % 12 + 1)
    day = shifted(dt.date.fromisoformat(known), count * _DAYS[unit])
    return day.isoformat() if day else None
