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
        told.append(
            (
                second - first,
                len(between),
                pair.back,
                _times(subject),
                _times(obj),
                scene.item,
                subject.inside or obj.inside,
                subject.label in between,
                obj.label in between,
                _pointless(obj),
                _early(subject),
                _early(obj),
            )
        )
    table = _table(told, 5 + _TOLD)
    gaps, inside, back, subjects, objects = table[:, :5].T
    columns = (
        (2 * _classes(_GAPS, np.abs(gaps)) + (gaps < 0), 2 * len(_GAPS)),
        (_classes(_BETWEEN, inside), len(_BETWEEN)),
        (np.minimum(back, _BACK - 1), _BACK),
        (_often(subjects), len(_OFTEN) + 1),
        (_often(objects), len(_OFTEN) + 1),
    )
    return _rows(columns, table[:, 5:])


def _times(mark: Mark) -> int:
    """Return how often a thing is named in the article; 0 is a literal's."""
    return 0 if mark.entity is None else len(mark.entity.mentions)


def _often(times: Integers) -> Integers:
    """Return the classes of how often things are named; the last class is a literal's."""
    return np.where(times == 0, len(_OFTEN), _classes(_OFTEN, times))


def _early(mark: Mark) -> bool:
    """Whether a thing is named at the beginning of the article."""
    return mark.entity is not None and mark.entity.mentions[0].start < _EARLY


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
            other.sentence,
            other.form,
            mention.surface == other.surface,
            last is not None and other.words[-1:] == (last,),
            last in other.words,
            not own.isdisjoint(other.words),
            mention.type is other.type,
            pronoun,
        )
        for other in before
    ]
    table = _table(told, 2 + _ALIKE)
    sentences, forms = table[:, :2].T
    columns = (
        (_classes(_APART, mention.sentence - sentences), len(_APART)),
        (_classes(_RANKS, np.arange(len(before))[::-1]), len(_RANKS)),
        (forms, len(FORMS)),
    )
    return _rows(columns, table[:, 2:])


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Integers:
    return np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * width).reshape(-1, width)


def _upto(edges: tuple[int, ...]) -> Integers:
    """Return which class each whole number is of: from each edge to before the next, the last one open."""
    return np.maximum(np.searchsorted(edges, np.arange(edges[-1] + 1), side="right") - 1, 0)


def _classes(edges: tuple[int, ...], values: Integers) -> Integers:
    """Return the classes of whole numbers."""
    return _CLASSES[edges].take(values, mode="clip")


def _rows(columns: Sequence[tuple[Integers, int]], told: Integers) -> Floats:
    """Return classes one-hot, each given with how many there are, and what is told after them."""
    found = np.zeros((len(told), sum(count for _, count in columns) + told.shape[1]), dtype=np.float32)
    at, row = 0, np.arange(len(told))
    for classes, count in columns:
        found[row, at + classes] = 1
        at += count
    found[:, at:] = told
    return found


_CLASSES = {edges: _upto(edges) for edges in (_GAPS, _BETWEEN, _OFTEN, _APART, _RANKS)}
