"""Words that bound a number: "more than", "up to", "at least", "about", and those that mean the same."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from regiograph.terms import Bound

_BEFORE = {
    Bound.MORE_THAN: (
        "more than", "over", "above", "well over", "just over", "a little over", "slightly over", "slightly more than",
        "exceeding", "in excess of", "north of", "upward of", "upwards of", "greater than", "higher than",
        "larger than", "better than", "beyond", ">",
    ),
    Bound.AT_LEAST: (
        "at least", "no less than", "not less than", "no fewer than", "not fewer than", "a minimum of", "minimum of",
        "minimum", "starting from", "≥",
    ),
    Bound.UP_TO: (
        "up to", "not more than", "no more than", "not exceeding", "at most", "a maximum of", "maximum of", "maximum",
        "max.", "max", "under", "just under", "below", "less than", "fewer than", "as much as", "as many as", "not over",
        "limited to", "<", "≤",
    ),
    Bound.ABOUT: (
        "about", "around", "some", "nearly", "almost", "approximately", "approx.", "approx", "roughly", "close to",
        "circa", "ca.", "ca", "c.", "near", "in the region of", "in the order of", "on the order of", "of the order of",
        "somewhere around", "practically", "approaching", "nearing", "~", "≈",
    ),
    Bound.EXACTLY: ("exactly", "precisely"),
}  # fmt: skip
_VERBS = {
    Bound.MORE_THAN: (
        "exceed", "exceeds", "exceeded", "surpass", "surpasses", "surpassed", "surpassing", "top", "tops", "topped",
        "topping", "passed",
    ),
    Bound.UP_TO: ("not exceed", "not surpass"),
}  # fmt: skip
_AFTER = {
    Bound.AT_LEAST: ("or more", "and more", "and above", "or above", "+", "plus", "at least", "and up"),
    Bound.UP_TO: ("or less", "or fewer", "at most", "at the most", "maximum"),
    Bound.ABOUT: ("or so", "or thereabouts", "approximately", "more or less", "give or take"),
}
_LINK = r"(?:(?:an?|the|its|their|total|sum|amount|of|worth|another|further|additional)\s{1,3}){0,3}"
_REACH = 44  # characters before a number within which its bound must stand


class Bounded(NamedTuple):
    """A bound and where its words are; verbs of exceeding are left out of that place."""

    bound: Bound
    at: int


def _alternatives(table: dict[Bound, tuple[str, ...]]) -> dict[str, Bound]:
    return {phrase: bound for bound, phrases in table.items() for phrase in phrases}


def _pattern(phrases: dict[str, Bound]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(p).replace(r"\ ", r"\s{1,3}") for p in longest_first)


@cache
def _before() -> tuple[dict[str, Bound], re.Pattern[str]]:
    table = _alternatives(_BEFORE) | _alternatives(_VERBS)
    return table, re.compile(rf"(?<![\w-])({_pattern(table)})\s{{0,3}}{_LINK}\Z", re.IGNORECASE)


@cache
def _after() -> tuple[dict[str, Bound], re.Pattern[str]]:
    table = _alternatives(_AFTER)
    return table, re.compile(rf"\s{{0,3}}({_pattern(table)})(?!\w)", re.IGNORECASE)


def _key(words: str) -> str:
    return re.sub(r"\s+", " ", words.casefold())


def before(text: str, start: int) -> Bounded | None:
    """Return the bound whose words end where the number at `start` begins; `at` is where the bounded words begin."""
    table, pattern = _before()
    window = max(0, start - _REACH)
    found = pattern.search(text[window:start])
    if not found:
        return None
    phrase = _key(found[1])
    verb = any(phrase in verbs for verbs in _VERBS.values())
    return Bounded(table[phrase], start if verb else window + found.start())


def after(text: str, end: int) -> Bounded | None:
    """Return the bound whose words follow the number that ends at `end`; `at` is where the bounded words end."""
    table, pattern = _after()
    found = pattern.match(text, end)
    return Bounded(table[_key(found[1])], found.end()) if found else None
