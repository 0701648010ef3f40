"""Who is who in a store: entities united, people of one name parted, and what is for people to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

import pyoxigraph as ox

from regiograph.entities.identity import digest
from regiograph.matching.blocking import candidates
from regiograph.matching.judging import DOUBTED, LOCAL, UNITED, Judgement, judge
from regiograph.matching.profiles import Profile, profiles
from regiograph.matching.scene import Scene
from regiograph.terms import EntityType

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entities that may be one, by IRI, with a score from 0 to 1 and reasons in words."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What people have said: pairs that are one, and pairs that are not."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Mentions that are known otherwise than by their own IRI, and as what; what was united; what is in doubt."""

    mentions: Mapping[str, str] = field(default_factory=dict)
    united: tuple[tuple[str, ...], ...] = ()
    parted: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What articles alone tell of entities and of pairs that may be one, whatever people have decided.

    `pairs` are all that may be one, `judged` those that are judged by themselves.
    """

    profiles: Mapping[str, Profile]
    pairs: tuple[Pair, ...]
    judged: Mapping[Pair, Judgement]

    @classmethod
    def of(cls, known: Mapping[str, Profile]) -> Self:
        """Judge the pairs of entities that may be one, but for those that depend on who else is one."""
        pairs = tuple(sorted(candidates(known)))
        return cls(known, pairs, _judged(known, (pair for pair in pairs if known[pair[0]].type not in LOCAL)))

    @classmethod
    def read(cls, quads: ox.Store) -> Self:
        """Return what the articles of a store tell."""
        return cls.of(profiles(quads))


def resolve(known: Mapping[str, Profile], ruled: Ruled | None = None) -> Resolution:
    """Return who is who among entities by their own IRIs; the same entities and rulings give the same.

    The first of each united group is that under whose IRI all are known: the one that most articles mention.
    """
    return decided(Known.of(known), ruled or Ruled())


def decided(told: Known, said: Ruled) -> Resolution:
    """Return who is who, as `resolve` does, from what has been judged already."""
    known, judged = told.profiles, dict(told.judged)
    groups = _Groups(known, said)
    for pair in sorted(said.same):
        groups.unite(*pair, anyway=True)
    _unite(groups, judged)
    # What stands with one of two spellings of a company stands with the company.
    again = [pair for pair in told.pairs if pair not in judged or DOUBTED <= judged[pair].score < UNITED]
    judged |= _judged({e: _in_groups(p, groups) for e, p in known.items()}, again)
    _unite(groups, judged)
    united = groups.found()
    mentions = {m.node: members[0] for members in united for e in members[1:] for m in known[e].mentions}
    parted = dict(_parted(known, {e for members in united for e in members} | {e for p in said.same for e in p}))
    doubted = _doubted(judged, groups, said)
    return Resolution({**mentions, **parted}, united, tuple(sorted(set(parted.values()))), doubted)


def _judged(known: Mapping[str, Profile], pairs: Iterable[Pair]) -> dict[Pair, Judgement]:
    scene = Scene.of(known)
    return {pair: judge(known[pair[0]], known[pair[1]], scene) for pair in pairs}


def _in_groups(profile: Profile, groups: _Groups) -> Profile:
    """Return a profile that stands with groups, by what stands for each."""
    near, around, posts = (frozenset(map(groups.of, each)) for each in (profile.near, profile.around, profile.posts))
    return replace(profile, near=near, around=around, posts=posts)


def _unite(groups: _Groups, judged: Mapping[Pair, Judgement]) -> None:
    for pair in sorted(judged, key=lambda each: (-judged[each].score, each)):
        if judged[pair].score >= UNITED:
            groups.unite(*pair)
    for pair in _unmistaken(judged, groups):
        groups.unite(*pair)


class _Groups:
    """Entities united two by two (union-find), unless something in the two groups speaks against it."""

    def __init__(self, known: Mapping[str, Profile], ruled: Ruled) -> None:
        self._known, self._different = known, ruled.different
        self._above: dict[str, str] = {}
        self._members: dict[str, list[str]] = defaultdict(list)

    def unite(self, one: str, other: str, *, anyway: bool = False) -> None:
        """Unite the groups of two entities; what people have said, anyway."""
        if one not in self._known or other not in self._known:
            return
        a, b = self.of(one), self.of(other)
        if a == b or not (anyway or self._agree(self.members(a), self.members(b))):
            return
        first, second = sorted((a, b))
        self._members[first] = [*self.members(first), *self.members(second)]
        self._above[second] = first

    def of(self, entity: str) -> str:
        """Return what stands for an entity's group."""
        while entity in self._above:
            entity = self._above[entity]
        return entity

    def members(self, group: str) -> list[str]:
        """Return the entities of a group."""
        return self._members.get(group, [group])

    def found(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups of two entities and more, each with its best known first."""
        groups = (members for group, members in self._members.items() if group not in self._above)
        return tuple(sorted(tuple(sorted(members, key=self._standing)) for members in groups))

    def _standing(self, entity: str) -> tuple[int, int, str]:
        profile = self._known[entity]
        return -len(profile.articles), -max(map(len, profile.names)), entity

    def _agree(self, one: Iterable[str], other: Iterable[str]) -> bool:
        return not any(
            (min(a, b), max(a, b)) in self._different or self._known[a].articles & self._known[b].articles
            for a in one
            for b in other
        )


def _unmistaken(judged: Mapping[Pair, Judgement], groups: _Groups) -> Iterator[Pair]:
    """Yield the pairs in which a name that is part of another can mean nobody else, the likeliest first."""
    meant: dict[str, list[tuple[float, Pair]]] = defaultdict(list)
    for pair, each in judged.items():
        if each.short is not None and max(each.alone, each.score) >= DOUBTED:
            meant[each.short].append((-each.alone, pair))
    for short in sorted(meant, key=lambda entity: (min(meant[entity]), entity)):
        others = {groups.of(entity) for _, pair in meant[short] for entity in pair if entity != short}
        best, pair = min(meant[short])
        if len(others - {groups.of(short)}) == 1 and -best >= UNITED:
            yield pair


def _doubted(judged: Mapping[Pair, Judgement], groups: _Groups, ruled: Ruled) -> tuple[Proposal, ...]:
    """Return the pairs in doubt that nothing has decided, the likeliest first."""
    found = (
        Proposal(*pair, each.score, each.reasons)
        for pair, each in judged.items()
        if each.score >= DOUBTED and pair not in ruled.different and groups.of(pair[0]) != groups.of(pair[1])
    )
    return tuple(sorted(found, key=lambda proposal: (-proposal.score, proposal.one, proposal.other)))


def _parted(known: Mapping[str, Profile], left: Collection[str]) -> Iterable[tuple[str, str]]:
    """Yield the mentions of people of one name who are not one, and under what IRI they are known.

    Articles are of one person if their persons stand with a common entity, or in a common country. Who is told of in
    most articles keeps the IRI; another's tells him apart by the body in which he holds his post.
    """
    for entity, profile in known.items():
        if profile.type is not EntityType.PERSON or entity in left:
            continue
        if min(len(profile.articles), len(profile.posts)) < 2:
            continue
        first, *others = _persons(profile)
        for articles in others if first else ():
            salt = digest(*sorted({c for a in articles for c in profile.countries[a]}))[:6]
            for mention in profile.mentions:
                if mention.article in articles:
                    yield mention.node, f"{entity}-{salt}"


def _persons(profile: Profile) -> list[frozenset[str]]:
    """Return the articles of each person of a name, those of the best known first."""
    found: list[set[str]] = []
    for article in sorted(profile.articles):
        near = [group for group in found if any(_may_meet(profile, article, other) for other in group)]
        merged = {article}.union(*near)
        found = [group for group in found if group not in near] + [merged]
    return sorted(map(frozenset, found), key=lambda group: (-len(group), min(group)))


def _may_meet(profile: Profile, one: str, other: str) -> bool:
    """Whether two articles can be about one person: they name a common country, or one of them names none."""
    here, there = profile.countries[one], profile.countries[other]
    return not here or not there or bool(here & there)
