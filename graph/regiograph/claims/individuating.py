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
_SIZES = (EntityType.SITE, EntityType.CITY, EntityType.REGION, EntityType.COUNTRY)
_SURE = 0.5

_Ranked = tuple[str, int, float, str]  # a thing, two ranks, and who or what is told of it


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
    held = [claim for claim in claims if claim.polarity is Polarity.POSITIVE and claim.confidence >= _SURE]
    owners, places = _first(_owners(held), described), _first(_places(held, known), described)
    taken = set(known)
    for entity in entities:
        if entity.type not in _DESCRIBED or entity.id not in described:
            continue
        owner, place = owners.get(entity.id), places.get(entity.id)
        parts = ([f"of {known[owner].name}"] if owner else []) + ([f"in {known[place].name}"] if place else [])
        name = " ".join([entity.name, *parts])
        iri = identity.entity_iri(base, entity.type, name) if len(parts) == 2 else entity.id
        if parts:
            yield entity.id, replace(entity, name=name, id=entity.id if iri in taken else iri)
            taken.add(iri)


def _first(ranked: Iterable[_Ranked], described: AbstractSet[str]) -> dict[str, str]:
    """Return for each thing the named one that ranks first."""
    named = sorted((each for each in ranked if each[3] not in described), reverse=True)
    return {thing: other for thing, _, _, other in named}


def _owners(claims: Iterable[Claim]) -> Iterator[_Ranked]:
    """Yield who is behind a thing: who implements it before who invests in it before who owns it, the surest first."""
    for claim in claims:
        if claim.predicate in _BEHIND and claim.object is not None:
            thing, other = claim.object, claim.subject
            if claim.predicate is Predicate.OWNED_BY:
                thing, other = other, thing
            yield thing, _BEHIND.index(claim.predicate), -claim.confidence, other


def _places(claims: Iterable[Claim], known: Mapping[str, Entity]) -> Iterator[_Ranked]:
    """Yield where a thing lies: the smallest kind of place first, and of those the surest."""
    for claim in claims:
        if claim.predicate is Predicate.LOCATED_IN and claim.object is not None:
            yield claim.subject, _SIZES.index(known[claim.object].type), -claim.confidence, claim.object


def _moved(claim: Claim, moved: dict[str, str], article_id: str, base: str) -> Claim:
    """Return the claim with the IRIs that its entities now have, and with its own minted anew."""
    subject = moved.get(claim.subject, claim.subject)
    obj = moved.get(claim.object, claim.object) if claim.object else None
    if (subject, obj) == (claim.subject, claim.object):
        return claim
    said = obj or claim.value or ""
    iri = identity.claim_iri(base, article_id, subject, claim.predicate, said, claim.evidence)
    return replace(claim, id=iri, subject=subject, object=obj)
