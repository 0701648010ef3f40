"""Extractions as JSON objects, one an article: what `regiograph extract --format jsonl` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regiograph.errors import ArticleError
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Fault, Span, Value
from regiograph.terms import EntityType, Modality, Polarity, Predicate


def to_object(extraction: Extraction) -> dict[str, Any]:
    """Return the JSON object of an extraction; what was refused of it is there only if anything was."""
    article = extraction.article
    head = {"id": article.id, "title": article.title, "published": article.published, "url": article.url}
    refused = [{"cause": str(fault.cause), "item": fault.item} for fault in extraction.faults]
    return {
        "article": {**head, "text": article.text},
        "entities": [_entity(e) for e in extraction.entities],
        "claims": [_claim(c) for c in extraction.claims],
        **({"refused": refused} if refused else {}),
    }


def from_object(row: Mapping[str, Any], *, extractor: str = "unknown/0") -> Extraction:
    """Return the extraction that a JSON object tells; what the format leaves out (codes, source) stays empty.

    Raises:
        ArticleError: the object is not of this form; the message names the article and what is wrong.
    """
    try:
        article = Article(**{k: row["article"].get(k) for k in ("id", "text", "title", "published", "url")})
        entities = tuple(_read_entity(e) for e in row["entities"])
        faults = tuple(Fault(each["cause"], each["item"]) for each in row.get("refused", ()))
        return Extraction(article, entities, tuple(_read_claim(c) for c in row["claims"]), extractor, faults)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ArticleError(f"no extraction of an article: {type(wrong).__name__}: {wrong}") from wrong


def _entity(entity: Entity) -> dict[str, Any]:
    mentions = [[span.start, span.end] for span in entity.mentions]
    return {"id": entity.id, "type": entity.type.value, "name": entity.name, "mentions": mentions}


def _claim(claim: Claim) -> dict[str, Any]:
    span, value = claim.evidence.span, claim.value
    return {
        "id": claim.id,
        "subject": claim.subject,
        "predicate": claim.predicate.value,
        "object": claim.object,
        "value": None if value is None else {"value": value.value, "datatype": value.datatype},
        "qualifiers": dict(claim.qualifiers),
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "confidence": claim.confidence,
        "evidence": {"start": span.start, "end": span.end, "quote": claim.evidence.quote},
    }


def _read_entity(row: Mapping[str, Any]) -> Entity:
    spans = tuple(Span(start, end) for start, end in row["mentions"])
    return Entity(row["id"], EntityType(row["type"]), row["name"], spans)


def _read_claim(row: Mapping[str, Any]) -> Claim:
    value, evidence = row["value"], row["evidence"]
    return Claim(
        id=row["id"],
        subject=row["subject"],
        predicate=Predicate(row["predicate"]),
        object=row["object"],
        value=None if value is None else Value(value["value"], value["datatype"]),
        qualifiers=tuple(sorted(row["qualifiers"].items())),
        modality=Modality(row["modality"]),
        polarity=Polarity(row["polarity"]),
        confidence=row["confidence"],
        evidence=Evidence(Span(evidence["start"], evidence["end"]), evidence["quote"]),
    )
