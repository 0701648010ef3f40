"""The network as it is run: ONNX graphs under onnxruntime, on one thread, so that every machine load gives the same.

`encoder.onnx` has its matrices in 8 bits, the heads are in floating point. `scripts/train` writes them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime as ort

from regiograph.claims.neural.marks import Marks
from regiograph.claims.neural.words import FIRST, LAST, Floats, Integers, Words

_ROWS = 4096  # words tagged in one call
GRAPHS = ("encoder", "tagger", "linker", "relater")


class Network(Protocol):
    """Reads the words of an article and answers from its word states."""

    def read(self, words: Words) -> Floats:
        """Return the states of W words, (W, hidden)."""

    def tags(self, states: Floats, flags: Floats) -> Floats:
        """Return the score of every tag for each word, (W, tags)."""

    def links(
        self, states: Floats, marks: Marks, mention: Integers, before: Integers, traits: Floats
    ) -> tuple[Floats, Floats]:
        """Return how well C earlier mentions fit as antecedents, (C,), and for M marks how well none does, (M,)."""

    def pairs(self, states: Floats, marks: Marks, pairs: Integers, around: Integers, traits: Floats) -> Floats:
        """Return the score of every predicate and manner for P pairs of marks, (P, outputs)."""


class OnnxNetwork:
    """The network that the package carries; it is loaded once a process."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Load the graphs, by default those of the package."""
        folder = folder or files(__package__).joinpath("data")
        self._graphs = {name: _session(folder.joinpath(f"{name}.onnx").read_bytes()) for name in GRAPHS}

    def read(self, words: Words) -> Floats:
        """Return the states of W words, (W, hidden)."""
        found = [self._window(words, start, end) for start, end in words.windows]
        return np.concatenate(found) if found else np.zeros((0, 1), dtype=np.float32)

    def _window(self, words: Words, start: int, end: int) -> Floats:
        low, high = words.pieces_of(start, end)
        pieces = np.concatenate([[FIRST], words.pieces[low:high], [LAST]])[None]
        flags = np.zeros((1, pieces.shape[1], words.flags.shape[1]), dtype=np.float32)
        flags[0, 1:-1] = words.flags[words.word[low:high]]
        (states,) = self._graphs["encoder"].run(None, {"pieces": pieces, "flags": flags})
        picked: Floats = states[0, words.first[start:end] - low + 1]
        return picked

    def tags(self, states: Floats, flags: Floats) -> Floats:
        """Return the score of every tag for each word, (W, tags)."""
        run = self._graphs["tagger"].run
        blocks = [slice(at, at + _ROWS) for at in range(0, len(states), _ROWS)]
        return np.concatenate([run(None, {"states": states[b], "flags": flags[b]})[0] for b in blocks])

    def links(
        self, states: Floats, marks: Marks, mention: Integers, before: Integers, traits: Floats
    ) -> tuple[Floats, Floats]:
        """Return how well C earlier mentions fit as antecedents, (C,), and for M marks how well none does, (M,)."""
        scores, new = self._graphs["linker"].run(
            None, _given(states, marks) | {"mention": mention, "before": before, "traits": traits}
        )
        return np.asarray(scores, dtype=np.float32), np.asarray(new, dtype=np.float32)

    def pairs(self, states: Floats, marks: Marks, pairs: Integers, around: Integers, traits: Floats) -> Floats:
        """Return the score of every predicate and manner for P pairs of marks, (P, outputs)."""
        (scores,) = self._graphs["relater"].run(
            None, _given(states, marks) | {"pairs": pairs, "around": around, "traits": traits}
        )
        return np.asarray(scores, dtype=np.float32)


def _given(states: Floats, marks: Marks) -> dict[str, Floats | Integers]:
    return {"states": states, "spans": marks.spans, "kinds": marks.kinds, "forms": marks.forms}


def _session(graph: bytes) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


@cache
def shared(folder: Path | None = None) -> OnnxNetwork:
    """Return the network of this process: that of a folder, by default that of the package."""
    return OnnxNetwork(folder)
