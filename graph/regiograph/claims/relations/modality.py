"""How a fact is told: asserted, planned or proposed; affirmed or denied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regiograph.claims.relations.calibration import Calibrated
from regiograph.claims.relations.pairs import Pair
from regiograph.terms import Modality, Polarity, Predicate

MANNERS = ("planned", "proposed", "negative")


def manner_cues(predicate: Predicate, pair: Pair) -> Iterator[str]:
    """Yield the cues for how the relation of a pair is told, kept apart from those for the relation itself."""
    yield f"how:{predicate.value}"
    for cue in pair.cues():
        yield "how:" + cue.removeprefix("+")


def decided(scores: Mapping[str, float], calibrated: Calibrated) -> tuple[Modality, Polarity]:
    """Return how a relation is told, from the scores of `MANNERS`."""
    chances = {name: calibrated.curves[name].probability(scores[name]) for name in MANNERS}
    said = {name for name in MANNERS if chances[name] >= calibrated.curves[name].threshold}
    polarity = Polarity.NEGATIVE if "negative" in said else Polarity.POSITIVE
    modal = max((n for n in ("planned", "proposed") if n in said), key=lambda n: chances[n], default="asserted")
    return Modality(modal), polarity
