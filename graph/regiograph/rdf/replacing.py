"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_STALE = 3600.0  # seconds without a write after which a temporary file is what a killed run left behind


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write to a temporary file beside `path` that takes its place at the end; on failure `path` stays as it was.

    Raises:
        OSError: the folder is missing or read-only, or the disk is full; `filename` is `path`.
    """
    try:
        _sweep(path)
        with _temporary(path) as out:
            yield out
    except OSError as e:
        if e.filename is None or Path(e.filename).parent == path.parent:
            e.filename = str(path)
        raise


@contextmanager
def _temporary(path: Path) -> Iterator[IO[bytes]]:
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _sweep(path: Path) -> None:
    for left in path.parent.iterdir():
        ours = left.name.startswith(f"{path.name}.") and left.name.endswith(".part")
        if ours and time.time() - left.stat().st_mtime > _STALE:
            left.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """Return the permissions that the file has, or would have if it were made plainly."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
