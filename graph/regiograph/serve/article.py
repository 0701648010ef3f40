"""The page of an article: its text with every claim at its place, and the claims one by one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.network.content import LITERALS, Content, Parts
from regiograph.rdf.graphs import texts_iri
from regiograph.rdf.nodes import rg
from regiograph.rdf.vocabulary import local_name
from regiograph.serve import links
from regiograph.serve.marking import paragraphs
from regiograph.serve.site import render
from regiograph.terms import Modality, Polarity
from regiograph.view import wording
from regiograph.view.links import sentence_url, web_url
from regiograph.view.looks import relation

_Node = dict[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """An entity as the article names it."""

    label: str
    type: str
    link: str | None
    times: int


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in words; `obj` is None where it ends in `value`."""

    iri: str
    subject: Name
    relation: str
    obj: Name | None
    value: str | None
    notes: tuple[str, ...]
    date: str | None
    modality: str
    denied: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quote with its place, the claims that rest on it, and its address at the source."""

    id: str
    words: str
    claims: tuple[Said, ...]
    source: str | None


def page(quads: ox.Store, base: str, node: ox.NamedNode) -> bytes | None:
    """Return the page of an article as HTML; None if the node is none."""
    nodes = _nodes(quads, node)
    known = nodes.get(node.value, {})
    if local_name(known.get("type", "")) != "Article":
        return None
    names = {each["entity"]: _name(each, base) for each in nodes.values() if "entity" in each}
    claims = _claims(nodes, names)
    spans = tuple(sorted(claims))
    words = next((q.object for q in quads.quads_for_pattern(node, rg("text"), None, texts_iri(base))), None)
    text = words.value if isinstance(words, ox.Literal) else None
    title = known.get("title") or known["identifier"]
    return render(
        "article.html.j2",
        title=title,
        told=", ".join(filter(None, (known.get("source"), _date(known.get("issued"))))),
        url=web_url(known.get("url")),
        iri=node.value,
        here=links.local(base, node.value),
        paragraphs=None if text is None else paragraphs(text, spans),
        sentences=tuple(_sentence(span, claims[span], known.get("url")) for span in spans),
        names=sorted(names.values(), key=lambda name: (-name.times, name.label)),
        asking=links.asking(_CLAIMS % node),
    )


_CLAIMS = """SELECT ?subject ?relation ?object ?modality ?confidence ?sentence {
  GRAPH %s {
    ?claim rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
      rg:modality ?modality ; rg:confidence ?confidence ;
      rg:evidence/oa:hasSelector/oa:exact ?sentence
  }
} ORDER BY DESC(?confidence)"""


def _nodes(quads: ox.Store, graph: ox.NamedNode) -> dict[str, _Node]:
    """Return what a graph says of each node, by the local name of the property; of several values the first."""
    found: dict[str, _Node] = defaultdict(dict)
    for quad in sorted(quads.quads_for_pattern(None, None, None, graph), key=str):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
            found[quad.subject.value].setdefault(name, quad.object.value)
            if name == "hasSelector":
                found[quad.subject.value][f"hasSelector {quad.object.value.rpartition('/')[2]}"] = quad.object.value
    return found


def _claims(nodes: dict[str, _Node], names: dict[str, Name]) -> dict[tuple[int, int], list[tuple[str, Said]]]:
    """Return the claims by the place of their quote, which is given with each."""
    parts = Parts(nodes)
    found: dict[tuple[int, int], list[tuple[str, Said]]] = defaultdict(list)
    for iri, node in nodes.items():
        if "evidence" not in node:
            continue
        evidence = nodes[node["evidence"]]
        words, where = (nodes[evidence[f"hasSelector {part}"]] for part in ("quote", "position"))
        said = _said(iri, Content.read(node, parts), node, names)
        found[int(where["start"]), int(where["end"])].append((words["exact"], said))
    return found


def _said(iri: str, content: Content, node: _Node, names: dict[str, Name]) -> Said:
    qualifiers = dict(content.qualifiers)
    literal = content.predicate in LITERALS
    return Said(
        iri=iri,
        subject=names[content.subject],
        relation=relation(content.predicate)[0],
        obj=None if literal else names[content.object],
        value=wording.literal(content.predicate, content.object, qualifiers) if literal else None,
        notes=tuple(wording.notes(content.predicate, qualifiers)),
        date=_date(content.date),
        modality=content.modality if content.modality != Modality.ASSERTED else "",
        denied=local_name(node.get("polarity", "")) == Polarity.NEGATIVE,
        confidence=content.confidence,
    )


def _sentence(span: tuple[int, int], claims: list[tuple[str, Said]], url: str | None) -> Sentence:
    words = claims[0][0]
    said = sorted((claim for _, claim in claims), key=lambda claim: (-claim.confidence, claim.iri))
    return Sentence(f"s-{span[0]}-{span[1]}", words, tuple(said), sentence_url(url, words))


def _name(mention: _Node, base: str) -> Name:
    times = int(mention.get("mentionCount", "1"))
    return Name(mention["name"], local_name(mention["entityType"]), links.local(base, mention["entity"]), times)


def _date(edtf: str | None) -> str | None:
    return wording.date(edtf) if edtf else None
