"""How each type of entity looks: colour and shape from the ontology, the shape as a path for canvas and SVG."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from regiograph.rdf import vocabulary

GROUP_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6BB1", "#7A9A01", "#9AA3AD")
"""For the largest groups (after Okabe and Ito 2008), told apart by the colour-blind too; the last is for all others."""


class Look(NamedTuple):
    """The sign of a type; `path` is SVG path data around (0, 0), of the size of a circle of radius 1."""

    label: str
    plural: str
    colour: str
    path: str


@cache
def look(kind: str) -> Look:
    """Return the look of an entity type; a type that the ontology does not know is a grey disc."""
    term = vocabulary.classes().get(kind)
    if term is None:
        return Look(kind, kind, "#8A8F98", _SHAPES["dot"])
    path = _SHAPES.get(term.shape or "dot", _SHAPES["dot"])
    return Look(_capital(term.label), _capital(term.plural), term.colour or "#8A8F98", path)


@cache
def relation(predicate: str) -> tuple[str, str]:
    """Return how a predicate reads from its subject and from its object."""
    term = vocabulary.properties().get(predicate)
    if term is None:
        return predicate, predicate
    return term.label, term.inverse_label or term.label


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _polygon(corners: int, *, turn: float = 0, inner: float | None = None) -> str:
    """Return a regular polygon, its first corner at the top; with `inner`, a star whose notches have that radius."""
    count = corners if inner is None else 2 * corners
    points = []
    for i in range(count):
        radius = 1 if inner is None or i % 2 == 0 else inner
        angle = turn - math.pi / 2 + 2 * math.pi * i / count
        points.append(f"{radius * math.cos(angle):.3f} {radius * math.sin(angle):.3f}")
    return "M" + "L".join(points) + "Z"


def _rounded(half_width: float, half_height: float, corner: float) -> str:
    w, h, r = half_width, half_height, corner
    arc = f"A{r} {r} 0 0 1"
    right = f"M{r - w} {-h}H{w - r}{arc}{w} {r - h}V{h - r}{arc}{w - r} {h}"
    return f"{right}H{r - w}{arc}{-w} {h - r}V{r - h}{arc}{r - w} {-h}Z"


_DISC = "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z"
_CROSS = "M-.36-1H.36V-.36H1V.36H.36V1H-.36V.36H-1V-.36H-.36Z"
_DRUM = "M-.82-.6C-.82-1.08.82-1.08.82-.6V.6C.82 1.08-.82 1.08-.82.6Z"
_RING = _DISC + "M-.45 0A.45.45 0 1 0 .45 0A.45.45 0 1 0-.45 0Z"

_SHAPES = {
    "dot": _DISC,
    "circle": _RING,
    "ellipse": "M-1.15 0A1.15.72 0 1 1 1.15 0A1.15.72 0 1 1-1.15 0Z",
    "box": _rounded(1.1, 0.68, 0.2),
    "square": _rounded(0.86, 0.86, 0.08),
    "database": _DRUM,
    "text": _CROSS,
    "hexagon": _polygon(6, turn=math.pi / 6),
    "diamond": _polygon(4),
    "star": _polygon(5, inner=0.5),
    "triangle": _polygon(3),
    "triangleDown": _polygon(3, turn=math.pi),
}
