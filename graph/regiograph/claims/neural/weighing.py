"""Pairs weighed by the network, some hundred at a time, in the order in which they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from regiograph.claims.neural.marks import Marks, marks_of
from regiograph.claims.neural.network import Ends, Network
from regiograph.claims.neural.traits import of_pairs
from regiograph.claims.neural.words import Floats, Words
from regiograph.claims.relations.calibration import Calibrated
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
    leaning: frozenset[Predicate] = frozenset(Predicate)
    _manners: dict[tuple[object, ...], Sequence[float]] = field(default_factory=dict)

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
        return cls(network, words, known, network.ends(states, network.vectors(states, known)), calibrated)

    def weigh(self, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Sequence[float]]]:
        """Yield each pair with the score of every target."""
        place, spans = self.marks.place, self.marks.spans.tolist()
        block: list[_Asked] = []
        low = high = 0
        for pair in pairs:
            ends = place.get(pair.subject.span), place.get(pair.obj.span)
            if ends[0] is None or ends[1] is None:
                continue
            around = words_around(self.words, pair, spans[ends[0]], spans[ends[1]])
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
        return decided(dict(zip(MANNERS, self._manners[_key(pair)], strict=True)), self.calibrated)

    def _weighed(self, block: Sequence[_Asked], low: int, high: int) -> Iterator[tuple[Pair, Sequence[float]]]:
        pairs, ends, around = zip(*block, strict=True)
        scores = self.network.pairs(
            self.ends, self.marks.spans, slice(low, high), np.array(ends), np.array(around), of_pairs(pairs)
        )
        for pair, row in zip(pairs, scores.tolist(), strict=True):
            self._manners[_key(pair)] = row[-len(MANNERS) :]
            yield pair, row


def words_around(words: Words, pair: Pair, subject: Sequence[int], obj: Sequence[int]) -> tuple[int, int] | None:
    """Return the [start, end) of the words that a pair is judged by: of its sentences those that are near.

    `subject` and `obj` are the first and last word of its marks. None if these are too far apart to be judged.
    """
    first, last = min(subject[0], obj[0]), max(subject[1], obj[1])
    sentence = words.within(*pair.scene.span)
    if sentence is None or last - first > _FARTHEST:
        return None
    return max(min(sentence[0], first), first - _NEAR), min(sentence[1], last + _NEAR) + 1


def _key(pair: Pair) -> tuple[object, ...]:
    return pair.subject.span, pair.obj.span, pair.scene.index, pair.back
