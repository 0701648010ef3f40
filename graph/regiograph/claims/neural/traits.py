"""What is told to the heads beside the words: how two marks stand to each other, how two mentions are alike."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regiograph.claims.relations.pairs import Pair
from regiograph.claims.relations.scene import Mark
from regiograph.entities.names import words
from regiograph.model import Mention
from regiograph.terms import LITERAL_KINDS, EntityType

KINDS = (*(kind.value for kind in EntityType), *sorted(LITERAL_KINDS))
FORMS = ("name", "description", "pronoun", "literal")
_GAPS = (1, 2, 3, 4, 6, 9, 14, 22)
_BETWEEN = (0, 1, 2, 3, 5)
_BACK = 5
_OFTEN = (1, 2, 3, 5)
_EARLY = 300  # characters from the beginning of the article
_TOLD = 7  # traits that hold or do not
PAIR_TRAITS = 2 * len(_GAPS) + len(_BETWEEN) + _BACK + 2 * (len(_OFTEN) + 1) + _TOLD
_APART = (0, 1, 2, 3, 6)
_RANKS = (0, 1, 2, 4, 8, 16)
_ALIKE = 6  # traits of two mentions that hold or do not
LINK_TRAITS = len(_APART) + len(_RANKS) + len(FORMS) + _ALIKE
REACH = 60  # mentions looked back upon

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


def _classes(edges: tuple[int, ...], values: Integers) -> Integers:
    """Return which classes whole numbers are of: from each edge to before the next, the last one open."""
    return np.maximum(np.searchsorted(edges, values, side="right") - 1, 0)


def _one_hot(classes: Integers, count: int) -> Floats:
    return np.eye(count, dtype=np.float32)[classes]


def _of_class(edges: tuple[int, ...]) -> Floats:
    """Return a row for each number up to the last edge, which stands for what is beyond."""
    return _one_hot(_classes(edges, np.arange(edges[-1] + 1)), len(edges))


_FAR = _GAPS[-1]  # a gap that is as good as any wider one
_SPREAD = np.arange(-_FAR, _FAR + 1)
_BY_GAP = _one_hot(2 * _classes(_GAPS, np.abs(_SPREAD)) + (_SPREAD < 0), 2 * len(_GAPS))
_BY_TIMES = _one_hot(np.append(len(_OFTEN), _classes(_OFTEN, np.arange(1, _OFTEN[-1] + 1))), len(_OFTEN) + 1)
_OF_PAIRS = (_BY_GAP, _of_class(_BETWEEN), np.eye(_BACK, dtype=np.float32), _BY_TIMES, _BY_TIMES)
_OF_LINKS = (_of_class(_APART), _of_class(_RANKS), np.eye(len(FORMS), dtype=np.float32))


def of_pairs(pairs: Sequence[Pair]) -> Floats:
    """Return a row of traits for each pair, (P, PAIR_TRAITS)."""
    told: list[tuple[int, ...]] = []
    scene = None
    for pair in pairs:
        if pair.scene is not scene:
            scene = pair.scene
            units, labels = [m.unit for m in scene.marks], [m.label for m in scene.marks]
        subject, obj = pair.subject, pair.obj
        first, second = subject.unit, obj.unit
        low, high = (first, second) if first < second else (second, first)
        between = labels[bisect_right(units, low) : bisect_left(units, high)]
        often, early = _named_in(subject)
        other_often, other_early = _named_in(obj)
        told.append(
            (
                second - first + _FAR,
                len(between),
                pair.back,
                often,
                other_often,
                scene.item,
                subject.inside or obj.inside,
                subject.label in between,
                obj.label in between,
                _pointless(obj),
                early,
                other_early,
            )
        )
    return _rows(_OF_PAIRS, told, _TOLD)


def _named_in(mark: Mark) -> tuple[int, bool]:
    """Return how often a thing is named in the article, 0 for a literal, and whether at its beginning."""
    mentions = () if mark.entity is None else mark.entity.mentions
    return len(mentions), bool(mentions) and mentions[0].start < _EARLY


def _pointless(mark: Mark) -> bool:
    """Whether a literal is a bare number or a bare year."""
    return mark.literal is not None and len(mark.words) == 1


class Named(NamedTuple):
    """What links are judged by in a mention: its words, its sentence, its form and its type."""

    surface: str
    words: tuple[str, ...]
    sentence: int
    form: int
    type: EntityType


def named(text: str, mention: Mention, starts: Sequence[int]) -> Named:
    """Return a mention as links see it; `starts` are of sentences."""
    surface = text[slice(*mention.span)].lower()
    sentence = bisect_right(starts, mention.span.start)
    return Named(surface, tuple(words(surface)), sentence, FORMS.index(mention.kind), mention.type)


def of_links(mention: Named, before: Sequence[Named]) -> Floats:
    """Return a row of traits for each mention before one, (len(before), LINK_TRAITS)."""
    own = frozenset(mention.words)
    last = mention.words[-1] if own else None
    pronoun = mention.form == FORMS.index("pronoun")
    told = [
        (
            mention.sentence - other.sentence,
            rank,
            other.form,
            mention.surface == other.surface,
            last is not None and other.words[-1:] == (last,),
            last in other.words,
            not own.isdisjoint(other.words),
            mention.type is other.type,
            pronoun,
        )
        for rank, other in zip(range(len(before) - 1, -1, -1), before, strict=True)
    ]
    return _rows(_OF_LINKS, told, _ALIKE)


def _rows(by_number: Sequence[Floats], told: Sequence[tuple[int, ...]], traits: int) -> Floats:
    """Return for each row of numbers what the tables have for the first of them, and the other `traits` as they are."""
    width = len(by_number) + traits
    table = np.fromiter(chain.from_iterable(told), np.int64, len(told) * width).reshape(-1, width)
    found = [rows.take(table[:, i], axis=0, mode="clip") for i, rows in enumerate(by_number)]
    return np.concatenate([*found, table[:, len(by_number) :]], axis=1, dtype=np.float32)
