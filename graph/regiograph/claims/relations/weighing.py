"""Who weighs pairs: the one interface behind which the log-linear cues and the network stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from regiograph.claims.relations.calibration import Calibrated
from regiograph.claims.relations.pairs import Pair
from regiograph.terms import Modality, Polarity, Predicate


class Weigher(Protocol):
    """Tells how likely a pair stands in each relation, before any other pair is looked at."""

    @property
    def leaning(self) -> frozenset[Predicate]:
        """The predicates that are looked for over two sentences."""

    @property
    def calibrated(self) -> Calibrated:
        """How scores become probabilities."""

    def weigh(self, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Sequence[float]]]:
        """Yield each pair with the score of every target, in the order of `calibrated.targets`.

        Pairs in which no relation is likely at all may be left out.
        """

    def manner(self, predicate: Predicate, pair: Pair) -> tuple[Modality, Polarity]:
        """Return how a relation of a pair that has been weighed is told."""
