"""What is measured beyond score.py: entities by type, claims by confidence, coarse types, related pairs.

Articles are the scorer's own `Doc`s; `annotated.use` says where the scorer is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import annotated

from regiograph.claims.batches import extract
from regiograph.claims.extractor import Extractor
from regiograph.claims.jsonl import to_object
from regiograph.model import Extraction
from regiograph.terms import SIGNATURES, EntityType, Predicate

COARSE = {
    "Person": "Person",
    **dict.fromkeys(("Place", "Country", "Region", "City", "Site"), "Place"),
    **dict.fromkeys(("Organization", "GovernmentBody", "Company", "Network"), "Organization"),
}
LOWER_BOUNDS = (0.0, *(n / 10 for n in range(3, 10)))

Ends = tuple[frozenset[str], frozenset[str]]  # the gold entities that either end of a relation may stand for
Judged = tuple[float, bool]  # the confidence of a claim, and whether it is right


def predict(documents: Sequence[Any], reader: Extractor, workers: int) -> tuple[list[dict[str, Any]], list[Any]]:
    """Return what an extractor finds in annotated articles, in the claims format, and what it refused."""
    outcomes = list(extract(map(annotated.article, documents), reader, workers=workers))
    rows = [to_object(o) for o in outcomes if isinstance(o, Extraction)]
    return rows, [o for o in outcomes if not isinstance(o, Extraction)]


def paired(predicted: Iterable[Any], golds: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield each gold article with what was predicted of it, which may be nothing."""
    by_id = {doc.id: doc for doc in predicted}
    for gold in golds:
        yield by_id.get(gold.id) or replace(gold, entities={}, claims=[]), gold


@dataclass(frozen=True)
class EntityCounts:
    """How many entities of each type are right, were found, and are annotated."""

    right: Counter[str]
    found: Counter[str]
    gold: Counter[str]


def entity_counts(predicted: Iterable[Any], golds: Iterable[Any]) -> EntityCounts:
    """Count entities by type; right is one that the scorer aligns with a gold entity of its own type."""
    import score

    counts = EntityCounts(Counter(), Counter(), Counter())
    for pred, gold in paired(predicted, golds):
        counts.found.update(e.type for e in pred.entities.values())
        counts.gold.update(e.type for e in gold.entities.values())
        both = ((pred.entities[p].type, gold.entities[g].type) for p, g in score.align(pred, gold).items())
        counts.right.update(found for found, true in both if found == true)
    return counts


def entity_errors(predicted: Iterable[Any], golds: Iterable[Any]) -> Iterator[str]:
    """Yield a line for every entity that is false, missed or of the wrong type."""
    import score

    for pred, gold in paired(predicted, golds):
        aligned = score.align(pred, gold)
        reached = set(aligned.values())
        for key, item in pred.entities.items():
            true = gold.entities.get(aligned.get(key))
            if true is None:
                yield f"- {gold.id} false entity     {item.type} | {item.name}"
            elif true.type != item.type:
                yield f"- {gold.id} mistyped entity  {item.type} | {item.name}, which is {true.type} | {true.name}"
        for key, item in gold.entities.items():
            if key not in reached:
                yield f"- {gold.id} missed entity    {item.type} | {item.name}"


def judged(predicted: Iterable[Any], golds: Sequence[Any]) -> Iterator[Judged]:
    """Yield confidence and truth of every claim that the scorer counts.

    As there, claims meet facts one to one, the surest first; a pair of ends counts once a predicate, and predicates
    that no gold article has do not count.
    """
    known = {claim.p for gold in golds for claim in gold.claims}
    for pred, gold in paired(predicted, golds):
        yield from _judged(pred, gold, known)


def _judged(pred: Any, gold: Any, known: set[str]) -> Iterator[Judged]:
    import score

    aligned = score.align(pred, gold)
    open_facts = {(fact.s, fact.p, fact.o): fact for fact in gold.claims}
    seen = set()
    for claim in sorted(pred.claims, key=lambda claim: -claim.confidence):
        ends = sorted((claim.s, claim.o)) if SIGNATURES[Predicate(claim.p)].symmetric else (claim.s, claim.o)
        if claim.p not in known or (claim.p, *ends) in seen:
            continue
        seen.add((claim.p, *ends))
        met = next((key for key, fact in open_facts.items() if score.same_claim(claim, fact, aligned)), None)
        if met is not None:
            del open_facts[met]
        yield claim.confidence, met is not None


@dataclass(frozen=True)
class Band:
    """How many claims of a band of confidence there are and which share is right; also of it and all above it."""

    low: float
    high: float
    claims: int
    right: float
    claims_from: int
    right_from: float


def bands(claims: Iterable[Judged]) -> list[Band]:
    """Return the bands of confidence that hold claims."""
    rows, found = list(claims), []
    for low, high in zip(LOWER_BOUNDS, (*LOWER_BOUNDS[1:], 1.0), strict=True):
        above = [right for confidence, right in rows if confidence >= low]
        inside = [right for confidence, right in rows if low <= confidence and (confidence < high or high == 1)]
        if inside:
            found.append(Band(low, high, len(inside), _share(inside), len(above), _share(above)))
    return found


def _share(truths: Sequence[bool]) -> float:
    return sum(truths) / len(truths) if truths else 0.0


def coarse(doc: Any, *, only: bool) -> Any:
    """Return an article with types that every tool knows, without events and claims.

    With `only`, entities that are neither Person nor Place nor Organization are left out.
    """
    kept = {
        key: replace(item, type=COARSE.get(item.type, item.type))
        for key, item in doc.entities.items()
        if item.type != EntityType.EVENT and (not only or item.type in COARSE)
    }
    return replace(doc, entities=kept, claims=[])


def _bodies(doc: Any) -> set[str]:
    return {key for key, item in doc.entities.items() if item.type != EntityType.EVENT}


def stated(gold: Any) -> set[frozenset[str]]:
    """Return the pairs of entities, no events, that a fact of the article ties together."""
    bodies = _bodies(gold)
    return {frozenset((c.s, c.o)) for c in gold.claims if {c.s, c.o} <= bodies and c.s != c.o}


def claimed(pred: Any, gold: Any) -> set[Ends]:
    """Return the ends of the claims between two entities that gold knows."""
    import score

    aligned, bodies = score.align(pred, gold), _bodies(gold)
    ends = ((aligned.get(c.s), aligned.get(c.o)) for c in pred.claims if not c.literal)
    # A pair counts once, whichever end comes first.
    pairs = {tuple(sorted((a, b))) for a, b in ends if a in bodies and b in bodies and a != b}
    return {(frozenset((a,)), frozenset((b,))) for a, b in pairs}


def touched(relations: Iterable[Sequence[Sequence[int]]], gold: Any) -> set[Ends]:
    """Return the ends of relations between spans: whatever gold entities are named within them."""
    bodies = _bodies(gold)

    def within(start: int, end: int) -> frozenset[str]:
        return frozenset(k for k in bodies if any(a < end and start < b for a, b in gold.entities[k].spans))

    both = ((within(*left), within(*right)) for left, right in relations)
    return {(left, right) for left, right in both if left and right and len(left | right) > 1}


def related(found: Iterable[tuple[set[Ends], set[frozenset[str]]]]) -> tuple[float, float, float]:
    """Return P, R and F1 of tying the right pairs together, whatever is said of them.

    `found` holds the ends that were found and the pairs that are stated, for each article. A relation whose ends may
    stand for several entities is right if any of their pairs is, and finds all of them.
    """
    right = claims = hits = gold = 0
    for relations, pairs in found:
        ways = [{frozenset((a, b)) for a in left for b in right_end} & pairs for left, right_end in relations]
        right, claims = right + sum(map(bool, ways)), claims + len(ways)
        hits, gold = hits + len(set().union(*ways)), gold + len(pairs)
    p, r = right / max(claims, 1), hits / max(gold, 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def prf(right: int, found: int, gold: int) -> Mapping[str, float]:
    """Return precision, recall and F1."""
    return {"P": right / max(found, 1), "R": right / max(gold, 1), "F1": 2 * right / max(found + gold, 1)}
