"""Reads a text's literals as short tuples, for the tables of the literal tests."""

from __future__ import annotations

from regiograph.claims.literals import literals
from regiograph.model import Article, Literal, Sentence, Span


def read(text: str, published: str | None = "2015-06-10") -> tuple[Literal, ...]:
    """Return the literals of `text`, taken as one sentence of an article published then (a Wednesday)."""
    article = Article("a", text, published=published)
    return literals(article, (Sentence(1, 0, Span(0, len(text))),))


def of_kind(kind: str, text: str, published: str | None = "2015-06-10") -> list[str]:
    """Return the values of the literals of one kind, in the order of the text."""
    return [x.value for x in read(text, published) if x.kind == kind]


def words(text: str, literal: Literal) -> str:
    """Return the words of a literal."""
    return text[literal.span.start : literal.span.end]
