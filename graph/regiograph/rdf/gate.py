"""The gate: nothing enters the store that the evidence rule or the shapes reject.

The evidence rule: a quote is the article's text at its offsets, to the character. The shapes: `ontology/shapes.ttl`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.model import Article, Claim, Entity, Extraction, Span
from regiograph.rdf.index import Index, Term
from regiograph.rdf.shapes import Result, Shapes
from regiograph.rdf.vocabulary import DCTERMS, OA, RG

_CLAIM, _EVIDENCE, _ARTICLE, _MENTION = (ox.NamedNode(str(RG[n])) for n in ("Claim", "Evidence", "Article", "Mention"))
_HAS_EVIDENCE, _IN_ARTICLE, _ENTITY = (ox.NamedNode(str(RG[n])) for n in ("evidence", "inArticle", "entity"))
_SELECTOR, _SOURCE, _EXACT, _START, _END = (
    ox.NamedNode(str(OA[n])) for n in ("hasSelector", "hasSource", "exact", "start", "end")
)
_IDENTIFIER = ox.NamedNode(str(DCTERMS.identifier))
_SHOWN = 240


@dataclass(frozen=True, slots=True)
class Violation:
    """What is rejected, where and why.

    `article` is the article's id, `claim` the IRI of the claim concerned (None: the article or a mention), `focus`
    the IRI of the very node, `path` the property in question as SPARQL writes it ("" for the node itself),
    `sentence` the words that the claim or the mention rests on ("" if there are none).
    """

    article: str
    claim: str | None
    focus: str
    path: str
    message: str
    sentence: str

    def __str__(self) -> str:
        """Write it in one line: article, message, node, and the words quoted."""
        where = f"<{self.focus}>" + (f" {self.path}" if self.path else "")
        said = " ".join(self.sentence.split())
        quoted = f" “{said[:_SHOWN]}{'…' if len(said) > _SHOWN else ''}”" if said else ""
        source = f"article {self.article!r}: " if self.article else ""
        return f"{source}{self.message} At {where}.{quoted}"


class Gate:
    """Checks what is about to be stored."""

    def __init__(self, shapes: Shapes | None = None) -> None:
        """Take the shapes of the ontology, or others."""
        self._shapes = shapes or Shapes.load()

    def check(self, extraction: Extraction, quads: Iterable[ox.Quad]) -> tuple[Violation, ...]:
        """Return what is wrong with the quads of an extraction's article, sorted; empty if they may be stored."""
        index = self._shapes.index(quad.triple for quad in quads)
        found = [
            *_misplaced_mentions(extraction),
            *_clashing_claims(extraction),
            *_misquotations(index, extraction.article),
            *(each for result in self._shapes.check(index) for each in _violations(result, index, extraction)),
        ]
        return tuple(dict.fromkeys(sorted(found, key=lambda v: (v.claim or "", v.focus, v.path, v.message))))


def _misplaced_mentions(extraction: Extraction) -> Iterator[Violation]:
    article = extraction.article
    for entity in extraction.entities:
        for span in entity.mentions:
            if not 0 <= span.start < span.end <= len(article.text):
                message = f"The mention at {span.start}-{span.end} is not within the text of {len(article.text)}."
                yield Violation(article.id, None, entity.id, "", message, entity.name)


def _clashing_claims(extraction: Extraction) -> Iterator[Violation]:
    first: dict[str, Claim] = {}
    for claim in extraction.claims:
        if first.setdefault(claim.id, claim) != claim:
            message = "Two claims go by this IRI: the same relation from the same words, qualified differently."
            yield Violation(extraction.article.id, claim.id, claim.id, "", message, claim.evidence.quote)


def _misquotations(index: Index, article: Article) -> Iterator[Violation]:
    for evidence in index.instances(_EVIDENCE):
        selectors = index.objects(evidence, _SELECTOR)
        quotes, starts, ends = (_values(index, selectors, each) for each in (_EXACT, _START, _END))
        for quote, start, end in zip(quotes, starts, ends, strict=False):
            if not (start.isdecimal() and end.isdecimal() and article.text[int(start) : int(end)] == quote):
                message = f"The quote is not the article's text at {start}-{end}."
                for claim in claims_of(index, evidence) or (None,):
                    yield Violation(article.id, _iri(claim), _iri(evidence) or "", "oa:hasSelector", message, quote)


def _violations(result: Result, index: Index, extraction: Extraction) -> Iterator[Violation]:
    for claim in map(_iri, claims_of(index, result.focus) or (None,)):
        quotes = (each.evidence.quote for each in extraction.claims if each.id == claim)
        said = next(quotes, None) or _mentioned(index, result.focus, extraction)
        yield Violation(extraction.article.id, claim, _iri(result.focus) or "", result.path, result.message, said)


def _mentioned(index: Index, focus: Term, extraction: Extraction) -> str:
    entities = {value.value for value in index.objects(focus, _ENTITY) if isinstance(value, ox.NamedNode)}
    found = next((e for e in extraction.entities if e.id in entities and e.mentions), None)
    return "" if found is None else _line(extraction.article.text, found)


def _line(text: str, entity: Entity) -> str:
    span: Span = entity.mentions[0]
    start, end = text.rfind("\n", 0, max(span.start, 0)) + 1, text.find("\n", max(span.end, 0))
    return text[start : end if end >= 0 else len(text)]


def described(result: Result, index: Index) -> Violation:
    """Return a result as a violation, its article and its sentence found in the graph itself."""
    claim = next(iter(claims_of(index, result.focus)), None)
    sources = (*index.objects(claim or result.focus, _IN_ARTICLE), *index.objects(result.focus, _SOURCE), result.focus)
    ids = [value for source in sources for value in _values(index, (source,), _IDENTIFIER)]
    evidence = index.objects(claim, _HAS_EVIDENCE) if claim is not None else ()
    quotes = [quote for node in evidence for quote in _values(index, index.objects(node, _SELECTOR), _EXACT)]
    focus = _iri(result.focus) or str(result.focus)
    return Violation(min(ids, default=""), _iri(claim), focus, result.path, result.message, min(quotes, default=""))


def claims_of(index: Index, node: Term) -> tuple[Term, ...]:
    """Return the claims that a node is, is a part of, or is the evidence of, sorted; none for other nodes."""
    claims, seen, ring = index.instances(_CLAIM), {node}, [node]
    while ring:
        if found := [each for each in ring if each in claims]:
            return tuple(sorted(found, key=str))
        if any(each in index.instances(kind) for each in ring for kind in (_ARTICLE, _MENTION)):
            return ()
        ring = [each for each in dict.fromkeys(s for old in ring for s in index.incoming(old)) if each not in seen]
        seen.update(ring)
    return ()


def _values(index: Index, nodes: Iterable[Term], predicate: ox.NamedNode) -> list[str]:
    found = (value for node in nodes for value in index.objects(node, predicate))
    return [value.value for value in found if isinstance(value, ox.Literal)]


def _iri(node: Term | None) -> str | None:
    return node.value if isinstance(node, ox.NamedNode) else None
