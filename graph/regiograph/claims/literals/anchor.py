"""The day an article was published, as far as it is known, and dates told relative to it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from regiograph.claims.literals.tense import Tense

_PUBLISHED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A publication date with the precision that it has; all None when nothing is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, published: str | None) -> Anchor:
        """Read an ISO 8601 date, month or year; what is no date of the calendar counts as unknown."""
        found = _PUBLISHED.match(published or "")
        if not found:
            return cls()
        year, month, day = (int(part) if part else None for part in found.groups())
        return cls(year, month, day) if year and valid(year, month or 1, day or 1) else cls()

    @property
    def date(self) -> dt.date | None:
        """The day of publication, when it is known."""
        return dt.date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    def year_off(self, years: int) -> str | None:
        """Return the year this many years after that of publication ("2014")."""
        return None if self.year is None else year_value(self.year + years)

    def month_off(self, months: int) -> str | None:
        """Return the month this many months after that of publication ("2014-12")."""
        if self.year is None or self.month is None:
            return None
        index = self.year * 12 + self.month - 1 + months
        return month_value(index // 12, index % 12 + 1)

    def day_off(self, days: int) -> str | None:
        """Return the day this many days after publication ("2015-06-08")."""
        day = shifted(self.date, days)
        return day.isoformat() if day else None

    def week_off(self, weeks: int, first: int = 0, last: int = 6) -> str | None:
        """Return the days `first` to `last` (Monday is 0) of the week this many weeks after that of publication."""
        monday = shifted(self.date, 7 * weeks - self.date.weekday()) if self.date else None
        begin, end = shifted(monday, first), shifted(monday, last)
        if not begin or not end:
            return None
        return begin.isoformat() if begin == end else f"{begin.isoformat()}/{end.isoformat()}"

    def weekday(self, weekday: int, tense: Tense, *, strict: bool = False) -> dt.date | None:
        """Return the last such weekday up to publication, or the next one from it on when `tense` is the future.

        `strict` leaves out the day of publication ("last Tuesday").
        """
        if self.date is None:
            return None
        if tense is Tense.FUTURE:
            ahead = (weekday - self.date.weekday()) % 7
            return shifted(self.date, ahead or (7 if strict else 0))
        back = (self.date.weekday() - weekday) % 7
        return shifted(self.date, -(back or (7 if strict else 0)))

    def year_of(self, month: int, day: int | None, tense: Tense) -> int | None:
        """Return the year of a month, or a day of it, that is told without one.

        The last or the next one by `tense`; the nearest one when that is not known, or for a day when it is close:
        nobody leaves the year out of a date that is almost a year away. News tell more of the past than of the future.
        """
        if self.year is None or self.month is None:
            return self.year
        ahead = 30 * (month - self.month) + ((day or 15) - (self.day or day or 15) if day else 0)
        nearest = self.year + (ahead < -180) - (ahead > 180)
        distance = ahead + 365 * (nearest - self.year)
        if day and (abs(distance) <= 7 or (distance > 0 and distance <= 60)):
            return nearest
        if tense is Tense.PAST:
            return self.year - (ahead > 0)
        if tense is Tense.FUTURE:
            return self.year + (ahead < 0)
        return nearest - (tense is Tense.UNKNOWN and not day and distance > 90)


def valid(year: int, month: int, day: int) -> bool:
    """Whether the Gregorian calendar has this day: no 30 February, no year 0."""
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def shifted(date: dt.date | None, days: int) -> dt.date | None:
    """Return the day this many days later; None where the calendar ends."""
    try:
        return date + dt.timedelta(days=days) if date else None
    except OverflowError:
        return None


def year_value(year: int | None) -> str | None:
    """Return the year as EDTF, None when it is not known or has not four digits."""
    return f"{year:04}" if year is not None and 1000 <= year <= 9999 else None


def month_value(year: int | None, month: int) -> str | None:
    """Return the month as EDTF ("2015-06", "--06" when the year is not known)."""
    if not 1 <= month <= 12 or (year is not None and year_value(year) is None):
        return None
    return f"--{month:02}" if year is None else f"{year:04}-{month:02}"


def day_value(year: int | None, month: int, day: int) -> str | None:
    """Return the day as EDTF ("2015-06-08", "--06-08" when the year is not known); None for 30 February."""
    if not valid(year if year is not None else 2000, month, day):
        return None
    return f"--{month:02}-{day:02}" if year is None else f"{year:04}-{month:02}-{day:02}"
