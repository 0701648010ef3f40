"""Days and runs of days: "8 to 10 June 2015", "November 13", "12.03.2019", "2019-03-12", "April 29 to May 1"."""

from __future__ import annotations

import re
from functools import cache

from regiograph.claims.literals import edtf
from regiograph.claims.literals.anchor import day_value, valid
from regiograph.claims.literals.calendar_words import ANY_WEEKDAY, DAY, MONTH, TO, YEAR, YEAR_OF, day, month
from regiograph.claims.literals.rules import Rule, Scene, rule
from regiograph.claims.literals.signs import Sign

_WEEKDAY = rf"(?:{ANY_WEEKDAY},?\s(?:the\s)?)?"
_OF = r"(?:\s(?:of\s)?|-)"


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules for days, longer patterns first."""
    day_first = rf"(?P<d1>{DAY}){_OF}(?P<m1>{MONTH})"
    month_first = rf"(?P<m1>{MONTH})\s(?:the\s)?(?P<d1>{DAY})"
    numeric = rf"(?P<a>\d{{1,2}})(?P<mark>[./])(?P<b>\d{{1,2}})(?P=mark)(?P<y>{YEAR})(?!\d)"
    inner_year = rf"(?:,?\s(?P<y1>{YEAR}),?)?"
    return (
        rule(Sign.YEAR, rf"(?<![\d-])(?P<y>{YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])", _iso),
        rule(Sign.PARTED, rf"(?<![\d./-])(?P<d>\d{{1,2}})\.?{TO}{numeric}", _numeric_days, run=True),
        rule(Sign.PARTED, rf"(?<![\d./-]){numeric}", _numeric),
        rule(
            (Sign.MONTH, Sign.FIGURE),
            rf"\b{_WEEKDAY}{day_first}{inner_year}{TO}{_WEEKDAY}(?P<d2>{DAY}){_OF}(?P<m2>{MONTH}){YEAR_OF}?",
            _two_months,
            run=True,
        ),
        rule(
            (Sign.MONTH, Sign.FIGURE),
            rf"\b{_WEEKDAY}{month_first}{inner_year}{TO}{_WEEKDAY}(?P<m2>{MONTH})\s(?P<d2>{DAY}){YEAR_OF}?",
            _two_months,
            run=True,
        ),
        rule(
            (Sign.MONTH, Sign.FIGURE),
            rf"(?<![\d.,])\b{_WEEKDAY}(?P<d1>{DAY}){TO}{_WEEKDAY}(?P<d2>{DAY}){_OF}(?P<m1>{MONTH}){YEAR_OF}?",
            _days,
            run=True,
        ),
        rule(
            (Sign.MONTH, Sign.FIGURE),
            rf"\b{_WEEKDAY}{month_first}{TO}(?P<d2>{DAY})(?!\s(?:million|billion|percent|per\scent)){YEAR_OF}?",
            _days,
            run=True,
        ),
        rule((Sign.MONTH, Sign.FIGURE), rf"(?<![\d.,])\b{_WEEKDAY}{day_first}{YEAR_OF}?", _day),
        rule((Sign.MONTH, Sign.FIGURE), rf"\b{_WEEKDAY}{month_first}{YEAR_OF}?", _day),
        rule(
            Sign.FIGURE,
            r"(?<=\bon\sthe\s)(?P<d1>\d{1,2}(?:st|nd|rd|th))(?=[,.;)]|\s(?:at|in|with|and|by|of\sthis\smonth)\b)",
            _day_of_this_month,
        ),
    )


def _iso(match: re.Match[str], scene: Scene) -> str | None:
    del scene
    return day_value(int(match["y"]), int(match["m"]), int(match["d"]))


def _numeric(match: re.Match[str], scene: Scene) -> str | None:
    """Read 12.03.2019 day first; with slashes, month first only where no day-first reading exists."""
    del scene
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if match["mark"] == "/" and not valid(year, b, a):
        a, b = b, a
    return day_value(year, b, a)


def _numeric_days(match: re.Match[str], scene: Scene) -> str | None:
    """Read 8.-10.06.2015, the months of both days being the same."""
    del scene
    first, last, of, year = (int(match[name]) for name in ("d", "a", "b", "y"))
    return _interval(day_value(year, of, first), day_value(year, of, last)) if first < last else None


def _day_of_this_month(match: re.Match[str], scene: Scene) -> str | None:
    here, number = scene.anchor, day(match["d1"])
    if here.date is None or here.month is None or number > here.date.day:
        return None
    return day_value(here.year, here.month, number)


def _day(match: re.Match[str], scene: Scene) -> str | None:
    number, of = day(match["d1"]), month(match["m1"])
    return day_value(scene.nearest_year(match["year"], match, of, number), of, number)


def _days(match: re.Match[str], scene: Scene) -> str | None:
    of, first, last = month(match["m1"]), day(match["d1"]), day(match["d2"])
    year = scene.nearest_year(match["year"], match, of, first)
    return _interval(day_value(year, of, first), day_value(year, of, last)) if first < last else None


def _two_months(match: re.Match[str], scene: Scene) -> str | None:
    m1, m2 = month(match["m1"]), month(match["m2"])
    last = scene.nearest_year(match["year"], match, m2, day(match["d2"]))
    first = int(match["y1"]) if match["y1"] else last if last is None or m1 <= m2 else last - 1
    return _interval(day_value(first, m1, day(match["d1"])), day_value(last, m2, day(match["d2"])))


def _interval(begin: str | None, end: str | None) -> str | None:
    return edtf.interval(begin, end) if begin and end else None
