"""Dates as the furniture of a page and datelines write them, made ISO 8601, as precise as they are written.

Dates inside sentences are the business of `claims.literals`; this module finds the day on which an article appeared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTH_NAMES = (
    ("january", "jan", "enero", "janvier", "januar", "janeiro", "gennaio"),
    ("february", "feb", "febrero", "février", "februar", "fevereiro", "febbraio"),
    ("march", "mar", "marzo", "mars", "märz", "março"),
    ("april", "apr", "abril", "avril", "aprile"),
    ("may", "mayo", "mai", "maio", "maggio"),
    ("june", "jun", "junio", "juin", "juni", "junho", "giugno"),
    ("july", "jul", "julio", "juillet", "juli", "julho", "luglio"),
    ("august", "aug", "agosto", "août"),
    ("september", "sep", "sept", "septiembre", "septembre", "setembro", "settembre"),
    ("october", "oct", "octubre", "octobre", "oktober", "outubro", "ottobre"),
    ("november", "nov", "noviembre", "novembre", "novembro"),
    ("december", "dec", "diciembre", "décembre", "dezember", "dezembro", "dicembre", "dic"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?"
_YEAR = r"(?P<year>[12]\d{3})"
MONTH_NAMES = frozenset(_MONTHS)
# Words beside a date that say no more than when.
BESIDE = frozenset(
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday am pm gmt"
    " utc ist cet msk lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi"
    " dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag at de h".split()
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

_PATTERNS = tuple(
    re.compile(rf"(?<![\w./-]){pattern}(?![\w]|[./-]\d)", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}([-./])(?P<numeral>\d{{1,2}})\2{_DAY}(?:T[\d:.+Z-]+)?",
        rf"\d{{1,2}} ?[–-] ?\d{{1,2}} {_MONTH},? {_YEAR}",  # days of an event: certain of it is the month
        rf"{_MONTH} \d{{1,2}} ?[–-] ?\d{{1,2}},? {_YEAR}",
        rf"{_DAY}\.? ?[- ]?(?:de |of )?{_MONTH}[ -]?,?(?: ?de)? ?{_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>[12]\d{3})",
        rf"{_MONTH},?(?: de)? {_YEAR}",
        rf"{_YEAR} ?[/»>-]+ ?{_MONTH}",
        rf"{_YEAR}-(?P<numeral>\d{{2}})",
    )
)
_NAMED_DAY = _MONTH.replace("month", "named") + " " + _DAY.replace("day", "nth")
_YEARLESS = re.compile(rf"(?<!\w)(?:{_DAY} {_MONTH}|{_NAMED_DAY})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a text: where, and what it says; `value` is None where no calendar has such a day."""

    start: int
    end: int
    words: str
    value: str | None


def written(text: str) -> tuple[Written, ...]:
    """Return the dates with a year in a short text, in their order; where two overlap, the more precise one."""
    taken: list[Written] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(match.start() < t.end and t.start < match.end() for t in taken):
                taken.append(Written(match.start(), match.end(), match.group(), _value(match)))
    return tuple(sorted(taken, key=lambda t: t.start))


def _value(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        return _numeric(year, int(parts["first"]), int(parts["second"]), dotted=parts["mark"] == ".")
    month = _MONTHS[parts["month"].lower()] if parts.get("month") else int(parts["numeral"])
    return iso(year, month, int(parts["day"]) if parts.get("day") else None)


def _numeric(year: int, first: int, second: int, *, dotted: bool) -> str | None:
    """Return day.month.year; with other marks the order is open where both numbers can be months, then the year."""
    if dotted or first > 12:
        return iso(year, second, first)
    if second > 12:
        return iso(year, first, second)
    return iso(year, first, second) if first == second else iso(year)


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return "2015", "2015-06" or "2015-06-08"; None where there is no such day, or the year cannot be right."""
    try:
        full = dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return full.isoformat()[: 4 if month is None else 7 if day is None else 10]


def normalised(raw: str) -> str | None:
    """Return the ISO 8601 date that a field of metadata states; None if it states none, or two."""
    if re.fullmatch(r"\d{4}", raw.strip()):
        return iso(int(raw))
    values = [found.value for found in written(raw)]
    return values[0] if len(values) == 1 else None


def with_year(text: str, year: int) -> str | None:
    """Return the first date that a text gives without its year, in that year; None if there is none."""
    match = _YEARLESS.search(text)
    if match is None:
        return None
    month, day = match["month"] or match["named"], match["day"] or match["nth"]
    return iso(year, _MONTHS[month.lower()], int(day))


def words(text: str) -> Iterator[str]:
    """Yield the words of a text that are neither part of a date nor a time of day."""
    at = 0
    for found in (*written(text), None):
        yield from re.findall(r"[^\W\d_]+", text[at : found.start if found else len(text)])
        at = found.end if found else at
