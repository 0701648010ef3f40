"""The labelled pairs of names."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from regiograph.terms import EntityType


class Labelled(NamedTuple):
    """Two names of entities of a type, and whether they are of one."""

    type: EntityType
    one: str
    other: str
    same: bool


def labelled() -> tuple[Labelled, ...]:
    """Return every two names of a line of `names.txt`."""
    lines = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            kind, sign, listed = line.split(" ", 2)
            names = [name.strip() for name in listed.split(" ; ")]
            found += [Labelled(EntityType(kind), *pair, sign == "=") for pair in combinations(names, 2)]
    return tuple(found)
