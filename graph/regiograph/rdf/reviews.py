"""What people have said of claims: accepted ones are believed whatever their confidence, rejected ones never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from regiograph.rdf.graphs import decisions_iri
from regiograph.rdf.nodes import Triple, iri, rg, triple

STATUS, ACCEPTED, REJECTED = rg("reviewStatus"), rg("accepted"), rg("rejected")


class Reviews:
    """The graph of decisions on the claims of a store."""

    def __init__(self, quads: ox.Store, base: str) -> None:
        self._quads = quads
        self.graph = decisions_iri(base)

    def stored(self) -> dict[str, str]:
        """Return the IRI of the status of each claim that people have decided on."""
        found = map(triple, self._quads.quads_for_pattern(None, STATUS, None, self.graph))
        return {claim.value: status.value for claim, _, status in found}

    def of(self, claims: Iterable[str], changes: Mapping[str, str]) -> dict[str, str]:
        """Return the IRI of the status of each of these claims that has one, once `changes` ("": none) are stored."""
        found = {claim: changes[claim] if claim in changes else self._of(claim) for claim in claims}
        return {claim: status for claim, status in found.items() if status}

    def _of(self, claim: str) -> str | None:
        found = self._quads.quads_for_pattern(iri(claim), STATUS, None, self.graph)
        return next((triple(quad).object.value for quad in found), None)

    def told(self, claims: Iterable[str]) -> frozenset[ox.Quad]:
        """Return what is said of these claims."""
        return frozenset(q for c in claims for q in self._quads.quads_for_pattern(iri(c), STATUS, None, self.graph))


def reviewed(claim: str, status: str) -> Triple:
    """Return the triple that tells what people have decided on a claim."""
    return Triple(iri(claim), STATUS, iri(status))
