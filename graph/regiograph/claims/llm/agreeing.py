"""Two readings of an article as one: that of the trained network, and that of a language model.

Entities are one where their mentions overlap; the network's name, type and IRI hold. Claims are one where subject,
predicate and object or value are, and then:

- both say it in the same way (modality, polarity): it is as sure as two witnesses make it, 1 - (1 - a)(1 - b), but no
  surer than `SUREST`, for they read the same words; a is the network's confidence, which is calibrated, b how far the
  model is trusted, a prior that nobody has measured: what comes of both is no probability, but puts claims in order;
- both say it, but one as planned or denied where the other does not: no fact, `DOUBTED`, for people to review;
- the network alone says it: it stays as sure as it is;
- the model alone says it: `DOUBTED`, or less if the model is trusted less. That is below the confidence of a fact and
  above where `regiograph review` begins.

`DOUBTED` presumes the usual confidence of facts; a store with a lower one takes these claims for facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from regiograph.articles.drafts import Refusal
from regiograph.claims.extractor import Extractor
from regiograph.claims.llm.assembling import fact
from regiograph.claims.llm.causes import Cause
from regiograph.claims.llm.extractor import LlmExtractor
from regiograph.claims.outcomes import Outcome, outcome
from regiograph.entities import identity
from regiograph.entities.resolving import united
from regiograph.model import Article, Claim, Entity, Extraction, Fault
from regiograph.terms import SIGNATURES

SUREST = 0.98
DOUBTED = 0.65


@dataclass(frozen=True, slots=True)
class AgreeingExtractor:
    """Extracts by the network and by a model; `base` is the namespace of the IRIs that are minted."""

    network: Extractor
    model: LlmExtractor
    base: str = identity.BASE

    @property
    def version(self) -> str:
        """Names and versions of both; a change of either means that stored claims are out of date."""
        return f"both/{self.network.version}/{self.model.version}"

    def extract(self, article: Article) -> Extraction:
        """Return what either says of an article, in the order of the evidence.

        Raises:
            ModelError: the model's server gives no answer that can be used.
        """
        return self._with(self.model.extract(article), article)

    def outcomes(self, items: Iterable[Article | Refusal]) -> Iterator[Outcome]:
        """Extract from each article, in the order given; where the model fails, the article is refused."""
        for told in self.model.outcomes(items):
            yield told if isinstance(told, Refusal) else outcome(told.article, partial(self._with, told))

    def _with(self, told: Extraction, article: Article) -> Extraction:
        return agreed(self.network.extract(article), told, base=self.base, version=self.version)


def agreed(own: Extraction, told: Extraction, *, base: str, version: str) -> Extraction:
    """Return what the network found (`own`) and what a model said (`told`) as one extraction."""
    same = dict(_aligned(own.entities, told.entities))
    entities = {entity.id: entity for entity in own.entities}
    for entity in told.entities:
        if entity.id not in same:
            entities[entity.id] = united(entities[entity.id], entity) if entity.id in entities else entity
    faults = list(told.faults)
    moved = [claim for each in told.claims if (claim := _moved(each, same, entities, own.article.id, base, faults))]
    others = {fact(claim): claim for claim in reversed(moved)}
    known = {fact(claim) for claim in own.claims}
    claims = [_weighed(claim, others.get(fact(claim))) for claim in own.claims]
    alone = {
        claim.id: replace(claim, confidence=min(claim.confidence, DOUBTED))
        for claim in moved
        if fact(claim) not in known
    }
    every = [*claims, *(claim for iri, claim in alone.items() if iri not in {c.id for c in claims})]
    every.sort(key=lambda c: (c.evidence.span, c.predicate, c.subject, c.object or "", c.id))
    return Extraction(
        own.article,
        tuple(sorted(entities.values(), key=lambda e: (e.mentions[0], e.id))),
        tuple(every),
        version,
        tuple(faults),
    )


def _aligned(own: Iterable[Entity], told: Iterable[Entity]) -> Iterator[tuple[str, str]]:
    """Yield for each entity of the model's that the network has, too, both IRIs: the one that shares most mentions."""
    known = tuple(own)
    for entity in told:
        shared = [(sum(a.overlaps(b) for a in entity.mentions for b in other.mentions), other) for other in known]
        most, best = max(shared, key=lambda pair: (pair[0], pair[1].type is entity.type), default=(0, entity))
        if most:
            yield entity.id, best.id


def _moved(
    claim: Claim,
    same: Mapping[str, str],
    entities: Mapping[str, Entity],
    article_id: str,
    base: str,
    faults: list[Fault],
) -> Claim | None:
    """Return a model's claim between the entities as they now are; None, and a fault, where they do not allow it."""
    subject = same.get(claim.subject, claim.subject)
    obj = same.get(claim.object, claim.object) if claim.object is not None else None
    kind = entities[obj].type if obj is not None else None
    if subject == obj or not SIGNATURES[claim.predicate].allows(entities[subject].type, kind):
        end = entities[obj].name if obj is not None else ""
        shown = " ".join(("claim", entities[subject].name, claim.predicate, end)).rstrip()
        faults.append(Fault(Cause.ITSELF if subject == obj else Cause.OTHERS, shown))
        return None
    said = obj if obj is not None else claim.value or ""
    iri = identity.claim_iri(base, article_id, subject, claim.predicate, said, claim.evidence)
    return replace(claim, id=iri, subject=subject, object=obj)


def _weighed(own: Claim, told: Claim | None) -> Claim:
    """Return a claim of the network's as sure as what the model says of it makes it."""
    if told is None:
        return own
    if (own.modality, own.polarity) != (told.modality, told.polarity):
        return replace(own, confidence=min(own.confidence, DOUBTED))
    both = 1 - (1 - own.confidence) * (1 - told.confidence)
    return replace(own, confidence=round(max(own.confidence, min(both, SUREST)), 3))
