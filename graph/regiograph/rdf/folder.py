"""The store's folder: one writer or many readers, a recorded format, and a database that is there whole or not yet.

`format.json` says what the store was made with, `lock` is held while it is open, `quads` holds the database. As long as
`derived` is there, all that was written to the database kept in line what is derived from the articles.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from regiograph.errors import StoreError, StoreFormatError, StoreLockedError
from regiograph.rdf.replacing import replacing

if sys.platform != "win32":
    import fcntl

VERSION = 1
_FORMAT, _LOCK, _DATA, _UNFINISHED, _DERIVED = "format.json", "lock", "quads", "quads.new", "derived"


@dataclass(frozen=True, slots=True)
class Format:
    """What a store was made with: the layout's version, the base of its IRIs, the confidence it takes for knowledge."""

    version: int
    base: str
    min_confidence: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A store's folder, locked for this process until it is released."""

    path: Path
    read_only: bool
    descriptor: int

    @classmethod
    def hold(cls, path: Path, *, read_only: bool) -> Folder:
        """Lock the folder, made if it is to be written to.

        Raises:
            StoreLockedError: another process writes to it, or reads what this one wants to write.
            StoreFormatError: it is to be written to, and is no store but a folder of something else.
            StoreError: there is no store to read, or the folder cannot be used.
        """
        if read_only and not (path / _FORMAT).exists():
            raise StoreError(f"there is no store in {path}")
        with failures(path):
            if not read_only:
                path.mkdir(parents=True, exist_ok=True)
                _refuse_strangers(path)  # before anything is put among them
            return cls(path, read_only, _locked(path, shared=read_only))

    def release(self) -> None:
        """Let others have the folder."""
        os.close(self.descriptor)

    def writable(self) -> None:
        """Check that this process may write.

        Raises:
            StoreError: the folder was opened to be read only.
        """
        if self.read_only:
            raise StoreError(f"{self.path} was opened for reading only")

    def save(self, quads: ox.Store) -> None:
        """Bring to disk what the system still holds in memory.

        Raises:
            StoreError: the disk is full, or the like.
        """
        if not self.read_only:
            with failures(self):
                quads.flush()

    @property
    def derived(self) -> bool:
        """Whether what is derived from the articles has been kept in line with them."""
        return (self.path / _DERIVED).exists()

    def keep_derived(self, *, kept: bool = True) -> None:
        """Record that what is derived from the articles is in line with them, or may soon not be.

        Raises:
            StoreError: the disk is full, or the like.
        """
        with failures(self):
            if kept:
                (self.path / _DERIVED).touch()
            else:
                (self.path / _DERIVED).unlink(missing_ok=True)

    def database(self, wanted: Format, *, any_confidence: bool = False) -> tuple[ox.Store, Format]:
        """Open the database, made if it may be, and say what it was made with; with `any_confidence`, take that one.

        Raises:
            StoreFormatError: it is damaged, written by a newer regiograph, or no store at all.
            StoreError: it was made with something else than what is wanted, or the folder cannot be used.
        """
        with failures(self):
            found = self._format() if self.read_only else self._agreed(wanted, any_confidence)
            return self._quads(), found

    def _agreed(self, wanted: Format, any_confidence: bool) -> Format:
        found = self._format() if (self.path / _FORMAT).exists() else self._record(wanted)
        if any_confidence:
            wanted = replace(wanted, min_confidence=found.min_confidence)
        for name, have, want in zip(asdict(found), asdict(found).values(), asdict(wanted).values(), strict=True):
            if have != want:
                raise StoreError(f"{self.path} was made with {name} {have}, not {want}; use that, or another folder")
        return found

    def _format(self) -> Format:
        file = self.path / _FORMAT
        try:
            recorded = json.loads(file.read_text(encoding="utf-8"))
            found = Format(int(recorded["version"]), str(recorded["base"]), str(recorded["min_confidence"]))
        except (ValueError, KeyError, TypeError) as e:
            raise StoreFormatError(f"{file} is damaged: {e!r}") from e
        if found.version > VERSION:
            raise StoreFormatError(
                f"{self.path} was written by a newer regiograph: format {found.version}, not {VERSION}"
            )
        return found

    def _record(self, wanted: Format) -> Format:
        _refuse_strangers(self.path)
        self.keep_derived()
        with replacing(self.path / _FORMAT) as out:
            out.write(json.dumps(asdict(wanted), indent=2).encode() + b"\n")
        return wanted

    def _quads(self) -> ox.Store:
        data = self.path / _DATA
        if not self.read_only and not data.exists():
            self._create(data)
        if not (data / "CURRENT").is_file():  # the database would begin anew without a word
            raise StoreFormatError(f"{self.path} is damaged: {data / 'CURRENT'} is missing")
        return ox.Store.read_only(str(data)) if self.read_only else ox.Store(data)

    def _create(self, data: Path) -> None:
        """Make the database under another name first, so that a killed creation never looks like a damaged store."""
        unfinished = self.path / _UNFINISHED
        shutil.rmtree(unfinished, ignore_errors=True)
        ox.Store(unfinished).flush()
        unfinished.rename(data)


@contextmanager
def failures(where: Path | Folder | None) -> Iterator[None]:
    """Turn failures of the disk and of the database into errors that name the store's folder.

    Raises:
        StoreLockedError: another process has it open.
        StoreFormatError: it is damaged.
        StoreError: the disk is full, the folder is read-only, or the like.
    """
    path = where.path if isinstance(where, Folder) else where or "the store in memory"
    try:
        yield
    except (OSError, RuntimeError) as e:
        said = str(e)
        if isinstance(e, BlockingIOError) or "lock file" in said or "lock hold by" in said:
            raise StoreLockedError(
                f"{path} is in use by another regiograph: wait until that is done, or stop it"
            ) from e
        if isinstance(e, FileNotFoundError) or "Corruption" in said or "nvalid data" in said:
            raise StoreFormatError(f"{path} is damaged: {said}") from e
        raise StoreError(f"{path} cannot be used: {said}") from e


def _refuse_strangers(path: Path) -> None:
    names = {p.name for p in path.iterdir()}
    strangers = sorted(name for name in names if name not in (_LOCK, _DERIVED) and not name.startswith(_FORMAT))
    if strangers and _FORMAT not in names:
        raise StoreFormatError(f"{path} is no store: it holds {strangers[0]} and no {_FORMAT}")


def _locked(path: Path, *, shared: bool) -> int:
    descriptor = os.open(path / _LOCK, os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT, 0o644)
    if sys.platform != "win32":  # there the database's own lock keeps a second writer out
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise
    return descriptor
