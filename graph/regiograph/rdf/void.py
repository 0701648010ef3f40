"""A dataset described in numbers: VoID, https://www.w3.org/TR/void/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.rdf.nodes import TYPE, Triple, integer, iri, term, text
from regiograph.rdf.vocabulary import DCTERMS, PREFIXES, VOID, compact, local_name

TITLE = "Regional investment in the news"

Counts = Iterable[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much a dataset holds: triples, entities and articles, entities by class, triples by property (IRIs).

    `example` is the IRI of an entity to begin with, None if there is none.
    """

    triples: int
    entities: int
    documents: int
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    example: str | None


def described(node: ox.NamedNode, held: Holdings, *, base: str, parts: str) -> Iterator[Triple]:
    """Yield what is said of the dataset `node`, whose entities begin with `base`; IRIs of its parts with `parts`.

    Raises:
        TermError: `parts` begins no IRI.
    """
    yield Triple(node, TYPE, term(VOID.Dataset))
    yield Triple(node, term(DCTERMS.title), text(TITLE, "en"))
    yield Triple(node, term(VOID.uriSpace), text(base))
    for namespace in PREFIXES.values():
        yield Triple(node, term(VOID.vocabulary), iri(namespace))
    for name in ("triples", "entities", "documents"):
        yield Triple(node, term(VOID[name]), integer(getattr(held, name)))
    if held.example is not None:
        yield Triple(node, term(VOID.exampleResource), iri(held.example))
    yield from _partitions(node, f"{parts}class-", held.classes, "class", "entities")
    yield from _partitions(node, f"{parts}property-", held.properties, "property", "triples")


def _partitions(node: ox.NamedNode, parts: str, counts: Counts, name: str, counted: str) -> Iterator[Triple]:
    for key, n in counts:
        part = iri(parts + compact(local_name(key)).replace(":", "-"))
        yield Triple(node, term(VOID[f"{name}Partition"]), part)
        yield Triple(part, term(VOID[name]), iri(key))
        yield Triple(part, term(VOID[counted]), integer(n))
