"""What a model's words for a date, an amount, a post or a topic mean, by our own rules for literals.

The model only points: it copies the words, and the value is what `claims.literals` reads there. So a currency, a bound
and the year of a date are never the model's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from regiograph.claims.literals import edtf
from regiograph.claims.llm.page import Page
from regiograph.claims.relations import indicators
from regiograph.claims.relations.qualifiers import bound
from regiograph.model import Literal, Span, Value
from regiograph.terms import SIGNATURES, Predicate

_DATES = ("date", "period")
_KINDS: Mapping[Predicate, tuple[str, ...]] = MappingProxyType(
    {
        Predicate.EVENT_DATE: _DATES,
        Predicate.STARTED_IN: _DATES,
        Predicate.COMPLETED_IN: _DATES,
        Predicate.HAS_AMOUNT: ("money",),
        Predicate.CREATES_JOBS: ("count",),
        Predicate.HAS_INDICATOR: ("money", "percent", "count"),
    }
)
_STATUSES = frozenset({"acting", "former"})
_LEADS = "head"  # of a delegation, whatever verb says so
_LONGEST = 200  # characters of a role or a topic
_MEASURING = frozenset("number of in to by the and per growth share rate volume value size employees jobs".split())
_WORD = re.compile(r"\w+")
_INTEGER = re.compile(r"\d{1,9}")

Said = Mapping[str, str]


def stated(page: Page, predicate: Predicate, words: str, evidence: Span) -> Literal | None:
    """Return the literal that the words state as the object of a predicate, within the evidence; None if none."""
    kinds = _KINDS[predicate]
    found = page.literal(words, kinds, evidence, within=True)
    found = page.number(words, evidence) if found is None and "count" in kinds else found
    return found if found is not None and value(predicate, found) is not None else None


def value(predicate: Predicate, literal: Literal) -> Value | None:
    """Return a literal as the predicate takes it: of a period ("by 2020") the date that it ends or begins with."""
    if SIGNATURES[predicate].range != "date":
        return Value(literal.value, "decimal")
    if literal.kind == "period":
        point = edtf.point(literal.value, closing=predicate is Predicate.COMPLETED_IN)
        return None if point is None else Value(point, "edtf")
    return Value(literal.value, "edtf")


def own(page: Page, predicate: Predicate, literal: Literal) -> Said:
    """Return the qualifiers that a literal object brings: its bound, its currency or unit, the words of a sum."""
    if SIGNATURES[predicate].range == "date":
        return {}
    found = {"qualifier": bound(literal), "verbatim": _words(page, literal) if literal.kind == "money" else None}
    if predicate is Predicate.HAS_AMOUNT:
        found["currency"] = literal.unit
    if predicate is Predicate.HAS_INDICATOR:
        found["indicator"], found["unit"] = indicators.of_itself(literal)
    return {name: said for name, said in found.items() if said}


def qualifier(page: Page, name: str, words: str, evidence: Span) -> Said | None:
    """Return the qualifiers that a model's words for one of them mean; None if they cannot be read."""
    if name == "amount":
        return _amount(page, words, evidence)
    if name in ("date", "since", "until", "period"):
        return _moment(page, name, words, evidence)
    if name in ("share", "count"):
        return _number(page, name, words, evidence)
    if name == "status":
        return {name: words.strip()} if words.strip() in _STATUSES else None
    return _phrase(page, name, words)


def _amount(page: Page, words: str, evidence: Span) -> Said | None:
    literal = page.literal(words, ("money",), evidence)
    if literal is None:
        return None
    found = {"amount": literal.value, "currency": literal.unit, "qualifier": bound(literal)}
    return {n: said for n, said in (found | {"verbatim": _words(page, literal)}).items() if said}


def _moment(page: Page, name: str, words: str, evidence: Span) -> Said | None:
    kinds = ("period", "date") if name == "period" else _DATES
    literal = page.literal(words, kinds, evidence)
    if literal is None:
        return None
    if name == "period":
        return {name: literal.value}
    if not edtf.is_date(literal.value):
        return None
    ends = {"since": edtf.begin, "until": edtf.end}
    said = ends[name](literal.value) if name in ends and literal.kind == "period" else literal.value
    said = edtf.point(said) if said is not None and name == "date" else said
    return None if said is None else {name: said}


def _number(page: Page, name: str, words: str, evidence: Span) -> Said | None:
    literal = page.literal(words, ("percent",) if name == "share" else ("count",), evidence)
    literal = page.number(words, evidence) if literal is None and name == "count" else literal
    if literal is None or (name == "count" and not _INTEGER.fullmatch(literal.value)):
        return None
    said = {name: literal.value}
    return said | ({"qualifier": limit} if name == "share" and (limit := bound(literal)) else {})


def _phrase(page: Page, name: str, words: str) -> Said | None:
    """Take words that are the article's own in some form; an indicator's may also only say what is measured."""
    said = " ".join(words.split())
    if not _WORD.search(said) or len(said) > _LONGEST:
        return None
    return {name: said} if all(_is_known(name, word) for word in page.lacks(said)) else None


def _is_known(name: str, word: str) -> bool:
    """Whether a word goes without saying in a role or in the name of an indicator."""
    if name == "role":
        return word == _LEADS
    return name == "indicator" and (word in _MEASURING or indicators.is_indicator(word))


def _words(page: Page, literal: Literal) -> str:
    return page.window.article.text[slice(*literal.span)]
