"""What qualifies a relation: the post, the date, the sum, the share, the period, the topic, read from its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from regiograph.claims.relations.indicators import indicator
from regiograph.claims.relations.pairs import Pair
from regiograph.claims.relations.scene import Mark, Scene
from regiograph.claims.relations.tenures import role, status
from regiograph.claims.relations.topics import proposal, topic
from regiograph.model import Literal
from regiograph.terms import Bound, Predicate

_FOUNDING = frozenset("founded created established set formed opened built launched started".split())
_FROM = frozenset("since from joined entered became in".split())
_UNTIL = frozenset("until till through by before".split())
_SUM_CUES = frozenset("worth for value valued total totalling totaling amount sum investing invest at of cost".split())


def qualifiers(predicate: Predicate, pair: Pair) -> tuple[tuple[str, str], ...]:
    """Return the qualifiers of a relation as sorted (name, value) pairs."""
    found: dict[str, str | None] = {}
    for read in _READERS.get(predicate, ()):
        for name, value in read(pair).items():
            found.setdefault(name, value)
    return tuple(sorted((name, value) for name, value in found.items() if value))


def _post(pair: Pair) -> Mapping[str, str | None]:
    return {"role": role(pair), "status": status(pair)}


def _date(pair: Pair) -> Mapping[str, str | None]:
    literal = nearest(pair, ("date",))
    return {"date": literal.value if literal is not None else None}


def _membership(pair: Pair) -> Mapping[str, str | None]:
    for mark in _by_distance(pair, ("date", "period")):
        before = [u.text for u in pair.scene.units[max(0, mark.unit - 4) : mark.unit]]
        if mark.literal is None or _FOUNDING & set(before):
            continue
        if _UNTIL & set(before[-2:]):
            return {"until": mark.literal.value.removeprefix("../")}
        return {"since": mark.literal.value.removesuffix("/..")}
    return {}


def _sum(pair: Pair) -> Mapping[str, str | None]:
    return _money(nearest(pair, ("money",)))


def _contract_sum(pair: Pair) -> Mapping[str, str | None]:
    for mark in _by_distance(pair, ("money",)):
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
    literal = nearest(pair, ("percent",))
    return {"share": literal.value if literal is not None else None}


def _period(pair: Pair) -> Mapping[str, str | None]:
    """A period of the sentence; a date beside the figure tells its period too ("in 2013", "by 2021")."""
    at = pair.obj.unit
    for mark in sorted(_of_kind(pair.scene, ("period", "date")), key=lambda m: abs(m.unit - at)):
        if mark.literal is None or abs(mark.unit - at) > (14 if mark.label == "period" else 8):
            continue
        before = pair.scene.units[mark.unit - 1].text if mark.unit else ""
        open_end = mark.label == "date" and before in {"by", "until", "till"} and "/" not in mark.literal.value
        return {"period": f"../{mark.literal.value}" if open_end else mark.literal.value}
    return {}


def _plan_period(pair: Pair) -> Mapping[str, str | None]:
    marks = sorted(_of_kind(pair.scene, ("period",)), key=lambda m: abs(m.unit - pair.obj.unit))
    return {"period": marks[0].literal.value} if marks and marks[0].literal is not None else {}


def _measure(pair: Pair) -> Mapping[str, str | None]:
    what, unit = indicator(pair)
    return {"indicator": what, "unit": unit}


def _topic(pair: Pair) -> Mapping[str, str | None]:
    return {"subject": topic(pair)}


def _what(pair: Pair) -> Mapping[str, str | None]:
    return {"what": proposal(pair)}


_READERS: dict[Predicate, tuple[Callable[[Pair], Mapping[str, str | None]], ...]] = {
    Predicate.HOLDS_POST: (_post,),
    Predicate.MEMBER_OF: (_membership,),
    Predicate.MET_WITH: (_date,),
    Predicate.VISITED: (_date,),
    Predicate.SIGNED_AGREEMENT_WITH: (_date, _topic, _contract_sum),
    Predicate.COOPERATES_WITH: (_topic,),
    Predicate.INVESTS_IN: (_sum, _plan_period),
    Predicate.HAS_AMOUNT: (_own_currency, _plan_period),
    Predicate.OWNED_BY: (_share,),
    Predicate.CREATES_JOBS: (_own_bound, _period),
    Predicate.HAS_INDICATOR: (_measure, _own_bound, _period),
    Predicate.PROPOSED_TO: (_what,),
}


def bound(literal: Literal) -> str | None:
    """Return how a number is bounded, unless exactly."""
    return literal.bound.value if literal.bound is not None and literal.bound is not Bound.EXACTLY else None


def nearest(pair: Pair, kinds: tuple[str, ...]) -> Literal | None:
    """Return the literal of one of these kinds that stands nearest to the pair, or None."""
    return next((m.literal for m in _by_distance(pair, kinds)), None)


def _by_distance(pair: Pair, kinds: tuple[str, ...]) -> list[Mark]:
    low, high = sorted((pair.subject.unit, pair.obj.unit))

    def distance(mark: Mark) -> tuple[int, int]:
        outside = max(low - mark.unit, mark.unit - high, 0)
        return outside, abs(mark.unit - pair.obj.unit)

    return sorted(_of_kind(pair.scene, kinds), key=distance)


def _of_kind(scene: Scene, kinds: tuple[str, ...]) -> Iterable[Mark]:
    return [m for m in scene.marks if m.label in kinds]
