"""From scores of tags to tags: the best sequence that is well formed (Viterbi), row by row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regiograph.claims.neural.words import Floats
from regiograph.claims.recognition.tagging import TAGS

_NEVER = np.float32(-1e6)
_INSIDE = np.array([tag.startswith("I-") for tag in TAGS])
_KIND = np.array([TAGS.index(f"B-{tag[2:]}") if tag != "O" else 0 for tag in TAGS])
_MAY_FOLLOW = np.array([[not _INSIDE[b] or _KIND[a] == _KIND[b] for b in range(len(TAGS))] for a in range(len(TAGS))])
_STEPS = np.where(_MAY_FOLLOW, np.float32(0), _NEVER).astype(np.float32)
_STARTS = np.where(_INSIDE, _NEVER, np.float32(0)).astype(np.float32)


def decoded(scores: Floats, rows: Sequence[tuple[int, int]]) -> list[list[str]]:
    """Return the tags of each row of words; `scores` is (W, tags)."""
    greedy = scores.argmax(1)
    return [[TAGS[i] for i in _row(scores[start:end], greedy[start:end])] for start, end in rows]


def _row(scores: Floats, greedy: np.ndarray) -> np.ndarray:
    if not len(greedy) or (not _INSIDE[greedy[0]] and _MAY_FOLLOW[greedy[:-1], greedy[1:]].all()):
        return greedy
    best = scores[0] + _STARTS
    back = np.zeros(scores.shape, dtype=np.intp)
    for i in range(1, len(scores)):
        through = best[:, None] + _STEPS
        back[i] = through.argmax(axis=0)
        best = through.max(axis=0) + scores[i]
    path = np.empty(len(scores), dtype=np.intp)
    path[-1] = best.argmax()
    for i in range(len(scores) - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path
