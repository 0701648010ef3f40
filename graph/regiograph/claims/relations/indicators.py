"""What a figure measures: the indicator's words near it ("industrial output", "population"), and its unit."""

from __future__ import annotations

from regiograph.claims.relations.pairs import Pair
from regiograph.claims.relations.scene import Scene
from regiograph.model import Literal

_INDICATORS = frozenset(
    """
    turnover export exports import imports population gdp grp output capacity area production unemployment revenue
    revenues share growth budget employees staff investment investments trade sales occupancy budget inflation debt
    rent wage wages salary income profit loss losses territory length depth tariff price prices deposits reserves
    throughput traffic yield harvest length height share portfolio assets capital contribution fee tax rate rank
    volume cargo tourists visitors members membership residents enterprises companies tenants consumption power
    productivity fall rise increase decrease drop decline
    """.split()
)
_BY_UNIT = {
    **dict.fromkeys(("ha", "km2", "m2", "acres", "sq ft", "dunams", "mu", "feddans", "rai"), "area"),
    **dict.fromkeys(("MW", "GW", "kW", "W", "MVA", "TEU"), "capacity"),
    **dict.fromkeys(("t", "kt", "Mt", "barrels", "bcm", "m3", "hl", "l"), "output"),
    **dict.fromkeys(("km", "m", "miles"), "length"),
    "jobs": "jobs",
    "%": "share",
}
_STOPS = frozenset("the a an of in at by to and its their is was are were with for on from as that it has had".split())
_EMPLOYED = frozenset("people persons workers employees staff personnel hands specialists work employs employ".split())


def indicator(pair: Pair) -> tuple[str, str | None]:
    """Return the indicator of a figure and its unit: a currency code, "%", a symbol, or None for things counted."""
    literal = pair.obj.literal
    unit = literal.unit if literal is not None else None
    if not _is_measure(unit) and unit:
        return ("employees" if _employed(pair, unit) else unit), None
    return _named(pair.scene, pair.obj.unit) or _BY_UNIT.get(unit or "", "value"), unit


def of_itself(literal: Literal) -> tuple[str, str | None]:
    """Return the indicator and the unit that a figure tells by itself, whatever stands around it."""
    if literal.unit and not _is_measure(literal.unit):
        return literal.unit, None
    return _BY_UNIT.get(literal.unit or "", "value"), literal.unit


def is_indicator(word: str) -> bool:
    """Whether a word, in lower case, is the name of something that is measured."""
    return word in _INDICATORS


def _is_measure(unit: str | None) -> bool:
    return unit is not None and (unit in _BY_UNIT or not unit.islower() or unit == "%")


def _employed(pair: Pair, unit: str) -> bool:
    texts = {u.text for u in pair.scene.units[max(0, pair.obj.unit - 4) : pair.obj.unit + 4]}
    return unit.split()[-1] in _EMPLOYED and bool(
        texts & {"employs", "employ", "employed", "employing", "work", "staff"}
    )


def _named(scene: Scene, at: int) -> str | None:
    """Return the nearest indicator's noun with the words that go with it, in the figure's clause."""
    places = [i for i, u in enumerate(scene.units) if u.text in _INDICATORS and abs(i - at) <= 10]
    if not places:
        return None
    noun = min(places, key=lambda i: (abs(i - at), i))
    start = noun
    while start > 0 and noun - start < 3 and _modifies(scene, start - 1):
        start -= 1
    return scene.said(start, noun + 1)


def _modifies(scene: Scene, at: int) -> bool:
    unit = scene.units[at]
    return unit.mark is None and unit.text.replace("-", "").isalpha() and unit.text not in _STOPS
