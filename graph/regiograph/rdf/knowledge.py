"""The default graph: what the articles together amount to, kept up as articles come and go.

It is a function of the article graphs; each change touches only what the changed article speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import pyoxigraph as ox

from regiograph.model import Claim
from regiograph.rdf import support
from regiograph.rdf.draft import DEFAULT, Draft
from regiograph.rdf.facts import WITHIN, fact
from regiograph.rdf.nodes import LABEL, TYPE, integer, iri, rg, term, text
from regiograph.rdf.reference import reference, reference_iri
from regiograph.rdf.support import Supported
from regiograph.rdf.tallies import Tallies, Tally, records
from regiograph.rdf.vocabulary import SKOS

_COUNT, _ALSO = rg("articleCount"), term(SKOS.altLabel)
_DESCRIPTION = (TYPE, LABEL, _ALSO, _COUNT)


class Knowledge:
    """Works out how the default graph and the reference data change with an article."""

    def __init__(self, quads: ox.Store, *, base: str, min_confidence: Decimal) -> None:
        self._tallies = Tallies(quads)
        self._base = base
        self._reference = reference_iri(base)
        self._min_confidence = min_confidence

    def revise(
        self, draft: Draft, old: frozenset[ox.Quad], new: frozenset[ox.Quad], claims: Iterable[Claim]
    ) -> dict[str, Tally]:
        """Draw the consequences of an article's graph changing from `old` to `new`, which states `claims`.

        Returns the tallies to `keep` once the draft is committed.
        """
        tallies = self._tallies.after(records(old), records(new))
        places = self._revise_reference(draft, tallies)
        for entity in sorted(tallies.keys() | places):
            self._describe(draft, iri(entity), self._tally(entity, tallies))
        support.revise(draft, support.confidences(old), self._supported(claims, support.confidences(new)))
        return tallies

    def keep(self, tallies: Mapping[str, Tally]) -> None:
        """Take over the tallies of a committed draft."""
        self._tallies.keep(tallies)

    def close(self) -> None:
        """Let go of the database."""
        self._tallies.close()

    def _supported(self, claims: Iterable[Claim], confidences: Mapping[str, Decimal]) -> Supported:
        believed = (claim for claim in claims if confidences[claim.id] >= self._min_confidence)
        facts = ((claim.id, fact(claim, base=self._base)) for claim in believed)
        return {claim: (found, confidences[claim]) for claim, found in facts if found is not None}

    def _tally(self, entity: str, tallies: Mapping[str, Tally]) -> Tally:
        return tallies[entity] if entity in tallies else self._tallies.of(entity)

    def _describe(self, draft: Draft, node: ox.NamedNode, tally: Tally) -> None:
        """Say of an entity what its mentions and the gazetteer say of it, or nothing where neither speaks of it."""
        known = list(draft.match(node, None, None, self._reference))
        types = {*map(iri, tally.types), *(q.object for q in known if q.predicate == TYPE)}
        names = [*map(text, tally.names), *(q.object for q in known if q.predicate == LABEL)]
        said = [(TYPE, kind) for kind in types]
        said += [(LABEL, name) for name in names[:1]]
        said += [(_ALSO, name) for name in names[1:] if name != names[0]]
        said += [(_COUNT, integer(tally.total()))] if names else []
        old = [q for p in _DESCRIPTION for q in draft.match(node, p, None, DEFAULT)]
        draft.replace(old, [ox.Quad(node, p, o, DEFAULT) for p, o in said])

    def _revise_reference(self, draft: Draft, tallies: Mapping[str, Tally]) -> set[str]:
        """Bring the reference data in line with the places now mentioned; returns the places it touched."""
        changed = [e for e, tally in tallies.items() if tally.codes != self._tallies.of(e).codes]
        touched = {place for entity in changed for place in self._forget(draft, iri(entity), tallies)}
        for entity in changed:
            known = reference(entity, tallies[entity].codes, base=self._base)
            touched |= {triple.subject.value for triple in known}
            for triple in known:
                draft.add(ox.Quad(*triple, self._reference))
                if triple.predicate == WITHIN:
                    draft.add(ox.Quad(*triple, DEFAULT))
        return touched

    def _forget(self, draft: Draft, place: ox.NamedNode, tallies: Mapping[str, Tally]) -> set[str]:
        """Drop the data on a place unless another lies in it, and then on what it lies in, if only it needed that."""
        if next(draft.match(None, WITHIN, place, self._reference), None) is not None:
            return set()
        quads = list(draft.match(place, None, None, self._reference))
        for quad in quads:
            draft.remove(quad)
            if quad.predicate == WITHIN and not support.stated(draft, quad.triple):
                draft.remove(ox.Quad(*quad.triple, DEFAULT))
        above = [quad.object for quad in quads if quad.predicate == WITHIN]
        unneeded = [container for container in above if not self._tally(container.value, tallies).codes]
        return {place.value}.union(*(self._forget(draft, container, tallies) for container in unneeded))
