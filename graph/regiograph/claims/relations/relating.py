"""From pairs to claims: weigh each pair, keep what is likely enough, say each fact once at its best sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regiograph.claims.relations.dating import story_dates
from regiograph.claims.relations.modality import manner
from regiograph.claims.relations.pairs import Pair, pairs
from regiograph.claims.relations.qualifiers import Story, qualifiers
from regiograph.claims.relations.scene import Scene, scenes
from regiograph.claims.relations.weights import Weights, measured
from regiograph.entities import identity
from regiograph.model import Article, Claim, Entity, Evidence, Literal, Sentence, Span, Value
from regiograph.terms import SIGNATURES, Predicate

_LONGEST_RUN = 1200  # characters of evidence; a list's line far below its opening is quoted alone


@dataclass(frozen=True, slots=True)
class Finding:
    """A pair that is likely enough to stand in a relation."""

    predicate: Predicate
    pair: Pair
    probability: float

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two findings one fact."""
        obj = self.pair.obj
        said = obj.entity.id if obj.entity is not None else obj.literal.value if obj.literal is not None else ""
        ends = (self.pair.key[0], said)
        return (self.predicate.value, *(sorted(ends) if SIGNATURES[self.predicate].symmetric else ends))


def claims(
    article: Article,
    sentences: Sequence[Sentence],
    entities: Sequence[Entity],
    literals: Sequence[Literal],
    *,
    base: str = identity.BASE,
) -> tuple[Claim, ...]:
    """Return what the sentences say of the entities, in the order of the evidence."""
    weights = measured()
    said = scenes(article, sentences, entities, literals)
    best: dict[tuple[str, ...], Finding] = {}
    for finding in _findings(said, weights):
        known = best.get(finding.key)
        if known is None or finding.probability > known.probability:
            best[finding.key] = finding
    dates = story_dates(said, article.published)
    made = (
        _claim(article, f, said, weights, base, Story(dates[f.pair.scene.index], article.published))
        for f in best.values()
    )
    return tuple(sorted(made, key=lambda c: (c.evidence.span, c.predicate, c.subject, c.object or "", c.id)))


def _findings(said: Sequence[Scene], weights: Weights) -> Iterator[Finding]:
    places = {target: i for i, target in enumerate(weights.targets)}
    for pair in pairs(said):
        legal = [p for p in pair.predicates() if p.value in places]
        if not legal:
            continue
        scores = weights.scores(pair.cues())
        for predicate in legal:
            calibration = weights.calibrations[predicate.value]
            probability = calibration.probability(scores[places[predicate.value]])
            if probability >= calibration.threshold:
                yield Finding(predicate, pair, probability)


def _claim(
    article: Article, finding: Finding, said: Sequence[Scene], weights: Weights, base: str, story: Story
) -> Claim:
    pair, predicate = finding.pair, finding.predicate
    evidence = _evidence(article, pair, said)
    obj = pair.obj.entity.id if pair.obj.entity is not None else None
    value = _value(pair.obj.literal) if pair.obj.literal is not None else None
    modality, polarity = manner(predicate, pair, weights)
    target: str | Value = obj if obj is not None else value if value is not None else ""
    return Claim(
        id=identity.claim_iri(base, article.id, pair.key[0], predicate, target, evidence),
        subject=pair.key[0],
        predicate=predicate,
        object=obj,
        value=value,
        qualifiers=qualifiers(predicate, pair, story),
        modality=modality,
        polarity=polarity,
        confidence=round(finding.probability, 3),
        evidence=evidence,
    )


def _value(literal: Literal) -> Value:
    return Value(literal.value, "edtf" if literal.kind in {"date", "period"} else "decimal")


def _evidence(article: Article, pair: Pair, said: Sequence[Scene]) -> Evidence:
    own = pair.scene.span
    start = min(own.start, pair.subject.span.start, pair.obj.span.start)
    lead = next((s.span.start for s in reversed(said[: pair.scene.index + 1]) if s.span.start <= start), own.start)
    span = Span(lead, own.end) if own.end - lead <= _LONGEST_RUN else own
    return Evidence(span, article.text[span.start : span.end])
