"""The annotated articles as templates: their marked-up lines, their entities, the facts that their lines state."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from regiograph.terms import EntityType, Predicate

FOLDER = Path(__file__).parent.parent / "training" / "articles"
MENTION = re.compile(r"\{([^{}|]+)\|(\w+)\}")
_BLOCK = re.compile(r"^---[ \t]*$\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact of a template by the keys of its entities; `sentence` counts the lines that are not empty from 0."""

    subject: str
    predicate: Predicate
    object: str
    qualifiers: tuple[tuple[str, str], ...]
    sentence: int


@dataclass(frozen=True, slots=True)
class Template:
    """An annotated article; `entities` are type and name by key, an empty line ends a paragraph."""

    id: str
    title: str
    published: str | None
    source: str | None
    lines: tuple[str, ...]
    entities: dict[str, tuple[EntityType, str]]
    facts: tuple[Stated, ...]


def templates(folder: Path = FOLDER) -> tuple[Template, ...]:
    """Return the annotated articles of a folder in the order of their names."""
    return tuple(_template(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.ann")))


def _template(marked: str) -> Template:
    head, body, entities, facts = _BLOCK.split(marked)
    known = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
    return Template(
        known.get("id", ""),
        known.get("title", ""),
        known.get("published") or None,
        known.get("source") or None,
        tuple(line.strip() for line in body.strip("\n").split("\n")),
        dict(_entity(line) for line in filter(str.strip, entities.splitlines())),
        tuple(_fact(line) for line in filter(str.strip, facts.splitlines())),
    )


def _entity(line: str) -> tuple[str, tuple[EntityType, str]]:
    key, kind, name = line.strip().split(" ", 2)
    return key, (EntityType(kind), name.strip())


def _fact(line: str) -> Stated:
    said, _, where = line.rpartition("@")
    subject, predicate, obj, *qualifiers = shlex.split(said)
    pairs = tuple(sorted(tuple(each.split("=", 1)) for each in qualifiers))
    return Stated(subject, Predicate(predicate), obj, pairs, int(where.split(",")[0]) - 1)
