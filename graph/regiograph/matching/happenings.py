"""When events were: two tellings of one are of the same days, and next year's is another."""

from __future__ import annotations

from collections.abc import Mapping

from regiograph.matching.profiles import Profile
from regiograph.matching.spelling import words
from regiograph.terms import EntityType

_DAY = len("2024-03-01")
_KINDS: Mapping[str, str] = {
    word: kind
    for kind, said in {
        "gathering": "forum conference congress summit assembly convention symposium session week days exhibition expo",
        "signing": "signing signature contract agreement memorandum deal ceremony",
        "visit": "visit mission trip tour delegation stay roadshow",
        "meeting": "meeting talks negotiations conversation reception roundtable",
        "showing": "presentation demonstration exposition stand",
        "opening": "opening inauguration launch commissioning start",
    }.items()
    for word in said.split()
}


def same_day(one: Profile, other: Profile) -> bool:
    """Whether two events were on a common day, and their names do not say that they were of different kinds."""
    if one.type is not EntityType.EVENT or other.type is not EntityType.EVENT:
        return False
    if not any(len(day) == _DAY for day in one.days & other.days):
        return False
    first, second = _kinds(one), _kinds(other)
    return not first or not second or bool(first & second)


def apart_in_time(one: Profile, other: Profile) -> bool:
    """Whether the days of two events are told, and are not the same."""
    if one.type is not EntityType.EVENT or not one.days or not other.days:
        return False
    return not any(a.startswith(b) or b.startswith(a) for a in one.days for b in other.days)


def _kinds(event: Profile) -> frozenset[str]:
    found = (_KINDS[word] for name in event.names for word in words(name) if word in _KINDS)
    return frozenset(found)
