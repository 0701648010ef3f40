"""Finds and opens the files to read: each once, in the order of their names, whatever lies in the way."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from regiograph.articles.drafts import Refusal, shown
from regiograph.errors import ArticleError

_SIDECARS = (".meta.json", ".meta.toml")


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was named by the user, or lies in a folder that was; `explicit` tells which."""

    path: Path
    explicit: bool


def walk(source: Path) -> Iterator[Found | Refusal]:
    """Yield the file `source`, or the files of the folder `source`, sorted by path.

    Hidden files and sidecars are left out. Links to folders are refused, so that no loop is entered; links to files
    are followed. Whatever cannot be listed is refused, and a folder in which there is nothing to read.
    """
    if not source.is_dir():
        yield Found(source, explicit=True)
        return
    inside = _inside(source)
    first = next(inside, None)
    yield Refusal(shown(str(source)), "no articles were found in this folder") if first is None else first
    yield from inside


def _inside(source: Path) -> Iterator[Found | Refusal]:
    pending = [source]
    while pending:
        path = pending.pop()
        if path is not source and path.is_symlink() and path.is_dir():
            yield Refusal(shown(str(path)), "a link to a folder, which is not followed")
        elif path.is_dir():
            try:
                inside = sorted(path.iterdir(), key=lambda p: p.name, reverse=True)
            except OSError as e:
                yield Refusal(shown(str(path)), f"cannot be listed: {e.strerror}")
            else:
                pending += [p for p in inside if not p.name.startswith(".") and not p.name.endswith(_SIDECARS)]
        else:
            yield Found(path, explicit=False)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading.

    Raises:
        ArticleError: there is none, it cannot be read, or it is a pipe, a device or a socket, which never end.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as e:
        raise ArticleError(f"cannot be opened: {e.strerror if isinstance(e, OSError) else e}") from e
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ArticleError("no regular file: a pipe, a device, a socket or a folder")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            yield stream
    finally:
        os.close(descriptor)
