"""What the store says of a node, as RDF, and on which page a node without one of its own is told of."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from regiograph.rdf.nodes import OBJECT, SUBJECT, rg
from regiograph.rdf.vocabulary import OA, PREFIXES
from regiograph.serve import links

_MOST = 20_000  # triples of a description


def described(quads: ox.Store, node: ox.NamedNode, kind: str) -> bytes:
    """Return the description of a node as RDF of a media type, empty if nothing is known of it.

    It holds what is said of the node in any graph, of its parts, of facts that it is an end of, and, of an article, all
    that its graph holds.
    """
    known = dict.fromkeys(quad.triple for quad in _quads(quads, node))
    if not known:
        return b""
    triples = sorted(known, key=str)[:_MOST]
    return ox.serialize(triples, format=ox.RdfFormat.from_media_type(kind), prefixes=dict(PREFIXES)) or b""


def _quads(quads: ox.Store, node: ox.NamedNode) -> Iterator[ox.Quad]:
    yield from _with_parts(quads, node)
    yield from quads.quads_for_pattern(None, None, None, node)
    for end in (SUBJECT, OBJECT):
        for quad in quads.quads_for_pattern(None, end, node, ox.DefaultGraph()):
            yield from _with_parts(quads, quad.subject)
    for quad in quads.quads_for_pattern(None, None, node, ox.DefaultGraph()):
        if quad.predicate not in (SUBJECT, OBJECT):
            yield quad


def _with_parts(quads: ox.Store, node: ox.NamedNode | ox.BlankNode | ox.Triple) -> Iterator[ox.Quad]:
    """Yield what is said of a node, and of nodes that are named below it."""
    for quad in quads.quads_for_pattern(node, None, None, None):
        if quad.predicate == rg("text"):
            continue  # it is its publisher's; the page shows it
        yield quad
        below = isinstance(quad.object, ox.NamedNode) and isinstance(node, ox.NamedNode)
        if below and quad.object.value.startswith(f"{node.value}/"):  # type: ignore[union-attr]
            yield from _with_parts(quads, quad.object)  # type: ignore[arg-type]


def place(quads: ox.Store, base: str, node: ox.NamedNode) -> str | None:
    """Return the address of the page that tells of a node without a page: of a claim or evidence its sentence.

    Of a fact that is the page of its subject. None if nothing is known of it.
    """
    evidence = next((q.object for q in quads.quads_for_pattern(node, rg("evidence"), None, None)), node)
    found: dict[str, str] = {}
    if isinstance(evidence, ox.NamedNode):
        for quad in _with_parts(quads, evidence):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                found.setdefault(quad.predicate.value, quad.object.value)
    source, start, end = (found.get(str(each)) for each in (OA.hasSource, OA.start, OA.end))
    if source and start and end:
        return links.sentence(base, source, int(start), int(end))
    subject = next((q.object for q in quads.quads_for_pattern(node, SUBJECT, None, None)), None)
    return links.local(base, subject.value) if isinstance(subject, ox.NamedNode) else None
