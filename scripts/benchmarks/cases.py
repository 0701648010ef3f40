"""What the questions are asked of a graph: of each its hardest realistic case, and others that people ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from regiograph.errors import QueryError
from regiograph.query import local
from regiograph.query.lookup import entity
from regiograph.query.results import Term, text
from regiograph.rdf.nodes import rg
from regiograph.rdf.store import Store

_BUSIEST = """SELECT ?who (COUNT(?fact) AS ?facts) WHERE {
  VALUES ?kind { UNDEF }
  ?who a ?kind .
  { ?fact rdf:subject ?who } UNION { ?fact rdf:object ?who }
  ?fact a rg:Fact
} GROUP BY ?who ORDER BY DESC(?facts) ?who LIMIT 3"""
_FULLEST = """SELECT ?who (COUNT(?fact) AS ?facts) WHERE {
  VALUES ?relation { UNDEF }
  ?fact rdf:object ?who ; rdf:predicate ?relation
} GROUP BY ?who ORDER BY DESC(?facts) ?who LIMIT 1"""
_NAME = "SELECT ?name WHERE { VALUES ?who { UNDEF } ?who rdfs:label ?name }"


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its parameters as people type them; `whole` if it asks for all that the graph has."""

    question: str
    given: dict[str, str]
    whole: bool = False

    def __str__(self) -> str:
        """Write it as one would on the command line."""
        return " ".join((self.question, *(f"{name}={value!r}" for name, value in self.given.items())))


def cases(store: Store) -> tuple[Case, ...]:
    """Return what to ask of a store: about the entities of which it says most."""
    region, second, third = _names(store, _BUSIEST, kind="Region")
    person, _, _ = _names(store, _BUSIEST, kind="Person")
    company, _, _ = _names(store, _BUSIEST, kind="Company")
    country, _, _ = _names(store, _BUSIEST, kind="Country")
    project, _, _ = _names(store, _BUSIEST, kind="Project")
    sector, _, _ = _names(store, _BUSIEST, kind="Sector")
    (network,), (zone,) = (_names(store, _FULLEST, relation=r) for r in ("memberOf", "residentOf"))
    return (
        Case("articles", {"about": region}),
        Case("articles", {}, whole=True),
        Case("brokers", {"one": region, "other": second}),
        Case("brokers", {"one": country, "other": third}),
        Case("contradictions", {"about": region}),
        Case("contradictions", {"about": project}),
        Case("contradictions", {}, whole=True),
        Case("entity", {"entity": region}),
        Case("entity", {"entity": person}),
        Case("entity", {"entity": project}),
        Case("evidence", {"about": region}),
        Case("evidence", {"about": network, "relation": "memberOf"}),
        Case("evidence", {"about": person, "with": region}),
        Case("investment", {"region": region}),
        Case("investment", {"region": country, "currency": "EUR"}),
        Case("investment", {"sector": sector, "year": "2015"}),
        Case("investment", {}, whole=True),
        Case("investors", {"origin": country}),
        Case("investors", {"origin": region}),
        Case("investors", {}, whole=True),
        Case("meetings", {"who": person}),
        Case("meetings", {"who": region}),
        Case("meetings", {}, whole=True),
        Case("members", {"network": network}),
        Case("officials", {"place": region}),
        Case("officials", {"place": country, "at": "2015"}),
        Case("officials", {}, whole=True),
        Case("paths", {"one": person, "other": company}),
        Case("paths", {"one": region, "other": second}),
        Case("paths", {"one": project, "other": network}),
        Case("planned", {"place": region}),
        Case("planned", {"place": zone}),
        Case("planned", {}, whole=True),
        Case("projects", {"region": region}),
        Case("projects", {"region": country}),
        Case("residents", {"zone": zone}),
        Case("shared-networks", {"one": region, "other": second}),
        Case("shared-networks", {"one": country, "other": third}),
        Case("timeline", {"entity": region}),
        Case("timeline", {"entity": person, "from": "2010", "until": "2018"}),
        Case("timeline", {"from": "2015-06", "until": "2015-07"}, whole=True),
        Case("weak-claims", {"below": "0.35"}),
    )


def _names(store: Store, sparql: str, **asked: str) -> tuple[str, ...]:
    """Return the chief names of the entities that a query gives; IRIs where others are called so too."""
    found = local.select(store, sparql, {name: rg(value) for name, value in asked.items()})
    return tuple(_called(store, who) for who, _ in found.rows)


def _called(store: Store, who: Term | None) -> str:
    name = local.select(store, _NAME, {"who": who}).texts()[0][0]
    try:
        alone = entity(name, partial(local.select, store), parameter="who").value == text(who)
    except QueryError:  # two things are called so
        alone = False
    return name if alone else text(who)
