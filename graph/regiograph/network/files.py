"""The network as a file for other programs that draw and measure networks: GraphML and GEXF.

A program finds the same attributes, of the same types, in every file, whether or not a value is known anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriterLxml

from regiograph.network.facts import COLUMNS, Stated, stated
from regiograph.rdf.vocabulary import properties

Scalar = str | int | float

SEPARATOR = " | "
"""What stands between the other names of an entity."""

NODE: Mapping[str, type[Scalar]] = MappingProxyType({"label": str, "type": str, "articles": int, "names": str})
"""What is told of an entity; `articles` counts those that speak of it, `names` are its others."""

EDGE: Mapping[str, type[Scalar]] = MappingProxyType(
    {
        "predicate": str,
        "label": str,
        "modality": str,
        "confidence": float,
        "articles": int,
        **dict.fromkeys(COLUMNS, str),
        "sentence": str,
        "url": str,
    }
)
"""What is told of a fact; `sentence` and `url` are those of the newest article that says so."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Flat:
    """A network whose attributes are words and numbers; `replaced` characters are U+FFFD, for XML has none of them."""

    graph: nx.MultiDiGraph[str]
    replaced: int


def flat(network: nx.MultiDiGraph[str]) -> Flat:
    """Return a projected graph with the attributes NODE and EDGE, as far as they are known, edges keyed by fact.

    Facts that end in a literal are left out.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    words = _Words()
    for node in sorted(network):
        graph.add_node(node, **words.writable(_entity(network.nodes[node])))
    for said in stated(network):
        if said.object is not None:
            graph.add_edge(said.subject, said.object, said.iri, **words.writable(_fact(said)))
    return Flat(graph, words.replaced)


def write_graphml(graph: nx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """Write a flat graph as GraphML; an edge's id is the IRI of its fact.

    Raises:
        OSError: the stream cannot be written to.
    """
    writer: Any = GraphMLWriterLxml(out)
    for scope, attributes in (("edge", EDGE), ("node", NODE)):
        for name, kind in reversed([*attributes.items()]):  # each is put before those declared so far
            writer.get_key(name, writer.get_xml_type(kind), scope, None)
    writer.add_graph_element(graph)
    writer.dump()
    out.write(b"\n")


def write_gexf(graph: nx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """Write a flat graph as GEXF 1.2; an edge's id is the IRI of its fact.

    Raises:
        OSError: the stream cannot be written to.
    """
    writer = _Gexf()
    writer.add_graph(_identified(graph))
    writer.write(out)


class _Gexf(GEXFWriter):
    """The library's writer, without today's date and the library's version, and with all attributes declared."""

    def __init__(self) -> None:
        super().__init__()
        meta = self.xml.find("meta")
        meta.attrib.clear()
        meta.find("creator").text = "regiograph"

    def add_nodes(self, graph: Any, element: Any) -> None:
        for scope, attributes in (("node", NODE), ("edge", EDGE)):
            for name, kind in attributes.items():
                if name != "label":  # has a place of its own
                    self.get_attr_id(name, self.xml_type[kind], scope, {}, "static")  # type: ignore[no-untyped-call]
        super().add_nodes(graph, element)

    def add_attributes(self, scope: str, element: Any, data: dict[str, Scalar], default: Any) -> Any:
        data.pop("key", None)  # the edge's id says the same
        return super().add_attributes(scope, element, data, default)  # type: ignore[no-untyped-call]


def _identified(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return a copy whose edges have their key as `id` too, which the library takes for the id of the edge."""
    copy = graph.copy()
    nx.set_edge_attributes(copy, {edge: edge[2] for edge in copy.edges(keys=True)}, "id")
    return copy


class _Words:
    """Makes words fit for XML, and counts the characters that it replaced."""

    def __init__(self) -> None:
        self.replaced = 0

    def writable(self, attributes: Mapping[str, Scalar | None]) -> dict[str, Scalar]:
        """Return the attributes that have a value."""
        return {name: self._writable(value) for name, value in attributes.items() if value is not None}

    def _writable(self, value: Scalar) -> Scalar:
        if not isinstance(value, str):
            return value
        words, count = _NO_XML.subn("\ufffd", value)
        self.replaced += count
        return words


def _entity(known: Mapping[str, Any]) -> Mapping[str, Scalar | None]:
    names = SEPARATOR.join(known["names"])
    return {"label": known["label"], "type": known["type"], "articles": known["articles"], "names": names or None}


def _fact(said: Stated) -> Mapping[str, Scalar | None]:
    return dict(_told(said))


def _told(said: Stated) -> Iterator[tuple[str, Scalar | None]]:
    fact = said.fact
    yield "predicate", fact.predicate
    yield "label", properties()[fact.predicate].label
    yield "modality", fact.modality
    yield "confidence", fact.confidence
    yield "articles", len(said.articles)
    yield from sorted(said.qualifiers.items())
    for newest in fact.evidence[:1]:
        yield "sentence", newest.quote
        yield "url", newest.url
