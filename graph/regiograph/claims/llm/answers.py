"""What a model has answered, read with suspicion: JSON of a known form, or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST = 500  # entities, and as many claims, of one answer; what is beyond that is no reading of a page of text
_MOST_WITHIN = 60  # mentions of one entity, qualifiers of one claim
_ENTITIES, _CLAIMS = "entities", "claims"

Item = Mapping[str, Any]


class BrokenError(Exception):
    """An answer is no JSON of the form that was asked for; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The items of an answer as they were given: nothing of them is checked yet.

    `beyond` is how many more there were than are looked at.
    """

    entities: tuple[object, ...]
    claims: tuple[object, ...]
    beyond: int = 0


def parse(said: str) -> Answer:
    """Read an answer; words around the JSON, as models put them that know no schema, are passed over.

    Raises:
        BrokenError: there is no JSON, it breaks off, or it is no object of two lists.
    """
    start, end = said.find("{", max(0, said.rfind("</think>"))), said.rfind("}")
    if start < 0 or end < start:
        raise BrokenError("it holds no JSON object" if said.strip() else "it is empty")
    try:
        found = json.loads(said[start : end + 1], parse_constant=_refuse)
    except (ValueError, RecursionError) as e:
        raise BrokenError(f"it is no JSON: {type(e).__name__}") from e
    if not isinstance(found, dict) or not all(isinstance(found.get(name), list) for name in (_ENTITIES, _CLAIMS)):
        raise BrokenError(f"it has no lists {_ENTITIES!r} and {_CLAIMS!r}")
    entities, claims = found[_ENTITIES], found[_CLAIMS]
    beyond = max(0, len(entities) - MOST) + max(0, len(claims) - MOST)
    return Answer(tuple(entities[:MOST]), tuple(claims[:MOST]), beyond)


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def text(item: Item, name: str) -> str | None:
    """Return a member that is text and not blank, else None."""
    value = item.get(name)
    return value if isinstance(value, str) and value.strip() else None


def number(item: Item, name: str) -> int | None:
    """Return a member that is a whole number, also one written as text, else None."""
    value = item.get(name)
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def items(item: Item, name: str) -> Iterator[object]:
    """Yield the members of a list, as many as are looked at; nothing where there is no list."""
    value = item.get(name)
    yield from value[:_MOST_WITHIN] if isinstance(value, list) else ()
