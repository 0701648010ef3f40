"""Values as an English reader expects them: EDTF dates, amounts with currency and bound, qualifiers in order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(r"(?P<year>\d{4}|-?)(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?")
_SPAN = re.compile(r"P(?=\d)(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<week>\d+)W)?(?:(?P<day>\d+)D)?")
_SCALES = ((Decimal(10) ** 12, " trillion"), (Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million"))
_DATED = frozenset({"eventDate", "startedIn", "completedIn"})
_NO_BREAK = "\u00a0"


def date(edtf: str) -> str:
    """Return an EDTF date, interval or ISO 8601 duration in words; what is neither comes back as it is."""
    if span := _SPAN.fullmatch(edtf):
        return " ".join(counted(int(n), unit) for unit, n in span.groupdict().items() if n)
    first, slash, last = edtf.partition("/")
    if not slash:
        return _day(first)
    if ".." in (first, last):
        return f"until {_day(last)}" if first == ".." else f"from {_day(first)}"
    return _interval(_day(first), _day(last))


def number(value: str, *, unit: str | None = None, currency: str | None = None, bound: str | None = None) -> str:
    """Return a number or a range ("10/15") with its unit or ISO 4217 currency, and how it is bounded."""
    words = "–".join(_short(part) for part in value.split("/"))
    if currency:
        words = f"{currency}{_NO_BREAK}{words}"
    elif unit:
        words = f"{words}{_NO_BREAK}{unit}"
    return words if bound in (None, "exactly") else f"{bound} {words}"


def literal(predicate: str, value: str, qualifiers: Mapping[str, str]) -> str:
    """Return the literal that a fact ends in."""
    if predicate in _DATED:
        return date(value)
    if predicate == "createsJobs":
        return number(value, unit="jobs", bound=qualifiers.get("qualifier"))
    return _amount(value, qualifiers)


def notes(predicate: str, qualifiers: Mapping[str, str]) -> list[str]:
    """Return what a fact says beside its two ends and its date, in the order in which one reads it."""
    said = {name: _note(name, value, qualifiers) for name, value in qualifiers.items()}
    if predicate == "hasIndicator":
        said.pop("unit", None)
    order = "indicator role status amount share count subject what in since until period".split()
    return [said[name] for name in order if said.get(name)]


def listed(words: Sequence[str]) -> str:
    """Return words as a list in prose: "one, two and three"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def some(words: Sequence[str], at_most: int = 4) -> str:
    """Return the first of some words as a list in prose, and how many more there are: "one, two and 3 more"."""
    rest = len(words) - at_most
    return listed([*words[:at_most], *([f"{rest:,} more"] if rest > 0 else [])])


def _note(name: str, value: str, qualifiers: Mapping[str, str]) -> str:
    match name:
        case "amount":
            return _amount(value, qualifiers)
        case "share":
            return number(value, unit="%")
        case "since" | "until":
            return f"{name} {date(value)}"
        case "period":
            return date(value)
        case _:
            return value


def _amount(value: str, qualifiers: Mapping[str, str]) -> str:
    unit, currency = qualifiers.get("unit"), qualifiers.get("currency")
    if unit and re.fullmatch("[A-Z]{3}", unit):
        unit, currency = None, unit
    return number(value, unit=unit, currency=currency, bound=qualifiers.get("qualifier"))


def _day(iso: str) -> str:
    match = _DATE.fullmatch(iso)
    if match is None:
        return iso
    year, month, day = match["year"].strip("-"), match["month"], match["day"]
    parts = (str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year)
    return " ".join(filter(None, parts)) or iso


def _interval(first: str, last: str) -> str:
    """Join two dates, saying only once the month and year that they share: "8–10 June 2015"."""
    if first == last:
        return last
    start, end = first.split(" "), last.split(" ")
    if len(start) != len(end):
        return f"{first}{_NO_BREAK}– {last}"
    kept = max(i for i in range(1, len(start) + 1) if i == 1 or start[i - 1 :] != end[i - 1 :])
    dash = "–" if kept == 1 else f"{_NO_BREAK}– "
    return f"{' '.join(start[:kept])}{dash}{last}"


def _short(digits: str) -> str:
    """Return a number with thousands separated, and in millions, billions or trillions where that is shorter."""
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return digits
    for scale, name in _SCALES:
        short = value / scale
        if abs(short) >= 1 and short == round(short, 3):
            return f"{short.normalize():,f}{name}"
    return f"{value:,f}"


def counted(count: int, unit: str) -> str:
    """Return a number with its unit, in the plural unless it is one."""
    return f"{count:,} {unit}" if count == 1 else f"{count:,} {unit}s"
