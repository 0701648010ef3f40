"""The network with plain attributes, as programs for networks read it: GraphML and GEXF, written by networkx."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import IO, Any

import networkx as nx

from regiograph.network.communities import communities, membership
from regiograph.network.importance import importance
from regiograph.network.period import edge_fact, span
from regiograph.rdf import vocabulary

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLOCK = re.compile(rb' lastmodifieddate="[^"]*"')


def graphml(graph: nx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """Write GraphML; `graph` is what `network.projection.project` returns."""
    nx.write_graphml_lxml(flat(graph), out, named_key_ids=True, edge_id_from_attribute="id")


def gexf(graph: nx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """Write GEXF 1.2, without the date of writing that networkx puts into it."""
    written = io.BytesIO()
    nx.write_gexf(flat(graph), written)
    out.write(_CLOCK.sub(b"", written.getvalue(), count=1))


def flat(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return a copy with nodes and edges in the order of their IRIs, and with nothing but numbers and text on them.

    Characters that XML has no place for become U+FFFD. A community of 0 is none; `year` and `lastYear` are those of the
    date, or else of the articles.
    """
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    rank, group = importance(graph), membership(communities(graph))
    for node in sorted(graph):
        known = graph.nodes[node]
        said = {"label": known["label"], "type": known["type"], "names": " | ".join(known["names"])}
        counted = {"articles": int(known["articles"]), "importance": rank[node], "community": group.get(node, -1) + 1}
        plain.add_node(_xml(node), **_clean(said), **counted)
    for source, target, key, told in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        plain.add_edge(_xml(source), _xml(target), _xml(key), id=_xml(key), **_edge(told))
    return plain


def _edge(told: Mapping[str, Any]) -> dict[str, Any]:
    evidence = told["evidence"]
    term = vocabulary.properties().get(told["predicate"])
    said = {
        "label": term.label if term else told["predicate"],
        "predicate": told["predicate"],
        "modality": told["modality"],
        "date": told["date"] or "",
        **{name: value for name, value in told["qualifiers"] if name != "date"},
        "sentence": evidence[0].quote if evidence else "",
        "article": evidence[0].title if evidence else "",
        "source": (evidence[0].url if evidence else None) or "",
    }
    years = span(edge_fact(told))
    dated = {"year": years[0], "lastYear": years[1]} if years else {}
    articles = len({quotation.article for quotation in evidence})
    return {**_clean(said), **dated, "confidence": float(told["confidence"]), "articles": articles}


def _clean(said: Mapping[str, str]) -> dict[str, str]:
    return {name: _xml(value) for name, value in said.items()}


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
