"""What the page knows, as one JSON object that is safe between two tags of HTML."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from regiograph.network.brokers import Broker
from regiograph.network.communities import membership
from regiograph.network.contradictions import Contradiction
from regiograph.network.facts import Stated, by_ends
from regiograph.network.paths import toll
from regiograph.network.projection import Quotation
from regiograph.view import wording
from regiograph.view.differing import differing
from regiograph.view.folding import Folded
from regiograph.view.insight import Insight
from regiograph.view.links import sentence_url
from regiograph.view.looks import GROUP_COLOURS, look, relation
from regiograph.view.story import Step
from regiograph.view.walking import brokering

_LONG = 1_000_000
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def dumps(data: object) -> str:
    """Return JSON in which no character can end a script element, and none is a lone surrogate."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def sealed(data: object) -> tuple[str, str]:
    """Return the media type of an island and its text: JSON, or, where that is long, the same deflated, in base64."""
    text = dumps(data)
    if len(text) <= _LONG:
        return "application/json", text
    return "application/zlib", base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


class Island:
    """The facts of a graph, with articles and quotes told once and referred to by number."""

    def __init__(
        self, graph: nx.MultiDiGraph[str], order: Iterable[str], insight: Insight, folded: Folded | None = None
    ) -> None:
        """Number the entities as `order` has them; `folded` are the groups of a network too large to be drawn whole."""
        self._graph = graph
        self._folded = folded
        self._insight = insight
        self._degrees = {node: len(set(nx.all_neighbors(graph, node)) - {node}) for node in graph}
        self._group = membership(insight.groups)
        self.numbers = {node: i for i, node in enumerate(order)}
        self.facts: dict[str, int] = {}
        self._told: list[dict[str, Any]] = []
        self._quotes: dict[Quotation, int] = {}
        self._articles: dict[str, int] = {}
        self._sources: list[list[str | None]] = []
        self._stated = {each.iri: each for each in by_ends(graph)}
        for each in self._stated.values():
            self.facts[each.iri] = len(self._told)
            self._add(each)

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
            "groups": [self._group_of(i, members) for i, members in enumerate(self._insight.groups)],
            "folds": [] if self._folded is None else self._folded.ties,
            "groupColours": GROUP_COLOURS,
            "brokers": [self._broker(each, "") for each in self._insight.brokers]
            + [self._broker(each, "the groups of ") for each in self._insight.bridges],
            "differing": [self._differing(each) for each in self._insight.contradictions],
            "story": [self._step(step) for step in self._insight.story],
        }

    def _group_of(self, number: int, members: Sequence[str]) -> dict[str, Any]:
        told = {"name": self._label(members[0]), "members": [self.numbers[node] for node in members]}
        if self._folded is None or number >= len(self._folded.folds):
            return told
        (x, y), size, inside = self._folded.folds[number]
        return {**told, "x": x, "y": y, "size": size, "places": [(self.numbers[n], *at) for n, at in inside.items()]}

    def _broker(self, broker: Broker, sides: str) -> dict[str, Any]:
        tied = wording.some([tie.name for tie in broker.ties])
        facts = [self.facts[iri] for iri in broker.facts]
        told = {"groups": bool(sides), "words": f"{sides}{tied}", "text": brokering(self._graph, broker, sides)}
        return {"entity": self.numbers[broker.entity], **told, "facts": facts}

    def _differing(self, found: Contradiction) -> dict[str, Any]:
        told = {"about": self.numbers[found.about], "text": differing(self._graph, found, self._stated)}
        return {**told, "facts": [self.facts[iri] for iri in found.facts]}

    def _step(self, step: Step) -> dict[str, Any]:
        entities = [self.numbers[node] for node in step.entities]
        facts = [self.facts[each.iri] for each in step.facts]
        return {"title": step.title, "text": step.text, "entities": entities, "facts": facts}

    def _label(self, node: str) -> str:
        return str(self._graph.nodes[node]["label"])

    def _entity(self, node: str) -> dict[str, Any]:
        known: Mapping[str, Any] = self._graph.nodes[node]
        return {
            "iri": node,
            "label": known["label"],
            "type": known["type"],
            "names": list(known["names"]),
            "articles": known["articles"],
            "group": self._group.get(node),
            "toll": toll(known["type"], self._degrees[node]),
        }

    def _add(self, said: Stated) -> None:
        _, subject, obj, fact = said
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
                "years": self._insight.years.get(said.iri),
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
            self._sources.append([quotation.title, date, quotation.publisher, quotation.article])
        return self._quotes.setdefault(quotation, len(self._quotes))
