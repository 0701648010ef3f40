"""What each cue is worth, as measured on annotated articles: a log-linear score for every predicate.

The figures are data: `data/weights.tsv` has a line a cue: the cue, then "target=weight" in log-odds.
`scripts/training/calibrate-rules` writes it, with the tables that `calibration` reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from regiograph.claims.relations import calibration
from regiograph.claims.relations.calibration import Calibrated
from regiograph.claims.relations.modality import MANNERS, decided, manner_cues
from regiograph.claims.relations.pairs import LEANING, Pair
from regiograph.terms import Modality, Polarity, Predicate


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by cue and target, and what makes probabilities of them; a `Weigher`."""

    by_cue: Mapping[str, tuple[tuple[int, float], ...]]
    calibrated: Calibrated
    leaning: frozenset[Predicate] = LEANING

    def scores(self, cues: Iterable[str]) -> list[float]:
        """Return the summed weights, in the order of the targets; a cue counts once however often it is given."""
        totals = [0.0] * len(self.calibrated.curves)
        for cue in dict.fromkeys(cues):
            for target, weight in self.by_cue.get(cue, ()):
                totals[target] += weight
        return totals

    def weigh(self, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Sequence[float]]]:
        """Yield each pair with the score of every target."""
        for pair in pairs:
            yield pair, self.scores(pair.cues())

    def manner(self, predicate: Predicate, pair: Pair) -> tuple[Modality, Polarity]:
        """Return how the relation of a pair is told."""
        scores = dict(zip(self.calibrated.targets, self.scores(manner_cues(predicate, pair)), strict=True))
        return decided({name: scores[name] for name in MANNERS}, self.calibrated)


@cache
def measured() -> Weights:
    """Return the weights that the package carries."""
    return read(_data("weights.tsv"), _data("calibration.tsv"), _data("company.tsv"))


def read(weights: str, calibrated: str, company: str) -> Weights:
    """Parse the three tables; lines that start with "# " are comments."""
    figures = calibration.read(calibrated, company)
    places = {name: i for i, name in enumerate(figures.targets)}
    by_cue = {}
    for cue, *pairs in calibration.rows(weights):
        by_cue[cue] = tuple((places[name], worth) for name, worth in map(calibration.weight, pairs))
    return Weights(by_cue, figures)


def _data(name: str) -> str:
    return files(__package__).joinpath("data", name).read_text(encoding="utf-8")
