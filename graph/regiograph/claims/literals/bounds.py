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
        "max.", "max", "under", "just under", "below", "less than", "fewer than", "as much as", "as many as",
        "not over", "limited to", "<", "≤",
    ),
    Bound.ABOUT: (
        "about", "around", "some", "nearly", "almost", "approximately", "approx.", "approx", "roughly", "close to",
        "circa", "ca.", "ca", "c.", "near", "in the region of", "in the order of", "on the order of", "of the order of",
        "somewhere around", "practically", "approaching", "nearing", "near to", "nearer to", "an estimated", "~", "≈",
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
    Bound.AT_LEAST: ("or more", "and more", "and above", "or above", "+", "-plus", "at least", "and up"),
    Bound.UP_TO: ("or less", "or fewer", "at most", "at the most", "maximum"),
    Bound.ABOUT: ("or so", "or thereabouts", "approximately", "more or less", "give or take"),
}
_LINK = r"(?:(?:the|its|their|total|sum|amount|of|worth|another|further|additional)\s{1,3}){0,3}"
# After these, the words are no bounds: "spread over", "spoke about", "adds up to".
_OTHER_SENSE = {
    "over": re.compile(
        r"\b(?:spread\w*|exten(?:d|ds|ded|ding)|stretch\w*|sprawl\w*|protest\w*|disputes?|hand(?:ed|s)|turn(?:ed|s)|took"
        r"|tak(?:en|es?|ing)|presid\w+|puts?)\s(?:\w+\s)?\Z",
        re.IGNORECASE,
    ),
    "about": re.compile(
        r"\b(?:sp(?:oke|eaks?|oken)|talk\w*|told|tells?|ask\w*|report\w*|inform\w*|hear[ds]?|learn\w*|complain\w*|contract"
        r"|agreement|memorandum)\s(?:in\s\d{4}\s)?\Z",
        re.IGNORECASE,
    ),
    "up to": re.compile(r"\b(?:add(?:s|ed|ing)?|sums?)\s\Z", re.IGNORECASE),
}
_OF_AREA = re.compile(
    r"\b(?:cover\w*|occup\w+|of|is|are|was|has|have|had|with|total\w*|reach\w*|to|from|by|at|and|than)\s\Z",
    re.IGNORECASE,
)
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
    return " ".join(words.casefold().split())


def _means_otherwise(phrase: str, head: str, *, area: bool) -> bool:
    other = _OTHER_SENSE.get(phrase)
    return (other is not None and other.search(head) is not None) or (
        area and phrase == "over" and _OF_AREA.search(head) is None
    )


def before(text: str, start: int, *, area: bool = False) -> Bounded | None:
    """Return the bound whose words end where the number at `start` begins; `at` is where the bounded words begin.

    With an `area`, "over" is a bound only after "covers", "of" and the like: "a park over 300 acres" may lie over them.
    """
    table, pattern = _before()
    window = max(0, start - _REACH)
    found = pattern.search(text[window:start])
    if not found:
        return None
    phrase = _key(found[1])
    if _means_otherwise(phrase, text[max(0, window + found.start() - 30) : window + found.start()], area=area):
        return None
    verb = any(phrase in verbs for verbs in _VERBS.values())
    return Bounded(table[phrase], start if verb else window + found.start())


def after(text: str, end: int) -> Bounded | None:
    """Return the bound whose words follow the number that ends at `end`; `at` is where the bounded words end."""
    table, pattern = _after()
    found = pattern.match(text, end)
    return Bounded(table[_key(found[1])], found.end()) if found else None
