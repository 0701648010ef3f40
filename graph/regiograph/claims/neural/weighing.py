"""Pairs weighed by the network, some hundred at a time, in the order in which they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from regiograph.claims.neural.marks import Marks, marks_of
from regiograph.claims.neural.network import Ends, Network
from regiograph.claims.neural.traits import of_pairs
from regiograph.claims.neural.words import Floats, Words
from regiograph.claims.relations.calibration import Calibrated
from regiograph.claims.relations.company import FLOOR
from regiograph.claims.relations.modality import MANNERS, decided
from regiograph.claims.relations.pairs import Pair
from regiograph.model import Entity, Literal
from regiograph.terms import Modality, Polarity, Predicate

_BLOCK = 256  # pairs scored in one call
_FARTHEST = 600  # words between the marks of a pair
_NEAR = 120  # words before and after the marks that are looked at
_WIDEST = 96  # words that the pairs of one call span


_Asked = tuple[Pair, tuple[int, int], tuple[int, int]]  # a pair, its marks, the words that it is judged by


@dataclass(frozen=True, slots=True)
class NetworkWeigher:
    """Weighs the pairs of one article by what the network makes of their marks and of the words around them."""

    network: Network
    words: Words
    marks: Marks
    ends: Ends
    calibrated: Calibrated
    least: npt.NDArray[np.float64]  # scores from which on each predicate is likely at all; none before calibration
    leaning: frozenset[Predicate] = frozenset(Predicate)
    _scores: dict[int, Sequence[float]] = field(default_factory=dict)  # by the identity of the pair

    @classmethod
    def over(
        cls,
        words: Words,
        states: Floats,
        things: Iterable[Entity | Literal],
        network: Network,
        calibrated: Calibrated,
    ) -> NetworkWeigher:
        """Return a weigher of the pairs of these things in an article whose words have these states."""
        known = marks_of(words, things)
        ends = network.ends(states, network.vectors(states, known))
        return cls(network, words, known, ends, calibrated, np.array(calibrated.least(FLOOR)))

    def weigh(self, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Sequence[float]]]:
        """Yield each pair of which any relation is likely at all, with the score of every target."""
        place, spans = self.marks.place, self.marks.spans.tolist()
        block: list[_Asked] = []
        low = high = 0
        scene, sentence = None, None
        for pair in pairs:
            ends = place.get(pair.subject.span), place.get(pair.obj.span)
            if ends[0] is None or ends[1] is None:
                continue
            if pair.scene is not scene:
                scene, sentence = pair.scene, self.words.within(*pair.scene.span)
            around = words_around(sentence, spans[ends[0]], spans[ends[1]])
            if around is None:
                continue
            wider = (min(low, around[0]), max(high, around[1])) if block else around
            if block and (len(block) == _BLOCK or wider[1] - wider[0] > _WIDEST):
                yield from self._weighed(block, low, high)
                block, wider = [], around
            block.append((pair, (ends[0], ends[1]), around))
            low, high = wider
        if block:
            yield from self._weighed(block, low, high)

    def manner(self, predicate: Predicate, pair: Pair) -> tuple[Modality, Polarity]:  # noqa: ARG002  the interface
        """Return how a relation of a pair that has been weighed is told."""
        return decided(dict(zip(MANNERS, self._scores[id(pair)][-len(MANNERS) :], strict=True)), self.calibrated)

    def _weighed(self, block: Sequence[_Asked], low: int, high: int) -> Iterator[tuple[Pair, Sequence[float]]]:
        pairs, ends, around = zip(*block, strict=True)
        scores = self.network.pairs(
            self.ends, self.marks.spans, slice(low, high), np.array(ends), np.array(around), of_pairs(pairs)
        )
        likely = np.arange(len(pairs))
        if len(self.least):
            likely = np.flatnonzero((scores[:, : len(self.least)] >= self.least).any(axis=1))
        for place, row in zip(likely.tolist(), scores[likely].tolist(), strict=True):
            self._scores[id(pairs[place])] = row
            yield pairs[place], row


def words_around(
    sentence: tuple[int, int] | None, subject: Sequence[int], obj: Sequence[int]
) -> tuple[int, int] | None:
    """Return the [start, end) of the words that a pair is judged by: of its sentences those that are near.

    `sentence`, `subject` and `obj` are the first and last word of the later sentence and of the marks. None if these
    are too far apart to be judged.
    """
    first, last = min(subject[0], obj[0]), max(subject[1], obj[1])
    if sentence is None or last - first > _FARTHEST:
        return None
    return max(min(sentence[0], first), first - _NEAR), min(sentence[1], last + _NEAR) + 1
