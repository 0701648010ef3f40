"""Files, and folders of files, that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from regiograph.errors import InputError

_STALE = 3600.0  # seconds without a write after which a temporary file is what a killed run left behind


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write to a temporary file beside `path` that takes its place at the end; on failure `path` stays as it was.

    Raises:
        OSError: the folder is missing or read-only, or the disk is full; `filename` is `path`.
    """
    with _named(path):
        _sweep(path)
        with _temporary(path) as out:
            yield out


@contextmanager
def replacing_folder(path: Path, names: Collection[str]) -> Iterator[Path]:
    """Fill a temporary folder beside `path` that takes its place at the end; on failure `path` stays as it was.

    Only files of these `names` are expected in it.

    Raises:
        InputError: `path` is no folder, or holds anything else, which would be lost.
        OSError: the folder above is missing or read-only, or the disk is full; `filename` is `path`.
    """
    path = path.resolve()  # a link stays, and what it leads to is replaced
    with _named(path):
        _refuse_strangers(path, names)
        _sweep(path)
        with _temporary_folder(path) as folder:
            yield folder


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name `path` where a failure would name the temporary file."""
    try:
        yield
    except OSError as e:
        if e.filename is None or _beside(path, Path(e.filename)):
            e.filename = str(path)
        raise


def _beside(path: Path, file: Path) -> bool:
    """Whether a file lies beside `path`, or in a temporary folder beside it."""
    return path.parent in (file.parent, file.parent.parent if file.parent.suffix == ".part" else None)


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


@contextmanager
def _temporary_folder(path: Path) -> Iterator[Path]:
    temporary = Path(tempfile.mkdtemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent))
    try:
        yield temporary
        for file in temporary.iterdir():
            _to_disk(file)
        temporary.chmod(_mode(path, 0o777))
        _exchange(temporary, path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _exchange(temporary: Path, path: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails."""
    if not path.exists():
        temporary.rename(path)
        return
    old = temporary.with_name(f"{temporary.name.removesuffix('.part')}.old.part")
    path.rename(old)
    try:
        temporary.rename(path)
    except BaseException:
        old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _to_disk(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _refuse_strangers(path: Path, names: Collection[str]) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        raise InputError(f"{path} is a file, not a folder")
    if strangers := sorted(file.name for file in path.iterdir() if file.name not in names):
        raise InputError(f"{path} holds {strangers[0]}, which would be lost; name an empty folder or a new one")


def _sweep(path: Path) -> None:
    for left in path.parent.iterdir():
        ours = left.name.startswith(f"{path.name}.") and left.name.endswith(".part")
        if ours and time.time() - left.stat().st_mtime > _STALE:
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _mode(path: Path, usual: int = 0o666) -> int:
    """Return the permissions that the file has, or would have if it were made plainly."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return usual & ~mask
