"""The page on which to write a query: the catalogue with fields for its parameters, and what the ontology knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from regiograph.entities.identity import entity_iri
from regiograph.query import catalogue
from regiograph.query.catalogue import Question
from regiograph.rdf import vocabulary
from regiograph.rdf.vocabulary import PREFIXES, RG, compact
from regiograph.serve import links, media
from regiograph.serve.site import render, static
from regiograph.terms import EntityType, Modality, Predicate
from regiograph.view.island import dumps
from regiograph.view.looks import look, relation

_FIRST = """PREFIX rg: <https://w3id.org/regiograph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

# Of whom and what most articles speak
SELECT ?entity ?entityLabel ?articles WHERE {
  ?entity rg:articleCount ?articles ;
    rdfs:label ?entityLabel .
}
ORDER BY DESC(?articles) ?entityLabel
LIMIT 50
"""
_BORROWED = {
    "rdfs:label": "the name of an entity that most articles use",
    "skos:altLabel": "another name of an entity",
    "rdf:type": "the class",
    "rdf:subject": "whom or what a fact or a claim is about",
    "rdf:predicate": "the relation of a fact or a claim",
    "rdf:object": "what a fact or a claim relates its subject to",
    "dcterms:title": "the headline of an article",
    "dcterms:issued": "the date of an article",
    "dcterms:source": "who published an article",
    "dcterms:identifier": "the identifier of an article",
    "schema:url": "the web address of an article",
    "oa:hasSelector": "the place of a sentence in its article, by its words or its offsets",
    "oa:exact": "the words of a sentence",
    "prov:wasDerivedFrom": "the article that a claim was read from",
    "geo:lat": "latitude in degrees",
    "geo:long": "longitude in degrees",
}


def page(base: str, query: str) -> bytes:
    """Return the page with a query in it; without one, with a simple one to begin with."""
    formats = dict.fromkeys(each.name for each in (*media.RESULTS, *media.GRAPHS))
    return render(
        "sparql.html.j2",
        query=query or _FIRST,
        formats=formats,
        questions=tuple((q.name, q.title, q.description, asking(q)) for q in catalogue.questions()),
        yasgui="yasgui/yasgui.min.js" in static(),
        island=_island(base),
    )


def asking(question: Question) -> str:
    """Return the address of the editor with a question in it."""
    return links.asking(_written(question))


def _written(question: Question) -> str:
    """Return a question's SPARQL with its title alone of all its header; the page tells the rest."""
    lines = question.sparql.splitlines(keepends=True)
    begins = next((i for i, line in enumerate(lines) if not line.startswith("#")), 0)
    return f"# {question.title}\n{''.join(lines[begins:])}"


@cache
def _island(base: str) -> str:
    return dumps(
        {
            "base": base,
            "prefixes": dict(PREFIXES),
            "looks": {_folder(kind): look(kind)._asdict() for kind in EntityType},
            "relations": {str(name): relation(name)[0] for name in Predicate},
            "modalities": list(Modality),
            "terms": list(_terms()),
            "questions": [_question(each) for each in catalogue.questions()],
        }
    )


def _folder(kind: EntityType) -> str:
    """Return the folder in which the IRIs of a type lie, below the base."""
    return entity_iri("", kind, "any").partition("/")[0]


def _terms() -> Iterator[dict[str, str]]:
    for name, known in vocabulary.classes().items():
        yield {"name": compact(str(RG[name])), "kind": "class", "label": known.label, "comment": known.comment}
    for name, told in vocabulary.properties().items():
        yield {"name": compact(str(RG[name])), "kind": "property", "label": told.label, "comment": told.comment}
    for borrowed, meaning in _BORROWED.items():
        yield {"name": borrowed, "kind": "property", "label": borrowed.partition(":")[2], "comment": meaning}


def _question(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "title": question.title,
        "description": question.description,
        "sparql": _written(question),
        "columns": {column.name: column.description for column in question.columns},
        "parameters": [
            {"name": p.name, "type": p.type, "optional": p.optional, "example": p.example, "meaning": p.description}
            for p in question.parameters
        ],
    }
