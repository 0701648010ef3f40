"""Which articles have changed since what follows from all of them together was last worked out.

An article is noted before it changes, so that a process that is killed notes too much at worst.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from regiograph.errors import StoreError

FILE = "changes.sqlite"


class Changes:
    """A list of articles' IRIs in a store's folder; None keeps it in memory. Opened when it is first needed."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder is not None else None
        self._database: sqlite3.Connection | None = None

    def note(self, article: str) -> None:
        """Add an article.

        Raises:
            StoreError: the list cannot be written.
        """
        self._do("INSERT OR IGNORE INTO changed VALUES (?)", [(article,)])

    def noted(self) -> tuple[str, ...]:
        """Return all that are in the list, sorted.

        Raises:
            StoreError: the list cannot be read.
        """
        if self._database is None and self._path is not None and not self._path.exists():
            return ()
        try:
            return tuple(row[0] for row in self._open().execute("SELECT article FROM changed ORDER BY article"))
        except sqlite3.Error as e:
            raise StoreError(f"{self._path} cannot be read: {e}") from e

    def forget(self, articles: Iterable[str]) -> None:
        """Take articles off the list.

        Raises:
            StoreError: the list cannot be written.
        """
        self._do("DELETE FROM changed WHERE article = ?", [(article,) for article in articles])

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _do(self, statement: str, rows: list[tuple[str]]) -> None:
        try:
            with self._open() as database:
                database.executemany(statement, rows)
        except sqlite3.Error as e:
            raise StoreError(f"{self._path or 'the list of changes'} cannot be written: {e}") from e

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = sqlite3.connect(self._path or ":memory:", check_same_thread=False)
            self._database.executescript(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                "CREATE TABLE IF NOT EXISTS changed (article TEXT PRIMARY KEY) WITHOUT ROWID;"
            )
        return self._database
