"""Pairs weighed by the network, some hundred at a time, in the order in which they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from regiograph.claims.neural.marks import Told, marks
from regiograph.claims.neural.network import Network
from regiograph.claims.neural.traits import of_pairs
from regiograph.claims.neural.words import Floats, Words
from regiograph.claims.relations.calibration import Calibrated
from regiograph.claims.relations.modality import MANNERS, decided
from regiograph.claims.relations.pairs import Pair
from regiograph.terms import Modality, Polarity, Predicate

_BLOCK = 256  # pairs scored in one call
_FARTHEST = 600  # words between the marks of a pair
_NEAR = 120  # words before and after the marks that are looked at
_WIDEST = 400  # words that the pairs of one call span


@dataclass(frozen=True, slots=True)
class NetworkWeigher:
    """Weighs the pairs of one article from its word states."""

    network: Network
    words: Words
    states: Floats
    calibrated: Calibrated
    leaning: frozenset[Predicate] = frozenset(Predicate)
    _manners: dict[tuple[object, ...], Sequence[float]] = field(default_factory=dict)

    def weigh(self, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Sequence[float]]]:
        """Yield each pair with the score of every target."""
        block: list[tuple[Pair, tuple[int, int]]] = []
        low = high = 0
        for pair in pairs:
            around = words_around(self.words, pair)
            if around is None:
                continue
            wider = (min(low, around[0]), max(high, around[1])) if block else around
            if block and (len(block) == _BLOCK or wider[1] - wider[0] > _WIDEST):
                yield from self._weighed(block, low, high)
                block, wider = [], around
            block.append((pair, around))
            low, high = wider
        if block:
            yield from self._weighed(block, low, high)

    def manner(self, predicate: Predicate, pair: Pair) -> tuple[Modality, Polarity]:  # noqa: ARG002  the interface
        """Return how a relation of a pair that has been weighed is told."""
        return decided(dict(zip(MANNERS, self._manners[_key(pair)], strict=True)), self.calibrated)

    def _weighed(
        self, block: Sequence[tuple[Pair, tuple[int, int]]], low: int, high: int
    ) -> Iterator[tuple[Pair, Sequence[float]]]:
        told = marks(self.words, [Told(m.span, m.label, m.form) for pair, _ in block for m in (pair.subject, pair.obj)])
        held = [(p, a) for p, a in block if p.subject.span in told.place and p.obj.span in told.place]
        if not held:
            return
        ends = np.array([(told.place[p.subject.span], told.place[p.obj.span]) for p, _ in held], dtype=np.int64)
        around = np.array([a for _, a in held], dtype=np.int64) - low
        scores = self.network.pairs(
            self.states[low:high],
            told.counted_from(low),
            ends,
            around,
            of_pairs([pair for pair, _ in held]),
        )
        for (pair, _), row in zip(held, scores.tolist(), strict=True):
            self._manners[_key(pair)] = row[-len(MANNERS) :]
            yield pair, row


def words_around(words: Words, pair: Pair) -> tuple[int, int] | None:
    """Return the [start, end) of the words that the pair is judged by: of its sentences those that are near.

    None for a pair whose marks are too far apart to be judged, or hold no word.
    """
    first, last = sorted((pair.subject.span, pair.obj.span))
    run, ends = words.within(*pair.run), words.within(first.start, max(first.end, last.end))
    if run is None or ends is None or ends[1] - ends[0] > _FARTHEST:
        return None
    return max(run[0], ends[0] - _NEAR), min(run[1], ends[1] + _NEAR) + 1


def _key(pair: Pair) -> tuple[object, ...]:
    return pair.subject.span, pair.obj.span, pair.scene.index, pair.back
