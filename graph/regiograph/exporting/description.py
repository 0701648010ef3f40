"""The store described for catalogues of data: VoID for how much of what it holds, DCAT for what it comes as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import IO

import pyoxigraph as ox

from regiograph.exporting.articles import Told, articles
from regiograph.exporting.formats import FORMATS
from regiograph.rdf import export
from regiograph.rdf.nodes import TYPE, Triple, iri, partial_date, rg, term, text, triple
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import DCAT, DCTERMS, PREFIXES, RG, VOID
from regiograph.rdf.void import Holdings, described

_SAYS = (
    "People, bodies, places and projects of regional investment in the news: what articles claim of them, with the "
    "sentence that says so, and what asserted claims of enough confidence amount to. Numbers are those of all graphs "
    "together, each triple counted once; the articles' own texts are not part of it."
)
_MEDIA = "https://www.iana.org/assignments/media-types/"
_PREFIXES: Mapping[str, str] = MappingProxyType({**PREFIXES, "dcat": str(DCAT), "void": str(VOID)})


def write(store: Store, out: IO[bytes]) -> None:
    """Write the description of the store's dataset as Turtle.

    Raises:
        OSError: the stream cannot be written to, or there is no room for temporary files.
    """
    told = [*_dataset(store, iri(f"{store.base}dataset"))]
    places = {node: place for place, node in enumerate(dict.fromkeys(said.subject for said in told))}
    told.sort(key=lambda said: places[said.subject])
    export.serialise((ox.Triple(*said) for said in told), out, ox.RdfFormat.TURTLE, prefixes=_PREFIXES)


def _dataset(store: Store, node: ox.NamedNode) -> Iterator[Triple]:
    known = articles(store.quads)
    yield Triple(node, TYPE, term(DCAT.Dataset))
    yield from described(node, _held(store, len(known)), base=store.base, parts=f"{node.value}/")
    yield Triple(node, term(DCTERMS.description), text(_SAYS, "en"))
    yield Triple(node, term(DCTERMS.conformsTo), iri(str(RG._NS).removesuffix("#")))
    yield from _times(node, known)
    yield from _distributions(node)


def _held(store: Store, documents: int) -> Holdings:
    """Count what an export of all graphs holds."""
    kinds: Counter[str] = Counter()
    uses: Counter[str] = Counter()
    for _, predicate, obj in map(triple, export.triples(store)):
        uses[predicate.value] += 1
        if predicate == TYPE:
            kinds[obj.value] += 1
    entities = [q.subject for q in store.quads.quads_for_pattern(None, rg("articleCount"), None, ox.DefaultGraph())]
    counts = tuple(sorted(kinds.items())), tuple(sorted(uses.items()))
    return Holdings(uses.total(), len(entities), documents, *counts, _example(store.quads))


def _example(quads: ox.Store) -> str | None:
    """Return the entity that most articles speak of, of equals the first."""
    found = map(triple, quads.quads_for_pattern(None, rg("articleCount"), None, ox.DefaultGraph()))
    known = [(-int(count.value), entity.value) for entity, _, count in found]
    return min(known)[1] if known else None


def _times(node: ox.NamedNode, known: Iterable[Told]) -> Iterator[Triple]:
    """Yield when the articles are from; the newest of them tells when the dataset last changed."""
    dates = sorted(told.date for told in known if told.date)
    if not dates:
        return
    period = iri(f"{node.value}/temporal")
    yield Triple(node, term(DCTERMS.temporal), period)
    yield from _dated(node, DCTERMS.modified, dates[-1])
    yield Triple(period, TYPE, term(DCTERMS.PeriodOfTime))
    yield from _dated(period, DCAT.startDate, dates[0])
    yield from _dated(period, DCAT.endDate, dates[-1])


def _dated(node: ox.NamedNode, predicate: str, date: str) -> Iterator[Triple]:
    if (literal := partial_date(date)) is not None:
        yield Triple(node, term(predicate), literal)


def _distributions(node: ox.NamedNode) -> Iterator[Triple]:
    for each in FORMATS:
        if each.name != "void":
            made = iri(f"{node.value}/as-{each.name}")
            yield Triple(node, term(DCAT.distribution), made)
            yield Triple(made, TYPE, term(DCAT.Distribution))
            yield Triple(made, term(DCTERMS.title), text(each.title, "en"))
            yield Triple(made, term(DCTERMS.description), text(each.holds, "en"))
            if each.media:
                yield Triple(made, term(DCAT.mediaType), iri(_MEDIA + each.media))
