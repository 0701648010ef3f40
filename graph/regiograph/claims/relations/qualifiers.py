"""What qualifies a relation: the post, the date, the sum, the share, the period, the topic, read from its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from regiograph.claims.relations.dating import happened
from regiograph.claims.relations.indicators import indicator
from regiograph.claims.relations.pairs import Pair
from regiograph.claims.relations.scene import Mark, Scene
from regiograph.claims.relations.stems import stem
from regiograph.claims.relations.tenures import role, status
from regiograph.claims.relations.topics import proposal, topic
from regiograph.model import Literal
from regiograph.terms import Bound, Predicate

_JOINED = frozenset(stem(w) for w in "joined entered became admitted acceded accepted accession entry since".split())
_SUM_CUES = frozenset("worth for value valued total totalling totaling amount sum of at".split())
_CLOSE, _NEAR = 4, 8  # units between a figure and the period it is for
_LED = frozenset("delegation mission group party team".split())


@dataclass(frozen=True, slots=True)
class Story:
    """What the article tells around a sentence: the date it has reached, and the day of publication."""

    date: str | None
    published: str | None


def qualifiers(predicate: Predicate, pair: Pair, story: Story) -> tuple[tuple[str, str], ...]:
    """Return the qualifiers of a relation as sorted (name, value) pairs."""
    found = {name: value for read in _READERS.get(predicate, ()) for name, value in read(pair).items()}
    if predicate in _DATED:
        low, high = sorted((pair.subject.unit, pair.obj.unit))
        found["date"] = happened(pair.scene, low, high, story.published) or story.date
    return tuple(sorted((name, value) for name, value in found.items() if value))


def _post(pair: Pair) -> Mapping[str, str | None]:
    if pair.obj.label == "Organization" and _LED & set(pair.obj.words):
        return {"role": "head"}
    return {"role": role(pair), "status": status(pair)}


def _membership(pair: Pair) -> Mapping[str, str | None]:
    """The date after "since" or beside a verb of joining begins a membership, one after "until" ends it."""
    for mark in _by_distance(pair, ("date", "period")):
        if mark.literal is None:
            continue
        start, _, end = mark.literal.value.partition("/")
        if mark.label == "period" and (start == ".." or end == ".."):
            return {"until": end} if start == ".." else {"since": start}
        near = pair.scene.units[max(0, mark.unit - 15) : mark.unit + 8]
        if mark.label == "date" and _JOINED & {u.stem for u in near}:
            return {"since": mark.literal.value}
    return {}


def _sum(pair: Pair) -> Mapping[str, str | None]:
    return _money(_belonging(pair.scene, pair.subject, "money", pair.obj))


def _contract_sum(pair: Pair) -> Mapping[str, str | None]:
    for mark in _by_distance(pair, ("money",))[:1]:
        if {u.text for u in pair.scene.units[max(0, mark.unit - 2) : mark.unit]} & _SUM_CUES:
            return _money(mark.literal)
    return {}


def _money(literal: Literal | None) -> Mapping[str, str | None]:
    if literal is None:
        return {}
    return {"amount": literal.value, "currency": literal.unit, "qualifier": bound(literal)}


def _own_currency(pair: Pair) -> Mapping[str, str | None]:
    literal = pair.obj.literal
    return {} if literal is None else {"currency": literal.unit, "qualifier": bound(literal)}


def _own_bound(pair: Pair) -> Mapping[str, str | None]:
    return {"qualifier": bound(pair.obj.literal)} if pair.obj.literal is not None else {}


def _share(pair: Pair) -> Mapping[str, str | None]:
    literal = _belonging(pair.scene, pair.obj, "percent", None)
    return {"share": literal.value if literal is not None else None}


def _belonging(scene: Scene, owner: Mark, kind: str, other: Mark | None) -> Literal | None:
    """Return the figure that is the owner's: rather one that follows ("X (65%) and Y (35%)"), no one else between."""

    def cost(mark: Mark) -> int:
        low, high = sorted((owner.unit, mark.unit))
        others = sum(m.label == owner.label and low < m.unit < high for m in scene.marks)
        own = high - low + 6 * others + (2 if mark.unit < owner.unit else 0)
        return own if other is None else min(own, abs(mark.unit - other.unit) + 3)

    best = min((m for m in scene.marks if m.label == kind), key=cost, default=None)
    return best.literal if best is not None else None


def _period(pair: Pair) -> Mapping[str, str | None]:
    """The period or the date that stands beside a figure ("in 2013", "last year", "by 2021")."""
    at = pair.obj.unit
    for mark in sorted(_of_kind(pair.scene, ("period", "date")), key=lambda m: abs(m.unit - at)):
        before = pair.scene.units[mark.unit - 1].text if mark.unit else ""
        if mark.literal is None or abs(mark.unit - at) > _NEAR or before == "since":
            continue
        open_end = mark.label == "date" and before in {"by", "until", "till"} and "/" not in mark.literal.value
        return {"period": f"../{mark.literal.value}" if open_end else mark.literal.value}
    return {}


def _deadline(pair: Pair) -> Mapping[str, str | None]:
    period = _period(pair).get("period")
    return {"period": period if period is not None and period.startswith("..") else None}


def _spending(pair: Pair) -> Mapping[str, str | None]:
    """The period over which money is spent stands close to the money."""
    sums = [m.unit for m in pair.scene.marks if m.label == "money"]
    for mark in _of_kind(pair.scene, ("period",)) if sums else ():
        if mark.literal is not None and min(abs(mark.unit - at) for at in sums) <= _CLOSE:
            return {"period": mark.literal.value}
    return {}


def _measure(pair: Pair) -> Mapping[str, str | None]:
    what, unit = indicator(pair)
    return {"indicator": what, "unit": unit}


def _topic(pair: Pair) -> Mapping[str, str | None]:
    return {"subject": topic(pair)}


def _what(pair: Pair) -> Mapping[str, str | None]:
    return {"what": proposal(pair)}


_DATED = frozenset({Predicate.MET_WITH, Predicate.VISITED, Predicate.SIGNED_AGREEMENT_WITH})
_READERS: dict[Predicate, tuple[Callable[[Pair], Mapping[str, str | None]], ...]] = {
    Predicate.HOLDS_POST: (_post,),
    Predicate.MEMBER_OF: (_membership,),
    Predicate.SIGNED_AGREEMENT_WITH: (_topic, _contract_sum),
    Predicate.COOPERATES_WITH: (_topic,),
    Predicate.INVESTS_IN: (_sum, _spending),
    Predicate.HAS_AMOUNT: (_own_currency, _spending),
    Predicate.OWNED_BY: (_share,),
    Predicate.CREATES_JOBS: (_own_bound, _deadline),
    Predicate.HAS_INDICATOR: (_measure, _own_bound, _period),
    Predicate.PROPOSED_TO: (_what,),
}


def bound(literal: Literal) -> str | None:
    """Return how a number is bounded, unless exactly."""
    return literal.bound.value if literal.bound is not None and literal.bound is not Bound.EXACTLY else None


def _by_distance(pair: Pair, kinds: tuple[str, ...]) -> list[Mark]:
    low, high = sorted((pair.subject.unit, pair.obj.unit))

    def distance(mark: Mark) -> tuple[int, int]:
        outside = max(low - mark.unit, mark.unit - high, 0)
        return outside, abs(mark.unit - pair.obj.unit)

    return sorted(_of_kind(pair.scene, kinds), key=distance)


def _of_kind(scene: Scene, kinds: tuple[str, ...]) -> Iterable[Mark]:
    return [m for m in scene.marks if m.label in kinds]
