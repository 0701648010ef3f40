"""Sheets of articles by hand, and who is who by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from regiograph.matching.grouping import Ruled
from regiograph.matching.index import Index
from regiograph.matching.resolution import Outcome, Proposal, Resolution
from regiograph.matching.sheets import Sheet, Told
from regiograph.terms import EntityType


@dataclass(frozen=True)
class Found:
    """Who is who: mentions as `entity@article` and how they are known, groups, pairs in doubt."""

    mentions: dict[str, str]
    united: tuple[tuple[str, ...], ...]
    proposals: tuple[Proposal, ...]


@dataclass
class World:
    """Entities of articles by number."""

    entities: dict[str, dict] = field(default_factory=dict)

    def entity(self, iri, kind, name, articles, near=(), posts=(), countries=None, codes=(), days=()):
        """Add an entity that articles, by number, mention."""
        self.entities[iri] = {
            "told": Told(kind, (name,), tuple(codes)),
            "articles": articles,
            "near": near,
            "posts": posts,
            "countries": countries or {},
            "days": tuple(days),
        }
        return iri

    def sheets(self) -> dict[str, Sheet]:
        """Return the sheets, by article."""
        told: dict[int, dict[str, Told]] = defaultdict(dict)
        ties, posts, days = defaultdict(set), defaultdict(set), defaultdict(dict)
        for iri, each in self.entities.items():
            for n in each["articles"]:
                told[n][iri] = each["told"]
                ties[n].update((iri, other) for other in each["near"])
                posts[n].update((iri, body) for body in each["posts"])
                days[n] |= {iri: each["days"]} if each["days"] else {}
                for code in each["countries"].get(n, ()):
                    told[n][f"country/{code}"] = Told(EntityType.COUNTRY, (code,), (code,))
        return {
            f"article/{n}": Sheet(
                told[n],
                tuple(sorted(tie for tie in ties[n] if tie[1] in told[n])),
                tuple(sorted(posts[n])),
                days[n],
            )
            for n in sorted(told)
        }

    def index(self) -> Index:
        """Return an index of the articles that nobody has resolved."""
        index = Index.open(None, "test")
        index.replace(self.sheets().items())
        return index

    def resolve(self, ruled: Ruled | None = None, order: Callable[[Iterable], Iterable] = iter) -> Found:
        """Return who is who."""
        resolution = Resolution(Index.open(None, "test"))
        resolution.follow(order(list(self.sheets().items())), ruled or Ruled())
        return found(resolution, self.entities)


def found(resolution: Resolution, entities: Iterable[str]) -> Found:
    """Return who is who among some entities."""
    outcome: Outcome = resolution.outcome()
    mentions = {}
    for entity in entities:
        first, otherwise = resolution.known_as(entity, outcome)
        for article, _ in resolution._index.countries(entity):
            if to := otherwise.get(article, first):
                mentions[f"{entity}@{article.removeprefix('article/')}"] = to
    groups: dict[str, list[str]] = {}
    for entity, first in sorted(outcome.firsts.items()):
        groups.setdefault(first, [first]).extend([entity] if entity != first else [])
    return Found(mentions, tuple(sorted(map(tuple, groups.values()))), outcome.proposals)
