"""Where articles differ: two dates of one thing, two sums for one thing, two holders of one post at one time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from regiograph.network.facts import Stated, stated
from regiograph.network.period import DATED, Years, meet, spans
from regiograph.terms import Modality, Predicate

_PAST = frozenset("former ex acting interim outgoing designate elect".split())
# Posts that one person holds at a time, as they begin; "deputy governor" and "member of the board" are not among them.
_SOLE = re.compile(
    r"(?:regional )?(?:governor|mayor|president|chair(?:man|woman|person)?|rector|akim|hakim|premier|prime minister"
    r"|head|ceo|chief executive(?: officer)?|general director|director[ -]general|managing director"
    r"|minister (?:of|for) .*|secretary[ -]general)(?: of .*)?"
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that cannot all hold, by IRI, those told by most articles first; `about` is the entity they are of.

    `relation` is what they tell, as a predicate has it.
    """

    about: str
    relation: str
    facts: tuple[str, ...]


def contradictions(
    graph: nx.MultiDiGraph[str], held: Mapping[str, Years] | None = None
) -> tuple[Contradiction, ...]:  # fmt: skip
    """Return where asserted facts of different articles differ, by what they are about.

    Dates differ unless one is more exact than the other, sums if both are exact and in one currency; of posts only
    those count that one person holds, in years that have one in common, acting holders apart. `held` are the years of
    the facts, where they are known already.
    """
    told: dict[Hashable, list[Stated]] = defaultdict(list)
    for each in stated(graph):
        if (key := _key(each)) is not None and each.fact.modality == Modality.ASSERTED:
            told[key].append(each)
    held = spans(graph) if held is None else held
    found = (_differing(facts, held) for facts in told.values() if len(facts) > 1)
    return tuple(sorted((each for each in found if each is not None), key=lambda c: (c.about, c.relation, c.facts)))


def _key(said: Stated) -> Hashable | None:
    """Return what a fact gives a single value of; None for others."""
    fact, qualifiers = said.fact, dict(said.fact.qualifiers)
    if fact.predicate in DATED and "/" not in fact.value:
        return said.subject, fact.predicate
    if fact.predicate == Predicate.HAS_AMOUNT and "qualifier" not in qualifiers and "/" not in fact.value:
        return said.subject, fact.predicate, qualifiers.get("currency")
    role = " ".join(qualifiers.get("role", "").casefold().split())
    if fact.predicate == Predicate.HOLDS_POST and _SOLE.fullmatch(role) and not _PAST & {qualifiers.get("status", "")}:
        return said.object, fact.predicate, role
    return None


def _differing(facts: Iterable[Stated], held: Mapping[str, Years]) -> Contradiction | None:
    ordered = sorted(facts, key=lambda said: (-len(said.articles), said.iri))
    pairs = ((one, other) for one, other in combinations(ordered, 2) if _differ(one, other, held))
    differing = {said.iri for pair in pairs for said in pair}
    if not differing:
        return None
    first = ordered[0]
    about = first.object if first.fact.predicate == Predicate.HOLDS_POST else first.subject
    return Contradiction(str(about), first.fact.predicate, tuple(s.iri for s in ordered if s.iri in differing))


def _differ(one: Stated, other: Stated, held: Mapping[str, Years]) -> bool:
    if set(one.articles) & set(other.articles):
        return False  # who says both knows how they go together
    match one.fact.predicate:
        case Predicate.HOLDS_POST:
            first, second = held.get(one.iri), held.get(other.iri)
            return one.subject != other.subject and bool(first and second and meet(first, *second))
        case Predicate.HAS_AMOUNT:
            return one.fact.value != other.fact.value
    return not any(a.startswith(b) for a, b in ((one.fact.value, other.fact.value), (other.fact.value, one.fact.value)))
