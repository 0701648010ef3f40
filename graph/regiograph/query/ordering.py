"""Puts rows in order, so that equal questions give equal bytes, at little more than it costs to fetch them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from operator import attrgetter, itemgetter
from typing import TypeVar

import pyoxigraph as ox

from regiograph.query.cells import Term, text

Row = TypeVar("Row", tuple[Term | None, ...], ox.Triple)
_CHUNK = 50_000  # rows beside those that are wanted, of an answer that is to be cut off


def leading(rows: Iterable[Row], limit: int | None, *, ordered: bool) -> tuple[tuple[Row, ...], bool]:
    """Return the first `limit` rows, sorted unless they are ordered, and whether there are more."""
    if limit is None:
        return tuple(rows if ordered else in_order(list(rows))), False
    found, rest = [], iter(rows)
    if ordered:
        found = list(islice(rest, limit + 1))
    else:
        while chunk := list(islice(rest, _CHUNK)):
            found = in_order(found + chunk)[: limit + 1]
    return tuple(found[:limit]), len(found) > limit


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return rows sorted by their words, cell by cell; those of the same words by datatype and language."""
    keys = list(map("\0".join, zip(*map(_words, zip(*rows, strict=True)), strict=True)))
    if not keys:  # no rows, or none that has a cell
        return list(rows)
    by_words = dict(zip(keys, rows, strict=True))
    if len(by_words) == len(rows):
        return [by_words[key] for key in sorted(by_words)]
    if len(by_words) < len(set(rows)):
        keys = [f"{key}\0{row}" for key, row in zip(keys, rows, strict=True)]
    return list(map(itemgetter(1), sorted(zip(keys, rows, strict=True), key=itemgetter(0))))


def _words(cells: Sequence[Term | None]) -> list[str]:
    try:
        return list(map(attrgetter("value"), cells))  # three times as fast as `text`, or str, of each
    except AttributeError:
        return list(map(text, cells))
