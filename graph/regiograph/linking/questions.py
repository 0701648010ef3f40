"""The questions to Wikidata, in batches of bounded size.

Plain SPARQL 1.1: exact names with their language, as full-text search is no part of it, and no label service. The
prefixes that an endpoint's questions always get are not declared again: Wikidata's server refuses that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from regiograph.linking.classes import every
from regiograph.query.results import Term
from regiograph.rdf.nodes import text

ITEM = "http://www.wikidata.org/entity/"
_ITEM = re.compile(re.escape(ITEM) + r"Q[1-9][0-9]*")
CODES = {"P297": "ISO 3166-1 code", "P300": "ISO 3166-2 code", "P1566": "GeoNames id"}
MOST_NAMES, MOST_ITEMS = 100, 50  # values in a batch
MOST_BYTES = 16_000
_LONGEST = 250  # characters of a label or alias of Wikidata
_WDT = "PREFIX wdt: <http://www.wikidata.org/prop/direct/>"
_EVERY_LANGUAGE = "mul"  # where Wikidata keeps a label that all languages share


class Question(NamedTuple):
    """A SELECT: what errors call it, the columns of its answer, its text."""

    name: str
    columns: tuple[str, ...]
    sparql: str


def is_item(iri: str) -> bool:
    """Whether this is the IRI of an item, and no placeholder for an unknown one."""
    return _ITEM.fullmatch(iri) is not None


def with_code(code: str, values: Iterable[str]) -> Iterator[Question]:
    """Yield questions for the items that have these codes, with the classes that they are of."""
    for batch in _batches(map(text, values), MOST_NAMES):
        where = f"""
  {_block("value", batch)}
  ?item wdt:{code} ?value
  OPTIONAL {{ ?item wdt:P31 ?class }}"""
        yield _question(f"items by {CODES[code]}", ("value", "item", "class"), where)


def with_name(names: Iterable[tuple[str, str]]) -> Iterator[Question]:
    """Yield questions for the items called so, pairs of a name and a language; `said` is the property that says so."""
    tagged = {text(name, tag) for name, language in names for tag in (language, _EVERY_LANGUAGE) if _is_short(name)}
    for batch in _batches(tagged, MOST_NAMES):
        where = f"""
  {_block("value", batch)}
  VALUES ?said {{ rdfs:label skos:altLabel }}
  ?item ?said ?value ; wdt:P31 ?class"""
        yield _question("items by name", ("value", "said", "item", "class"), where)


def above(classes: Iterable[str]) -> Iterator[Question]:
    """Yield questions for those classes of our table that lie at or above these classes."""
    ours = ", ".join(str(ox.NamedNode(ITEM + each)) for each in every())
    for batch in _batches(map(ox.NamedNode, classes), MOST_ITEMS):
        where = f"""
  {_block("class", batch)}
  ?class wdt:P279* ?above
  FILTER(?above IN ({ours}))"""
        yield _question("classes", ("class", "above"), where)


def about(items: Iterable[str], languages: Iterable[str]) -> Iterator[Question]:
    """Yield questions for what is known of items; `about` is "label", "description" or "country" (ISO 3166-1)."""
    spoken = _languages(languages)
    for batch in _batches(map(ox.NamedNode, items), MOST_ITEMS):
        where = f"""
  {_block("item", batch)}
  {{ ?item rdfs:label ?value BIND("label" AS ?about) FILTER(LANG(?value) IN ({spoken})) }}
  UNION {{
    ?item <http://schema.org/description> ?value BIND("description" AS ?about) FILTER(LANG(?value) IN ({spoken}))
  }}
  UNION {{ ?item (wdt:P17|wdt:P27|wdt:P159/wdt:P17)/wdt:P297 ?value BIND("country" AS ?about) }}"""
        yield _question("items", ("item", "about", "value"), where)


def posts(people: Iterable[str], languages: Iterable[str]) -> Iterator[Question]:
    """Yield questions for codes and names of what people hold a post at.

    A post's jurisdiction, an employer, a party, what they are a member of, what has them as its head or chief.
    """
    spoken = _languages(languages)
    for batch in _batches(map(ox.NamedNode, people), MOST_ITEMS):
        where = f"""
  {_block("item", batch)}
  ?item wdt:P39/wdt:P1001|wdt:P108|wdt:P102|wdt:P463|^wdt:P6|^wdt:P169 ?body
  {{ ?body wdt:P297|wdt:P300|wdt:P1566 ?value }}
  UNION {{ ?body rdfs:label|skos:altLabel ?value FILTER(LANG(?value) IN ({spoken})) }}"""
        yield _question("posts", ("item", "value"), where)


def _question(subject: str, columns: tuple[str, ...], where: str) -> Question:
    shown = " ".join(f"?{column}" for column in columns)
    return Question(f"the question about {subject}", columns, f"{_WDT} SELECT DISTINCT {shown} WHERE {{{where}\n}}")


def _is_short(name: str) -> bool:
    return 0 < len(name) <= _LONGEST


def _languages(found: Iterable[str]) -> str:
    return ", ".join(str(text(tag)) for tag in sorted({*found, "en", _EVERY_LANGUAGE}))


def _block(variable: str, terms: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(terms)} }}"


def _batches(terms: Iterable[Term], most: int) -> Iterator[tuple[str, ...]]:
    """Yield terms as SPARQL writes them, sorted, no more than `most` and MOST_BYTES at a time."""
    batch: list[str] = []
    size = 0
    for each in sorted({str(term) for term in terms}):
        length = len(each.encode("utf-8")) + 1
        if batch and (len(batch) == most or size + length > MOST_BYTES):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(each)
        size += length
    if batch:
        yield tuple(batch)
