"""Dates of an article: every rule of the grammar, the longer readings first, each word read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from regiograph.claims.literals import days, months, periods, quarters, relative, years
from regiograph.claims.literals.anchor import Anchor
from regiograph.claims.literals.rules import Rule, Scene
from regiograph.claims.literals.signs import Sign, signs
from regiograph.claims.literals.tense import Clauses
from regiograph.model import Literal, Span

_YEARS_RUN = re.compile(r"\d{4}/\d{4}")


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order in which they may claim words."""
    return (*days.rules(), *months.rules(), *quarters.rules(), *years.rules(), *relative.rules())


@lru_cache(maxsize=512)
def _promising(seen: frozenset[Sign]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.needs <= seen)


def find(text: str, sentence: Span, anchor: Anchor) -> Iterator[Literal]:
    """Yield the dates and the periods between dates within `sentence`, resolved against `anchor`.

    Words that look like a date and are none (30 February) are passed over whole, not read in part.
    """
    if not (promising := _promising(signs(text, sentence))):
        return
    scene, taken = Scene(text, sentence, anchor, Clauses(text, *sentence)), bytearray(sentence.end - sentence.start)
    for rule in promising:
        for span, value in rule.read(scene):
            start, end = span.start - sentence.start, span.end - sentence.start
            if taken.find(1, start, end) >= 0:
                continue
            taken[start:end] = b"\1" * (end - start)
            if value is not None:
                yield _literal(text, _trimmed(text, span), value, run=rule.run)


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip(" ,")))


def _literal(text: str, span: Span, value: str, *, run: bool) -> Literal:
    span, value = periods.opened(text, span, value, run=run)
    kind = "period" if ".." in value or _YEARS_RUN.fullmatch(value) else "date"
    return Literal(span, kind, value)


def resolve(words: str, published: str | None) -> str | None:
    """Return what a date expression says when published then: resolve("last year", "2015-06") is "2014".

    None when `words` hold no date, or one that `published` is too vague for.
    """
    found = sorted(find(words, Span(0, len(words)), Anchor.of(published)), key=lambda literal: literal.span)
    return found[0].value if found else None
