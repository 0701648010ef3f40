"""What a build amounts to: counts of the store as it now is, and everything that was refused.

A function of the store and of the refusals alone: an interrupted build, run again, reports what an undisturbed one
does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from regiograph.articles.reading import Refusal
from regiograph.query.local import select
from regiograph.rdf.store import Store
from regiograph.terms import EntityType, Predicate

_ARTICLES = "SELECT (rg:Article AS ?key) (COUNT(*) AS ?n) { GRAPH ?a { ?a a rg:Article } }"
_ENTITIES = "SELECT ?key (COUNT(*) AS ?n) { ?e a ?key ; rg:articleCount ?any } GROUP BY ?key"
_CLAIMS = "SELECT ?key (COUNT(*) AS ?n) { GRAPH ?a { ?c a rg:Claim ; rdf:predicate ?key } } GROUP BY ?key"
_MODALITIES = "SELECT ?key (COUNT(*) AS ?n) { GRAPH ?a { ?c a rg:Claim ; rg:modality ?key } } GROUP BY ?key"
_FACTS = "SELECT ?key (COUNT(DISTINCT ?f) AS ?n) { ?f rg:supportedBy ?any ; rdf:predicate ?key } GROUP BY ?key"

_OMISSIONS = """SELECT ?article ?cause ?n {
  GRAPH ?a { ?a dcterms:identifier ?article . ?o a rg:Omission ; rg:cause ?cause ; rg:omissionCount ?n }
} ORDER BY ?article ?cause"""

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Omitted:
    """How many things that a language model said of an article were refused for one cause."""

    article: str
    cause: str
    number: int


@dataclass(frozen=True, slots=True)
class Report:
    """The state of a store after a build.

    Counts are pairs of a local name and a number, the largest first. Claims less confident than `min_confidence`
    are kept in their article's graph, and make no fact. `refused` are articles and claims that are not in the store,
    `omitted` is what a language model said of those that are, and was refused.
    """

    articles: int
    entities: Counts
    claims: Counts
    modalities: Counts
    facts: int
    min_confidence: float
    duplicates: tuple[tuple[str, ...], ...]
    refused: tuple[Refusal, ...]
    omitted: tuple[Omitted, ...]
    files: tuple[str, ...]

    def to_json(self) -> str:
        """Return the report as JSON; the same report gives the same text."""
        plain = asdict(self) | {name: dict(getattr(self, name)) for name in ("entities", "claims", "modalities")}
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def survey(store: Store, *, refused: Sequence[Refusal], files: Sequence[Path]) -> Report:
    """Count what the store holds."""
    return Report(
        articles=sum(n for _, n in _rows(store, _ARTICLES)),
        entities=_counts(store, _ENTITIES, frozenset(EntityType)),
        claims=_counts(store, _CLAIMS, frozenset(Predicate)),
        modalities=_counts(store, _MODALITIES),
        facts=sum(n for _, n in _counts(store, _FACTS)),
        min_confidence=store.min_confidence,
        duplicates=store.duplicates(),
        refused=tuple(refused),
        omitted=tuple(Omitted(article, cause, int(n)) for article, cause, n in select(store, _OMISSIONS).texts()),
        files=tuple(path.name for path in files),
    )


def _counts(store: Store, query: str, names: frozenset[str] | None = None) -> Counts:
    found = ((key.rpartition("#")[2], n) for key, n in _rows(store, query))
    wanted = [(name, n) for name, n in found if names is None or name in names]
    return tuple(sorted(wanted, key=lambda pair: (-pair[1], pair[0])))


def _rows(store: Store, query: str) -> list[tuple[str, int]]:
    return [(key, int(n)) for key, n in select(store, query).texts()]
