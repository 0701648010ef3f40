"""Answers kept on disk, so that no question is asked twice.

A file for each question, named by a digest of endpoint and text: a line with a digest of the rest, then the answer as
SPARQL's JSON. Files appear whole or not at all, and one whose digest is not right counts as missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from regiograph import kept
from regiograph.entities.identity import digest
from regiograph.query.results import Table, table
from regiograph.query.writing import write
from regiograph.rdf.replacing import replacing


def default_folder() -> Path:
    """Return where answers are kept unless another folder is named: the user's cache folder, as XDG has it."""
    return kept.folder("wikidata")


@dataclass(frozen=True, slots=True)
class Cache:
    """The answers in a folder, which is made when the first one is kept."""

    folder: Path

    def find(self, url: str, sparql: str) -> Table | None:
        """Return the answer that an endpoint gave to a question; None if there is none, or what is there is damaged.

        Raises:
            OSError: it is there and cannot be read.
        """
        try:
            body = kept.unsealed(self._file(url, sparql).read_bytes())
        except FileNotFoundError:
            return None
        if body is None:
            return None
        found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        return table(found, None, ordered=True) if isinstance(found, ox.QuerySolutions) else None

    def keep(self, url: str, sparql: str, answer: Table) -> None:
        """Keep an answer.

        Raises:
            OSError: the folder cannot be made or written to.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        body = write(answer, "json").encode("utf-8")
        with replacing(self._file(url, sparql)) as out:
            out.write(kept.sealed(body))

    def _file(self, url: str, sparql: str) -> Path:
        return self.folder / f"{digest(url, sparql)}.json"
