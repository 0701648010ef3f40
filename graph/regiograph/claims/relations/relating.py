"""From pairs to claims: weigh each pair, keep what is likely enough, say each fact once at its best sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from regiograph.claims.literals import edtf
from regiograph.claims.relations.company import FLOOR, Company, Fact
from regiograph.claims.relations.dating import story_dates
from regiograph.claims.relations.pairs import Pair, pairs
from regiograph.claims.relations.qualifiers import Story, qualifiers
from regiograph.claims.relations.scene import Scene, scenes
from regiograph.claims.relations.weighing import Weigher
from regiograph.claims.relations.weights import measured
from regiograph.entities import identity
from regiograph.model import Article, Claim, Entity, Evidence, Literal, Sentence, Span, Value
from regiograph.terms import SIGNATURES, Predicate

_LONGEST_RUN = 1200  # characters of evidence; a list's line far below its opening is quoted alone


@dataclass(frozen=True, slots=True)
class Finding:
    """A pair that may stand in a relation, and how likely it does."""

    predicate: Predicate
    pair: Pair
    probability: float

    @property
    def fact(self) -> Fact:
        """What makes two findings one fact."""
        subject, obj = self.pair.ends
        if SIGNATURES[self.predicate].symmetric:
            subject, obj = sorted((subject, obj))
        return self.predicate.value, subject, obj


def claims(
    article: Article,
    sentences: Sequence[Sentence],
    entities: Sequence[Entity],
    literals: Sequence[Literal],
    *,
    weigher: Weigher | None = None,
    base: str = identity.BASE,
) -> tuple[Claim, ...]:
    """Return what the sentences say of the entities, in the order of the evidence.

    Pairs are weighed by `weigher`, by default by the cues whose weights travel with the code.
    """
    weigher = weigher or measured()
    dated = [replace(each, value=edtf.certain(each.value)) for each in literals]
    said = scenes(article, sentences, entities, dated)
    best: dict[Fact, Finding] = {}
    for finding in _findings(said, weigher):
        fact = finding.fact
        known = best.get(fact)
        if known is None or finding.probability > known.probability:
            best[fact] = finding
    dates = story_dates(said, article.published)
    made = (
        _claim(article, f, said, weigher, base, Story(dates[f.pair.scene.index], article.published))
        for f in _in_company(best, weigher)
    )
    return tuple(sorted(made, key=lambda c: (c.evidence.span, c.predicate, c.subject, c.object or "", c.id)))


def _findings(said: Sequence[Scene], weigher: Weigher) -> Iterator[Finding]:
    """Yield what is likely at all of each pair."""
    curves = {
        name: (place, curve, curve.score(FLOOR))
        for place, (name, curve) in enumerate(weigher.calibrated.curves.items())
    }
    for pair, scores in weigher.weigh(pairs(said, weigher.leaning)):
        for predicate in pair.predicates():
            place, curve, least = curves[predicate]
            if scores[place] >= least:
                yield Finding(predicate, pair, curve.probability(scores[place]))


def _in_company(best: Mapping[Fact, Finding], weigher: Weigher) -> Iterator[Finding]:
    """Yield the findings that are likely enough once what else is likely has been looked at."""
    company = Company({fact: finding.probability for fact, finding in best.items()})
    for fact, finding in best.items():
        probability = weigher.calibrated.probability(fact[0], company.ties(fact, finding.probability))
        if probability >= weigher.calibrated.curves[fact[0]].threshold:
            yield replace(finding, probability=probability)


def _claim(
    article: Article, finding: Finding, said: Sequence[Scene], weigher: Weigher, base: str, story: Story
) -> Claim:
    pair, predicate = finding.pair, finding.predicate
    evidence = _evidence(article, pair, said)
    obj = pair.obj.entity.id if pair.obj.entity is not None else None
    value = _value(predicate, pair)
    modality, polarity = weigher.manner(predicate, pair)
    target: str | Value = obj if obj is not None else value if value is not None else ""
    return Claim(
        id=identity.claim_iri(base, article.id, pair.key[0], predicate, target, evidence),
        subject=pair.key[0],
        predicate=predicate,
        object=obj,
        value=value,
        qualifiers=_in_words(article, pair, qualifiers(predicate, pair, story)),
        modality=modality,
        polarity=polarity,
        confidence=round(finding.probability, 3),
        evidence=evidence,
    )


def _in_words(article: Article, pair: Pair, said: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the qualifiers with the words that state the amount, "verbatim", where there is one."""
    found = dict(said)
    sums = [m.literal for m in pair.scene.marks if m.literal is not None and m.literal.kind == "money"]
    stated = [s for s in sums if (s.value, s.unit) == (found.get("amount"), found.get("currency"))]
    literal = pair.obj.literal if pair.obj.literal in sums else stated[0] if stated else None
    if literal is None:
        return said
    return tuple(sorted((*said, ("verbatim", article.text[literal.span.start : literal.span.end]))))


def _value(predicate: Predicate, pair: Pair) -> Value | None:
    said = pair.value(predicate)
    return None if said is None else Value(said, "edtf" if SIGNATURES[predicate].range == "date" else "decimal")


def _evidence(article: Article, pair: Pair, said: Sequence[Scene]) -> Evidence:
    """Quote the sentence, or the run from the one that it leans on."""
    own = pair.scene.span
    start = pair.run.start
    at = pair.scene.index
    while at > 0 and said[at].span.start > start and own.end - said[at].span.start <= _LONGEST_RUN:
        at -= 1
    lead = said[at].span.start
    span = Span(lead, own.end) if lead <= start and own.end - lead <= _LONGEST_RUN else own
    return Evidence(span, article.text[span.start : span.end])
