"""Entities by any part of their names: for the page that searches, and for the fields of the editor."""

from __future__ import annotations

import json
from typing import NamedTuple, cast

import pyoxigraph as ox

from regiograph.query.binding import bind
from regiograph.rdf.vocabulary import PREFIXES, RG
from regiograph.terms import EntityType

_OFFERED = 12
_NAMED = """SELECT DISTINCT ?entity ?label ?type ?n {
  VALUES ?wanted { UNDEF }
  ?entity rg:articleCount ?n ; rdfs:label ?label ; a ?type ; rdfs:label|skos:altLabel ?name
  FILTER(CONTAINS(LCASE(?name), LCASE(?wanted)))
} ORDER BY DESC(?n) LCASE(?label) ?entity LIMIT %d"""
_TYPES = {str(RG[kind]): kind for kind in EntityType}


class Named(NamedTuple):
    """An entity that is called so; `articles` is the number of articles that speak of it."""

    iri: str
    label: str
    type: EntityType
    articles: int


def named(quads: ox.Store, words: str, most: int) -> tuple[Named, ...]:
    """Return entities with a name that holds these words, whatever their case, the best known first, `most` of them."""
    wanted = " ".join(words.split())
    if not wanted:
        return ()
    bound = bind(_NAMED % most, {"wanted": ox.Literal(wanted)}, name="the search")
    found = cast("ox.QuerySolutions", quads.query(bound, prefixes=dict(PREFIXES)))
    rows = ([cell.value for cell in row] for row in found)
    return tuple(Named(iri, label, _TYPES[kind], int(n)) for iri, label, kind, n in rows if kind in _TYPES)


def offered(quads: ox.Store, words: str) -> bytes:
    """Return the best known entities with a name that holds these words, as a JSON array of objects."""
    return json.dumps([each._asdict() for each in named(quads, words, _OFFERED)]).encode()
