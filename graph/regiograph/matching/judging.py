"""Whether two entities of different articles are one: by their names, and by whom and what they stand with."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from regiograph.entities.vocabulary import classes
from regiograph.matching.company import Rarity, together
from regiograph.matching.comparing import Comparison, beyond, compare
from regiograph.matching.happenings import apart_in_time, same_day
from regiograph.matching.profiles import Profile
from regiograph.matching.scoring import likeness
from regiograph.matching.spelling import sound, words
from regiograph.terms import EntityType

UNITED = 0.9
"""From this score on two entities are one."""
DOUBTED = 0.5
"""From this score on they may be one, which is for people to say."""
LOCAL = frozenset({EntityType.PROJECT, EntityType.SITE, EntityType.EVENT})
"""Types that are told apart by where they are, and whose they are, more than by their names."""

NAMES = 3
"""So many names of an entity are compared, the most frequent ones."""

_COMPANY = 1.6  # what company speaks for, for each time that it is told by half as many
_MOST_COMPANY = 3.0  # beyond which more of it tells nothing
_SURNAME = 2.5  # what speaks against a person of whom one name is all that is told
_ALONE = 1.4  # what speaks against two that share nothing but their names
_UNLIKE, _HARDLY = 0.15, 0.5  # likeness of names that no company makes up for, and that it makes worth a question
_PARTLY = 0.85  # the most for a body of which one name says more than the other: "Titan" may be "Titan Arizona"
_SOME = 0.15  # of what two names weigh, that one has beyond the other
_EXPLAINABLE = 3  # words that one name has and the other has not, for which it is worth looking around
_LIKELY = 0.85  # likeness of two events that share day and company, or of projects of one owner
_EXPLAINED = 0.6  # of names of which one lacks nothing but what is told near it
_SOUNDS_ALIKE = 0.96  # of words: one name in two romanisations
_HALF = 0.5  # likeness of family names as they sound, below which they are different ones
_ANY = frozenset("new own future planned existing production project works".split())
_GENERAL = frozenset("government organization network site project company legal portfolio body".split())
_ONE_OF_SEVERAL = frozenset(
    "second third fourth fifth phase stage extension expansion 2 3 4 5 6 7 8 9 ii iii iv".split()
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely two entities are one, from 0 to 1, and why, in words.

    Where one name is a part of the other ("Dorn", "Matthias Dorn"), `short` is the entity that has it, and `alone` the
    score if there is nobody else whom it can mean; else they are None and the score.
    """

    score: float
    reasons: tuple[str, ...]
    short: str | None = None
    alone: float = 0.0


def judge(one: Profile, other: Profile, rarity: Rarity) -> Judgement:
    """Return a judgement of two entities; `rarity` tells of what they stand with how much that tells."""
    if (against := _never(one, other)) is not None:
        return Judgement(0.0, (against,))
    named, first, second = _most_alike(one.type, one.names, other.names)
    met = compare(one.type, first, second)
    shared, company = together(one, other, rarity)
    reasons = _reasons(named, first, second, shared, company)
    met_there = same_day(one, other) and bool(shared)
    if met_there:
        named, reasons = max(named, _LIKELY), (*reasons, "both were on the same day")
    doubt, known = _doubt(one, other, met), _COMPANY * min(company, _MOST_COMPANY)
    told = _logit(named) + known - (_ALONE if not company and not _respelt(met) else 0.0)
    score = _probability(told - doubt - (_SURNAME if one.type is EntityType.PERSON and met.single else 0.0))
    short = _short(one, other, first, second, met) if company and (named < 1 or one.type in LOCAL) else None
    base = _logit(_LIKELY if _owned(one, other) else _EXPLAINED)
    alone = _probability(max(told, base + known) - doubt) if short else 0.0
    if named < _UNLIKE:
        score = min(score, DOUBTED / 2)
    elif not met_there and (named < _HARDLY or _is_part(one, met) or (not shared and _is_described(one, first))):
        score = min(score, _PARTLY)
    return Judgement(round(score, 4), reasons, short, round(alone, 4))


def is_hopeless(kind: EntityType, names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two names are those of two, whatever else is told of them, so that `judge` would say nothing of them.

    `kind` is the type of the first in the order of their IRIs.
    """
    if kind not in (EntityType.PERSON, EntityType.COMPANY):
        return False
    named, first, second = _most_alike(kind, names, others)
    return named < _UNLIKE and not (kind is EntityType.PERSON and compare(kind, first, second).single)


def _most_alike(kind: EntityType, names: Sequence[str], others: Sequence[str]) -> tuple[float, str, str]:
    """Return how alike two entities' names are, and the two that are most so."""
    pairs = product(names[:NAMES], others[:NAMES])
    return max(((likeness(kind, a, b), a, b) for a, b in pairs), key=lambda each: each[0])


def _never(one: Profile, other: Profile) -> str | None:
    """Return why two entities cannot be one, if they cannot."""
    if one.articles & other.articles:
        return "one article speaks of both"
    if one.codes and other.codes and not one.codes & other.codes:
        return "they have different codes"
    if apart_in_time(one, other):
        return "they were at different times"
    if one.type is EntityType.PERSON and not any(
        map(_may_be_of_one, *zip(*product(one.names, other.names), strict=True))
    ):
        return "they have different family names"
    return None


@lru_cache(maxsize=100_000)
def _may_be_of_one(one: str, other: str) -> bool:
    """Whether the last word of a person's name is like some word of another's, or one of them has no other word."""
    first, second = (tuple(map(sound, words(name))) for name in (one, other))
    if min(len(first), len(second)) < 2 or first[-1] in second or second[-1] in first:
        return True
    return OSA.normalized_similarity(first[-1], second[-1]) >= _HALF


def _doubt(one: Profile, other: Profile, met: Comparison) -> float:
    """Return what speaks against two whose names are alike."""
    doubt = 0.0 if one.type is other.type else 1.0
    elsewhere = 2.0 if _elsewhere(one.countries, other.countries) else 0.0
    if one.type is EntityType.PERSON:
        other_posts = bool(one.posts and other.posts and not one.posts & other.posts)
        doubt += 2.0 * met.initials + 0.8 * other_posts
        if _respelt(met) and not other_posts:
            elsewhere = 0.0  # people travel: two of one name are taken for one unless their posts say otherwise
    elif one.type in LOCAL and not same_day(one, other) and not _owned(one, other):
        doubt += 1.0  # "the plant" of one town is not that of another
    return doubt + elsewhere


def _respelt(met: Comparison) -> bool:
    """Whether two names are one in two spellings, with given and family name."""
    same = met.worst >= _SOUNDS_ALIKE and not met.more and not met.apart
    return same and not met.initials and not met.single


def _is_part(one: Profile, met: Comparison) -> bool:
    """Whether one of two names of a body or a place says more than the other, so that it may be a part of it."""
    return one.type is not EntityType.PERSON and not met.acronym and met.more > _SOME


def _is_described(one: Profile, name: str) -> bool:
    """Whether a thing has no name of its own and is only described, as "car plant" of one town and another."""
    return one.type in LOCAL and all(word.islower() for word in name.split()[1:])


def _short(one: Profile, other: Profile, first: str, second: str, met: Comparison) -> str | None:
    """Return whose name is a part of the other's, so that it can mean this one and others.

    It is the name of a person with one word, or one that lacks nothing but words for what its bearer stands with; of
    the projects of one owner any name that says less than the other. A company that says more is another.
    """
    left = beyond(one.type, first, second)
    if one.type is EntityType.PERSON:
        if not met.single or not met.last or all(left):
            return None
        return one.entity if left[1] else other.entity
    if one.type is EntityType.COMPANY:
        return None  # a company called by a place or a trade more is a daughter
    if _ONE_OF_SEVERAL & {*words(first)} ^ _ONE_OF_SEVERAL & {*words(second)}:
        return None
    owned = _owned(one, other)
    if owned and _elsewhere(one.places, other.places):
        return None
    if not owned and all(left) and min(map(len, left)) > _EXPLAINABLE:
        return None
    here, there = (tuple(word for word in said if not _is_told(word, one, other)) for said in left)
    if (here and there) or ((here or there) and not owned) or not (any(left) or owned):
        return None
    return one.entity if there or (left[1] and not here) else other.entity


def _is_told(word: str, one: Profile, other: Profile) -> bool:
    """Whether a word sounds like one of the name of something near, or says of what kind a thing is."""
    if word in _ANY or _GENERAL & set(classes(word)):
        return True
    heard = sound(word)
    return any(heard == sound(each) for profile in (one, other) for name in profile.named for each in words(name))


def _owned(one: Profile, other: Profile) -> bool:
    """Whether two are projects of one owner."""
    return one.type is other.type is EntityType.PROJECT and bool(one.owners & other.owners)


def _elsewhere(one: Collection[str], other: Collection[str]) -> bool:
    return bool(one and other) and not set(one) & set(other)


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


def _probability(told: float) -> float:
    return 1 / (1 + math.exp(-told))
