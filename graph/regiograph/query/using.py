"""The dataset of an update, where the protocol names it beside the text (SPARQL 1.1 Protocol, section 2.2.3)."""

from __future__ import annotations

from collections.abc import Sequence

from regiograph.errors import QueryError
from regiograph.query.lexing import tokens


def using(update: str, default: Sequence[str], named: Sequence[str], *, name: str) -> str:
    """Return the update with USING and USING NAMED before each WHERE that may have them.

    >>> using("DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", ["a:b"], [], name="it")
    'DELETE { ?s ?p 1 } USING <a:b> WHERE { ?s ?p 1 }'

    Raises:
        QueryError: the update names its dataset itself, or has none.
        TermError: a graph is no IRI.
    """
    if not (default or named):
        return update
    from regiograph.rdf import nodes  # with rdflib, which is most of what a process that only answers would load

    places, depth, before = [], 0, None
    for token in tokens(update):
        depth += token.text in "{" if token.kind == "mark" else 0
        if token.says("USING", "WITH") and depth == 0:
            raise QueryError(f"{name}: {token.text.upper()} and a dataset beside the text exclude each other")
        if token.says("WHERE") and depth == 0 and not (before is not None and before.says("DELETE")):
            places.append(token.start)
        depth -= token.text in "}" if token.kind == "mark" else 0
        before = token
    clauses = [f"USING {nodes.iri(graph)} " for graph in default] + [f"USING NAMED {nodes.iri(g)} " for g in named]
    for place in reversed(places):
        update = f"{update[:place]}{''.join(clauses)}{update[place:]}"
    return update
