"""Mentions and literals as the heads take them: the words that they span, what kind they are of, in which form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from regiograph.claims.neural.traits import FORMS, KINDS
from regiograph.claims.neural.words import Integers, Words
from regiograph.entities.names import is_generic
from regiograph.model import Span

PRONOUNS = frozenset("he she it they we i you him her them us me who which this these those whom".split())


class Told(NamedTuple):
    """A mark: its characters, its kind and its form, one of `KINDS` and of `FORMS`."""

    span: Span
    kind: str
    form: str


@dataclass(frozen=True, slots=True)
class Marks:
    """M marks as arrays: first and last word (M, 2), kinds (M,), forms (M,); `place` is the row of each span."""

    place: dict[Span, int]
    spans: Integers
    kinds: Integers
    forms: Integers

    def counted_from(self, word: int) -> Marks:
        """Return the marks with their words counted from another one than the article's first."""
        return replace(self, spans=self.spans - word)


def marks(words: Words, told: Sequence[Told]) -> Marks:
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
        np.array([FORMS.index(m.form) for m in kept], dtype=np.int64),
    )


def form(surface: str) -> str:
    """Return "pronoun", "description" or "name"."""
    if surface.lower() in PRONOUNS:
        return "pronoun"
    return "description" if is_generic(surface) else "name"
