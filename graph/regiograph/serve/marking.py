"""A text cut at the ends of its evidence, so that each piece knows which sentences it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters: the numbers of the quotes it lies in, of those that begin with it, and that end with it."""

    text: str
    within: tuple[int, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]


def paragraphs(text: str, quotes: Iterable[Span]) -> tuple[tuple[Piece, ...], ...]:
    """Return the paragraphs of a text in pieces; `quotes` are [start, end) in characters, numbered in their order."""
    spans = tuple(quotes)
    return tuple(pieces for start, end in _paragraphs(text) if (pieces := tuple(_pieces(text, start, end, spans))))


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at, at + len(line.rstrip())
        at += len(line)


def _pieces(text: str, start: int, end: int, spans: tuple[Span, ...]) -> Iterator[Piece]:
    near = [(i, s) for i, s in enumerate(spans) if s[0] < end and s[1] > start]
    cuts = sorted({start, end, *(at for _, span in near for at in span if start < at < end)})
    for low, high in pairwise(cuts):
        yield Piece(
            text[low:high],
            tuple(i for i, (first, last) in near if first <= low and last >= high),
            tuple(i for i, (first, _) in near if first == low),
            tuple(i for i, (_, last) in near if last == high),
        )
