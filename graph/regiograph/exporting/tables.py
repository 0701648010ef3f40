"""The store as four tables that refer to each other: entities, facts, evidence, articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import networkx as nx

from regiograph.exporting.articles import Told, articles
from regiograph.exporting.measures import measured
from regiograph.network.facts import Stated, edtf, stated
from regiograph.network.files import SEPARATOR
from regiograph.network.projection import ALL_FACTS, project
from regiograph.rdf.store import Store
from regiograph.terms import SIGNATURES

Cell = str | int | float | None
Row = tuple[Cell, ...]


class Field(NamedTuple):
    """A column: `kind` is a type of Frictionless Table Schema; `key` names the table and column that it refers to."""

    name: str
    says: str
    kind: str = "string"
    required: bool = False
    key: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `key` names the columns that tell its rows apart; the rows come in their order."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: tuple[Row, ...]


_ENTITY, _ARTICLE = ("entities", "entity"), ("articles", "article")
_DATE = "in EDTF, as precise as the text is"

ENTITIES = (
    Field("entity", "IRI", "uri", required=True),
    Field("label", "the name by which most articles call it", required=True),
    Field("type", "class of the ontology", required=True),
    Field("names", f"its other names, parted by '{SEPARATOR}'"),
    Field("articles", "how many articles speak of it", "integer", required=True),
)
FACTS = (
    Field("fact", "IRI", "uri", required=True),
    Field("subject", "IRI of the entity that it is about", "uri", required=True, key=_ENTITY),
    Field("predicate", "property of the ontology", required=True),
    Field("object", "IRI of the other entity; empty where the fact ends in a literal", "uri", key=_ENTITY),
    Field("subject_label", "name of the subject", required=True),
    Field("object_label", "name of the object"),
    Field("value", "the literal that the fact ends in: a number, a range as low/high, or a date in EDTF"),
    Field("number", "the amount or quantity, where it is stated exactly, or as 'about'", "number"),
    Field("min", "the number that it is at least, or more than", "number"),
    Field("max", "the number that it is at most", "number"),
    Field("bound", "how the text bounds the number: about, at least, more than, up to; or else the share"),
    Field("currency", "ISO 4217 code"),
    Field("unit", "unit of a number that is no money"),
    Field("share", "percentage, or a range as low/high"),
    Field("count", "how many", "integer"),
    Field("indicator", "what is measured"),
    Field("date", f"when it was so, or the date that the fact is about, {_DATE}"),
    Field("since", f"from when on, {_DATE}"),
    Field("until", f"until when, {_DATE}"),
    Field("period", "for which time: EDTF, a duration of ISO 8601, or words"),
    Field("role", "the post, or the part that is played"),
    Field("status", "of a post: acting, former, ..."),
    Field("topic", "the subject of talks or cooperation"),
    Field("purpose", "what it is for"),
    Field("context", "in which context"),
    Field("verbatim", "the words that state the number"),
    Field("modality", "asserted, planned or proposed", required=True),
    Field("confidence", "0 to 1", "number", required=True),
    Field("articles", "how many articles say so", "integer", required=True),
)
EVIDENCE = (
    Field("fact", "IRI of the fact", "uri", required=True, key=("facts", "fact")),
    Field("article", "IRI of the article that says so", "uri", required=True, key=_ARTICLE),
    Field("start", "where the sentence begins: code points into the article's text", "integer", required=True),
    Field("end", "where it ends, exclusive", "integer", required=True),
    Field("sentence", "its words", required=True),
)
ARTICLES = (
    Field("article", "IRI", "uri", required=True),
    Field("id", "its identifier", required=True),
    Field("title", "its title"),
    Field("date", f"when it was published, {_DATE}"),
    Field("publisher", "who published it"),
    Field("url", "its address", "uri"),
    Field("language", "BCP 47 tag"),
    Field("sha256", "hexadecimal digest of its text in UTF-8", required=True),
)
_NUMERIC = frozenset(predicate.value for predicate, s in SIGNATURES.items() if s.range == "number")


def tables(store: Store) -> tuple[Table, ...]:
    """Return the tables of a store, sorted by their keys; no cell of a column that a key refers to is missing there."""
    graph = project(store.quads, facts_at_most=ALL_FACTS)
    facts = stated(graph)
    entities = tuple(_entity(node, graph.nodes[node]) for node in sorted(graph))
    return (
        Table("entities", "Whom and what the articles speak of", ENTITIES, ("entity",), entities),
        Table("facts", "What is known of them", FACTS, ("fact",), tuple(_fact(said, graph) for said in facts)),
        Table(
            "evidence",
            "The sentences that say so",
            EVIDENCE,
            ("fact", "article", "start", "end"),
            tuple(row for said in facts for row in _evidence(said)),
        ),
        Table("articles", "What was read", ARTICLES, ("article",), tuple(map(_article, articles(store.quads)))),
    )


def _entity(node: str, known: dict[str, Any]) -> Row:
    return node, known["label"], known["type"], SEPARATOR.join(known["names"]), known["articles"]


def _fact(said: Stated, graph: nx.MultiDiGraph[str]) -> Row:
    label = None if said.object is None else graph.nodes[said.object]["label"]
    told: dict[str, Cell] = {
        **said.qualifiers,
        **_number(said),
        "fact": said.iri,
        "subject": said.subject,
        "predicate": said.fact.predicate,
        "object": said.object,
        "subject_label": graph.nodes[said.subject]["label"],
        "object_label": label,
        "modality": said.fact.modality,
        "confidence": said.fact.confidence,
        "articles": len(said.articles),
    }
    return tuple(told.get(field.name) for field in FACTS)


def _number(said: Stated) -> dict[str, Cell]:
    """Return the number that a fact ends in or has beside its ends, and the date that it ends in."""
    value, about = said.fact.value, said.fact.predicate
    number = value if about in _NUMERIC else said.qualifiers.get("amount", "")
    measure = measured(number, said.qualifiers.get("bound"))
    told: dict[str, Cell] = {"number": measure.number, "min": measure.low, "max": measure.high}
    if said.object is not None:
        return told
    dated = {} if about in _NUMERIC or "date" in said.qualifiers else {"date": edtf(value)}
    return {**told, **dated, "value": edtf(value)}


def _evidence(said: Stated) -> Iterator[Row]:
    for quotation in sorted(said.fact.evidence, key=lambda each: (each.article, each.start, each.end)):
        yield said.iri, quotation.article, quotation.start, quotation.end, quotation.quote


def _article(told: Told) -> Row:
    return told.iri, told.id, told.title, told.date, told.publisher, told.url, told.language, told.sha256
