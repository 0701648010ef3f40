"""Proposes items of Wikidata for entities of a store: what is the same there, how sure that is, and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from regiograph.entities.identity import key
from regiograph.linking.asking import Wikidata
from regiograph.linking.candidates import Candidate, candidates
from regiograph.linking.items import Item, items
from regiograph.linking.scoring import Grounds, How
from regiograph.linking.subjects import Subject
from regiograph.terms import EntityType


@dataclass(frozen=True, slots=True)
class Proposal:
    """That an entity may be an item of Wikidata, for people to accept or reject.

    `label` and `description` are the item's, in the language of the articles where it has them; `score` is from 0 to 1.
    """

    entity: str
    name: str
    type: EntityType
    wikidata: str
    label: str
    description: str
    score: float
    reasons: tuple[str, ...]

    def to_json(self) -> str:
        """Return the proposal as a line of JSON, without the line end."""
        return json.dumps(asdict(self), ensure_ascii=False)


def propose(subjects: tuple[Subject, ...], wikidata: Wikidata) -> tuple[Proposal, ...]:
    """Return what the subjects may be, sorted by entity, the surest first.

    Raises:
        EndpointError: the endpoint gives no answer; what it answered before is in the cache.
        OSError: the cache cannot be used.
    """
    found = candidates(subjects, wikidata)
    people = {each.item for each in found if each.subject.type is EntityType.PERSON}
    known = items(
        {each.item for each in found}, people, {tag for each in found for tag in each.subject.languages}, wikidata
    )
    alike = Counter((each.subject.iri, each.code) for each in found)
    made = (_proposal(each, known[each.item], alike[each.subject.iri, each.code] - 1) for each in found)
    return tuple(sorted(made, key=_rank))


def _rank(proposal: Proposal) -> tuple[str, float, int, str]:
    return proposal.entity, -proposal.score, len(proposal.wikidata), proposal.wikidata


def _proposal(found: Candidate, item: Item, rivals: int) -> Proposal:
    subject = found.subject
    grounds = _grounds(found, item, rivals)
    label, description = item.label(subject.languages), item.description(subject.languages)
    return Proposal(
        subject.iri, subject.name, subject.type, found.item, label, description, grounds.score, grounds.reasons
    )


def _grounds(found: Candidate, item: Item, rivals: int) -> Grounds:
    subject = found.subject
    called = {key(label) for label in item.labels.values()}
    return Grounds(
        how=found.how,
        code=found.code,
        same_name=found.how is How.LABEL or any(key(name) in called for name in subject.names),
        kind=found.kind,
        same_country=_agrees(subject.countries, item.countries),
        post=next((name for tie, name in subject.bodies if tie in item.ties), ""),
        rivals=rivals,
        person=subject.type is EntityType.PERSON,
    )


def _agrees(here: Iterable[str], there: Iterable[str]) -> bool | None:
    """Whether two sets of countries share one; None where either is empty."""
    ours, theirs = frozenset(here), frozenset(there)
    return not ours.isdisjoint(theirs) if ours and theirs else None
