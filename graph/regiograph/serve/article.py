"""The page of an article: its text with every claim at its place, and the claims one by one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox

from regiograph.rdf.graphs import texts_iri
from regiograph.rdf.nodes import rg
from regiograph.serve import links
from regiograph.serve.marking import Span, paragraphs
from regiograph.serve.site import render
from regiograph.view.links import sentence_url, web_url
from regiograph.view.said import Said, Telling


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quote with its place, the claims that rest on it, and its address at the source."""

    id: str
    words: str
    claims: tuple[Said, ...]
    source: str | None


def page(quads: ox.Store, base: str, node: ox.NamedNode) -> bytes | None:
    """Return the page of an article as HTML; None if the node is none."""
    article = Telling.read(quads, node)
    if article is None:
        return None
    claims = _by_place(article)
    spans = tuple(sorted(claims))
    words = next((q.object for q in quads.quads_for_pattern(node, rg("text"), None, texts_iri(base))), None)
    text = words.value if isinstance(words, ox.Literal) else None
    return render(
        "article.html.j2",
        title=article.title,
        told=article.told,
        url=web_url(article.url),
        iri=node.value,
        here=links.local(base, node.value),
        local=partial(links.local, base),
        paragraphs=None if text is None else paragraphs(text, spans),
        sentences=tuple(_sentence(span, claims[span], article.url) for span in spans),
        names=sorted(article.names.values(), key=lambda name: (-name.times, name.label)),
        asking=links.asking(_CLAIMS % node),
    )


_CLAIMS = """SELECT ?subject ?relation ?object ?modality ?confidence ?sentence {
  GRAPH %s {
    ?claim rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
      rg:modality ?modality ; rg:confidence ?confidence ;
      rg:evidence/oa:hasSelector/oa:exact ?sentence
  }
} ORDER BY DESC(?confidence)"""


def _by_place(article: Telling) -> dict[Span, list[Said]]:
    found: dict[Span, list[Said]] = defaultdict(list)
    for claim in article.claims():
        found[claim.start, claim.end].append(claim)
    return found


def _sentence(span: Span, claims: list[Said], url: str | None) -> Sentence:
    words = claims[0].words
    said = sorted(claims, key=lambda claim: (-claim.confidence, claim.iri))
    return Sentence(links.place(*span), words, tuple(said), sentence_url(url, words))
