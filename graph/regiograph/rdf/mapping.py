"""An extraction as the named graph of its article: the article, whom it mentions, its claims, their evidence.

What a language model said and was refused is counted there by cause, so that nothing of it is lost unsaid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from regiograph.entities.identity import BASE, article_iri, digest
from regiograph.errors import TermError
from regiograph.model import Article, Claim, Entity, Evidence, Extraction
from regiograph.rdf.content import content, wording
from regiograph.rdf.graphs import texts_iri
from regiograph.rdf.nodes import (
    LABEL,
    TYPE,
    Triple,
    decimal,
    integer,
    iri,
    language_tag,
    link,
    partial_date,
    rg,
    term,
    text,
)
from regiograph.rdf.statements import rooted
from regiograph.rdf.vocabulary import DCTERMS, OA, PROV, SCHEMA

CONTEXT = 32  # code points of prefix and suffix that help to find a quote again
_CODES = {"iso3166-1": rg("isoCode"), "iso3166-2": rg("isoCode"), "geonames": rg("geonamesId")}


def article_quads(extraction: Extraction, *, base: str = BASE) -> tuple[ox.Quad, ...]:
    """Return everything that the article's own graph holds, each quad once, always in the same order.

    Raises:
        TermError: an IRI, a language tag or a literal is malformed, or an IRI lies outside `base`.
    """
    graph = iri(article_iri(base, extraction.article.id))
    return tuple(triple.within(graph) for triple in dict.fromkeys(_triples(extraction, graph, base)))


def header_quads(article: Article, extractor: str, *, base: str = BASE) -> tuple[ox.Quad, ...]:
    """Return what the article's graph says of the article itself and of what read it.

    Raises:
        TermError: something known about the article is malformed.
    """
    graph = iri(article_iri(base, article.id))
    return tuple(triple.within(graph) for triple in (*_article(article, graph), *_extractor(extractor, graph, base)))


def text_quad(article: Article, *, base: str = BASE) -> ox.Quad:
    """Return what keeps the article's words, in the graph of all texts."""
    return Triple(iri(article_iri(base, article.id)), rg("text"), text(article.text)).within(texts_iri(base))


def _triples(extraction: Extraction, graph: ox.NamedNode, base: str) -> Iterator[Triple]:
    article = extraction.article
    yield from _article(article, graph)
    yield from _extractor(extraction.extractor, graph, base)
    for entity in extraction.entities:
        yield from _mention(entity, article, graph, base)
    for claim in extraction.claims:
        yield from _claim(claim, article, graph, base, extractor_iri(extraction.extractor, base))
    for cause, number in sorted(Counter(str(fault.cause) for fault in extraction.faults).items()):
        yield from _omission(cause, number, article, graph, base)


def _article(article: Article, node: ox.NamedNode) -> Iterator[Triple]:
    yield Triple(node, TYPE, rg("Article"))
    yield Triple(node, term(DCTERMS.identifier), text(article.id))
    yield Triple(node, rg("sha256"), text(_sha256(article)))
    if article.title:
        yield Triple(node, term(DCTERMS.title), text(article.title))
    if article.published:
        yield Triple(node, term(DCTERMS.issued), _published(article.published))
    if article.source:
        yield Triple(node, term(DCTERMS.source), text(article.source))
    if article.url:
        yield Triple(node, term(SCHEMA.url), link(article.url))
    if article.language:
        yield Triple(node, term(DCTERMS.language), language_tag(article.language))


def _sha256(article: Article) -> str:
    try:
        return article.sha256
    except UnicodeEncodeError as e:
        raise TermError(f"article {article.id!r}: its text holds lone surrogates ({e})") from e


def _published(value: str) -> ox.Literal:
    if (literal := partial_date(value)) is None:
        raise TermError(f"not a date of publication: {value!r}")
    return literal


def extractor_iri(version: str, base: str) -> ox.NamedNode:
    """Return the IRI of the activity that an extractor is, such as `<base>extractor/rules-1` of "rules/1".

    Raises:
        TermError: the version makes no IRI.
    """
    return iri(f"{base}extractor/{version.replace('/', '-')}")


def _extractor(version: str, article: ox.NamedNode, base: str) -> Iterator[Triple]:
    node = extractor_iri(version, base)
    yield Triple(node, TYPE, term(PROV.Activity))
    yield Triple(node, LABEL, text(version))
    yield Triple(node, term(PROV.used), article)


def _mention(entity: Entity, article: Article, graph: ox.NamedNode, base: str) -> Iterator[Triple]:
    if not entity.id.startswith(base):
        raise TermError(f"{entity.id!r} does not begin with the base {base!r} of this graph")
    node = iri(f"{base}mention/{digest(article.id, entity.id)[:24]}")
    yield Triple(node, TYPE, rg("Mention"))
    yield Triple(node, rg("inArticle"), graph)
    yield Triple(node, rg("entity"), iri(entity.id))
    yield Triple(node, rg("entityType"), rg(entity.type))
    yield Triple(node, rg("name"), text(entity.name))
    yield Triple(node, rg("mentionCount"), integer(len(entity.mentions)))
    for scheme, code in entity.codes:
        if scheme not in _CODES:
            raise TermError(f"{entity.id}: unknown code scheme {scheme!r}")
        yield Triple(node, _CODES[scheme], text(code))


def _omission(cause: str, number: int, article: Article, graph: ox.NamedNode, base: str) -> Iterator[Triple]:
    node = iri(f"{base}omission/{digest(article.id, cause)[:24]}")
    yield Triple(node, TYPE, rg("Omission"))
    yield Triple(node, rg("inArticle"), graph)
    yield Triple(node, rg("cause"), text(cause))
    yield Triple(node, rg("omissionCount"), integer(number))


def _claim(claim: Claim, article: Article, graph: ox.NamedNode, base: str, extractor: ox.NamedNode) -> Iterator[Triple]:
    node = iri(claim.id)
    evidence = f"{base}evidence/{digest(article.id, *map(str, claim.evidence.span), claim.evidence.quote)[:24]}"
    yield Triple(node, TYPE, rg("Claim"))
    yield from rooted((*content(claim), *wording(claim)), claim.id)
    yield Triple(node, rg("polarity"), rg(claim.polarity))
    yield Triple(node, rg("confidence"), decimal(f"{claim.confidence:.4f}"))
    yield Triple(node, rg("reviewStatus"), rg("unreviewed"))
    yield Triple(node, rg("evidence"), iri(evidence))
    yield Triple(node, rg("inArticle"), graph)
    yield Triple(node, term(PROV.wasDerivedFrom), graph)
    yield Triple(node, term(PROV.wasGeneratedBy), extractor)
    yield from _evidence(claim.evidence, evidence, article.text, graph)


def _evidence(evidence: Evidence, node: str, source: str, graph: ox.NamedNode) -> Iterator[Triple]:
    (start, end), quote, position = evidence.span, iri(f"{node}/quote"), iri(f"{node}/position")
    yield Triple(iri(node), TYPE, rg("Evidence"))
    yield Triple(iri(node), term(OA.hasSource), graph)
    yield Triple(iri(node), term(OA.hasSelector), quote)
    yield Triple(iri(node), term(OA.hasSelector), position)
    yield Triple(quote, TYPE, term(OA.TextQuoteSelector))
    yield Triple(quote, term(OA.exact), text(evidence.quote))
    yield Triple(quote, term(OA.prefix), text(source[max(0, start - CONTEXT) : start]))
    yield Triple(quote, term(OA.suffix), text(source[end : end + CONTEXT]))
    yield Triple(position, TYPE, term(OA.TextPositionSelector))
    yield Triple(position, term(OA.start), integer(start))
    yield Triple(position, term(OA.end), integer(end))
