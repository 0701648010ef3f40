"""Articles and extractions made by hand for the tests of the mapping, the store and the exports."""

from __future__ import annotations

from regiograph.entities.identity import BASE, claim_iri, entity_iri
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Span, Value
from regiograph.terms import EntityType, Modality, Polarity, Predicate


class Reporter:
    """Writes short articles, and knows what they say."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base

    def entity(self, kind: EntityType, name: str, *codes: tuple[str, str], salt: str = "") -> Entity:
        """Return an entity under the IRI that its name makes."""
        return Entity(entity_iri(self.base, kind, name, salt=salt), kind, name, (Span(0, 1),), codes)

    def claim(
        self,
        article: Article,
        sentence: str,
        subject: Entity,
        predicate: Predicate,
        obj: Entity | Value,
        /,
        *,
        modality: Modality = Modality.ASSERTED,
        polarity: Polarity = Polarity.POSITIVE,
        confidence: float = 0.9,
        **qualifiers: str,
    ) -> Claim:
        """Return a claim that `sentence` of the article makes; `in_` stands for the qualifier "in"."""
        start = article.text.index(sentence)
        evidence = Evidence(Span(start, start + len(sentence)), sentence)
        entity, value = (obj, None) if isinstance(obj, Entity) else (None, obj)
        said = sorted((name.rstrip("_"), words) for name, words in qualifiers.items())
        iri = claim_iri(self.base, article.id, subject.id, predicate, entity.id if entity else value, evidence)
        ends = subject.id, predicate, entity.id if entity else None, value
        return Claim(iri, *ends, tuple(said), modality, polarity, confidence, evidence)

    def report(self, article_id: str, *said: tuple, **known: str) -> Extraction:
        """Return an article with one sentence for each (subject, predicate, object, how) of `said`, and its claims."""
        sentences = [
            f"Sentence {n} says that {s.name} {p} {getattr(o, 'name', o)}." for n, (s, p, o, *_) in enumerate(said)
        ]
        article = Article(article_id, " ".join(sentences) or "Nothing is said.", **known)
        claims = [
            self.claim(article, sentence, s, p, o, **(how[0] if how else {}))
            for sentence, (s, p, o, *how) in zip(sentences, said, strict=True)
        ]
        entities = {e.id: e for s, _, o, *_ in said for e in (s, o) if isinstance(e, Entity)}
        return Extraction(article, tuple(entities.values()), tuple(claims), "rules/1")
