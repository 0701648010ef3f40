"""The facts of a projected graph one by one: those between entities and those that end in a literal alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

import networkx as nx

from regiograph.network.projection import Fact, edge_fact
from regiograph.terms import QUALIFIERS

_PLAIN = MappingProxyType({"subject": "topic", "what": "purpose", "qualifier": "bound", "in": "context"})
_DATED = frozenset({"date", "since", "until", "period"})

COLUMNS: tuple[str, ...] = tuple(sorted(_PLAIN.get(name, name) for name in QUALIFIERS))
"""What a fact may say beside its two ends, under names that none of its ends has."""


class Stated(NamedTuple):
    """A fact with its ends; `object` is None where it ends in a literal, which is `fact.value`."""

    iri: str
    subject: str
    object: str | None
    fact: Fact

    @property
    def qualifiers(self) -> Mapping[str, str]:
        """What it says beside its ends, named as in COLUMNS; dates are EDTF."""
        said = self.fact.qualifiers
        return {_PLAIN.get(name, name): edtf(value) if name in _DATED else value for name, value in said}

    @property
    def articles(self) -> tuple[str, ...]:
        """The IRIs of the articles that say so, sorted."""
        return tuple(sorted({quotation.article for quotation in self.fact.evidence}))

    @property
    def newest(self) -> str:
        """The date of the newest article that says so, "" if none has one."""
        return max((quotation.date or "" for quotation in self.fact.evidence), default="")


def stated(graph: nx.MultiDiGraph[str]) -> tuple[Stated, ...]:
    """Return all facts of a projected graph, in the order of their IRIs."""
    return tuple(sorted((*_between(graph), *_ending_in_literals(graph)), key=attrgetter("iri")))


def by_ends(graph: nx.MultiDiGraph[str]) -> tuple[Stated, ...]:
    """Return all facts as people read them: those that end in a literal by subject, then those between entities."""
    return tuple(sorted(stated(graph), key=lambda s: (s.object is not None, s.subject, s.object or "", s.iri)))


def edtf(date: str) -> str:
    """Return a date in EDTF, in which a day or month of no stated year ("--06-08") is "XXXX-06-08"."""
    return f"XXXX{date[1:]}" if date.startswith("--") else date


def _between(graph: nx.MultiDiGraph[str]) -> Iterator[Stated]:
    for subject, obj, key, data in graph.edges(keys=True, data=True):
        yield Stated(key, subject, obj, edge_fact(data, key))


def _ending_in_literals(graph: nx.MultiDiGraph[str]) -> Iterator[Stated]:
    for subject, known in graph.nodes(data=True):
        yield from (Stated(fact.iri, subject, None, fact) for fact in known["facts"])
