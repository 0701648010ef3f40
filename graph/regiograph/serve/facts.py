"""What is known of an entity as its page tells it: fact by fact, in words, with the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from regiograph.network.projection import Fact, Quotation
from regiograph.serve import links
from regiograph.view import wording
from regiograph.view.links import sentence_url
from regiograph.view.looks import relation


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, the article that says it, and where it can be read: here, and at its source if that is a web page."""

    words: str
    title: str
    told: str  # publisher and date
    here: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A fact from the side of one entity: the other one, or a value, and what qualifies it."""

    link: str | None
    label: str
    type: str | None
    notes: tuple[str, ...]
    date: str | None
    modality: str
    confidence: float
    quotes: tuple[Quote, ...]
    sort: tuple[bool, str, str]


Groups = tuple[tuple[str, tuple[Told, ...]], ...]


def groups(graph: nx.MultiDiGraph[str], entity: str, base: str) -> Groups:
    """Return the facts of an entity by relation as it reads from there, those with most facts first."""
    found: dict[str, list[Told]] = {}
    for name, told in _told(graph, entity, base):
        found.setdefault(name, []).append(told)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple((name, tuple(sorted(facts, key=lambda fact: fact.sort))) for name, facts in ranked)


def _told(graph: nx.MultiDiGraph[str], entity: str, base: str) -> Iterator[tuple[str, Told]]:
    for fact in graph.nodes[entity]["facts"]:
        value = wording.literal(fact.predicate, fact.value, dict(fact.qualifiers))
        yield relation(fact.predicate)[0], _fact(fact, base, label=value)
    for source, target, data in graph.edges(data=True):
        if entity not in (source, target):
            continue
        other = target if source == entity else source
        fact = Fact(value="", **data)
        known: Mapping[str, Any] = graph.nodes[other]
        name = relation(fact.predicate)[0 if source == entity else 1]
        link = links.local(base, other)
        yield name, _fact(fact, base, label=known["label"], link=link, kind=known["type"])


def _fact(fact: Fact, base: str, *, label: str, link: str | None = None, kind: str | None = None) -> Told:
    return Told(
        link=link,
        label=label,
        type=kind,
        notes=tuple(wording.notes(fact.predicate, dict(fact.qualifiers))),
        date=wording.date(fact.date) if fact.date else None,
        modality=fact.modality,
        confidence=fact.confidence,
        quotes=tuple(quote(quotation, base) for quotation in fact.evidence),
        sort=(fact.modality != "asserted", fact.date or "9", label),
    )


def quote(quotation: Quotation, base: str) -> Quote:
    """Return a quotation as a page shows it."""
    date = wording.date(quotation.date) if quotation.date else None
    return Quote(
        words=quotation.quote,
        title=quotation.title,
        told=", ".join(filter(None, (quotation.publisher, date))),
        here=links.sentence(base, quotation.article, quotation.start, quotation.end),
        source=sentence_url(quotation.url, quotation.quote),
    )
