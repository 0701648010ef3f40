"""What each cue is worth, as measured on annotated articles: a log-linear score for every predicate.

The figures are data: `data/weights.tsv` (a line a cue: the cue, then "target=weight" in log-odds),
`data/calibration.tsv` (a line a target: the least probability at which it is claimed, and the slope and intercept
that turn its score into a probability) and `data/company.tsv` (a line a predicate: what each tie to another fact is
worth). `scripts/training/calibrate-rules` writes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a target's score becomes a probability, and from which probability on it is claimed."""

    threshold: float
    slope: float
    intercept: float

    def probability(self, score: float) -> float:
        """Return the probability, between 0 and 1, that belongs to a score in log-odds."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.intercept))))


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by cue and target, and the calibration of each target."""

    targets: tuple[str, ...]
    by_cue: Mapping[str, tuple[tuple[int, float], ...]]
    calibrations: Mapping[str, Calibration]
    by_tie: Mapping[str, Mapping[str, float]]

    def scores(self, cues: Iterable[str]) -> list[float]:
        """Return the summed weights, in the order of `targets`; a cue counts once however often it is given."""
        totals = [0.0] * len(self.targets)
        for cue in dict.fromkeys(cues):
            for target, weight in self.by_cue.get(cue, ()):
                totals[target] += weight
        return totals

    def probability(self, predicate: str, ties: Iterable[tuple[str, float]]) -> float:
        """Return how likely a fact is in the company that it keeps."""
        worth = self.by_tie[predicate]
        return 1 / (1 + math.exp(-sum(worth.get(name, 0.0) * strength for name, strength in ties)))


@cache
def measured() -> Weights:
    """Return the weights that the package carries."""
    return read(_data("weights.tsv"), _data("calibration.tsv"), _data("company.tsv"))


def read(weights: str, calibration: str, company: str) -> Weights:
    """Parse the three tables; lines that start with "# " are comments."""
    calibrations = {}
    for name, threshold, slope, intercept in _rows(calibration):
        calibrations[name] = Calibration(float(threshold), float(slope), float(intercept))
    targets = tuple(calibrations)
    places = {name: i for i, name in enumerate(targets)}
    by_cue = {}
    for cue, *pairs in _rows(weights):
        by_cue[cue] = tuple((places[name], weight) for name, weight in map(_weight, pairs))
    by_tie = {predicate: dict(_weight(pair) for pair in pairs) for predicate, *pairs in _rows(company)}
    return Weights(targets, by_cue, calibrations, by_tie)


def _weight(pair: str) -> tuple[str, float]:
    name, _, weight = pair.rpartition("=")
    return name, float(weight)


def _rows(table: str) -> Iterable[list[str]]:
    return (line.split("\t") for line in table.split("\n") if line and not line.startswith("# "))


def _data(name: str) -> str:
    return files(__package__).joinpath("data", name).read_text(encoding="utf-8")
