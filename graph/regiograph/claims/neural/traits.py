"""What is told to the heads beside the words: how two marks stand to each other, how two mentions are alike."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
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


def of_pairs(pairs: Sequence[Pair]) -> Floats:
    """Return a row of traits for each pair, (P, PAIR_TRAITS)."""
    found = np.zeros((len(pairs), PAIR_TRAITS), dtype=np.float32)
    classed: list[tuple[int, ...]] = []
    told: list[tuple[bool, ...]] = []
    crowd, back = 2 * len(_GAPS), 2 * len(_GAPS) + len(_BETWEEN)
    often = back + _BACK
    for pair in pairs:
        low, high = sorted((pair.subject.unit, pair.obj.unit))
        between = pair.scene.between(low + 1, high - 1)
        classed.append(
            (
                2 * _bucket(_GAPS, max(high - low, 1)) + (pair.subject.unit > pair.obj.unit),
                crowd + _bucket(_BETWEEN, len(between)),
                back + min(pair.back, _BACK - 1),
                often + _often(pair.subject),
                often + len(_OFTEN) + 1 + _often(pair.obj),
            )
        )
        labels = {mark.label for mark in between}
        told.append(
            (
                pair.scene.item,
                pair.subject.inside or pair.obj.inside,
                pair.subject.label in labels,
                pair.obj.label in labels,
                _pointless(pair.obj),
                _early(pair.subject),
                _early(pair.obj),
            )
        )
    np.put_along_axis(found, np.array(classed, dtype=np.int64).reshape(-1, 5), 1, axis=1)
    found[:, -_TOLD:] = np.array(told, dtype=np.float32).reshape(-1, _TOLD)
    return found


def _often(mark: Mark) -> int:
    """Return the class of how often a thing is named in the article; the last class is a literal's."""
    return len(_OFTEN) if mark.entity is None else _bucket(_OFTEN, len(mark.entity.mentions))


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
    found = np.zeros((len(before), LINK_TRAITS), dtype=np.float32)
    own = frozenset(mention.words)
    last = mention.words[-1] if own else None
    pronoun = mention.form == FORMS.index("pronoun")
    forms = len(_APART) + len(_RANKS)
    classed = [
        (
            _bucket(_APART, mention.sentence - other.sentence),
            len(_APART) + _bucket(_RANKS, len(before) - 1 - i),
            forms + other.form,
        )
        for i, other in enumerate(before)
    ]
    told = [
        (
            mention.surface == other.surface,
            last is not None and other.words[-1:] == (last,),
            last in other.words,
            not own.isdisjoint(other.words),
            mention.type is other.type,
            pronoun,
        )
        for other in before
    ]
    np.put_along_axis(found, np.array(classed, dtype=np.int64).reshape(-1, 3), 1, axis=1)
    found[:, -_ALIKE:] = np.array(told, dtype=np.float32).reshape(-1, _ALIKE)
    return found


def _bucket(edges: tuple[int, ...], value: int) -> int:
    table = _buckets(edges)
    return table[value] if 0 <= value < len(table) else len(edges) - 1 if value > 0 else 0


@cache
def _buckets(edges: tuple[int, ...]) -> tuple[int, ...]:
    """Return the class of every value up to the last edge."""
    return tuple(max(bisect_right(edges, value) - 1, 0) for value in range(edges[-1] + 1))
