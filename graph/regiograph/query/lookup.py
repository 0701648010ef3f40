"""Finds the entity that a name means: "Tomsk region" in any case, "region/tomsk-region", or an IRI."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from functools import partial

import pyoxigraph as ox

from regiograph.entities.identity import BASE, key
from regiograph.errors import QueryError, TermError
from regiograph.query import local
from regiograph.query.results import Table, Term, text
from regiograph.rdf import nodes
from regiograph.rdf.store import Store

Select = Callable[[str, Mapping[str, Term]], Table]
"""Runs a SELECT with its parameters bound, here or elsewhere."""

_CLOSE = 4
_IRI = re.compile(r"[a-z][a-z0-9+.-]*://\S*", re.IGNORECASE)
_PATH = re.compile(r"[a-z-]+/[^\s/]+")
_PREFIXES = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rg: <https://w3id.org/regiograph/ontology#>
"""
_SELECT = "SELECT ?entity (MAX(?label = ?name) AS ?chief) (MAX(COALESCE(?count, 0)) AS ?articles)"
_RANKED = "GROUP BY ?entity ORDER BY DESC(?chief) DESC(?articles) ?entity"
_WRITTEN = f"""{_PREFIXES}{_SELECT} WHERE {{
  {{ VALUES ?typed {{ UNDEF }} ?entity rdfs:label|skos:altLabel ?typed BIND(?typed AS ?name) }}
  UNION {{ VALUES ?capital {{ UNDEF }} ?entity rdfs:label|skos:altLabel ?capital BIND(?capital AS ?name) }}
  UNION {{ VALUES ?title {{ UNDEF }} ?entity rdfs:label|skos:altLabel ?title BIND(?title AS ?name) }}
  UNION {{ VALUES ?upper {{ UNDEF }} ?entity rdfs:label|skos:altLabel ?upper BIND(?upper AS ?name) }}
  OPTIONAL {{ ?entity rdfs:label ?label }}
  OPTIONAL {{ ?entity rg:articleCount ?count }}
}} {_RANKED}"""
_NAMED = f"""{_PREFIXES}{_SELECT} WHERE {{
  VALUES ?wanted {{ UNDEF }}
  ?entity rdfs:label|skos:altLabel ?name ; rdfs:label ?label .
  FILTER(LCASE(STR(?name)) = LCASE(?wanted))
  OPTIONAL {{ ?entity rg:articleCount ?count }}
}} {_RANKED}"""
_ANY = f"{_PREFIXES}SELECT DISTINCT ?name WHERE {{ ?entity rdfs:label|skos:altLabel ?name }} ORDER BY ?name"
_KNOWN = """SELECT ?said WHERE {
  VALUES ?entity { UNDEF }
  ?entity ?said ?anything
} LIMIT 1"""


def entity(words: str, select: Select, *, parameter: str, base: str = BASE) -> ox.NamedNode:
    """Return the IRI of the entity that the words mean.

    Of several that bear the name, one whose chief name it is goes before one that is also called so, and then the one
    of which most articles speak. A name in the case in which it is typed, or capitalised as names are, is looked up as
    it stands; all names are read only where none is written so.

    Raises:
        QueryError: nothing is called so, or two things are with equal right; the message offers what comes near.
    """
    if _IRI.fullmatch(words):
        return _known(words, select, parameter)
    if _PATH.fullmatch(words) and _is_known(found := _iri(base + words, parameter), select):
        return found
    return _named(words.strip(), select, parameter)


def found(words: str, store: Store, *, parameter: str) -> str:
    """Return the IRI of the entity that the words mean in a store of this machine.

    Raises:
        QueryError: as `entity`.
    """
    return entity(words, partial(local.select, store), parameter=parameter, base=store.base).value


def _named(words: str, select: Select, parameter: str) -> ox.NamedNode:
    ways = {name: _text(written, parameter) for name, written in _ways(words).items()}
    rows = select(_WRITTEN, ways).texts() or select(_NAMED, {"wanted": ways["typed"]}).texts()
    if not rows:
        raise QueryError(f"parameter {parameter}: nothing is called {words!r}{_near(words, select)}")
    best = [iri for iri, *rank in rows if rank == list(rows[0][1:])]
    if len(best) > 1:
        raise QueryError(f"parameter {parameter}: {words!r} may be {' or '.join(best)}; give one of these IRIs")
    return nodes.iri(best[0])


def _ways(words: str) -> dict[str, str]:
    """Return the words as typed, with a capital at the beginning, with one at each word, and in capitals."""
    return {"typed": words, "capital": words[:1].upper() + words[1:], "title": words.title(), "upper": words.upper()}


def _near(words: str, select: Select) -> str:
    by_key: dict[str, str] = {}
    for row in select(_ANY, {}).rows:
        by_key.setdefault(key(text(row[0])), text(row[0]))
    wanted = key(words)
    close = difflib.get_close_matches(wanted, by_key, n=_CLOSE, cutoff=0.6)
    close += [name for name in by_key if wanted and wanted in name and name not in close]
    offered = [repr(by_key[name]) for name in close[:_CLOSE]]
    return f"; did you mean {' or '.join(offered)}?" if offered else ""


def _known(words: str, select: Select, parameter: str) -> ox.NamedNode:
    found = _iri(words, parameter)
    if not _is_known(found, select):
        raise QueryError(f"parameter {parameter}: nothing is known of <{words}>")
    return found


def _is_known(iri: ox.NamedNode, select: Select) -> bool:
    return len(select(_KNOWN, {"entity": iri})) > 0


def _iri(words: str, parameter: str) -> ox.NamedNode:
    try:
        return nodes.iri(words)
    except TermError as e:
        raise QueryError(f"parameter {parameter}: {e}") from e


def _text(words: str, parameter: str) -> ox.Literal:
    try:
        return nodes.text(words)
    except TermError as e:
        raise QueryError(f"parameter {parameter}: {e}") from e
