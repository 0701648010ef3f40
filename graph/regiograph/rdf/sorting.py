"""Sorting more lines than memory should hold."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from typing import IO

RUN = 200_000  # lines sorted in memory at once, some 40 MB


def sorted_lines(lines: Iterable[bytes], *, run: int = RUN) -> Iterator[bytes]:
    """Yield the lines (each with its newline, and no other) in the order of their bytes, each once.

    Past `run` lines, sorted runs wait in temporary files and are merged.

    Raises:
        OSError: there is no room for the temporary files.
    """
    stream = iter(lines)
    with ExitStack() as files:
        runs: list[Iterable[bytes]] = [sorted(islice(stream, run))]
        while more := sorted(islice(stream, run)):
            runs[-1] = _spilled(runs[-1], files)
            runs.append(more)
        yield from (line for line, _ in groupby(heapq.merge(*runs)))


def _spilled(lines: Iterable[bytes], files: ExitStack) -> IO[bytes]:
    spill = files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    spill.writelines(lines)
    spill.seek(0)
    return spill
