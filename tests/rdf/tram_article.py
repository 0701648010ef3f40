"""The invented article that `ontology/examples.ttl` shows, as an extractor would give it."""

from __future__ import annotations

import re

from regiograph.entities.identity import BASE, claim_iri, entity_iri
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Span, Value
from regiograph.terms import EntityType, Modality, Polarity, Predicate

TEXT = (
    "Ada Lind, the mayor of Norvik, met engineers of the Polar Cities Network, which Norvik joined in 2029.\n"
    "Norvik plans to invest more than 5 million euros in the Fjord Tram from 2031 to 2035.\n"
    "The Fjord Tram is 12 km long.\n"
)
ARTICLE = Article(
    "example", TEXT, "A tram for Norvik", "2030-05-04", "The Norvik Mail", "https://mail.example/tram", "en"
)


def extraction() -> Extraction:
    """Return the article's four entities and four claims."""
    ada, norvik = _entity(EntityType.PERSON, "Ada Lind"), _entity(EntityType.CITY, "Norvik")
    network, tram = _entity(EntityType.NETWORK, "Polar Cities Network"), _entity(EntityType.PROJECT, "Fjord Tram")
    money = {"amount": "5000000", "currency": "EUR", "qualifier": "more than", "period": "2031/2035"}
    claims = (
        _claim(0, ada, Predicate.HOLDS_POST, norvik, role="mayor"),
        _claim(0, norvik, Predicate.MEMBER_OF, network, since="2029"),
        _claim(1, norvik, Predicate.INVESTS_IN, tram, Modality.PLANNED, **money),
        _claim(2, tram, Predicate.HAS_INDICATOR, Value("12", "decimal"), indicator="length", unit="km"),
    )
    return Extraction(ARTICLE, (ada, norvik, network, tram), claims, "rules/1")


def _entity(kind: EntityType, name: str) -> Entity:
    mentions = tuple(Span(*match.span()) for match in re.finditer(name, TEXT))
    return Entity(entity_iri(BASE, kind, name), kind, name, mentions)


def _claim(
    line: int,
    subject: Entity,
    predicate: Predicate,
    obj: Entity | Value,
    modality: Modality = Modality.ASSERTED,
    **qualifiers: str,
) -> Claim:
    span = [Span(*match.span()) for match in re.finditer(".+", TEXT)][line]
    evidence = Evidence(span, TEXT[span.start : span.end])
    said = obj.id if isinstance(obj, Entity) else obj
    return Claim(
        claim_iri(BASE, ARTICLE.id, subject.id, predicate, said, evidence),
        subject.id,
        predicate,
        obj.id if isinstance(obj, Entity) else None,
        obj if isinstance(obj, Value) else None,
        tuple(sorted(qualifiers.items())),
        modality,
        Polarity.POSITIVE,
        0.9,
        evidence,
    )
