"""Amounts of money: "more than four billion US dollars", "€5bn", "Rs 500 crore", "10-15 million euros"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from regiograph.claims.literals import numbers, series
from regiograph.claims.literals.currencies import GLUED, NAMES, SYMBOLS, Wallet, codes, demonyms
from regiograph.model import Literal, Span

_BARE_FOLLOW = (
    r"(?=\s{0,3}(?:[,;.:!?)\"”’(—–-]|\Z|\n)|\s(?:in|into|for|from|to|by|and|or|is|are|was|were|will|would|at|on|over|"
    r"this|last|next|with|of|during|as|has|have|had|comes?|came|"
    r"went|goes|per|a\syear|annually|more|less|towards?|through|under|should|could|can|may|must|starts?|since|that|which|"
    r"planned|than|earlier|already|first|without|so|but|because|if|when|while|until|till|apart|each|against|between|"
    r"before|after|only|not|also|now|today|yesterday|out|up|down)\b)"
)


def _any(words: Iterator[str] | list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _before() -> re.Pattern[str]:
    """Return the pattern of an amount whose currency stands before it."""
    spaced = _any([*(s for s in SYMBOLS if s not in GLUED), *codes()])
    mark = rf"(?<![\w$€£])(?P<mark>(?:{spaced})\s?|(?:{_any(list(GLUED))})(?=\d))"
    quantity = rf"(?i:{numbers.MONEYED})"
    amounts = series.pattern(quantity, rf"(?:(?:{spaced})\s?)?")
    return re.compile(rf"{mark}[-−]?(?P<amounts>{amounts})(?:\s(?P<after>US|Canadian|Australian)\b(?!\s\w))?")


@cache
def _after() -> re.Pattern[str]:
    """Return the pattern of an amount whose currency stands after it."""
    quantity = rf"(?i:{numbers.MONEYED})"
    adjective = rf"(?:(?P<adjective>(?i:{_any(list(demonyms()))}))\s)?"
    name = rf"(?:(?i:{_any(list(NAMES))})(?i:e?s)?|{_any(list(codes()))})"
    return re.compile(
        rf"(?<!\w)(?P<amounts>{series.pattern(quantity)})[\s-]{{0,2}}(?:of\s)?{adjective}(?P<name>{name})(?!\w)"
    )


@cache
def _bare() -> re.Pattern[str]:
    """Return the pattern of "820 million" with nothing counted after it."""
    number = rf"(?>{numbers.NUMERAL}|{numbers.WORDS})"
    big = r"(?:million|billion|trillion|mln|bln|bn|mn|crore|lakh)s?"
    return re.compile(
        rf"(?<![\w$€£])(?P<amounts>(?:{number}{series.DASH})?{number}[\s-](?:{big})\b){_BARE_FOLLOW}", re.IGNORECASE
    )


@cache
def _ends() -> frozenset[str]:
    """Return the last characters of what may stand before an amount."""
    return frozenset(mark[-1] for mark in (*SYMBOLS, *codes()))


def _may_lead(text: str, span: Span) -> bool:
    """Whether any number has a character before it with which a currency ends."""
    return any(text[max(span.start, at - 2) : at].rstrip()[-1:] in _ends() for at in numbers.starts(text, span))


def _key(name: str) -> str:
    """Return the code of a currency word as `NAMES` has it, its plural taken off."""
    word = name.casefold()
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in NAMES:
            return NAMES[form]
    return name.upper()


def find(text: str, span: Span, wallet: Wallet) -> Iterator[Literal]:
    """Yield the amounts of money within `span` of `text`, those with the currency first said before those after."""
    for m in _before().finditer(text, *span) if _may_lead(text, span) else ():
        mark = m["mark"].strip()
        unit = wallet.code(SYMBOLS.get(mark, mark), m["after"])
        yield from series.literals(text, Span(*m.span()), numbers.MONEYED, "money", unit, unit_first=True)
    for m in numbers.matches(_after, text, span):
        unit = wallet.code(_key(m["name"]), m["adjective"])
        yield from series.literals(text, Span(*m.span()), numbers.MONEYED, "money", unit)


def find_bare(text: str, span: Span, currency: str) -> Iterator[Literal]:
    """Yield sums that leave their currency out ("the second stage, 240 million"), read in `currency`."""
    for m in numbers.matches(_bare, text, span):
        yield from series.literals(text, Span(*m.span("amounts")), numbers.MONEYED, "money", currency)
