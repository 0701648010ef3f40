"""Numbers of facts for programs: what is stated exactly, and what is only bounded, as the graph has them."""

from __future__ import annotations

import re
from typing import NamedTuple

from regiograph.terms import Bound

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


class Measure(NamedTuple):
    """A number as a text states it: `number` if it is exact or "about", else the bounds that are stated."""

    number: str | None = None
    low: str | None = None
    high: str | None = None


def is_number(words: str) -> bool:
    """Whether words are a plain decimal number."""
    return _NUMBER.fullmatch(words) is not None


def measured(value: str, bound: str | None) -> Measure:
    """Return a plain number, or a range ("10/15"), under its bound; nothing where it is neither."""
    low, slash, high = value.partition("/")
    if not all(map(is_number, (low, high) if slash else (low,))):
        return Measure()
    if slash:
        return Measure(None, low, high)
    match bound:
        case Bound.AT_LEAST | Bound.MORE_THAN:
            return Measure(None, value, None)
        case Bound.UP_TO:
            return Measure(None, None, value)
    return Measure(value)
