"""The catalogue of questions: the files of `queries/`, each with a header of comments that documents it.

    # Title
    #
    # What it answers, in some lines.
    #
    # param NAME TYPE EXAMPLE - what it means
    # column NAME - what it holds

An example with spaces is quoted. A question mark behind the type makes a parameter optional.

How a question is written decides how long it takes where much is stored. What it is about comes first, in a sub-SELECT
whose alternatives begin at a parameter; `{ VALUES ?x { UNDEF } FILTER(BOUND(?x)) }` begins one that holds only with it.
Its LIMIT 999999 cuts nothing off: Oxigraph plans by guessed sizes, takes anything longer for the whole graph, and reads
that in place of looking up what belongs to the few. For the same reason an OPTIONAL holds one pattern, more are nested
in it, and an EXISTS has one pattern too. `rg:within*` is written as the thing itself and `rg:within+`.
"""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regiograph import assets
from regiograph.errors import QueryError
from regiograph.query.values import TYPES

_CLOSE = 3
_PARAMETER = re.compile(r"param (?P<name>\w+) (?P<type>\w+)(?P<optional>\??) (?P<example>.+?) - (?P<description>.+)")
_COLUMN = re.compile(r"column (?P<name>\w+) - (?P<description>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question takes; `type` is one of `values.TYPES`, `example` what one would type."""

    name: str
    type: str
    optional: bool
    example: str
    description: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a question's answer."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Question:
    """A documented question; `sparql` is the whole file, header included, with its parameters unbound."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str

    def parameter(self, name: str) -> Parameter:
        """Return the parameter `name`.

        Raises:
            QueryError: there is none; the message lists those there are.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(p.name for p in self.parameters) or "none"
        raise QueryError(f"{self.name} has no parameter {name!r}; it has: {known}")

    @property
    def example(self) -> str:
        """A command line that asks it, with the parameters it needs, or with its first if it needs none."""
        needed = [p for p in self.parameters if not p.optional] or self.parameters[:1]
        given = (f"--param {p.name}={shlex.quote(p.example)}" for p in needed)
        return " ".join(("regiograph query", self.name, *given))


def questions(folder: Path | None = None) -> tuple[Question, ...]:
    """Return the questions of a folder, by default of those that come with regiograph, in the order of their names.

    Raises:
        QueryError: a file's header is incomplete; the message names file and line.
    """
    return tuple(read(path) for path in _files(folder))


def question(name: str, folder: Path | None = None) -> Question:
    """Return the question `name`.

    Raises:
        QueryError: there is none of that name; the message offers names like it.
    """
    paths = {path.stem: path for path in _files(folder)}
    if name in paths:
        return read(paths[name])
    close = difflib.get_close_matches(name, paths, n=_CLOSE, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else f"there are: {', '.join(paths) or 'none'}"
    raise QueryError(f"no question is called {name!r}; {hint}")


def read(path: Path) -> Question:
    """Read the question in a file.

    Raises:
        QueryError: it cannot be read, or its header is incomplete; the message names file and line.
    """
    try:
        sparql = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise QueryError(f"{path}: {e}") from e
    title, *rest = list(_header(sparql)) or [""]
    if not title:
        raise QueryError(f"{path}, line 1: no title; a question begins with a line such as: # Members of a network")
    parameters, columns, prose = [], [], []
    for number, line in enumerate(rest, 2):
        if match := _PARAMETER.fullmatch(line):
            parameters.append(_parameter(match, f"{path}, line {number}"))
        elif match := _COLUMN.fullmatch(line):
            columns.append(Column(match["name"], match["description"]))
        elif re.match(r"(?:param|column) ", line):
            raise QueryError(f"{path}, line {number}: not understood: {line!r}")
        else:
            prose.append(line)
    description = " ".join(" ".join(prose).split())
    return Question(path.stem, title, description, tuple(parameters), tuple(columns), sparql)


def _files(folder: Path | None) -> list[Path]:
    return sorted((folder or assets.folder("queries")).glob("*.rq"))


def _header(sparql: str) -> Iterator[str]:
    for line in sparql.splitlines():
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").strip()


def _parameter(match: re.Match[str], place: str) -> Parameter:
    if match["type"] not in TYPES:
        raise QueryError(f"{place}: unknown type {match['type']!r}; there are: {', '.join(TYPES)}")
    example = " ".join(shlex.split(match["example"]))
    return Parameter(match["name"], match["type"], bool(match["optional"]), example, match["description"])
