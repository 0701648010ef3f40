"""The knowledge as entities of FollowTheMoney (https://followthemoney.tech), one JSON object a line, as Aleph reads.

That model knows people, companies, public bodies and what ties them, and no regions or indicators: what has no place in
it is left out and counted.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import IO, Any, NamedTuple

import networkx as nx

from regiograph.network.told import Told, told
from regiograph.rdf import vocabulary

_SCHEMATA: Mapping[str, str] = MappingProxyType(
    {
        "Person": "Person", "Company": "Company", "GovernmentBody": "PublicBody", "Organization": "Organization",
        "Network": "Organization", "Project": "Project", "Event": "Event",
    }
)  # fmt: skip
_LEGAL = frozenset({"Person", "Company", "PublicBody", "Organization"})
_THINGS = frozenset({"Project"}) | _LEGAL


class _Tie(NamedTuple):
    """A schema of an edge, its properties for subject and object, and which schemata these may be of."""

    schema: str
    subject: str
    object: str
    subjects: frozenset[str] = _LEGAL
    objects: frozenset[str] = _LEGAL


_TIES: Mapping[str, _Tie] = MappingProxyType(
    {
        "holdsPost": _Tie("Employment", "employee", "employer", frozenset({"Person"}), _LEGAL - {"Person"}),
        "memberOf": _Tie("Membership", "member", "organization", objects=_LEGAL - {"Person"}),
        "represents": _Tie("Representation", "agent", "client"),
        "ownedBy": _Tie("Ownership", "asset", "owner", frozenset({"Company"})),
        "implements": _Tie("ProjectParticipant", "participant", "project", objects=frozenset({"Project"})),
        "investsIn": _Tie("ProjectParticipant", "participant", "project", objects=frozenset({"Project"})),
    }
)
_OTHER = _Tie("UnknownLink", "subject", "object")
_DATED: Mapping[str, str] = MappingProxyType({"startedIn": "startDate", "completedIn": "endDate", "eventDate": "date"})
_POST = "holdsPost"


def entities(graph: nx.MultiDiGraph[str], out: IO[bytes]) -> Mapping[str, int]:
    """Write the entities and ties of a network that `network.projection.project` returns, sorted by id.

    Returns how much was left out, by type of entity and by predicate.
    """
    teller = _Teller(graph)
    for each in sorted(teller.written(), key=lambda entity: entity["id"]):
        out.write(json.dumps(each, ensure_ascii=True, sort_keys=True).encode() + b"\n")
    return dict(sorted(teller.left_out.items()))


class _Teller:
    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        self._graph = graph
        self.left_out: Counter[str] = Counter()
        self._schemata = {node: _SCHEMATA.get(known["type"]) for node, known in graph.nodes(data=True)}
        self._more: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def written(self) -> Iterator[dict[str, Any]]:
        for each in told(self._graph):
            if (tie := self._tie(each)) is not None:
                yield tie
            elif not self._kept_with_its_entity(each):
                self.left_out[each.fact.predicate] += 1
        for node in sorted(self._graph):
            schema = self._schemata[node]
            if schema is None:
                self.left_out[str(self._graph.nodes[node]["type"])] += 1
            else:
                yield self._entity(node, schema)

    def _entity(self, node: str, schema: str) -> dict[str, Any]:
        known = self._graph.nodes[node]
        said = {name: sorted(values) for name, values in sorted(self._more[node].items())}
        return _object(node, schema, {"name": [known["label"]], "alias": list(known["names"]), **said})

    def _kept_with_its_entity(self, each: Told) -> bool:
        """Keep a post by its words, and the date of what has one, with the entity itself."""
        schema = self._schemata[each.subject]
        more = self._more[each.subject]
        if each.fact.predicate == _POST and schema == "Person" and each.object is not None:
            role = dict(each.fact.qualifiers).get("role", "post")
            more["position"].add(f"{role}, {self._graph.nodes[each.object]['label']}")
            return True
        if each.fact.predicate == "participatedIn" and schema in _LEGAL and each.object is not None:
            self._more[each.object]["involved"].add(_id(each.subject))
            return self._schemata[each.object] == "Event"
        name = _DATED.get(each.fact.predicate)
        if name is None or schema not in ("Project", "Event") or not (date := _date(each.fact.value)):
            return False
        more[name if schema == "Project" or name == "date" else "date"].add(date)
        return True

    def _tie(self, each: Told) -> dict[str, Any] | None:
        if each.object is None or each.key is None:
            return None
        ends = self._schemata[each.subject], self._schemata[each.object]
        tie = _TIES.get(each.fact.predicate, _OTHER)
        if not (ends[0] in tie.subjects and ends[1] in tie.objects):
            tie = _OTHER
        if not (ends[0] in tie.subjects and ends[1] in tie.objects):
            return None
        ids = {tie.subject: [_id(each.subject)], tie.object: [_id(each.object)]}
        return _object(each.key, tie.schema, {**ids, **self._said(each)})

    def _said(self, each: Told) -> dict[str, list[str]]:
        said = dict(each.fact.qualifiers)
        term = vocabulary.properties().get(each.fact.predicate)
        manner = [] if each.fact.modality == "asserted" else [each.fact.modality]
        evidence = each.fact.evidence
        words = ", ".join([said.get("role") or (term.label if term else each.fact.predicate), *manner])
        found = {
            "role": [words],
            "date": [_date(each.fact.date)],
            "startDate": [_date(said.get("since"))],
            "endDate": [_date(said.get("until"))],
            "summary": [quotation.quote for quotation in evidence],
            "sourceUrl": [quotation.url or "" for quotation in evidence],
            "publisher": [quotation.publisher or "" for quotation in evidence],
        }
        return {name: values for name, values in found.items() if any(values)}


def _object(iri: str, schema: str, properties: Mapping[str, list[str]]) -> dict[str, Any]:
    kept = {name: list(dict.fromkeys(filter(None, values))) for name, values in properties.items()}
    return {"id": _id(iri), "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _id(iri: str) -> str:
    return hashlib.sha1(iri.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _date(edtf: str | None) -> str:
    """Return the first day, month or year of an EDTF date, as FollowTheMoney takes dates."""
    first = (edtf or "").split("/")[0].rstrip("?~%")
    return first if len(first) in (4, 7, 10) and first.replace("-", "").isdecimal() else ""
