"""Statements about a node that has no name yet: the same content serves a claim and the fact it supports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from regiograph.entities.identity import digest
from regiograph.rdf.nodes import Term, Triple, iri


class Part(NamedTuple):
    """A node below the one being described; `path` starts with a slash ("/amount")."""

    path: str


class Statement(NamedTuple):
    """Predicate and object of the node at `path`; the empty path is the described node itself."""

    path: str
    predicate: ox.NamedNode
    object: Term | Part


def rooted(statements: Iterable[Statement], root: str) -> Iterator[Triple]:
    """Yield the statements as triples, the described node named `root` and its parts below it.

    Raises:
        TermError: `root` is no IRI.
    """
    for path, predicate, obj in statements:
        yield Triple(iri(root + path), predicate, iri(root + obj.path) if isinstance(obj, Part) else obj)


def fingerprint(statements: Iterable[Statement]) -> str:
    """Return a digest of what the statements say, whatever their order."""
    said = (f"{path} {predicate} {obj.path if isinstance(obj, Part) else obj}" for path, predicate, obj in statements)
    return digest(*sorted(said))[:24]
