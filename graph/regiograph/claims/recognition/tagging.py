"""A linear-chain conditional random field over the 12 entity types, decoded by the Viterbi algorithm.

Lafferty, McCallum, Pereira: Conditional Random Fields (ICML 2001). The weights were learned from annotated articles by
`scripts/training/recognition` and are data that can be read: `data/weights.tsv` holds feature, tag and weight a line,
and no feature of it names anyone or anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from regiograph.terms import EntityType

OUTSIDE = "O"
TAGS = (OUTSIDE, *(f"{part}-{kind.value}" for kind in EntityType for part in "BI"))
_NEVER = -1e6

_Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """A vector over `TAGS` for each feature, and the weight of each tag after each other one."""

    features: Mapping[str, _Vector]
    transitions: _Vector


def tag(rows: Sequence[Sequence[str]], weights: Weights | None = None) -> list[str]:
    """Return the likeliest sequence of tags for the features of a sentence's words."""
    if not rows:
        return []
    model = weights or _shipped()
    scores = np.stack([_score(row, model.features) for row in rows])
    best = scores[0] + _starts()
    back = np.zeros(scores.shape, dtype=np.intp)
    for i in range(1, len(rows)):
        through = best[:, None] + model.transitions
        back[i] = through.argmax(axis=0)
        best = through.max(axis=0) + scores[i]
    path = [int(best.argmax())]
    for i in range(len(rows) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return [TAGS[i] for i in reversed(path)]


def _score(row: Sequence[str], features: Mapping[str, _Vector]) -> _Vector:
    total = np.zeros(len(TAGS))
    for name in row:
        if (vector := features.get(name)) is not None:
            total += vector
    return total


@cache
def _starts() -> _Vector:
    return np.array([_NEVER if name.startswith("I-") else 0.0 for name in TAGS])


def parse(lines: Sequence[str]) -> Weights:
    """Read weights from lines of feature, tag, weight; the feature ">TAG" is the weight of a transition from TAG."""
    index = {name: i for i, name in enumerate(TAGS)}
    transitions = np.array([[0.0 if _may_follow(after, before) else _NEVER for after in TAGS] for before in TAGS])
    features: dict[str, _Vector] = {}
    for line in lines:
        name, kind, weight = line.split("\t")
        if name.startswith(">"):
            transitions[index[name[1:]], index[kind]] += float(weight)
        else:
            features.setdefault(name, np.zeros(len(TAGS)))[index[kind]] = float(weight)
    return Weights(features, transitions)


def _may_follow(after: str, before: str) -> bool:
    return not after.startswith("I-") or before[2:] == after[2:]


@cache
def _shipped() -> Weights:
    path = resources.files("regiograph.claims.recognition").joinpath("data", "weights.tsv")
    return parse(path.read_text(encoding="utf-8").splitlines())
