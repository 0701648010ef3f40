"""The default graph, what the articles together amount to, and what follows from it: kept up as articles come and go.

It is a function of the article graphs; each change touches only what the changed article speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import pyoxigraph as ox

from regiograph.rdf import consequences, support
from regiograph.rdf.draft import Draft
from regiograph.rdf.facts import WITHIN, stated_fact
from regiograph.rdf.graphs import inferred_iri, reference_iri
from regiograph.rdf.identities import Identities
from regiograph.rdf.nodes import LABEL, TYPE, Triple, integer, iri, rg, term, text
from regiograph.rdf.reference import reference
from regiograph.rdf.reviews import ACCEPTED, Reviews
from regiograph.rdf.stated import claims
from regiograph.rdf.support import Supported
from regiograph.rdf.tallies import Tallies, Tally, records
from regiograph.rdf.vocabulary import SKOS

_COUNT, _ALSO = rg("articleCount"), term(SKOS.altLabel)
_DESCRIPTION = (TYPE, LABEL, _ALSO, _COUNT)


class Knowledge:
    """Works out how the default graph and the reference data change with an article."""

    def __init__(self, quads: ox.Store, *, base: str, min_confidence: Decimal, derived: bool = True) -> None:
        """Begin; `derived` tells whether what is derived from the articles has been kept in line with them."""
        self._identities = Identities(quads, base)
        self._reviews = Reviews(quads, base)
        self._tallies = Tallies(quads, self._identities, base, stored=derived)
        self._base = base
        self._reference, self._inferred = reference_iri(base), inferred_iri(base)
        self._min_confidence = min_confidence

    def revise(
        self,
        draft: Draft,
        old: frozenset[ox.Quad],
        new: frozenset[ox.Quad],
        identities: Mapping[str, str] | None = None,
        reviews: Mapping[str, str] | None = None,
    ) -> dict[str, Tally]:
        """Draw the consequences of an article's graph changing from `old` to `new`, or of who is who in it.

        `identities` are mentions that are to be known otherwise than the store says, and as what ("": as their own),
        `reviews` the IRIs of statuses that claims are to have ("": none).
        Returns the tallies to `keep` once the draft is committed.
        """
        before, after = self._identities.called(old), self._identities.called(new, identities)
        tallies = self._tallies.after(records(old, before), records(new, after))
        lost = support.revise(draft, support.confidences(old), self._supported(new, after, reviews or {}))
        places = self._revise_reference(draft, tallies)
        for said in lost:
            if said.predicate == WITHIN and draft.holds(*said, self._reference):
                draft.add(said)
        consequences.revise(draft, self._inferred)
        self._tallies.revise(draft, tallies)
        for entity in sorted(tallies.keys() | places):
            self._describe(draft, iri(entity), self._tally(entity, tallies))
        return tallies

    def describe(self, draft: Draft, entities: Iterable[str]) -> None:
        """Say anew of entities what they are called."""
        for entity in sorted(entities):
            self._describe(draft, iri(entity), self._tallies.of(entity))

    def keep(self, tallies: Mapping[str, Tally]) -> None:
        """Take over the tallies of a committed draft."""
        self._tallies.keep(tallies)

    def counted(self) -> tuple[ox.NamedNode, Iterator[ox.Quad]]:
        """Return the graph of how often articles call what how, and what it is to hold, counted anew."""
        return self._tallies.graph, self._tallies.counted()

    def derived(self) -> None:
        """Rely on what is derived from the articles from now on."""
        self._tallies.stored = True

    def close(self) -> None:
        """Let go of the database."""
        self._tallies.close()
        del self._identities, self._reviews

    def _supported(
        self, article: frozenset[ox.Quad], called: Mapping[str, str], reviews: Mapping[str, str]
    ) -> Supported:
        sure = support.confidences(article)
        status = self._reviews.of(sure, reviews)
        accepted = {claim for claim, said in status.items() if said == ACCEPTED.value}
        doubted = {claim for claim, share in sure.items() if share < self._min_confidence} - accepted
        out = doubted | (status.keys() - accepted)
        believed = (c for c in claims(article, called) if not c.denied and c.claim not in out)
        return {claim: (stated_fact(content, base=self._base), sure[claim]) for claim, _, content in believed}

    def _tally(self, entity: str, tallies: Mapping[str, Tally]) -> Tally:
        return tallies[entity] if entity in tallies else self._tallies.of(entity)

    def _describe(self, draft: Draft, node: ox.NamedNode, tally: Tally) -> None:
        """Say of an entity what its mentions and the gazetteer say of it, or nothing where neither speaks of it."""
        kinds, labels = ([o for _, _, o in draft.match(node, p, None, self._reference)] for p in (TYPE, LABEL))
        given = self._identities.label(node)
        names = list(dict.fromkeys([*([given] if given and tally else []), *map(text, tally.names), *labels]))
        said = {Triple(node, TYPE, kind) for kind in [*map(iri, tally.types), *kinds]}
        said |= {Triple(node, LABEL if name == names[0] else _ALSO, name) for name in names}
        said |= {Triple(node, _COUNT, integer(tally.total())) for _ in names[:1]}
        old = {triple for p in _DESCRIPTION for triple in draft.match(node, p, None)}
        for triple in old - said:
            draft.remove(triple)
        for triple in said - old:
            draft.add(triple)

    def _revise_reference(self, draft: Draft, tallies: Mapping[str, Tally]) -> set[str]:
        """Bring the reference data in line with the places now mentioned; returns the places it touched."""
        changed = [e for e, tally in tallies.items() if tally.codes != self._tallies.of(e).codes]
        touched = {place for entity in changed for place in self._forget(draft, iri(entity), tallies)}
        for entity in changed:
            for triple in reference(entity, tallies[entity].codes, base=self._base):
                touched.add(triple.subject.value)
                draft.add(triple, self._reference)
                if triple.predicate == WITHIN:
                    draft.add(triple)
        return touched

    def _forget(self, draft: Draft, place: ox.NamedNode, tallies: Mapping[str, Tally]) -> set[str]:
        """Drop the data on a place unless another lies in it, and then on what it lies in, if only it needed that."""
        if draft.holds(None, WITHIN, place, self._reference):
            return set()
        above: list[str] = []
        for triple in list(draft.match(place, None, None, self._reference)):
            draft.remove(triple, self._reference)
            if triple.predicate == WITHIN:
                above.append(triple.object.value)
                if not support.stated(draft, triple):
                    draft.remove(triple)
        unneeded = [iri(container) for container in above if not self._tally(container, tallies).codes]
        return {place.value}.union(*(self._forget(draft, container, tallies) for container in unneeded))
