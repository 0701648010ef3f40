"""What has been worked out of who is who, kept in a file: judgements of pairs, groups, what people have said."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from regiograph.errors import StoreError
from regiograph.matching.grouping import Pair, Ruled
from regiograph.matching.judging import Judgement

Group = tuple[str, ...]
_JUDGED = """SELECT one, other, score, alone, short, reasons FROM pair WHERE one = ?1 AND step = ?2
UNION ALL SELECT one, other, score, alone, short, reasons FROM pair WHERE other = ?1 AND step = ?2"""
_DOUBTED = """SELECT one, other, score, alone, short, reasons FROM pair AS said WHERE score >= ? AND NOT EXISTS (
  SELECT 1 FROM pair AS later WHERE later.one = said.one AND later.other = said.other AND later.step > said.step)"""
_WITH = "SELECT one, other FROM pair WHERE one = ?1 UNION ALL SELECT one, other FROM pair WHERE other = ?1"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS made (version TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS article (id INTEGER PRIMARY KEY, iri TEXT UNIQUE NOT NULL, sheet BLOB NOT NULL,
  countries TEXT);
CREATE TABLE IF NOT EXISTS entity (id INTEGER PRIMARY KEY, iri TEXT UNIQUE NOT NULL,
  articles INTEGER NOT NULL DEFAULT 0, keys TEXT NOT NULL DEFAULT '', brief TEXT);
CREATE TABLE IF NOT EXISTS mention (entity INTEGER, article INTEGER, PRIMARY KEY (entity, article)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS key (key TEXT, entity INTEGER, PRIMARY KEY (key, entity)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pair (one TEXT, other TEXT, step INTEGER, score REAL, alone REAL, short TEXT, reasons TEXT,
  PRIMARY KEY (one, other, step)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pair_other ON pair (other);
CREATE TABLE IF NOT EXISTS member (step INTEGER, entity TEXT, first TEXT, PRIMARY KEY (step, entity)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS member_first ON member (step, first);
CREATE TABLE IF NOT EXISTS ruled (one TEXT, other TEXT, same INTEGER, PRIMARY KEY (one, other, same)) WITHOUT ROWID;
"""


class Ledger:
    """The file: judgements of pairs, groups, and what people have said; what is written is kept by `commit`."""

    def __init__(self, database: sqlite3.Connection, version: str) -> None:
        self._database = database
        self._version = version

    @classmethod
    def open(cls, path: Path | None, version: str) -> Self:
        """Open the file, made anew if it is missing, damaged or of another version; None keeps all in memory.

        Raises:
            StoreError: the file cannot be used.
        """
        try:
            if path is not None and not _is_of(path, version):
                for part in ("", "-wal", "-shm"):
                    path.with_name(path.name + part).unlink(missing_ok=True)
            return cls(_connected(path), version)
        except (sqlite3.Error, OSError) as e:
            raise StoreError(f"{path} cannot be used: {e}") from e

    @classmethod
    def consult(cls, path: Path, version: str) -> Self | None:
        """Open the file to be read only; None if there is none of this version."""
        return cls(_read_only(path), version) if _is_of(path, version) else None

    @property
    def made(self) -> bool:
        """Whether it has ever been brought in line with a store."""
        return bool(self._all("SELECT 1 FROM made"))

    def commit(self) -> None:
        """Keep what was written."""
        self._do("INSERT OR IGNORE INTO made VALUES (?)", self._version)
        self._database.commit()

    def close(self) -> None:
        """Let go of the file; what was not committed is forgotten."""
        self._database.close()

    # Judgements

    def judged(self, entity: str, step: int) -> Iterator[tuple[Pair, Judgement]]:
        """Return the kept judgements, of the first or second step, of pairs with an entity."""
        return self._judgements(_JUDGED, entity, step)

    def doubted(self, least: float) -> Iterator[tuple[Pair, Judgement]]:
        """Return the judgements of a score of `least` and more that hold last."""
        return self._judgements(_DOUBTED, least)

    def _judgements(self, query: str, *values: object) -> Iterator[tuple[Pair, Judgement]]:
        for one, other, score, alone, short, reasons in self._all(query, *values):
            yield (one, other), Judgement(score, tuple(json.loads(reasons)), short, alone)

    def keep(self, pair: Pair, step: int, judgement: Judgement) -> None:
        """Keep a judgement."""
        reasons = json.dumps(judgement.reasons, ensure_ascii=False)
        told = (judgement.score, judgement.alone, judgement.short, reasons)
        self._do("INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?, ?, ?, ?)", *pair, step, *told)

    def unjudge(self, pair: Pair, *steps: int) -> None:
        """Forget what is kept of a pair."""
        for step in steps:
            self._do("DELETE FROM pair WHERE one = ? AND other = ? AND step = ?", *pair, step)

    def unjudge_all(self, entity: str) -> set[str]:
        """Forget all judgements on an entity, and return the entities of these pairs."""
        found = self._all(_WITH, entity)
        self._do("DELETE FROM pair WHERE one = ?", entity)
        self._do("DELETE FROM pair WHERE other = ?", entity)
        return {each for pair in found for each in pair}

    # Groups

    def first(self, entity: str, step: int) -> str:
        """Return what stands for the group of an entity after a step, itself if it has none."""
        found = self._all("SELECT first FROM member WHERE step = ? AND entity = ?", step, entity)
        return found[0][0] if found else entity

    def firsts(self, step: int) -> dict[str, str]:
        """Return what stands for the group of each entity that has one."""
        return dict(self._all("SELECT entity, first FROM member WHERE step = ?", step))

    def mates(self, entity: str, step: int) -> Group:
        """Return the group of an entity after a step, itself alone if it has none, sorted."""
        found = self._all(
            "SELECT entity FROM member WHERE step = ? AND first = ? ORDER BY entity", step, self.first(entity, step)
        )
        return tuple(row[0] for row in found) or (entity,)

    def leave(self, entity: str, step: int) -> None:
        """Forget of which group an entity is."""
        self._do("DELETE FROM member WHERE step = ? AND entity = ?", step, entity)

    def unite(self, members: Iterable[str], first: str, step: int) -> None:
        """Keep a group."""
        for entity in members:
            self._do("INSERT OR REPLACE INTO member VALUES (?, ?, ?)", step, entity, first)

    # What people have said

    def ruled(self) -> Ruled:
        """Return what people have said, as it was when it was last brought in line."""
        said = self._all("SELECT one, other, same FROM ruled")
        return Ruled(*(frozenset((one, other) for one, other, same in said if same == which) for which in (1, 0)))

    def rule(self, ruled: Ruled) -> frozenset[Pair]:
        """Take over what people have said, and return the pairs of which they say something else than before."""
        before = self.ruled()
        self._do("DELETE FROM ruled")
        for which, pairs_ in ((1, ruled.same), (0, ruled.different)):
            for pair in sorted(pairs_):
                self._do("INSERT INTO ruled VALUES (?, ?, ?)", *pair, which)
        return (before.same ^ ruled.same) | (before.different ^ ruled.different)

    def _do(self, statement: str, *values: object) -> None:
        self._database.execute(statement, values)

    def _all(self, query: str, *values: object) -> list[Any]:
        return self._database.execute(query, values).fetchall()

    def _one(self, query: str, *values: object) -> Any:
        return self._database.execute(query, values).fetchone()[0]

    def _column(self, query: str, *values: object) -> list[Any]:
        return [row[0] for row in self._database.execute(query, values)]


def _connected(path: Path | None) -> sqlite3.Connection:
    database = sqlite3.connect(path or ":memory:", check_same_thread=False)
    database.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;" + _SCHEMA
    )
    return database


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _is_of(path: Path, version: str) -> bool:
    """Whether a file is there, whole, and of a version."""
    if not path.exists():
        return False
    try:
        with closing(_read_only(path)) as database:
            return database.execute("SELECT version FROM made").fetchall() == [(version,)]
    except sqlite3.Error:
        return False
