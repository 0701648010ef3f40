"""What the page knows, as one JSON object that is safe between two tags of HTML."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from regiograph.network.projection import Fact, Quotation
from regiograph.view import wording
from regiograph.view.links import sentence_url
from regiograph.view.looks import look, relation

_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def dumps(data: object) -> str:
    """Return JSON in which no character can end a script element, and none is a lone surrogate."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class Island:
    """The facts of a graph, with articles and quotes told once and referred to by number."""

    def __init__(self, graph: nx.MultiDiGraph[str], order: Iterable[str]) -> None:
        """Number the entities as `order` has them."""
        self._graph = graph
        self.numbers = {node: i for i, node in enumerate(order)}
        self.facts: dict[str, int] = {}
        self._told: list[dict[str, Any]] = []
        self._quotes: dict[Quotation, int] = {}
        self._articles: dict[str, int] = {}
        self._sources: list[list[str | None]] = []
        for node in self.numbers:
            for fact in graph.nodes[node]["facts"]:
                self._add(fact, node, None)
        for source, target, key, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
            self.facts[key] = len(self._told)
            self._add(Fact(value="", **data), source, target)

    def data(self) -> dict[str, Any]:
        """Return everything but the drawing."""
        kinds = Counter(str(known["type"]) for _, known in self._graph.nodes(data=True))
        predicates = sorted({fact["p"] for fact in self._told})
        return {
            "types": {
                kind: {**look(kind)._asdict(), "count": n}
                for kind, n in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
            },
            "relations": {predicate: relation(predicate) for predicate in predicates},
            "entities": [self._entity(node) for node in self.numbers],
            "facts": self._told,
            "quotes": [[self._articles[q.article], q.quote, sentence_url(q.url, q.quote)] for q in self._quotes],
            "articles": self._sources,
        }

    def _entity(self, node: str) -> dict[str, Any]:
        known: Mapping[str, Any] = self._graph.nodes[node]
        return {
            "iri": node,
            "label": known["label"],
            "type": known["type"],
            "names": list(known["names"]),
            "articles": known["articles"],
        }

    def _add(self, fact: Fact, subject: str, obj: str | None) -> None:
        qualifiers = dict(fact.qualifiers)
        value = wording.literal(fact.predicate, fact.value, qualifiers) if obj is None else None
        self._told.append(
            {
                "s": self.numbers[subject],
                "p": fact.predicate,
                "o": None if obj is None else self.numbers[obj],
                "value": value,
                "date": wording.date(fact.date) if fact.date else None,
                "sort": fact.date or "",
                "notes": wording.notes(fact.predicate, qualifiers),
                "said": [qualifiers["verbatim"]] if "verbatim" in qualifiers else [],
                "modality": fact.modality,
                "confidence": round(fact.confidence, 2),
                "quotes": [self._quote(quotation) for quotation in fact.evidence],
            }
        )

    def _quote(self, quotation: Quotation) -> int:
        if quotation.article not in self._articles:
            self._articles[quotation.article] = len(self._sources)
            date = wording.date(quotation.date) if quotation.date else None
            self._sources.append([quotation.title, date, quotation.publisher])
        return self._quotes.setdefault(quotation, len(self._quotes))
