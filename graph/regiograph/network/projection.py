"""The store as a multigraph: entities are nodes, each fact between two of them is an edge with its evidence.

Facts that end in a literal (an amount, a date, an indicator) stay with their node. Everything is read from the
default graph by SPARQL, the quotes from the graphs of the articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import networkx as nx
import pyoxigraph as ox

from regiograph.network.content import LITERALS, Content, Parts, local_name
from regiograph.rdf.vocabulary import PREFIXES
from regiograph.terms import EntityType

_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_ENTITIES = "SELECT ?node ?type ?label ?articles { ?node rg:articleCount ?articles ; a ?type ; rdfs:label ?label }"
_NAMES = "SELECT ?node ?name { ?node rg:articleCount ?n ; skos:altLabel ?name }"
_FACTS = "SELECT ?node ?property ?value { ?node a rg:Fact ; ?property ?value }"
_PARTS = """SELECT ?node ?property ?value {
  VALUES ?kind { rg:Amount rg:Quantity time:ProperInterval time:Instant } ?node a ?kind ; ?property ?value }"""
_QUOTES = """SELECT ?node ?article ?quote ?start ?end {
  ?node rg:supportedBy ?claim .
  GRAPH ?article { ?claim rg:evidence/oa:hasSelector ?words , ?place . ?words oa:exact ?quote .
                   ?place oa:start ?start ; oa:end ?end } }"""
_ARTICLES = """SELECT ?node ?title ?date ?url ?publisher { GRAPH ?node { ?node a rg:Article
  OPTIONAL { ?node dcterms:title ?title } OPTIONAL { ?node dcterms:issued ?date }
  OPTIONAL { ?node schema:url ?url } OPTIONAL { ?node dcterms:source ?publisher } } }"""


class Quotation(NamedTuple):
    """Where an article says so: offsets are code points into its text, end exclusive; `article` is its IRI."""

    article: str
    title: str
    date: str | None
    url: str | None
    publisher: str | None
    quote: str
    start: int
    end: int


class Fact(NamedTuple):
    """What is known of one entity by a literal: its fields but `value` are also the attributes of an edge.

    `value` and `date` are EDTF or plain numbers; `qualifiers` are (name, value) pairs named as `terms.QUALIFIERS`.
    """

    predicate: str
    value: str
    qualifiers: tuple[tuple[str, str], ...]
    date: str | None
    modality: str
    confidence: float
    evidence: tuple[Quotation, ...]


def project(quads: ox.Store) -> nx.MultiDiGraph[str]:
    """Return the knowledge in the default graph of `quads` as a directed multigraph.

    Nodes are IRIs with `label`, `type`, `articles` (how many speak of it), `names` (other labels) and `facts`
    (tuple of `Fact`). Edges are keyed by the fact's IRI, with `predicate`, `modality`, `confidence`,
    `qualifiers`, `date` and `evidence` (tuple of `Quotation`). Nodes come in the order of their IRIs; no order of
    storage shows in that of the edges.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    _add_entities(graph, quads)
    quotations = _quotations(quads)
    literals: dict[str, list[Fact]] = defaultdict(list)
    for iri, content in _contents(quads):
        fact = _fact(content, quotations.get(iri, ()))
        if content.subject not in graph:
            continue
        if content.predicate in LITERALS:
            literals[content.subject].append(fact)
        elif content.object in graph:
            graph.add_edge(content.subject, content.object, iri, **_attributes(fact))
    for node, facts in literals.items():
        graph.nodes[node]["facts"] = tuple(facts)
    return graph


def _select(quads: ox.Store, query: str) -> list[Mapping[str, str | None]]:
    """Run a SELECT and return its rows with plain values, sorted, so that no order of storage shows."""
    solutions = quads.query(_PREFIXES + query)
    names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]
    rows = [{name: None if s[name] is None else s[name].value for name in names} for s in solutions]  # type: ignore[union-attr]
    return sorted(rows, key=lambda row: [(value is not None, value or "") for value in row.values()])


def _add_entities(graph: nx.MultiDiGraph[str], quads: ox.Store) -> None:
    names: dict[str, list[str]] = defaultdict(list)
    for row in _select(quads, _NAMES):
        names[str(row["node"])].append(str(row["name"]))
    types = set(EntityType)
    for row in _select(quads, _ENTITIES):
        if (kind := local_name(str(row["type"]))) not in types or row["node"] in graph:
            continue
        node, label = str(row["node"]), str(row["label"])
        others = tuple(name for name in names[node] if name != label)
        graph.add_node(node, label=label, type=kind, articles=int(str(row["articles"])), names=others, facts=())


def _contents(quads: ox.Store) -> Iterable[tuple[str, Content]]:
    parts = Parts(_properties(quads, _PARTS))
    return ((iri, Content.read(found, parts)) for iri, found in _properties(quads, _FACTS).items())


def _properties(quads: ox.Store, query: str) -> dict[str, dict[str, str]]:
    """Gather (node, property, value) rows by node; of several values of a property, the last in order."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _select(quads, query):
        found[str(row["node"])][local_name(str(row["property"]))] = str(row["value"])
    return found


def _quotations(quads: ox.Store) -> dict[str, tuple[Quotation, ...]]:
    articles = {row["node"]: row for row in _select(quads, _ARTICLES)}
    found: dict[str, set[Quotation]] = defaultdict(set)
    for row in _select(quads, _QUOTES):
        iri, told = str(row["article"]), articles.get(row["article"], {})
        known = (told.get("date"), told.get("url"), told.get("publisher"))
        place = (str(row["quote"]), int(str(row["start"])), int(str(row["end"])))
        found[str(row["node"])].add(Quotation(iri, told.get("title") or iri, *known, *place))
    return {node: _newest_first(quotes) for node, quotes in found.items()}


def _newest_first(quotes: Iterable[Quotation]) -> tuple[Quotation, ...]:
    in_reading_order = sorted(quotes, key=lambda q: (q.article, q.start, q.end))
    return tuple(sorted(in_reading_order, key=lambda q: q.date or "", reverse=True))


def _fact(content: Content, evidence: tuple[Quotation, ...]) -> Fact:
    said = (content.predicate, content.object, content.qualifiers, content.date)
    return Fact(*said, content.modality, content.confidence, evidence)


def _attributes(fact: Fact) -> dict[str, object]:
    return {name: value for name, value in fact._asdict().items() if name != "value"}
