"""The closed lists: entity types, predicates with their domains and ranges, qualifiers, bounds.

`ontology/regiograph.ttl` declares the same terms; a test proves that the two agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EntityType(StrEnum):
    """What an entity can be; the values are the local names of the ontology's classes."""

    PERSON = "Person"
    COUNTRY = "Country"
    REGION = "Region"
    CITY = "City"
    GOVERNMENT_BODY = "GovernmentBody"
    COMPANY = "Company"
    NETWORK = "Network"
    ORGANIZATION = "Organization"
    PROJECT = "Project"
    SITE = "Site"
    EVENT = "Event"
    SECTOR = "Sector"


class Predicate(StrEnum):
    """What a claim can say; the values are the local names of the ontology's properties."""

    HOLDS_POST = "holdsPost"
    MEMBER_OF = "memberOf"
    REPRESENTS = "represents"
    LOCATED_IN = "locatedIn"
    PARTICIPATED_IN = "participatedIn"
    EVENT_PLACE = "eventPlace"
    EVENT_DATE = "eventDate"
    MET_WITH = "metWith"
    VISITED = "visited"
    SIGNED_AGREEMENT_WITH = "signedAgreementWith"
    COOPERATES_WITH = "cooperatesWith"
    INVESTS_IN = "investsIn"
    SUPPORTS = "supports"
    IMPLEMENTS = "implements"
    HAS_AMOUNT = "hasAmount"
    OPERATES_IN_SECTOR = "operatesInSector"
    STARTED_IN = "startedIn"
    COMPLETED_IN = "completedIn"
    PROPOSED_TO = "proposedTo"
    OWNED_BY = "ownedBy"
    RESIDENT_OF = "residentOf"
    CREATES_JOBS = "createsJobs"
    HAS_INDICATOR = "hasIndicator"


class Modality(StrEnum):
    """Whether a fact is told as done, as planned, or as no more than proposed."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    PROPOSED = "proposed"


class Polarity(StrEnum):
    """Whether a fact is affirmed or denied."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Bound(StrEnum):
    """How an amount is bounded."""

    EXACTLY = "exactly"
    ABOUT = "about"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    UP_TO = "up to"


QUALIFIERS = frozenset(
    "role status since until in date count subject amount currency qualifier period what share indicator unit"
    " verbatim".split()
)

LITERAL_KINDS = frozenset({"date", "period", "money", "percent", "count"})

_T = EntityType
_BODIES = frozenset({_T.GOVERNMENT_BODY, _T.COMPANY, _T.ORGANIZATION, _T.NETWORK})
_AREAS = frozenset({_T.COUNTRY, _T.REGION, _T.CITY})
_PLACES = _AREAS | {_T.SITE}
_ACTORS = _BODIES | _PLACES | {_T.PERSON}
_DATE, _NUMBER = "date", "number"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a predicate connects: a set of types to a set of types, or to a "date" or a "number"."""

    domain: frozenset[EntityType]
    range: frozenset[EntityType] | str
    symmetric: bool = False

    def allows(self, subject: EntityType, obj: EntityType | None) -> bool:
        """Whether a subject of this type may have an object of that type (None: a literal)."""
        fits = isinstance(self.range, str) if obj is None else not isinstance(self.range, str) and obj in self.range
        return fits and subject in self.domain


SIGNATURES: dict[Predicate, Signature] = {
    Predicate.HOLDS_POST: Signature(frozenset({_T.PERSON}), _BODIES | _PLACES | {_T.PROJECT}),
    Predicate.MEMBER_OF: Signature(_ACTORS, frozenset({_T.NETWORK, _T.ORGANIZATION})),
    Predicate.REPRESENTS: Signature(frozenset({_T.PERSON, _T.ORGANIZATION, _T.REGION, _T.CITY}), _BODIES | _PLACES),
    Predicate.LOCATED_IN: Signature(_BODIES | {_T.REGION, _T.CITY, _T.SITE, _T.PROJECT}, _PLACES),
    Predicate.PARTICIPATED_IN: Signature(_ACTORS, frozenset({_T.EVENT})),
    Predicate.EVENT_PLACE: Signature(frozenset({_T.EVENT}), _PLACES),
    Predicate.EVENT_DATE: Signature(frozenset({_T.EVENT}), _DATE),
    Predicate.MET_WITH: Signature(_ACTORS, _ACTORS, symmetric=True),
    Predicate.VISITED: Signature(_ACTORS, _PLACES | {_T.PROJECT, _T.COMPANY}),
    Predicate.SIGNED_AGREEMENT_WITH: Signature(_ACTORS, _ACTORS, symmetric=True),
    Predicate.COOPERATES_WITH: Signature(_ACTORS, _ACTORS, symmetric=True),
    Predicate.INVESTS_IN: Signature(_BODIES | _AREAS | {_T.PERSON}, _BODIES | _PLACES | {_T.PROJECT, _T.SECTOR}),
    Predicate.SUPPORTS: Signature(_ACTORS, _BODIES | {_T.PROJECT, _T.SITE}),
    Predicate.IMPLEMENTS: Signature(_BODIES | _AREAS, frozenset({_T.PROJECT, _T.SITE})),
    Predicate.HAS_AMOUNT: Signature(frozenset({_T.PROJECT, _T.SITE, _T.EVENT}), _NUMBER),
    Predicate.OPERATES_IN_SECTOR: Signature(
        frozenset({_T.PROJECT, _T.COMPANY, _T.SITE, _T.REGION, _T.CITY}), frozenset({_T.SECTOR})
    ),
    Predicate.STARTED_IN: Signature(_BODIES | {_T.SITE, _T.PROJECT}, _DATE),
    Predicate.COMPLETED_IN: Signature(_BODIES | {_T.SITE, _T.PROJECT}, _DATE),
    Predicate.PROPOSED_TO: Signature(_ACTORS, _ACTORS),
    Predicate.OWNED_BY: Signature(
        _BODIES | {_T.SITE, _T.PROJECT},
        frozenset({_T.COMPANY, _T.ORGANIZATION, _T.PERSON, _T.GOVERNMENT_BODY}) | _AREAS,
    ),
    Predicate.RESIDENT_OF: Signature(frozenset({_T.COMPANY, _T.ORGANIZATION}), frozenset({_T.SITE})),
    Predicate.CREATES_JOBS: Signature(frozenset({_T.PROJECT, _T.COMPANY, _T.SITE, _T.REGION}), _NUMBER),
    Predicate.HAS_INDICATOR: Signature(frozenset(EntityType) - {_T.PERSON}, _NUMBER),
}
