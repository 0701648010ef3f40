"""The first page of the site, the search for a name, and the list of articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pyoxigraph as ox

from regiograph.query import catalogue
from regiograph.rdf.vocabulary import PREFIXES
from regiograph.serve import editor, links, naming
from regiograph.serve.site import render
from regiograph.terms import EntityType
from regiograph.view import wording

_SHOWN = 12  # entities of a type on the first page
_FOUND = 100
_COUNTS = (
    ("entities", "SELECT (COUNT(?e) AS ?n) { ?e rg:articleCount ?any }"),
    ("facts", "SELECT (COUNT(?f) AS ?n) { ?f a rg:Fact }"),
    ("articles", "SELECT (COUNT(?a) AS ?n) { GRAPH ?a { ?a a rg:Article } }"),
)
_BEST = """SELECT ?entity ?label ?n { ?entity a %s ; rg:articleCount ?n ; rdfs:label ?label }
ORDER BY DESC(?n) LCASE(?label) ?entity LIMIT %d"""
_ARTICLES = """SELECT ?article ?title ?date ?source { GRAPH ?article {
  ?article a rg:Article ; dcterms:identifier ?id
  OPTIONAL { ?article dcterms:title ?given } OPTIONAL { ?article dcterms:issued ?date }
  OPTIONAL { ?article dcterms:source ?source } BIND(COALESCE(?given, ?id) AS ?title)
} } ORDER BY DESC(STR(?date)) ?title ?article"""


class Entry(NamedTuple):
    """A line of a list: a link, a name, an entity's type, and what else there is to say."""

    link: str | None
    label: str
    type: str | None
    note: str


def home(quads: ox.Store, base: str, *, reviewed: bool = False) -> bytes:
    """Return the first page: how much there is, the best known entities of each type, the questions."""
    counts = tuple((name, int(_rows(quads, query)[0][0] or 0)) for name, query in _COUNTS)
    best = ((kind, _entries(_rows(quads, _BEST % (f"rg:{kind}", _SHOWN)), base, kind)) for kind in EntityType)
    known = tuple((kind, entries) for kind, entries in best if entries)
    return render("home.html.j2", counts=counts, best=known, questions=_questions(), reviewed=reviewed)


def found(quads: ox.Store, base: str, name: str) -> bytes:
    """Return the page of entities whose names hold some words."""
    entries = tuple(
        Entry(links.local(base, each.iri), each.label, each.type, _articles(str(each.articles)))
        for each in naming.named(quads, name, _FOUND + 1)
    )
    return render("find.html.j2", name=" ".join(name.split()), entries=entries[:_FOUND], more=len(entries) > _FOUND)


def articles(quads: ox.Store, base: str) -> bytes:
    """Return the page of all articles, the newest first."""
    entries = tuple(
        Entry(links.local(base, iri), title, None, ", ".join(filter(None, (source, date and wording.date(date)))))
        for iri, title, date, source in _rows(quads, _ARTICLES)
    )
    return render("articles.html.j2", entries=entries)


def _questions() -> tuple[tuple[str, str, str], ...]:
    return tuple((q.title, q.description, editor.asking(q)) for q in catalogue.questions())


def _entries(rows: Iterable[list[str]], base: str, kind: str) -> tuple[Entry, ...]:
    return tuple(Entry(links.local(base, iri), label, kind, _articles(n)) for iri, label, n in rows)


def _articles(count: str) -> str:
    return f"{count} article{'' if count == '1' else 's'}"


def _rows(quads: ox.Store, query: str) -> list[list[str]]:
    found = quads.query(query, prefixes=dict(PREFIXES))
    return [["" if cell is None else cell.value for cell in row] for row in found]  # type: ignore[union-attr]
