"""Puts the components of a drawing side by side, the small ones into the hollows of the large ones."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Cell = tuple[int, int]

_CELL = 0.5
_MARGIN = 1


def pack(components: Sequence[Points], aspect: float) -> Points:
    """Return the points of all components, each moved as near the middle as the earlier ones leave room.

    `aspect` is width to height of the window that the whole should come close to.
    """
    taken: set[Cell] = set()
    placed = [_place(points, taken, aspect) for points in components]
    return np.vstack(placed) if placed else np.empty((0, 2))


def _place(points: Points, taken: set[Cell], aspect: float) -> Points:
    centred = points - (points.max(axis=0) + points.min(axis=0)) / 2
    cells = _cells(centred)
    dx, dy = next(step for step in _spiral(aspect) if taken.isdisjoint((x + step[0], y + step[1]) for x, y in cells))
    taken.update((x + dx, y + dy) for x, y in cells)
    moved: Points = centred + np.array([dx, dy]) * _CELL
    return moved


def _cells(points: Points) -> list[Cell]:
    """Return the cells that the convex spread of the points covers: each point's, its margin, and the row between."""
    grid = np.floor(points / _CELL).astype(int)
    reach = range(-_MARGIN, _MARGIN + 1)
    near = {(int(x) + i, int(y) + j) for x, y in grid for i in reach for j in reach}
    rows: dict[int, list[int]] = {}
    for x, y in near:
        rows.setdefault(y, []).append(x)
    return [(x, y) for y, xs in sorted(rows.items()) for x in range(min(xs), max(xs) + 1)]


def _spiral(aspect: float) -> Iterator[Cell]:
    """Yield offsets outward along ellipses of the given aspect."""
    yield 0, 0
    for radius in range(1, 10_000):
        for step in range(8 * radius):
            turn = 2 * math.pi * step / (8 * radius)
            yield round(radius * aspect * math.cos(turn)), round(radius * math.sin(turn))
