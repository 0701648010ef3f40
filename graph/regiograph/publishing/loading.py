"""Loads triples into a graph of a server, batch by batch, in batches as large as the server takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from regiograph.errors import EndpointError, RefusedError
from regiograph.query.updating import Updates

BATCH = 2_000  # triples
_LARGEST = 512 * 1024  # bytes of triples
_SHOWN = 200  # characters of a triple in a message
# Virtuoso answers 400 to more triples than its parser has memory for; others answer 500 to what they cannot hold.
_TOO_MUCH = frozenset({400, 413, 414, 500})


class Loader:
    """Sends triples; a batch that the server refuses is halved, and none is as large again."""

    def __init__(self, updates: Updates, *, batch: int = BATCH) -> None:
        """Send at most `batch` triples at once."""
        self._updates = updates
        self._most, self._largest = batch, _LARGEST

    def load(self, graph: ox.NamedNode, lines: Iterable[bytes], tick: Callable[[int], object] = lambda _: None) -> None:
        """Add triples, lines of N-Triples, to a graph; `tick` is told how many were taken.

        Raises:
            RefusedError: the server takes no updates, or refuses a triple by itself.
            EndpointError: it cannot be reached, or is too slow.
        """
        for batch in self._batches(lines):
            self._send(graph, batch, tick)

    def _batches(self, lines: Iterable[bytes]) -> Iterator[list[bytes]]:
        batch, size = list[bytes](), 0
        for line in lines:
            if batch and (len(batch) >= self._most or size + len(line) > self._largest):
                yield batch
                batch, size = [], 0
            batch.append(line)
            size += len(line)
        if batch:
            yield batch

    def _send(self, graph: ox.NamedNode, batch: list[bytes], tick: Callable[[int], object]) -> None:
        try:
            self._updates.send(f"INSERT DATA {{ GRAPH {graph} {{\n{b''.join(batch).decode()}}} }}")
        except RefusedError as e:
            if e.status not in _TOO_MUCH:
                raise
            if len(batch) == 1:
                raise EndpointError(f"{e}; it was to take: {batch[0].decode()[:_SHOWN].strip()}") from e
            self._most = min(self._most, len(batch) // 2)
            self._largest = min(self._largest, sum(map(len, batch)) // 2)
            for part in self._batches(batch):
                self._send(graph, part, tick)
        else:
            tick(len(batch))
