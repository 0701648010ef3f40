"""Numbers that share a unit: "10-15 million", "between 10 and 15", "45 and 15 percent", "41, 18 and 7 million"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from regiograph.claims.literals import bounds, numbers, units
from regiograph.model import Literal, Span
from regiograph.terms import Bound

DASH = r"\s?[-–—]\s?"
LINK = rf"(?:{DASH}|\s(?:to|and|or|from|-)\s|\sto\s(?:about|almost|some)\s|/)"
_ANY_DASH = re.compile("[-–—]")
_MINUS = re.compile(r"(?:\A|[\s(])(?:[-−–][$€£]?|[$€£][-−])\Z")
_ODD = re.compile(numbers.ODD)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AFTER_YEAR = re.compile(r"[\s,–—/-]*(?:(?:to|and|or|from)\s)?")
_BETWEEN = re.compile(r"\bbetween\s(?:about\s|around\s|some\s)?\S{0,4}\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:about\s|around\s|some\s)?\S{0,4}\Z", re.IGNORECASE)


class Term(NamedTuple):
    """One number of a series: where it stands, what it says, and its words (with its own magnitude, if it has one)."""

    span: Span
    value: Decimal
    words: str


def pattern(quantity: str, inner: str = "") -> str:
    """Return the pattern of one to five of `quantity`, linked; `inner` may stand around each link (a sign, a unit)."""
    link = rf"{inner}{LINK}{inner}" if inner else LINK
    return rf"{quantity}(?:(?:,\s{quantity}){{1,3}}\sand\s{quantity}|{link}{quantity})?"


@cache
def _quantity(quantity: str) -> re.Pattern[str]:
    return re.compile(quantity, re.IGNORECASE)


def _terms(text: str, span: Span, quantity: str) -> list[Term]:
    matches = _quantity(quantity).finditer(text, *span)
    found = [Term(Span(*m.span()), numbers.parse(m[0]), m[0]) for m in matches]
    return _with_magnitude(found)


def _sharing(text: str, terms: list[Term], span: Span, *, unit_first: bool) -> tuple[list[Term], Span]:
    """Leave out the far terms that cannot share the unit: "1.2 billion and 90 jobs", "Rs 335 crore and 1,100 jobs"."""
    while len(terms) > 1 and not _bare(terms[0]) and _bare(terms[-1]) and not _dashed(text, terms):
        terms = terms[:-1] if unit_first else terms[1:]
        span = Span(span.start, terms[-1].span.end) if unit_first else Span(terms[0].span.start, span.end)
    return terms, span


def _dashed(text: str, terms: list[Term]) -> bool:
    return _ANY_DASH.search(text[terms[0].span.end : terms[1].span.start]) is not None


def _with_magnitude(terms: list[Term]) -> list[Term]:
    """Give numbers without a magnitude that of the last one: "10-15 million"."""
    factor = numbers.magnitude(terms[-1].words) if terms else Decimal(1)
    last = terms[-1].value if terms else Decimal(0)
    return [
        t._replace(value=t.value * factor) if t.value < min(factor, last) and t.value < 1000 and _bare(t) else t
        for t in terms[:-1]
    ] + terms[-1:]


def _bare(term: Term) -> bool:
    return numbers.magnitude(term.words) == 1


def _without_years(text: str, terms: list[Term], span: Span) -> tuple[list[Term], Span]:
    """Leave out years that ran into the series: "in 2015 to 40 companies", "in 2012 - 1.1 billion dollars"."""
    while len(terms) > 1 and _YEAR.fullmatch(terms[0].words) and not _YEAR.fullmatch(terms[-1].words):
        link = _AFTER_YEAR.match(text, terms[0].span.end, terms[1].span.start)
        span = Span(link.end() if link else terms[1].span.start, span.end)
        terms = terms[1:]
    return terms, span


def _is_range(text: str, first: Term, second: Term, start: int) -> bool:
    link = text[first.span.end : second.span.start].strip("$€£% ").strip()
    head = text[max(0, start - 24) : start]
    if not first.value < second.value or len(link) > 12:
        return False
    if "and" in link.split():
        return _BETWEEN.search(head) is not None
    if "to" in link.split():
        return _bare(first) and _FROM.search(head) is None
    return _ANY_DASH.search(link) is not None


def literals(
    text: str, span: Span, quantity: str, kind: str, unit: str | None, *, unit_first: bool = False
) -> Iterator[Literal]:
    """Yield the literals of the series that fills `span`, of this kind and unit.

    A range is one literal ("10/15"); the first literal's span begins, the last one's ends with `span`, each with the
    words that bound it.
    """
    terms, span = _without_years(text, _terms(text, span, quantity), span)
    terms, span = _sharing(text, terms, span, unit_first=unit_first)
    if len(terms) == 2 and _is_range(text, terms[0], terms[1], span.start):
        value = f"{numbers.plain(terms[0].value)}/{numbers.plain(terms[1].value)}"
        yield bounded(text, Literal(span, kind, value, unit))
        return
    for i, term in enumerate(terms):
        start = span.start if i == 0 and term.span.start - span.start < 8 else term.span.start
        end = span.end if i == len(terms) - 1 else term.span.end
        yield bounded(text, Literal(Span(start, end), kind, numbers.plain(_signed(text, term)), unit))


def _signed(text: str, term: Term) -> Decimal:
    head = text[max(0, term.span.start - 4) : term.span.start]
    return -term.value if _MINUS.search(head) else term.value


def bounded(text: str, literal: Literal) -> Literal:
    """Return `literal` with the bound that the words around it say, its span widened over them."""
    (start, end), bound = literal.span, literal.bound
    if found := bounds.before(text, start, area=literal.unit in units.AREAS):
        start, bound = found.at, found.bound
    elif following := bounds.after(text, end):
        end, bound = following.at, following.bound
    elif _ODD.search(text, start, end):
        bound = Bound.MORE_THAN
    return Literal(Span(start, end), literal.kind, literal.value, literal.unit, bound or Bound.EXACTLY)
