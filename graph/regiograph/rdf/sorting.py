"""Sorting more lines than memory should hold."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from types import TracebackType
from typing import IO, Self

RUN = 48 * 2**20  # bytes sorted in memory at once


class LineSorter:
    """A binary stream that takes lines in any order, and gives them back in the order of their bytes, each once.

    What does not fit into one run of `run` bytes waits sorted in temporary files, and is merged.
    """

    def __init__(self, *, run: int = RUN) -> None:
        self._run = run
        self._size = 0
        self._chunks: list[bytes] = []
        self._spilled: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for file in self._spilled:
            file.close()

    def write(self, data: bytes) -> int:
        """Take some bytes; lines may span several writes.

        Raises:
            OSError: there is no room for the temporary files.
        """
        self._chunks.append(bytes(data))
        self._size += len(data)
        if self._size > self._run:
            self._spill()
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is nobody to pass anything on to."""

    def lines(self) -> Iterator[bytes]:
        """Yield the lines, each with its newline; the last one must have had one."""
        runs: list[Iterable[bytes]] = [self._sorted(b"".join(self._chunks)), *self._spilled]
        for line, _ in groupby(heapq.merge(*runs) if len(runs) > 1 else runs[0]):
            yield line

    def _spill(self) -> None:
        *whole, rest = b"".join(self._chunks).rpartition(b"\n")
        file = tempfile.TemporaryFile()  # noqa: SIM115  closed on exit
        self._spilled.append(file)
        file.writelines(self._sorted(b"".join(whole)))
        file.seek(0)
        self._chunks, self._size = [rest], len(rest)

    def _sorted(self, data: bytes) -> list[bytes]:
        return sorted(line + b"\n" for line in data.split(b"\n") if line)
