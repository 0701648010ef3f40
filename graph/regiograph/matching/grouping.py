"""Entities united into groups by judgements of pairs, and by what people have said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from regiograph.matching.judging import DOUBTED, UNITED, Judgement

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What people have said: pairs that are one, and pairs that are not, each in the order of its IRIs."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


def binds(judgement: Judgement) -> bool:
    """Whether a judgement can unite two entities, by itself or for lack of anybody else."""
    return judgement.score >= UNITED or (
        judgement.short is not None and max(judgement.alone, judgement.score) >= DOUBTED
    )


def is_kept(judgement: Judgement) -> bool:
    """Whether a judgement says more than that two are two."""
    return judgement.score >= DOUBTED or binds(judgement)


class Groups:
    """Entities united two by two (union-find), unless something in the two groups speaks against it.

    `articles` returns the articles that mention an entity: those of which one speaks of both are two.
    """

    def __init__(self, articles: Callable[[str], frozenset[int]], ruled: Ruled) -> None:
        self._articles, self._different = articles, ruled.different
        self._above: dict[str, str] = {}
        self._members: dict[str, list[str]] = defaultdict(list)

    def unite(self, one: str, other: str, *, anyway: bool = False) -> None:
        """Unite the groups of two entities; what people have said, anyway."""
        a, b = self.of(one), self.of(other)
        if a == b or not (anyway or self._agree(self.members(a), self.members(b))):
            return
        first, second = sorted((a, b))
        self._members[first] = [*self.members(first), *self.members(second)]
        self._above[second] = first

    def unite_all(self, judged: Mapping[Pair, Judgement]) -> None:
        """Unite what is judged to be one, the likeliest first, and then names that can mean nobody else."""
        for pair in sorted(judged, key=lambda each: (-judged[each].score, each)):
            if judged[pair].score >= UNITED:
                self.unite(*pair)
        for pair in _unmistaken(judged, self):
            self.unite(*pair)

    def of(self, entity: str) -> str:
        """Return what stands for an entity's group."""
        while entity in self._above:
            entity = self._above[entity]
        return entity

    def members(self, group: str) -> list[str]:
        """Return the entities of a group."""
        return self._members.get(group, [group])

    def found(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups of two entities and more, sorted, as are their members."""
        groups = (members for group, members in self._members.items() if group not in self._above)
        return tuple(sorted(tuple(sorted(members)) for members in groups))

    def _agree(self, one: Iterable[str], other: Iterable[str]) -> bool:
        return not any(
            (min(a, b), max(a, b)) in self._different or self._articles(a) & self._articles(b)
            for a in one
            for b in other
        )


def _unmistaken(judged: Mapping[Pair, Judgement], groups: Groups) -> Iterator[Pair]:
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
