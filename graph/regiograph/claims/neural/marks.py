"""Mentions and literals as the heads take them: the words that they span, what kind they are of, in which form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from regiograph.claims.neural.traits import FORMS, KINDS
from regiograph.claims.neural.words import Integers, Words
from regiograph.entities.names import is_generic
from regiograph.model import Entity, Literal, Span
from regiograph.terms import LITERAL_KINDS

PRONOUNS = frozenset("he she it they we i you him her them us me who which this these those whom".split())


class Told(NamedTuple):
    """A mark: its characters and its kind, one of `KINDS`."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Marks:
    """M marks as arrays: first and last word (M, 2), kinds (M,), forms (M,); `place` is the row of each span."""

    place: dict[Span, int]
    spans: Integers
    kinds: Integers
    forms: Integers


def marks(words: Words, told: Iterable[Told]) -> Marks:
    """Return the arrays of the marks that hold at least one word, the first of each span."""
    place: dict[Span, int] = {}
    spans: list[tuple[int, int]] = []
    kept: list[Told] = []
    for mark in told:
        if mark.span not in place and (touched := words.within(*mark.span)):
            place[mark.span] = len(spans)
            spans.append(touched)
            kept.append(mark)
    return Marks(
        place,
        np.array(spans, dtype=np.int64).reshape(-1, 2),
        np.array([KINDS.index(m.kind) for m in kept], dtype=np.int64),
        np.array([FORMS.index(_form(words, m, at)) for m, at in zip(kept, spans, strict=True)], dtype=np.int64),
    )


def marks_of(words: Words, things: Iterable[Entity | Literal]) -> Marks:
    """Return the marks of entities, wherever they are mentioned, and of literals."""
    told = (
        Told(span, thing.type.value if isinstance(thing, Entity) else thing.kind)
        for thing in things
        for span in (thing.mentions if isinstance(thing, Entity) else (thing.span,))
    )
    return marks(words, told)


def _form(words: Words, mark: Told, at: tuple[int, int]) -> str:
    if mark.kind in LITERAL_KINDS:
        return "literal"
    return form(" ".join(token.text for token in words.tokens[at[0] : at[1] + 1]))


def form(surface: str) -> str:
    """Return "pronoun", "description" or "name"."""
    if surface.lower() in PRONOUNS:
        return "pronoun"
    return "description" if is_generic(surface) else "name"
