"""From what stands of a model's answers to an extraction, as every extractor makes one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regiograph.claims.individuating import individuate
from regiograph.claims.llm import wording
from regiograph.claims.llm.causes import Cause
from regiograph.claims.llm.grounding import Grounded, Told
from regiograph.claims.llm.naming import Cast, cast
from regiograph.entities import identity
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Fault, Sentence, Value
from regiograph.terms import SIGNATURES, Predicate

_ONE_WAY = frozenset({Predicate.LOCATED_IN, Predicate.OWNED_BY, Predicate.MEMBER_OF})


@dataclass(frozen=True, slots=True)
class _Linked:
    """A claim with the entities that its keys stand for."""

    told: Told
    subject: Entity
    object: Entity | None


def assembled(
    article: Article, sentences: Sequence[Sentence], read: Sequence[Grounded], *, trust: float, base: str, version: str
) -> Extraction:
    """Return the extraction of an article from its windows in order, with what was refused in them and of the whole.

    Each claim is as sure as the model is trusted, `trust`.
    """
    people = cast(article, sentences, [each.entities for each in read], base=base)
    faults = [fault for each in read for fault in each.faults]
    linked = [
        each for at, part in enumerate(read) for told in part.claims if (each := _linked(told, at, people, faults))
    ]
    best: dict[tuple[str, ...], Claim] = {}
    for claim in (_claim(article, each, trust, base) for each in _straight(linked, faults)):
        known = best.get(fact(claim))
        if known is None or len(known.qualifiers) < len(claim.qualifiers):
            best[fact(claim)] = claim
    claims = sorted(best.values(), key=lambda c: (c.evidence.span, c.predicate, c.subject, c.object or "", c.id))
    named, final = individuate(article, people.entities, claims, base=base)
    return Extraction(article, named, final, version, tuple(faults))


def _linked(told: Told, at: int, people: Cast, faults: list[Fault]) -> _Linked | None:
    """Return a claim between entities, whose types are those that the gazetteer may have set right."""
    subject = people.known.get((at, told.subject))
    obj = people.known.get((at, told.object)) if told.object is not None else None
    shown = f"claim {told.subject} {told.predicate}"
    if subject is None or (told.object is not None and obj is None):
        faults.append(Fault(Cause.NAMELESS, shown))
    elif obj is not None and obj.id == subject.id:
        faults.append(Fault(Cause.ITSELF, shown))
    elif not SIGNATURES[told.predicate].allows(subject.type, obj.type if obj is not None else None):
        faults.append(Fault(Cause.KINDS, shown))
    else:
        return _Linked(told, subject, obj)
    return None


def _straight(linked: Iterable[_Linked], faults: list[Fault]) -> list[_Linked]:
    """Return the claims without those that close a circle of places, owners or members, in the order of the text."""
    kept = []
    above: dict[Predicate, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in sorted(linked, key=lambda x: x.told.evidence):
        predicate = each.told.predicate
        if predicate in _ONE_WAY and each.object is not None:
            if _reaches(above[predicate], each.object.id, each.subject.id):
                faults.append(Fault(Cause.CIRCULAR, f"claim {each.told.subject} {predicate}"))
                continue
            above[predicate][each.subject.id].add(each.object.id)
        kept.append(each)
    return kept


def _reaches(above: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, ring = {start}, [start]
    while ring:
        if goal in ring:
            return True
        ring = [each for each in {up for old in ring for up in above.get(old, ())} if each not in seen]
        seen.update(ring)
    return False


def _claim(article: Article, linked: _Linked, trust: float, base: str) -> Claim:
    told, span = linked.told, linked.told.evidence
    evidence = Evidence(span, article.text[slice(*span)])
    obj = linked.object.id if linked.object is not None else None
    value = wording.value(told.predicate, told.literal) if told.literal is not None else None
    target: str | Value = obj if obj is not None else value if value is not None else ""
    return Claim(
        id=identity.claim_iri(base, article.id, linked.subject.id, told.predicate, target, evidence),
        subject=linked.subject.id,
        predicate=told.predicate,
        object=obj,
        value=value,
        qualifiers=told.qualifiers,
        modality=told.modality,
        polarity=told.polarity,
        confidence=trust,
        evidence=evidence,
    )


def fact(claim: Claim) -> tuple[str, ...]:
    """Return what makes two claims of an article one: who, what and whom, whichever way round if that is all one."""
    ends = [claim.subject, claim.object or (claim.value.value if claim.value else "")]
    return (claim.predicate.value, *(sorted(ends) if SIGNATURES[claim.predicate].symmetric else ends))
