"""The names of the graphs that are no article's."""

from __future__ import annotations

import pyoxigraph as ox

from regiograph.rdf.nodes import iri


def reference_iri(base: str) -> ox.NamedNode:
    """Return the name of the graph of reference data."""
    return iri(base + "reference")


def inferred_iri(base: str) -> ox.NamedNode:
    """Return the name of the graph of what follows from the knowledge."""
    return iri(base + "inferred")


def identities_iri(base: str) -> ox.NamedNode:
    """Return the name of the graph of who is who."""
    return iri(base + "identities")


def decisions_iri(base: str) -> ox.NamedNode:
    """Return the name of the graph of what people have decided on claims."""
    return iri(base + "decisions")


def tallies_iri(base: str) -> ox.NamedNode:
    """Return the name of the graph of how often articles call what how, which no export holds."""
    return iri(base + "tallies")


def texts_iri(base: str) -> ox.NamedNode:
    """Return the name of the graph of the articles' texts, which no export holds."""
    return iri(base + "texts")
