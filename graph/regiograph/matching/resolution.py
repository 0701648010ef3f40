"""Who is who: entities united, people of one name parted, and what is for people to say.

Pairs are judged in two steps: those that are judged by themselves, and then, as they stand with the groups that came of
the first, those that are told apart by company, and those in doubt. What is kept in the index lets a change of some
articles cost no more than the pairs that it touches; the outcome is a function of all articles and of what people have
said, in whatever order they came (`tests/matching/test_index.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from regiograph.entities.identity import digest
from regiograph.matching.grouping import Groups, Pair, Ruled, binds, is_kept
from regiograph.matching.index import PROFILES, Index, Touched
from regiograph.matching.judging import DOUBTED, LOCAL, UNITED, judge
from regiograph.matching.ledger import Group
from regiograph.matching.profiles import Profile
from regiograph.matching.recent import Recent
from regiograph.matching.sheets import Sheet
from regiograph.terms import EntityType

FIRST, SECOND = 1, 2
"""The steps."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entities that may be one, by IRI, with a score from 0 to 1 and reasons in words."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """Which entities may be known otherwise than before: in all articles, and in those that have changed."""

    everywhere: frozenset[str]
    there: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who is who: of each entity of a group that under whose IRI all are known, and the pairs in doubt.

    `ruled` are the entities of which people have said that they are one with another; `moved` those whose groups would
    be others, if people said so.
    """

    firsts: Mapping[str, str]
    proposals: tuple[Proposal, ...]
    ruled: frozenset[str]
    moved: frozenset[str]


class Resolution:
    """Who is who by an index; `follow` brings it in line, the rest asks it."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def follow(self, changed: Iterable[tuple[str, Sheet | None]], ruled: Ruled) -> Followed:
        """Take over changed articles' sheets, None of those that are gone, and what people have said by now."""
        touched = self._index.replace(changed)
        ruled = self._held(ruled)
        said = {entity for pair in self._index.rule(ruled) for entity in pair}
        alone = touched.anew | self._judge(touched)
        groups = self._regroup(alone | touched.gone | said, ruled, FIRST)
        judged = alone | self._judge_again(touched, alone, groups)
        seeds = judged | touched.gone | said | groups.keys()
        moved = self._regroup(seeds, ruled, SECOND).keys()
        people = {e for e in touched.told - touched.gone if self._index.kind(e) is EntityType.PERSON}
        return Followed(frozenset(moved | said | people), frozenset(touched.told))

    def _judge(self, touched: Touched) -> set[str]:
        """Judge the pairs of which something else is told; return the entities of pairs that say or said something."""
        index = self._index
        seen = {other for entity in sorted(touched.anew | touched.gone) for other in index.unjudge_all(entity)}
        for entity in sorted(touched.anew):
            if index.kind(entity) not in LOCAL:
                for other in sorted(index.candidates(entity)):
                    if entity < other or other not in touched.anew:
                        seen.update(self._judged(_pair(entity, other)))
        for known in sorted(touched.known):  # what it tells to stand with these is another
            for pair in index.alike(index.beside(known) - touched.anew):
                if index.kind(pair[0]) not in LOCAL:
                    index.unjudge(pair, FIRST, SECOND)
                    self._judged(pair)
                    seen.update(pair)
        return seen - touched.gone

    def _judged(self, pair: Pair) -> tuple[str, ...]:
        if self._index.is_hopeless(*pair):
            return ()
        one, other = map(self._index.profile, pair)
        found = judge(one, other, self._index.rarity)
        if not is_kept(found):
            return ()
        self._index.keep(pair, FIRST, found)
        return pair

    def _judge_again(self, touched: Touched, alone: set[str], groups: Mapping[str, Group]) -> set[str]:
        """Judge, as they stand with groups, the pairs of the second step that a change has touched."""
        standing = _Standing(self._index)
        seen: set[str] = set()
        for pair in chain(self._own(touched, alone), sorted(self._others(touched, groups))):
            one, other = map(standing.profile, pair)
            found = judge(one, other, standing.rarity)
            self._index.unjudge(pair, SECOND)
            if is_kept(found) or one.type not in LOCAL:  # of these it says otherwise than the first step
                self._index.keep(pair, SECOND, found)
            seen.update(pair)
        return seen

    def _own(self, touched: Touched, alone: set[str]) -> Iterator[Pair]:
        """Yield the pairs of the second step of entities of which something else was judged."""
        for entity in sorted(alone):
            for other in sorted(self._doubtful(entity)):
                if entity < other or other not in alone:
                    yield _pair(entity, other)
            if entity in touched.anew:
                for other in sorted(self._local(entity)):
                    if entity < other or other not in touched.anew:
                        yield _pair(entity, other)

    def _others(self, touched: Touched, groups: Mapping[str, Group]) -> set[Pair]:
        """Return the pairs of the second step of entities that now stand with others, or with what tells otherwise."""
        index = self._index
        found: set[Pair] = set()
        for entity in sorted(_moved(groups, index)):
            for near in sorted(index.beside(entity) - touched.anew):
                found.update(_pair(near, other) for other in self._doubtful(near) | self._local(near))
        for known in sorted(touched.known):
            mates = {mate for each in groups.get(known, (known,)) for mate in index.mates(each, FIRST)}
            beside = {near for mate in mates for near in index.beside(mate)} - touched.anew
            found.update(
                pair for pair in index.alike(beside) if pair[1] in self._local(pair[0]) | self._doubtful(pair[0])
            )
        return found

    def _doubtful(self, entity: str) -> set[str]:
        """Return with whom an entity may be one by the first step, but for people to say."""
        judged = self._index.judged(entity, FIRST)
        return {e for pair, each in judged if DOUBTED <= each.score < UNITED for e in pair} - {entity}

    def _local(self, entity: str) -> set[str]:
        """Return whom an entity may be that is judged in the second step alone."""
        if not self._index.count(entity) or self._index.kind(entity) not in LOCAL:
            return set()
        return self._index.candidates(entity)

    def _regroup(self, seeds: set[str], ruled: Ruled, step: int) -> dict[str, Group]:
        """Group anew what hangs together with some entities; return those whose group is another, each with its old."""
        before, groups = self._regrouped(seeds, ruled, step)
        first = {entity: self._index.first(entity, step) for entity in before}
        for entity in before:
            self._index.leave(entity, step)
        for members in groups:
            self._index.unite(members, members[0], step)
        return {
            entity: mates
            for entity, mates in before.items()
            if self._index.first(entity, step) != first[entity] or self._index.mates(entity, step) != mates
        }

    def _regrouped(self, seeds: Iterable[str], ruled: Ruled, step: int) -> tuple[dict[str, Group], list[Group]]:
        """Return what hangs together with some entities, each with its group, and the groups that these make now."""
        before: dict[str, Group] = {}
        groups: list[Group] = []
        same, left = _partners(ruled.same), sorted(seeds)
        while left:
            if (seed := left.pop()) not in before:
                whole = self._whole(seed, same, step)
                groups += self._grouped(whole, ruled, step)
                for entity in sorted(whole):
                    before[entity] = self._index.mates(entity, step)
                    left.extend(before[entity])
        return before, groups

    def _whole(self, seed: str, same: Mapping[str, set[str]], step: int) -> set[str]:
        """Return what judgements that can unite, and people, tie to an entity, by however many others."""
        found, left = {seed}, [seed]
        while left:
            entity = left.pop()
            near = {e for way in range(FIRST, step + 1) for pair in self._binding(entity, way) for e in pair}
            near |= {other for other in same.get(entity, ()) if self._index.count(other)}
            left.extend(near - found)
            found |= near
        return found

    def _binding(self, entity: str, step: int) -> Iterator[Pair]:
        return (pair for pair, each in self._index.judged(entity, step) if binds(each))

    def _grouped(self, whole: set[str], ruled: Ruled, step: int) -> list[Group]:
        index = self._index
        if len(whole) == 1:
            return []
        judged = {pair: each for entity in whole for pair, each in index.judged(entity, FIRST) if binds(each)}
        groups = Groups(index.numbers, ruled)
        for pair in sorted(ruled.same):
            if whole.issuperset(pair):
                groups.unite(*pair, anyway=True)
        groups.unite_all(judged)
        if step is SECOND:
            again = (each for entity in whole for each in index.judged(entity, SECOND))
            judged |= {pair: each for pair, each in again if whole.issuperset(pair)}
            groups.unite_all({pair: each for pair, each in judged.items() if binds(each)})
            return [tuple(sorted(members, key=self._standing)) for members in groups.found()]
        return list(groups.found())

    def _standing(self, entity: str) -> tuple[int, int, str]:
        return -self._index.count(entity), -max(map(len, self._index.profile(entity).names)), entity

    def _held(self, ruled: Ruled) -> Ruled:
        """Return of what people have said what is about entities that some article mentions."""
        there = self._index.count
        same, different = (frozenset(p for p in each if all(map(there, p))) for each in (ruled.same, ruled.different))
        return Ruled(same, different)

    def outcome(self, ruled: Ruled | None = None) -> Outcome:
        """Return who is who; with `ruled`, as it will be if people say this, but for what then follows of company."""
        held = self._index.ruled() if ruled is None else self._held(ruled)
        before = self._index.ruled()
        other = {e for pair in (held.same ^ before.same) | (held.different ^ before.different) for e in pair}
        old, groups = self._regrouped(other, held, SECOND)
        firsts = self._index.firsts(SECOND)
        for entity in old:
            firsts.pop(entity, None)
        firsts.update((entity, members[0]) for members in groups for entity in members)
        found = (
            Proposal(*pair, each.score, each.reasons)
            for pair, each in self._index.doubted(DOUBTED)
            if pair not in held.different and firsts.get(pair[0], pair[0]) != firsts.get(pair[1], pair[1])
        )
        proposals = tuple(sorted(found, key=lambda proposal: (-proposal.score, proposal.one, proposal.other)))
        return Outcome(firsts, proposals, frozenset(e for pair in held.same for e in pair), frozenset(old))

    def known_as(self, entity: str, outcome: Outcome) -> tuple[str | None, Mapping[str, str]]:
        """Return under what IRI an entity is known, None for its own, and under what in articles that mean another."""
        first = outcome.firsts.get(entity)
        if first is not None:
            return (first if first != entity else None), {}
        if entity in outcome.ruled or self._index.count(entity) < 2:
            return None, {}
        profile = self._index.profile(entity)
        if profile.type is not EntityType.PERSON or len(profile.posts) < 2:
            return None, {}
        return None, dict(_parted(entity, dict(self._index.countries(entity))))


class _Standing:
    """Profiles as they stand with groups after the first step."""

    def __init__(self, index: Index) -> None:
        self._index, self._firsts = index, index.firsts(FIRST)
        self._profiles: Recent[str, Profile] = Recent(PROFILES)
        self._rare: dict[str, float] = {}

    def profile(self, entity: str) -> Profile:
        return self._profiles.of(
            entity, lambda e: self._index.profile(e).among(lambda each: self._firsts.get(each, each))
        )

    def rarity(self, first: str) -> float:
        """Return how much it tells to stand with a group: as much as with its best known."""
        if first not in self._firsts:
            return self._index.rarity(first)
        if first not in self._rare:
            self._rare[first] = min(map(self._index.rarity, self._index.mates(first, FIRST)))
        return self._rare[first]


def _moved(groups: Mapping[str, Group], index: Index) -> set[str]:
    """Return, of entities that are in another group now, given with their old ones, all parts but the best known.

    Who stands with the rest stands with the same as before, for all that it tells.
    """
    parts: dict[Group, dict[Group, int]] = defaultdict(dict)
    of: dict[tuple[Group, Group], set[str]] = defaultdict(set)
    for entity, old in groups.items():
        new = index.mates(entity, FIRST)
        for whole, part in ((old, new), (new, old)):
            parts[whole][part] = max(parts[whole].get(part, 0), index.count(entity))
        of[old, new].add(entity)
    moved: set[str] = set()
    for whole, known in parts.items():
        best = max(sorted(known), key=lambda part: known[part])
        for part in known.keys() - {best}:
            moved |= of[whole, part] | of[part, whole]
    return moved


def _partners(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _parted(entity: str, countries: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Yield the articles that tell of another person of this name, and under what IRI he is known.

    Articles are of one person if they tell of a common country, or one of them tells of none. Who is told of in most
    articles keeps the IRI; another's tells him apart by the countries.
    """
    if not all(countries.values()):
        return
    groups: list[tuple[set[str], set[str]]] = []
    for article, there in sorted(countries.items()):
        near = [each for each in groups if each[1] & there]
        groups = [each for each in groups if each not in near]
        groups.append(({article}.union(*(a for a, _ in near)), set(there).union(*(c for _, c in near))))
    _, *others = sorted(groups, key=lambda each: (-len(each[0]), min(each[0])))
    for articles, where in others:
        salt = digest(*sorted(where))[:6]
        yield from ((article, f"{entity}-{salt}") for article in articles)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
