"""A part of the network as the page that `view` writes: around an entity, or the entities of an answer."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from regiograph.network.neighbourhood import among, around

POLICY = "frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
"""Beside the page's own, stricter one, which knows its scripts by their hashes."""

_ENTITIES = 1_000
_FACTS = 3_000
_STEPS = 3


def page(quads: ox.Store, entities: Sequence[str], steps: int) -> bytes | None:
    """Return the page of what is at most so many steps from the entities with these IRIs; None if none is known."""
    from regiograph.view.page import render

    chosen = [iri for iri in dict.fromkeys(entities) if _is_iri(iri)][:_ENTITIES]
    if steps:
        graph = around(quads, chosen, steps=min(steps, _STEPS), facts_at_most=_FACTS)
    else:
        graph = among(quads, chosen, facts_at_most=_FACTS)
    if not graph:
        return None
    title = str(graph.nodes[chosen[0]]["label"]) if steps and chosen[0] in graph else "Entities of an answer"
    return render(graph, title=title).encode("utf-8")


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
