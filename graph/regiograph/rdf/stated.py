"""What the claims of an article's graph say, read back, so that knowledge follows from the graphs and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from regiograph.rdf.nodes import OBJECT, SUBJECT, TYPE, Triple, rg, term, triple
from regiograph.rdf.statements import Part, Statement
from regiograph.rdf.vocabulary import PROV

_CLAIM, _POLARITY, _NEGATIVE = rg("Claim"), rg("polarity"), rg("negative")
_ABOUT_THE_CLAIM = frozenset(
    {TYPE, _POLARITY, *map(rg, ("confidence", "reviewStatus", "evidence", "inArticle")),
     term(PROV.wasDerivedFrom), term(PROV.wasGeneratedBy)}
)  # fmt: skip
_VERBATIM = rg("verbatim")


class Stated(NamedTuple):
    """A claim's IRI, whether it denies, and its content as `rdf.content.content` makes it, in no order."""

    claim: str
    denied: bool
    content: tuple[Statement, ...]


def claims(quads: Iterable[ox.Quad], called: Mapping[str, str]) -> Iterator[Stated]:
    """Yield the claims among the quads of one article's graph.

    `called` tells under which IRI the graph's entities are known; one that it does not name keeps its own.
    """
    about: dict[str, list[Triple]] = defaultdict(list)
    for quad in quads:
        said = triple(quad)
        about[said.subject.value].append(said)
    for node, told in about.items():
        if any(p == TYPE and o == _CLAIM for _, p, o in told):
            denied = any(p == _POLARITY and o == _NEGATIVE for _, p, o in told)
            yield Stated(node, denied, tuple(_named(_content(node, about), called)))


def _content(claim: str, about: Mapping[str, list[Triple]]) -> Iterator[Statement]:
    for _, predicate, obj in about[claim]:
        if predicate not in _ABOUT_THE_CLAIM:
            yield from _below(claim, "", predicate, obj, about)


def _below(
    claim: str, path: str, predicate: ox.NamedNode, obj: ox.NamedNode | ox.Literal, about: Mapping[str, list[Triple]]
) -> Iterator[Statement]:
    if predicate == _VERBATIM:
        return
    if not (isinstance(obj, ox.NamedNode) and obj.value.startswith(f"{claim}/")):
        yield Statement(path, predicate, obj)
        return
    below = obj.value.removeprefix(claim)
    yield Statement(path, predicate, Part(below))
    for _, deeper, value in about[obj.value]:
        yield from _below(claim, below, deeper, value, about)


def _named(content: Iterable[Statement], called: Mapping[str, str]) -> Iterator[Statement]:
    for path, predicate, obj in content:
        if path == "" and predicate in (SUBJECT, OBJECT) and isinstance(obj, ox.NamedNode):
            yield Statement(path, predicate, ox.NamedNode(called.get(obj.value, obj.value)))
        else:
            yield Statement(path, predicate, obj)
