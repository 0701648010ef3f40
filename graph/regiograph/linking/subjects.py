"""What a store knows of its entities that tells who or what they are elsewhere: names, codes, countries, posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from regiograph.entities.identity import key
from regiograph.query.local import select
from regiograph.rdf.graphs import reference_iri
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import local_name
from regiograph.terms import EntityType

_ENTITIES = """SELECT ?entity ?class ?label ?articles {
  ?entity a ?class ; rdfs:label ?label
  OPTIONAL { ?entity rg:articleCount ?articles }
}"""
_NAMES = "SELECT ?entity ?name { ?entity rdfs:label|skos:altLabel ?name ; a ?class }"
_LANGUAGES = """SELECT DISTINCT ?entity ?language {
  GRAPH ?article { ?mention rg:entity ?entity ; rg:inArticle ?article . ?article dcterms:language ?language }
}"""
_CODES = """SELECT ?entity ?code ?number {
  VALUES ?reference { UNDEF }
  GRAPH ?reference { ?entity a ?class OPTIONAL { ?entity rg:isoCode ?code } OPTIONAL { ?entity rg:geonamesId ?number } }
}"""
_COUNTRIES = """SELECT DISTINCT ?entity ?code {
  VALUES ?reference { UNDEF }
  ?entity rg:within+ ?country
  GRAPH ?reference { ?country a rg:Country ; rg:isoCode ?code }
}"""
_BODIES = "SELECT DISTINCT ?person ?body { ?person a rg:Person ; rg:holdsPost|rg:represents|rg:memberOf ?body }"
_ENGLISH = ("en",)

Many = Mapping[str, tuple[str, ...]]


class Code(NamedTuple):
    """A code of a place: the property that Wikidata has it by ("P300"), and the code ("RU-TOM")."""

    property: str
    value: str


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity of a store for which an item of Wikidata is sought.

    `names` begins with `name`; `languages` are those of the articles that mention it, "en" where none says so.
    `countries` are ISO 3166-1 codes of what it lies in, for a person of what they hold a post at. `bodies` has, for a
    person, what they hold a post at: a code or folded name, and the name as people know it.
    """

    iri: str
    type: EntityType
    name: str
    articles: int = 0
    names: tuple[str, ...] = ()
    languages: tuple[str, ...] = _ENGLISH
    codes: tuple[Code, ...] = ()
    countries: tuple[str, ...] = ()
    bodies: tuple[tuple[str, str], ...] = ()


def subjects(
    store: Store, *, types: tuple[EntityType, ...] = tuple(EntityType), limit: int | None = None
) -> tuple[Subject, ...]:
    """Return the entities of these types, those of which most articles speak first; `limit` of them at most."""
    reference = {"reference": reference_iri(store.base)}
    names, languages = _many(select(store, _NAMES).texts()), _many(select(store, _LANGUAGES).texts())
    codes = {entity: _codes(*found) for entity, *found in select(store, _CODES, reference).texts()}
    countries, bodies = _many(select(store, _COUNTRIES, reference).texts()), _many(select(store, _BODIES).texts())
    known = sorted(_entities(store).values(), key=lambda each: (-each.articles, each.iri))
    labels = {each.iri: each.name for each in known}
    wanted = [each for each in known if each.type in types][:limit]

    def whole(plain: Subject) -> Subject:
        posts = bodies.get(plain.iri, ())
        own = [code.value for body in posts for code in codes.get(body, ()) if code.property == "P297"]
        return Subject(
            plain.iri,
            plain.type,
            plain.name,
            plain.articles,
            tuple(dict.fromkeys((plain.name, *names.get(plain.iri, ())))),
            tuple(dict.fromkeys(tag.partition("-")[0] for tag in languages.get(plain.iri, _ENGLISH))),
            codes.get(plain.iri, ()),
            tuple(sorted({*own, *(code for each in (plain.iri, *posts) for code in countries.get(each, ()))})),
            tuple((tie, labels[body]) for body in posts if body in labels for tie in _ties(body, names, codes)),
        )

    return tuple(map(whole, wanted))


def _entities(store: Store) -> dict[str, Subject]:
    """Return what has one of the types, by IRI; with two of them, the first in the order of the types."""
    found: dict[str, Subject] = {}
    order = list(EntityType)
    for iri, kind, label, articles in select(store, _ENTITIES).texts():
        if (name := local_name(kind)) in frozenset(EntityType):
            new = Subject(iri, EntityType(name), label, int(articles or 0))
            if iri not in found or order.index(new.type) < order.index(found[iri].type):
                found[iri] = new
    return found


def _codes(iso: str, geonames: str) -> tuple[Code, ...]:
    found = (Code("P300" if "-" in iso else "P297", iso), Code("P1566", geonames))
    return tuple(code for code in found if code.value)


def _ties(body: str, names: Many, codes: Mapping[str, tuple[Code, ...]]) -> tuple[str, ...]:
    return (*(code.value for code in codes.get(body, ())), *(key(name) for name in names.get(body, ())))


def _many(rows: tuple[tuple[str, ...], ...]) -> Many:
    found: dict[str, list[str]] = defaultdict(list)
    for subject, value in rows:
        found[subject].append(value)
    return {subject: tuple(sorted(set(values))) for subject, values in found.items()}
