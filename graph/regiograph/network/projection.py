"""The store as a multigraph: entities are nodes, each fact between two of them is an edge with its evidence.

Facts that end in a literal (an amount, a date, an indicator) stay with their node. Everything is read from the
default graph by SPARQL, the quotes from the graphs of the articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

import networkx as nx
import pyoxigraph as ox

from regiograph.network.containment import PLACES, locations
from regiograph.network.content import LITERALS, Content, Parts, local_name
from regiograph.network.ranking import LeftOut, best, best_about, entities, supporters
from regiograph.rdf.nodes import iri
from regiograph.rdf.vocabulary import PREFIXES
from regiograph.terms import EntityType

FACTS_AT_MOST = 20_000
"""How many facts are projected; of more, those that rest on the most claims, the surest first."""
QUOTES_AT_MOST = 60_000
"""How many quotations are read for them."""
ALL_FACTS = 2**53
"""More facts than any store holds."""

_CHUNK = 500
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_PARTED = frozenset({"object", "amount", "share", "count", "date", "period", "since", "until"})
_ENDS = frozenset({"hasBeginning", "hasEnd"})
_ALL_ENTITIES = "SELECT ?node { ?node rg:articleCount ?n }"
# What follows is asked for some nodes at a time; %s holds their IRIs.
_ENTITIES = """SELECT ?node ?type ?label ?articles {
  VALUES ?node { %s } ?node rg:articleCount ?articles ; a ?type ; rdfs:label ?label }"""
_NAMES = "SELECT ?node ?name { VALUES ?node { %s } ?node rg:articleCount ?n ; skos:altLabel ?name }"
_WITHIN = """SELECT ?node ?whole ?type ?label { VALUES ?node { %s } ?node rg:within ?whole .
  ?whole a ?type ; rdfs:label ?label }"""
_FACTS = "SELECT ?node ?property ?value { VALUES ?node { %s } ?node ?property ?value }"
_PARTS = """SELECT DISTINCT ?node ?property ?value { VALUES ?node { %s }
  ?node a ?kind ; ?property ?value FILTER(?kind IN (rg:Amount, rg:Quantity, time:ProperInterval, time:Instant)) }"""
_QUOTES = """SELECT ?node ?article ?quote ?start ?end { VALUES ?node { %s }
  GRAPH ?article { ?node rg:evidence/oa:hasSelector ?words , ?place . ?words oa:exact ?quote .
                   ?place oa:start ?start ; oa:end ?end } }"""
_ARTICLES = """SELECT ?node ?title ?date ?url ?publisher { VALUES ?node { %s } GRAPH ?node { ?node a rg:Article
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
    """What is known of one entity by a literal: its fields but `value` and `iri` are also the attributes of an edge.

    `value` and `date` are EDTF or plain numbers; `qualifiers` are (name, value) pairs named as `terms.QUALIFIERS`;
    `iri` is that of the fact.
    """

    predicate: str
    value: str
    qualifiers: tuple[tuple[str, str], ...]
    date: str | None
    modality: str
    confidence: float
    evidence: tuple[Quotation, ...]
    iri: str = ""


def edge_fact(told: Mapping[str, Any], iri: str = "") -> Fact:
    """Return an edge's attributes as a fact without a value; `iri` is its key."""
    return Fact(value="", iri=iri, **told)


def project(quads: ox.Store, *, about: Sequence[str] = (), facts_at_most: int = FACTS_AT_MOST) -> nx.MultiDiGraph[str]:
    """Return the knowledge in the default graph of `quads` as a directed multigraph.

    With `about`, IRIs of entities, it holds these, the facts that they are an end of, and their other ends.

    Nodes are IRIs with `label`, `type`, `articles` (how many speak of it), `names` (other labels) and `facts`
    (tuple of `Fact`), places `location` (`containment.Location`) too. Edges are keyed by the fact's IRI, with
    `predicate`, `modality`, `confidence`, `qualifiers`, `date` and `evidence` (tuple of `Quotation`). Nodes come in the
    order of their IRIs; no order of storage shows in that of the edges. Of more than `facts_at_most` facts the best
    supported are taken, and of the entities only those that they are about; of more than QUOTES_AT_MOST quotations,
    some of each fact, unless all facts are asked for. What is left out is the graph's attribute `left_out`, `LeftOut`.
    """
    ranked, number = best_about(quads, about, facts_at_most + 1) if about else best(quads, facts_at_most)
    facts = sorted(ranked[:facts_at_most])
    claims, sentences = supporters(quads, facts, QUOTES_AT_MOST if facts_at_most < ALL_FACTS else ALL_FACTS)
    contents = dict(_contents(quads, facts))
    told = {c.subject for c in contents.values()} | {c.object for c in contents.values() if c.predicate not in LITERALS}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    whole = not about and number == len(facts)
    _add_entities(graph, quads, _nodes(quads, _ALL_ENTITIES) if whole else told | set(about))
    _add_facts(graph, contents, _quotations(quads, claims))
    if number > len(facts) or sentences is not None:
        others = 0 if whole or about else entities(quads) - len(graph)
        graph.graph["left_out"] = LeftOut(others, number - len(facts), sentences)
    return graph


def _add_facts(
    graph: nx.MultiDiGraph[str], contents: Mapping[str, Content], quotations: Mapping[str, tuple[Quotation, ...]]
) -> None:
    literals: dict[str, list[Fact]] = defaultdict(list)
    for key, content in contents.items():
        fact = _fact(key, content, quotations.get(key, ()))
        if content.subject not in graph:
            continue
        if content.predicate in LITERALS:
            literals[content.subject].append(fact)
        elif content.object in graph:
            graph.add_edge(content.subject, content.object, key, **_attributes(fact))
    for node, found in literals.items():
        graph.nodes[node]["facts"] = tuple(found)


def _listed(nodes: Iterable[str]) -> str:
    return " ".join(str(iri(node)) for node in nodes)


def _nodes(quads: ox.Store, query: str) -> list[str]:
    """Return the nodes that a query finds, in its order."""
    return [solution["node"].value for solution in quads.query(query, prefixes=dict(PREFIXES))]  # type: ignore[union-attr]


def _select(quads: ox.Store, query: str, nodes: Iterable[str]) -> Iterator[Mapping[str, str | None]]:
    """Run a SELECT for the nodes, and yield its rows with plain values, sorted, so that no order of storage shows."""
    wanted = iter(sorted(nodes))
    while chunk := list(islice(wanted, _CHUNK)):
        solutions = quads.query(query % _listed(chunk), prefixes=dict(PREFIXES))
        names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]
        rows = [{name: None if s[name] is None else s[name].value for name in names} for s in solutions]  # type: ignore[union-attr]
        yield from sorted(rows, key=lambda row: [(value is not None, value or "") for value in row.values()])


def _add_entities(graph: nx.MultiDiGraph[str], quads: ox.Store, nodes: Collection[str]) -> None:
    names: dict[str, list[str]] = defaultdict(list)
    for row in _select(quads, _NAMES, nodes):
        names[str(row["node"])].append(str(row["name"]))
    types = set(EntityType)
    for row in _select(quads, _ENTITIES, nodes):
        if (kind := local_name(str(row["type"]))) not in types or row["node"] in graph:
            continue
        node, label = str(row["node"]), str(row["label"])
        others = tuple(name for name in names[node] if name != label)
        graph.add_node(node, label=label, type=kind, articles=int(str(row["articles"])), names=others, facts=())
    places = {node: (told["type"], told["label"]) for node, told in graph.nodes(data=True) if told["type"] in PLACES}
    for node, location in locations(places, partial(_parents, quads)).items():
        graph.nodes[node]["location"] = location


def _parents(quads: ox.Store, places: Collection[str]) -> Iterator[tuple[str, str, str, str]]:
    for row in _select(quads, _WITHIN, places):
        if (kind := local_name(str(row["type"]))) in PLACES:
            yield str(row["node"]), str(row["whole"]), kind, str(row["label"])


def _contents(quads: ox.Store, facts: Sequence[str]) -> Iterator[tuple[str, Content]]:
    told = _properties(_select(quads, _FACTS, facts))
    parts = Parts(_parts(quads, told.values(), _PARTED))
    parts.update(_parts(quads, parts.values(), _ENDS))
    return ((node, Content.read(found, parts)) for node, found in told.items())


def _parts(quads: ox.Store, told: Iterable[Mapping[str, str]], links: Collection[str]) -> dict[str, dict[str, str]]:
    """Return the amounts, quantities and times that nodes refer to by such properties, by IRI."""
    named = {value for found in told for link, value in found.items() if link in links and _IRI.fullmatch(value)}
    return _properties(_select(quads, _PARTS, named))


def _properties(rows: Iterable[Mapping[str, str | None]]) -> dict[str, dict[str, str]]:
    """Gather (node, property, value) rows by node; of several values of a property, the last in order."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        found[str(row["node"])][local_name(str(row["property"]))] = str(row["value"])
    return found


def _quotations(quads: ox.Store, claims: Mapping[str, str]) -> dict[str, tuple[Quotation, ...]]:
    """Return the quotations by fact; `claims` tells which fact a claim supports."""
    rows = list(_select(quads, _QUOTES, claims))
    articles = {row["node"]: row for row in _select(quads, _ARTICLES, {str(row["article"]) for row in rows})}
    found: dict[str, set[Quotation]] = defaultdict(set)
    for row in rows:
        article, told = str(row["article"]), articles.get(row["article"], {})
        known = (told.get("date"), told.get("url"), told.get("publisher"))
        place = (str(row["quote"]), int(str(row["start"])), int(str(row["end"])))
        found[claims[str(row["node"])]].add(Quotation(article, told.get("title") or article, *known, *place))
    return {node: _newest_first(quotes) for node, quotes in found.items()}


def _newest_first(quotes: Iterable[Quotation]) -> tuple[Quotation, ...]:
    in_reading_order = sorted(quotes, key=lambda q: (q.article, q.start, q.end))
    return tuple(sorted(in_reading_order, key=lambda q: q.date or "", reverse=True))


def _fact(key: str, content: Content, evidence: tuple[Quotation, ...]) -> Fact:
    said = (content.predicate, content.object, content.qualifiers, content.date)
    return Fact(*said, content.modality, content.confidence, evidence, key)


def _attributes(fact: Fact) -> dict[str, object]:
    return {name: value for name, value in fact._asdict().items() if name not in ("value", "iri")}
