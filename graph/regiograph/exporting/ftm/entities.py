"""Entities of FollowTheMoney: an id, a schema, and properties that are lists of words."""

from __future__ import annotations

import json
import re

from regiograph.entities.identity import digest

_PLAIN = re.compile(r"[a-z0-9]+(?:[/-][a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_LONGEST = 200  # characters of an id

Described = dict[str, str | dict[str, list[str]]]


class Entity:
    """An entity in the making; properties keep the order in which values are added, each value once."""

    def __init__(self, identity: str, schema: str) -> None:
        self.id, self.schema = identity, schema
        self._properties: dict[str, dict[str, None]] = {}

    def add(self, name: str, *values: str | None) -> None:
        """Add values to a property, with single spaces; None and blank words are none."""
        for value in values:
            if words := " ".join((value or "").split()):
                self._properties.setdefault(name, {})[words] = None

    def date(self, value: str, *, on: str = "date", start: str = "startDate", end: str = "endDate") -> bool:
        """Add a date or an interval (EDTF) to the properties for it; False if it says no year."""
        first, slash, last = value.partition("/")
        found = {start: first, end: last} if slash else {on: first}
        known = {name: day for name, day in found.items() if _DATE.fullmatch(day)}
        for name, day in known.items():
            self.add(name, day)
        return bool(known)

    def described(self) -> Described:
        """Return the entity as FollowTheMoney writes it, properties by name."""
        properties = {name: list(values) for name, values in sorted(self._properties.items())}
        return {"id": self.id, "schema": self.schema, "properties": properties}

    def line(self) -> bytes:
        """Return the entity as a line of JSON."""
        return json.dumps(self.described(), ensure_ascii=False).encode() + b"\n"


def identity(iri: str, base: str) -> str:
    """Return the id of what an IRI names: what follows `base`, with dots for slashes, or a digest where that is none.

    No two IRIs have the same id, and the IRI can be told from most.
    """
    rest = iri.removeprefix(base)
    if iri.startswith(base) and len(rest) <= _LONGEST and _PLAIN.fullmatch(rest):
        return rest.replace("/", ".")
    return digest(iri)
