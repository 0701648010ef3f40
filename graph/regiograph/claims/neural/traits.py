"""What is told to the heads beside the words: how two marks stand to each other, how two mentions are alike."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

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
PAIR_TRAITS = 2 * len(_GAPS) + len(_BETWEEN) + _BACK + 5
_APART = (0, 1, 2, 3, 6)
_RANKS = (0, 1, 2, 4, 8, 16)
LINK_TRAITS = len(_APART) + len(_RANKS) + len(FORMS) + 6
REACH = 60  # mentions looked back upon

Floats = npt.NDArray[np.float32]


def of_pairs(pairs: Sequence[Pair]) -> Floats:
    """Return a row of traits for each pair, (P, PAIR_TRAITS)."""
    found = np.zeros((len(pairs), PAIR_TRAITS), dtype=np.float32)
    classed: list[tuple[int, int, int]] = []
    told: list[tuple[bool, ...]] = []
    for pair in pairs:
        low, high = sorted((pair.subject.unit, pair.obj.unit))
        between = [m for m in pair.scene.between(low, high) if low < m.unit < high]
        gap = 2 * _bucket(_GAPS, max(high - low, 1)) + (pair.subject.unit > pair.obj.unit)
        crowd = 2 * len(_GAPS) + _bucket(_BETWEEN, len(between))
        back = 2 * len(_GAPS) + len(_BETWEEN) + min(pair.back, _BACK - 1)
        classed.append((gap, crowd, back))
        labels = {mark.label for mark in between}
        told.append(
            (
                pair.scene.item,
                pair.subject.inside or pair.obj.inside,
                pair.subject.label in labels,
                pair.obj.label in labels,
                _pointless(pair.obj),
            )
        )
    np.put_along_axis(found, np.array(classed, dtype=np.int64).reshape(-1, 3), 1, axis=1)
    found[:, -5:] = np.array(told, dtype=np.float32).reshape(-1, 5)
    return found


def _pointless(mark: Mark) -> bool:
    """Whether a literal is a bare number or a bare year."""
    return mark.literal is not None and len(mark.words) == 1


def of_links(text: str, mention: Mention, before: Sequence[Mention], starts: Sequence[int]) -> Floats:
    """Return a row of traits for each mention before one, (len(before), LINK_TRAITS); `starts` are of sentences."""
    found = np.zeros((len(before), LINK_TRAITS), dtype=np.float32)
    said = text[slice(*mention.span)].lower()
    own = words(said)
    here = bisect_right(starts, mention.span.start)
    for rank, (row, other) in enumerate(zip(found, reversed(before), strict=True)):
        surface = text[slice(*other.span)].lower()
        theirs = words(surface)
        row[_bucket(_APART, here - bisect_right(starts, other.span.start))] = 1
        row[len(_APART) + _bucket(_RANKS, rank)] = 1
        at = len(_APART) + len(_RANKS)
        row[at + FORMS.index(other.kind)] = 1
        at += len(FORMS)
        row[at:] = (
            said == surface,
            bool(own and theirs and own[-1] == theirs[-1]),
            bool(own and own[-1] in theirs),
            bool(set(own) & set(theirs)),
            mention.type is other.type,
            mention.kind == "pronoun",
        )
    return found[::-1]


def _bucket(edges: Sequence[int], value: int) -> int:
    return max(bisect_right(edges, value) - 1, 0)
