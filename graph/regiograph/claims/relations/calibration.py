"""From scores to probabilities: the curve of each target, and what other likely facts are worth.

The figures are data, measured out of fold on annotated articles: `calibration.tsv` (a line a target: the least
probability at which it is claimed, and the slope and intercept that turn its score into a probability) and
`company.tsv` (a line a predicate: what each tie to another fact is worth).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from regiograph.terms import Predicate

_PREDICATES = frozenset(predicate.value for predicate in Predicate)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a target's score becomes a probability, and from which probability on it is claimed."""

    threshold: float
    slope: float
    intercept: float

    def probability(self, score: float) -> float:
        """Return the probability, between 0 and 1, that belongs to a score in log-odds."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.intercept))))

    def score(self, probability: float) -> float:
        """Return the least score in log-odds that is as probable as that."""
        return (math.log(probability / (1 - probability)) - self.intercept) / self.slope


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The curve of each target, in order, and the worth of the ties of each predicate."""

    curves: Mapping[str, Calibration]
    by_tie: Mapping[str, Mapping[str, float]]

    @property
    def targets(self) -> tuple[str, ...]:
        """What scores are given for, in their order."""
        return tuple(self.curves)

    def least(self, probability: float) -> tuple[float, ...]:
        """Return the score of each predicate, the first of the targets, that is as probable as that."""
        return tuple(curve.score(probability) for name, curve in self.curves.items() if name in _PREDICATES)

    def probability(self, predicate: str, ties: Iterable[tuple[str, float]]) -> float:
        """Return how likely a fact is in the company that it keeps."""
        worth = self.by_tie[predicate]
        return 1 / (1 + math.exp(-sum([worth[name] * strength for name, strength in ties if name in worth])))


def read(calibration: str, company: str) -> Calibrated:
    """Parse the two tables; lines that start with "# " are comments."""
    curves = {n: Calibration(float(t), float(s), float(i)) for n, t, s, i in rows(calibration)}
    return Calibrated(curves, {predicate: dict(map(weight, pairs)) for predicate, *pairs in rows(company)})


def weight(pair: str) -> tuple[str, float]:
    """Parse "name=weight"."""
    name, _, worth = pair.rpartition("=")
    return name, float(worth)


def rows(table: str) -> Iterator[list[str]]:
    """Yield the fields of each line that is no comment."""
    return (line.split("\t") for line in table.split("\n") if line and not line.startswith("# "))
