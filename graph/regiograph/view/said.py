"""What an article's graph says, in words: whom and what it names, and each of its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

import pyoxigraph as ox

from regiograph.network.content import LITERALS, Content, Parts
from regiograph.rdf.vocabulary import local_name
from regiograph.terms import Modality, Polarity
from regiograph.view import wording
from regiograph.view.looks import relation

_Node = dict[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """An entity, by its IRI, as an article names it, and how many times."""

    iri: str
    label: str
    type: str
    times: int


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in words; `obj` is None where it ends in `value`.

    Its evidence are `words`, which are the characters [start, end) of the article's text.
    """

    iri: str
    subject: Name
    relation: str
    obj: Name | None
    value: str | None
    notes: tuple[str, ...]
    date: str | None
    modality: str
    denied: bool
    confidence: float
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Telling:
    """The graph of an article, read into memory."""

    iri: str
    title: str
    source: str | None
    date: str | None
    url: str | None
    names: dict[str, Name] = field(repr=False)
    _nodes: dict[str, _Node] = field(repr=False)

    @classmethod
    def read(cls, quads: ox.Store, node: ox.NamedNode) -> Self | None:
        """Return what the graph of an article says; None if the node is no article."""
        nodes = _nodes(quads, node)
        known = nodes.get(node.value, {})
        if local_name(known.get("type", "")) != "Article":
            return None
        names = {each["entity"]: _name(each) for each in nodes.values() if "entity" in each}
        title = known.get("title") or known["identifier"]
        return cls(node.value, title, known.get("source"), _date(known.get("issued")), known.get("url"), names, nodes)

    @property
    def told(self) -> str:
        """Its publisher and date, as far as they are known."""
        return ", ".join(filter(None, (self.source, self.date)))

    def claims(self) -> Iterator[Said]:
        """Yield its claims, in no order."""
        parts = Parts(self._nodes)
        for iri, node in self._nodes.items():
            if "evidence" in node:
                yield self._said(iri, Content.read(node, parts), node)

    def claim(self, iri: str) -> Said | None:
        """Return one of its claims; None if it makes no such claim."""
        node = self._nodes.get(iri, {})
        return self._said(iri, Content.read(node, Parts(self._nodes)), node) if "evidence" in node else None

    def _said(self, iri: str, content: Content, node: _Node) -> Said:
        qualifiers = dict(content.qualifiers)
        literal = content.predicate in LITERALS
        evidence = self._nodes[node["evidence"]]
        words, where = (self._nodes[evidence[f"hasSelector {part}"]] for part in ("quote", "position"))
        return Said(
            iri=iri,
            subject=self.names[content.subject],
            relation=relation(content.predicate)[0],
            obj=None if literal else self.names[content.object],
            value=wording.literal(content.predicate, content.object, qualifiers) if literal else None,
            notes=tuple(wording.notes(content.predicate, qualifiers)),
            date=_date(content.date),
            modality=content.modality if content.modality != Modality.ASSERTED else "",
            denied=local_name(node.get("polarity", "")) == Polarity.NEGATIVE,
            confidence=content.confidence,
            words=words["exact"],
            start=int(where["start"]),
            end=int(where["end"]),
        )


def _nodes(quads: ox.Store, graph: ox.NamedNode) -> dict[str, _Node]:
    """Return what a graph says of each node, by the local name of the property; of several values the first."""
    found: dict[str, _Node] = defaultdict(dict)
    for quad in sorted(quads.quads_for_pattern(None, None, None, graph), key=str):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
            found[quad.subject.value].setdefault(name, quad.object.value)
            if name == "hasSelector":
                found[quad.subject.value][f"hasSelector {quad.object.value.rpartition('/')[2]}"] = quad.object.value
    return found


def _name(mention: _Node) -> Name:
    times = int(mention.get("mentionCount", "1"))
    return Name(mention["entity"], mention["name"], local_name(mention["entityType"]), times)


def _date(edtf: str | None) -> str | None:
    return wording.date(edtf) if edtf else None
