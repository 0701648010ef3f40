"""Whether two entities of different articles are one: by their names, and by whom and what they stand with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from regiograph.matching.comparing import compare
from regiograph.matching.profiles import Profile
from regiograph.matching.scoring import likeness
from regiograph.terms import EntityType

UNITED = 0.9
"""From this score on two entities are one."""
DOUBTED = 0.5
"""From this score on they may be one, which is for people to say."""

_NAMES = 3  # of an entity, that are compared
_COMPANY = 1.6  # what company speaks for, for each time that it is told by half as many
_ALONE = 1.4  # what speaks against two that share nothing but their names
_UNLIKE, _HARDLY = 0.15, 0.5  # likeness of names that no company makes up for, and that it makes worth a question
_PARTLY = 0.85  # the most for a body of which one name says more than the other: "Titan" may be "Titan Arizona"
_SOME = 0.15  # of what two names weigh, that one has beyond the other
_LOCAL = frozenset({EntityType.PROJECT, EntityType.SITE, EntityType.EVENT})


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely two entities are one, from 0 to 1, and why, in words."""

    score: float
    reasons: tuple[str, ...]


def judge(one: Profile, other: Profile, rarity: Mapping[str, float]) -> Judgement:
    """Return a judgement; `rarity` tells of an entity how much it tells to stand with it (`rarities`)."""
    if (against := _never(one, other)) is not None:
        return Judgement(0.0, (against,))
    named, (first, second) = max(
        ((likeness(one.type, a, b), (a, b)) for a, b in product(one.names[:_NAMES], other.names[:_NAMES])),
        key=lambda each: each[0],
    )
    shared = (one.near & other.near) | (one.near & other.around) | (one.around & other.near)
    company = sum(rarity.get(entity, 0.0) for entity in sorted(shared or one.around & other.around))
    if not shared:
        company /= 3  # in one article with the same, and no more
    told = _logit(named) + _COMPANY * min(company, 3.0) - (_ALONE if not company else 0.0)
    score = 1 / (1 + math.exp(_doubt(one, other, first, second) - told))
    if named < _UNLIKE:
        score = min(score, DOUBTED / 2)
    elif named < _HARDLY or _is_part(one, first, second):
        score = min(score, _PARTLY)
    return Judgement(round(score, 4), _reasons(named, first, second, shared, company))


def rarities(known: Mapping[str, Profile]) -> dict[str, float]:
    """Return how much it tells to stand with an entity: 1 with one that two articles know, less the more know it."""
    return {e: min(1.0, 1 / math.log2(max(2, len(p.articles)))) for e, p in known.items()}


def _never(one: Profile, other: Profile) -> str | None:
    """Return why two entities cannot be one, if they cannot."""
    if one.articles & other.articles:
        return "one article speaks of both"
    if one.codes and other.codes and not one.codes & other.codes:
        return "they have different codes"
    return None


def _doubt(one: Profile, other: Profile, first: str, second: str) -> float:
    """Return what speaks against two whose names are alike."""
    doubt = 0.0 if one.type is other.type else 1.0
    if one.type is EntityType.PERSON:
        met = compare(one.type, first, second)
        doubt += 2.0 * met.initials + 2.5 * met.single
        if one.posts and other.posts and not one.posts & other.posts:
            doubt += 0.8
    elif one.type in _LOCAL:
        doubt += 1.0  # "the plant" of one town is not that of another
    countries = [frozenset().union(*profile.countries.values()) for profile in (one, other)]
    if all(countries) and not countries[0] & countries[1]:
        doubt += 2.0
    return doubt


def _is_part(one: Profile, first: str, second: str) -> bool:
    """Whether one of two names of a body or a place says more than the other, so that it may be a part of it."""
    met = compare(one.type, first, second)
    return one.type is not EntityType.PERSON and not met.acronym and met.more > _SOME


def _reasons(named: float, first: str, second: str, shared: frozenset[str], company: float) -> tuple[str, ...]:
    said = [f"“{first}” and “{second}” are {named:.0%} alike"]
    if shared:
        said.append(f"both stand with {len(shared)} of the same")
    elif company:
        said.append("their articles mention the same")
    else:
        said.append("they have no company in common")
    return tuple(said)


def _logit(share: float) -> float:
    bounded = min(max(share, 0.001), 0.995)
    return math.log(bounded / (1 - bounded))
