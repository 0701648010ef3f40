"""Names for what an article only describes: "a battery factory" becomes "Battery factory of Northvolt in Heide".

Who is behind it and where it lies tell one factory from another, to a reader and across articles. Where the article
says both, the IRI comes from the whole name, so that two articles meet; otherwise it stays the article's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from regiograph.entities import identity
from regiograph.entities.names import is_generic
from regiograph.model import Article, Claim, Entity
from regiograph.terms import EntityType, Polarity, Predicate

_DESCRIBED = frozenset({EntityType.PROJECT, EntityType.SITE})
_BEHIND = (Predicate.IMPLEMENTS, Predicate.INVESTS_IN, Predicate.OWNED_BY)
_SURE = 0.5


def individuate(
    article: Article, entities: Sequence[Entity], claims: Sequence[Claim], *, base: str
) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
    """Return the entities and claims with the described projects and sites named by what is claimed of them."""
    renamed = dict(_renamed(article.text, entities, claims, base))
    if not renamed:
        return tuple(entities), tuple(claims)
    moved = {old: new.id for old, new in renamed.items()}
    return (
        tuple(renamed.get(entity.id, entity) for entity in entities),
        tuple(_moved(claim, moved, article.id, base) for claim in claims),
    )


def _renamed(text: str, entities: Sequence[Entity], claims: Sequence[Claim], base: str) -> Iterator[tuple[str, Entity]]:
    """Yield (old IRI, entity) for each entity that gets a fuller name; no two entities come to share an IRI."""
    known = {entity.id: entity for entity in entities}
    described = {e.id for e in entities if all(is_generic(text[slice(*span)]) for span in e.mentions)}
    taken = set(known)
    for entity in entities:
        if entity.type not in _DESCRIBED or entity.id not in described:
            continue
        owner, place = _owner(entity.id, claims, known, described), _place(entity.id, claims, known, described)
        parts = ([f"of {owner.name}"] if owner else []) + ([f"in {place.name}"] if place else [])
        name = " ".join([entity.name, *parts])
        iri = identity.entity_iri(base, entity.type, name) if len(parts) == 2 else entity.id
        if parts:
            yield entity.id, replace(entity, name=name, id=entity.id if iri in taken else iri)
            taken.add(iri)


def _owner(
    iri: str, claims: Iterable[Claim], known: Mapping[str, Entity], described: AbstractSet[str]
) -> Entity | None:
    """Return who is behind a project: who implements it, else who invests in it, else who owns it."""
    found = [
        (_BEHIND.index(claim.predicate), -claim.confidence, other)
        for claim in claims
        if claim.predicate in _BEHIND and _holds(claim)
        for thing, other in [_ends(claim)]
        if thing == iri and other is not None and other not in described
    ]
    return known[min(found)[2]] if found else None


def _place(
    iri: str, claims: Iterable[Claim], known: Mapping[str, Entity], described: AbstractSet[str]
) -> Entity | None:
    """Return where a project lies: the smallest kind of place that is claimed, of those the surest."""
    sizes = (EntityType.SITE, EntityType.CITY, EntityType.REGION, EntityType.COUNTRY)
    found = [
        (sizes.index(known[claim.object].type), -claim.confidence, claim.object)
        for claim in claims
        if claim.predicate is Predicate.LOCATED_IN and claim.subject == iri and claim.object and _holds(claim)
        if claim.object not in described
    ]
    return known[min(found)[2]] if found else None


def _ends(claim: Claim) -> tuple[str | None, str | None]:
    """Return the thing and who is behind it."""
    ends = (claim.object, claim.subject)
    return ends[::-1] if claim.predicate is Predicate.OWNED_BY else ends


def _holds(claim: Claim) -> bool:
    return claim.polarity is Polarity.POSITIVE and claim.confidence >= _SURE


def _moved(claim: Claim, moved: dict[str, str], article_id: str, base: str) -> Claim:
    """Return the claim with the IRIs that its entities now have, and with its own minted anew."""
    subject = moved.get(claim.subject, claim.subject)
    obj = moved.get(claim.object, claim.object) if claim.object else None
    if (subject, obj) == (claim.subject, claim.object):
        return claim
    said = obj or claim.value or ""
    iri = identity.claim_iri(base, article_id, subject, claim.predicate, said, claim.evidence)
    return replace(claim, id=iri, subject=subject, object=obj)
