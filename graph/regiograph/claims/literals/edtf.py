"""Values of dates and periods: EDTF strings and ISO 8601 durations, made and taken apart.

The subset of EDTF (ISO 8601-2:2019) in use: "2015", "2015-06", "2015-06-08", "--06-08" (no year known), intervals
"2015-06-08/2015-06-10", open ones "../2020" and "2012/..", durations "P5Y", and frequencies ("annual").
"""

from __future__ import annotations

import re

OPEN = ".."
FREQUENCIES = frozenset({"annual", "monthly", "weekly", "daily"})


def interval(begin: str, end: str) -> str:
    """Return the interval from `begin` to `end`, or the one date when they are the same."""
    return begin if begin == end else f"{begin}/{end}"


def until(end: str) -> str:
    """Return the interval that ends with `end` ("../2020")."""
    return f"{OPEN}/{end.rpartition('/')[2]}"


def since(begin: str) -> str:
    """Return the interval that begins with `begin` ("2012/..")."""
    return f"{begin.partition('/')[0]}/{OPEN}"


def begin(value: str) -> str | None:
    """Return the date with which `value` begins, itself when it is a date; None for "../2020", "P5Y", "annual"."""
    first = value.partition("/")[0]
    return first if first != OPEN and is_date(value) else None


def end(value: str) -> str | None:
    """Return the date with which `value` ends, itself when it is a date; None for "2012/..", "P5Y", "annual"."""
    last = value.rpartition("/")[2]
    return last if last != OPEN and is_date(value) else None


def is_date(value: str) -> bool:
    """Whether `value` lies on the calendar: a date or an interval, open or closed."""
    return value not in FREQUENCIES and not is_duration(value)


def is_duration(value: str) -> bool:
    """Whether `value` is an ISO 8601 duration ("P5Y")."""
    return re.fullmatch(r"P(\d+[YMWD]|T\d+H)", value) is not None


def is_open(value: str) -> bool:
    """Whether `value` is an interval with one end only."""
    return OPEN in value.split("/")


def point(value: str, *, closing: bool = False) -> str | None:
    """Return the date a fact with one date should carry: `value` itself, or the known end of an open interval.

    `closing` prefers the end of a closed interval of years ("built 2019-2022": completed 2022), else its begin.
    """
    if not is_date(value):
        return None
    if is_open(value) or re.fullmatch(r"\d{4}/\d{4}", value):
        return (end(value) or begin(value)) if closing else (begin(value) or end(value))
    return value


def certain(value: str) -> str:
    """Return `value`, or where the years of its ends are not known the first end that is: no calendar has room for it.

    "--06-08/--06-10" keeps "--06-08", "../--07" keeps "--07".
    """
    begins, slash, ends = value.partition("/")
    if not slash or not (begins.startswith("--") or ends.startswith("--")):
        return value
    return begins if begins.startswith("--") else ends
