"""The network as it is run: ONNX graphs under onnxruntime, on one thread, so that every machine load gives the same.

Matrices have 8 bits, save those of the relater. `scripts/train` writes the graphs.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import onnxruntime as ort

from regiograph.claims.neural.marks import Marks
from regiograph.claims.neural.words import FIRST, LAST, Floats, Integers, Words

_ROWS = 4096  # words or marks in one call
GRAPHS = ("encoder", "tagger", "marks", "linker", "ends", "words", "relater")


class Ends(NamedTuple):
    """What M marks bring to a pair as its subject and its object, (M, ·), and W words to one that is near, (W, ·)."""

    subjects: Floats
    objects: Floats
    keys: Floats
    values: Floats


class Network(Protocol):
    """Reads the words of an article and answers from its word states."""

    def read(self, words: Words) -> Floats:
        """Return the states of W words, (W, hidden)."""

    def tags(self, states: Floats, flags: Floats) -> Floats:
        """Return the score of every tag for each word, (W, tags)."""

    def vectors(self, states: Floats, marks: Marks) -> Floats:
        """Return a vector of each mark, (M, width)."""

    def links(self, vectors: Floats, mention: Integers, before: Integers, traits: Floats) -> tuple[Floats, Floats]:
        """Return how well C earlier mentions fit as antecedents, (C,), and for M marks how well none does, (M,)."""

    def ends(self, states: Floats, vectors: Floats) -> Ends:
        """Return what the marks and the words bring to pairs."""

    def pairs(
        self, ends: Ends, spans: Integers, among: slice, pairs: Integers, around: Integers, traits: Floats
    ) -> Floats:
        """Return the score of every predicate and manner for P pairs of marks, (P, outputs).

        `spans` (M, 2) are the first and last words of the marks; no pair is judged by words that are not `among` these.
        """


class OnnxNetwork:
    """The network that the package carries; it is loaded once a process."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Begin to load the graphs, by default those of the package; the article can be cut into words meanwhile."""
        loader = ThreadPoolExecutor(1)
        self._loading = loader.submit(_sessions, folder or files(__package__).joinpath("data"))
        loader.shutdown(wait=False)

    @cached_property
    def _graphs(self) -> Mapping[str, ort.InferenceSession]:
        return self._loading.result()

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
        return self._by_rows("tagger", {"states": states, "flags": flags})[0]

    def vectors(self, states: Floats, marks: Marks) -> Floats:
        """Return a vector of each mark, (M, width)."""
        rows = {"spans": marks.spans, "kinds": marks.kinds, "forms": marks.forms}
        return self._by_rows("marks", rows, {"states": states})[0]

    def links(self, vectors: Floats, mention: Integers, before: Integers, traits: Floats) -> tuple[Floats, Floats]:
        """Return how well C earlier mentions fit as antecedents, (C,), and for M marks how well none does, (M,)."""
        given = {"vectors": vectors, "mention": mention, "before": before, "traits": traits}
        scores, new = self._graphs["linker"].run(None, given)
        return scores, new

    def ends(self, states: Floats, vectors: Floats) -> Ends:
        """Return what the marks and the words bring to pairs."""
        return Ends(*self._by_rows("ends", {"vectors": vectors}), *self._by_rows("words", {"states": states}))

    def pairs(
        self, ends: Ends, spans: Integers, among: slice, pairs: Integers, around: Integers, traits: Floats
    ) -> Floats:
        """Return the score of every predicate and manner for P pairs of marks, (P, outputs)."""
        given = {
            "subjects": ends.subjects,
            "objects": ends.objects,
            "keys": ends.keys[among],
            "values": ends.values[among],
            "spans": spans - among.start,
            "pairs": pairs,
            "around": around - among.start,
            "traits": traits,
        }
        scores: Floats = self._graphs["relater"].run(None, given)[0]
        return scores

    def _by_rows(
        self, name: str, rows: Mapping[str, Floats | Integers], whole: Mapping[str, Floats] | None = None
    ) -> list[Floats]:
        """Run a graph over some thousand rows at a time, which bounds its memory."""
        count = len(next(iter(rows.values())))
        found = [
            self._graphs[name].run(None, {key: x[at : at + _ROWS] for key, x in rows.items()} | dict(whole or {}))
            for at in range(0, max(count, 1), _ROWS)
        ]
        return [np.concatenate(part) for part in zip(*found, strict=True)] if len(found) > 1 else found[0]


def _sessions(folder: Traversable) -> dict[str, ort.InferenceSession]:
    return {name: _session(folder.joinpath(f"{name}.onnx").read_bytes()) for name in GRAPHS}


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
