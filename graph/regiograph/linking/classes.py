"""Which classes of Wikidata an entity of a type may belong to: `data/classes.tsv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from regiograph.terms import EntityType


class Class(NamedTuple):
    """A class of Wikidata: its id ("Q515") and what it is called ("city")."""

    id: str
    words: str


def classes(kind: EntityType) -> tuple[Class, ...]:
    """Return the classes that an entity of this type may belong to, the most telling first."""
    return _table()[kind]


def every() -> tuple[str, ...]:
    """Return the ids of all classes of the table, sorted."""
    return tuple(sorted({each.id for found in _table().values() for each in found}))


@cache
def _table() -> Mapping[EntityType, tuple[Class, ...]]:
    text = resources.files("regiograph.linking").joinpath("data", "classes.tsv").read_text(encoding="utf-8")
    found: dict[EntityType, list[Class]] = defaultdict(list)
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, identifier, words = line.split("\t")
            found[EntityType(kind)].append(Class(identifier, words))
    return MappingProxyType({kind: tuple(each) for kind, each in found.items()})
