"""Where the nodes of a picture go: computed here, the same for the same graph, never by the reader's browser.

Each component is laid out by stress majorisation (Gansner, Koren and North 2004); the components are packed by
the cells they cover (Freivalds, Dogrusoz and Kikusts 2002); at last boxes that still overlap are pushed apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path

from regiograph.network.packing import pack

Points: TypeAlias = NDArray[np.float64]

_STEPS = 120
_SETTLE = 60
_ROUNDS = 400
_GROWTH = 0.03
_GAP = 6.0


class Box(NamedTuple):
    """The space a node needs around its centre, in pixels: half its width, and how far it reaches up and down."""

    half_width: float
    above: float
    below: float


def positions(
    graph: nx.Graph[Any], boxes: Mapping[Any, Box], *, width: float = 900, height: float = 520
) -> dict[Any, tuple[int, int]]:
    """Return a position in pixels for each node, around (0, 0), so that no two boxes overlap.

    The picture fills `width` x `height`, and grows past it only if the boxes do not fit.
    """
    nodes = sorted(graph)
    if not nodes:
        return {}
    simple = _simple(graph, nodes)
    connected = [c for c in _components(simple) if len(c) > 1]
    alone = [node for node in nodes if simple.degree(node) == 0]
    drawn = [node for component in connected for node in component]
    room = _room([boxes[node] for node in drawn], width * height)
    points = _fill(pack([_stress(simple, c) for c in connected], width / height), width * room, height * room)
    apart = _separate(points, [boxes[node] for node in drawn])
    placed = np.vstack([apart, _shelf(apart, [boxes[node] for node in alone], width)])
    centred = np.rint(placed - (placed.max(axis=0) + placed.min(axis=0)) / 2).astype(int)
    return {node: (int(x), int(y)) for node, (x, y) in zip(drawn + alone, centred, strict=True)}


def _simple(graph: nx.Graph[Any], nodes: Sequence[Any]) -> nx.Graph[Any]:
    simple: nx.Graph[Any] = nx.Graph()
    simple.add_nodes_from(nodes)
    simple.add_edges_from(sorted({(min(u, v), max(u, v)) for u, v in graph.edges() if u != v}))
    return simple


def _components(graph: nx.Graph[Any]) -> list[list[Any]]:
    """Return the components, the largest first, each in the order of its nodes."""
    return sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c[0]))


def _stress(graph: nx.Graph[Any], nodes: Sequence[Any]) -> Points:
    """Lay one component out; an edge of ordinary length is 1."""
    ideal = _ideal_distances(graph, nodes)
    points = _classical_scaling(ideal)
    weights = 1 / np.square(ideal + np.eye(len(nodes)))
    np.fill_diagonal(weights, 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1 / len(nodes))  # of what is left when the mean, which is 0, is left out
    for _ in range(_STEPS):
        points = inverse @ _pull(points, ideal, weights)
    return _lying(points)


def _pull(points: Points, ideal: Points, weights: Points) -> Points:
    """Return the right side of a majorisation step: the Laplacian of the present distances times the points."""
    distance = np.hypot(*(np.subtract.outer(axis, axis) for axis in points.T))
    ratio = weights * ideal / np.maximum(distance, 1e-6)
    pull: Points = ratio.sum(axis=1)[:, None] * points - ratio @ points
    return pull


def _ideal_distances(graph: nx.Graph[Any], nodes: Sequence[Any]) -> Points:
    """Return shortest paths over edges that are longer the more neighbours their ends do not share."""
    adjacency = nx.to_numpy_array(graph, nodelist=list(nodes))
    degree = adjacency.sum(axis=1)
    unshared = degree[:, None] + degree[None] - 2 * (adjacency @ adjacency)
    lengths: Points = shortest_path(adjacency * (0.6 + 0.2 * np.sqrt(np.maximum(unshared, 1))), directed=False)
    return lengths


def _classical_scaling(distance: Points) -> Points:
    """Return the two principal coordinates (Torgerson 1952), found by orthogonal iteration from a fixed spiral.

    A little of the spiral stays, to part nodes that have equal distances to all others.
    """
    count = len(distance)
    centring = np.eye(count) - 1 / count
    gram = -centring @ np.square(distance) @ centring / 2
    turn = np.arange(count) * math.pi * (3 - math.sqrt(5))
    spiral = np.column_stack([np.cos(turn), np.sin(turn)])
    axes = spiral
    for _ in range(_STEPS):
        axes, _ = np.linalg.qr(gram @ axes)
    spread = np.sqrt(np.maximum(np.einsum("ij,ij->j", axes, gram @ axes), 0))
    scaled: Points = axes * spread + 0.1 * spiral
    return scaled


def _lying(points: Points) -> Points:
    """Turn the points so that they extend along the first axis."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned = centred @ axes.T
    lying: Points = turned * np.where(turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1, 1)
    return lying


def _room(boxes: Sequence[Box], window: float) -> float:
    """Return how much wider than the window the picture must be for the boxes to take up no more than half of it."""
    covered = sum((2 * b.half_width + _GAP) * (b.above + b.below + _GAP) for b in boxes)
    return max(1.0, math.sqrt(2 * covered / window))


def _fill(points: Points, width: float, height: float) -> Points:
    """Scale each axis to the window, one no more than twice as much as the other."""
    if not len(points):
        return points.reshape(0, 2)
    size = np.maximum(np.ptp(points, axis=0), 0.5)
    scale = np.array([width, height]) / size
    scale = np.minimum(scale, 2 * scale.min())
    filled: Points = (points - points.min(axis=0) - size / 2) * np.minimum(scale, 220)
    return filled


def _separate(points: Points, boxes: Sequence[Box]) -> Points:
    """Push overlapping boxes apart, each pair along the axis on which it overlaps less; the whole grows if it must."""
    if len(points) < 2:
        return points
    half = np.array([[b.half_width, (b.above + b.below) / 2] for b in boxes]) + _GAP / 2
    shift = np.array([[0.0, (b.below - b.above) / 2] for b in boxes])
    centres = points + shift
    for step in range(_ROUNDS):
        push = _push(centres, half)
        if not push.any():
            break
        centres = (centres + push) * (1 + _GROWTH if step >= _SETTLE and step % 8 == 7 else 1)
    apart: Points = centres - shift
    return apart


def _push(centres: Points, half: Points) -> Points:
    """Return for each box the step that takes it half out of those that it overlaps, damped where there are many."""
    dx, dy = (np.subtract.outer(centres[:, axis], centres[:, axis]) for axis in (0, 1))
    over_x, over_y = (np.add.outer(half[:, axis], half[:, axis]) - abs(d) for axis, d in ((0, dx), (1, dy)))
    first, second = np.nonzero(np.triu((over_x > 0.5) & (over_y > 0.5), 1))
    over = np.column_stack([over_x[first, second], over_y[first, second]])
    away = np.column_stack([dx[first, second], dy[first, second]])
    step = np.where(away < 0, -over, over) / 2
    step[np.arange(len(step)), over.argmax(axis=1)] = 0
    push = np.zeros_like(centres)
    np.add.at(push, first, step)
    np.subtract.at(push, second, step)
    crowd = np.bincount(np.concatenate([first, second]), minlength=len(centres))
    damped: Points = push / np.sqrt(np.maximum(crowd, 1))[:, None]
    return damped


def _shelf(above: Points, boxes: Sequence[Box], width: float) -> Points:
    """Put nodes without an edge into rows of equal cells below the rest."""
    if not boxes:
        return np.empty((0, 2))
    cell = 2 * max(b.half_width for b in boxes) + _GAP, max(b.above + b.below for b in boxes) + _GAP
    columns = max(1, min(len(boxes), int(width // cell[0])))
    index = np.arange(len(boxes))
    rows = index // columns
    top = above[:, 1].max() + 1.5 * cell[1] + 60 if len(above) else 0.0
    middle = (above[:, 0].max() + above[:, 0].min()) / 2 if len(above) else 0.0
    in_row = np.minimum(columns, len(boxes) - rows * columns)
    return np.column_stack([middle + (index % columns - (in_row - 1) / 2) * cell[0], top + rows * cell[1]])
