"""Articles and extractions made by hand for the tests of the mapping, the store and the exports."""

from __future__ import annotations

import pytest

from regiograph.entities.identity import BASE, claim_iri, entity_iri
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Span, Value
from regiograph.terms import EntityType, Modality, Polarity, Predicate


class Reporter:
    """Writes short articles that say what a test wants said."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base

    def entity(self, kind: EntityType, name: str, *codes: tuple[str, str], mentions: tuple[Span, ...] = (Span(0, 1),)) -> Entity:
        """Return an entity under the IRI that its name makes."""
        return Entity(entity_iri(self.base, kind, name), kind, name, mentions, codes)

    def article(self, article_id: str, sentences: tuple[str, ...], **known: str | None) -> Article:
        """Return an article of these sentences."""
        return Article(article_id, " ".join(sentences), **known)  # type: ignore[arg-type]

    def claim(
        self,
        article: Article,
        sentence: str,
        subject: Entity,
        predicate: Predicate,
        obj: Entity | Value,
        *,
        modality: Modality = Modality.ASSERTED,
        polarity: Polarity = Polarity.POSITIVE,
        confidence: float = 0.9,
        **qualifiers: str,
    ) -> Claim:
        """Return a claim that `sentence` of the article makes; `in_` stands for the qualifier "in"."""
        start = article.text.index(sentence)
        evidence = Evidence(Span(start, start + len(sentence)), sentence)
        said = obj.id if isinstance(obj, Entity) else obj
        return Claim(
            claim_iri(self.base, article.id, subject.id, predicate, said, evidence),
            subject.id,
            predicate,
            obj.id if isinstance(obj, Entity) else None,
            obj if isinstance(obj, Value) else None,
            tuple(sorted((name.rstrip("_"), value) for name, value in qualifiers.items())),
            modality,
            polarity,
            confidence,
            evidence,
        )

    def extraction(self, article: Article, entities: tuple[Entity, ...], claims: tuple[Claim, ...]) -> Extraction:
        """Return what was found in the article."""
        return Extraction(article, entities, claims, "rules/1")


@pytest.fixture
def reporter() -> Reporter:
    """Someone to write articles."""
    return Reporter()
