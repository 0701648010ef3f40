"""Loads triples into a graph of a server, batch by batch, in batches as large as the server takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.errors import EndpointError, RefusedError
from regiograph.query.updating import Updates

BATCH = 2_000  # triples
_LARGEST = 512 * 1024  # bytes of triples
_LEFT_OUT = 100  # triples that may be refused, one by one, until it is the server that is at fault
_SHOWN = 300  # characters of a triple in a message
# Virtuoso answers 400 to more triples than its parser has memory for, and 500 to a literal that it cannot hold.
_REFUSING = frozenset({400, 413, 414, 500})

Tick = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A triple, as a line of N-Triples, that a server does not take, and what it says."""

    triple: str
    reason: str

    def __str__(self) -> str:
        return f"{self.triple[:_SHOWN]}: {self.reason}"


class Loader:
    """Sends triples; a batch that the server refuses is halved until all of it is taken that the server can take."""

    def __init__(self, updates: Updates, *, batch: int = BATCH) -> None:
        """Send at most `batch` triples at once."""
        self._updates = updates
        self._most, self._largest = batch, _LARGEST

    def load(self, graph: ox.NamedNode, lines: Iterable[bytes], tick: Tick = lambda _: None) -> tuple[Refusal, ...]:
        """Add triples, lines of N-Triples, to a graph; return those that the server refuses by themselves.

        `tick` is told how many were taken.

        Raises:
            RefusedError: the server takes no updates.
            EndpointError: it cannot be reached, is too slow, or refuses many triples.
        """
        refused: list[Refusal] = []
        for batch in self._batches(lines):
            taken: list[list[bytes]] = []
            left_out = self._send(graph, batch, taken, len(refused))
            if not left_out and len(taken) > 1:  # it was the size
                self._most, self._largest = max(map(len, taken)), max(sum(map(len, part)) for part in taken)
            refused += left_out
            tick(sum(map(len, taken)))
        return tuple(refused)

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

    def _send(self, graph: ox.NamedNode, batch: list[bytes], taken: list[list[bytes]], refused: int) -> list[Refusal]:
        """Send a batch, or what of it the server takes; add to `taken`, return what is left out."""
        try:
            self._updates.send(f"INSERT DATA {{ GRAPH {graph} {{\n{b''.join(batch).decode()}}} }}")
        except RefusedError as e:
            if e.status not in _REFUSING:
                raise
            if len(batch) > 1:
                half = len(batch) // 2
                first = self._send(graph, batch[:half], taken, refused)
                return first + self._send(graph, batch[half:], taken, refused + len(first))
            left_out = Refusal(batch[0].decode().removesuffix(" .\n"), str(e))
            if refused >= _LEFT_OUT:
                raise EndpointError(
                    f"{e}; it was to take {left_out.triple[:_SHOWN]}, and refused {refused} more"
                ) from e
            return [left_out]
        taken.append(batch)
        return []
