"""The articles of a store, each with what is known about it."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

from regiograph.rdf.vocabulary import PREFIXES

_ARTICLES = """SELECT ?iri ?id ?title ?date ?publisher ?url ?language ?sha256 { GRAPH ?iri {
  ?iri a rg:Article ; dcterms:identifier ?id ; rg:sha256 ?sha256
  OPTIONAL { ?iri dcterms:title ?title } OPTIONAL { ?iri dcterms:issued ?date }
  OPTIONAL { ?iri dcterms:source ?publisher } OPTIONAL { ?iri schema:url ?url }
  OPTIONAL { ?iri dcterms:language ?language } } }"""


class Told(NamedTuple):
    """An article: `date` is when it was published, as precise as is known; `language` a BCP 47 tag."""

    iri: str
    id: str
    title: str | None
    date: str | None
    publisher: str | None
    url: str | None
    language: str | None
    sha256: str


def articles(quads: ox.Store) -> tuple[Told, ...]:
    """Return the articles of a store, in the order of their IRIs."""
    rows = quads.query(_ARTICLES, prefixes=dict(PREFIXES))
    found = (Told._make(row[name] and row[name].value for name in Told._fields) for row in rows)  # type: ignore[union-attr]
    return tuple(sorted(found, key=lambda each: each.iri))
