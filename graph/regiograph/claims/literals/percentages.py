"""Percentages and fractions of a whole: "60 per cent", "10 - 15%", "nearly a third", "two thirds", "60:40"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from regiograph.claims.literals import numbers, series, signs
from regiograph.model import Literal, Span

_SIGN = r"(?:[\s-]?(?:%|％|per[\s-]?cent\b|percent\b|pct\b|pc\b|p\.c\.|percentage[\s-]points?\b|p\.p\.|pp\b))"
_FRACTIONS = {
    "half": "50", "third": "33", "quarter": "25", "fifth": "20", "sixth": "16.7", "seventh": "14.3", "eighth": "12.5",
    "ninth": "11.1", "tenth": "10",
    "two thirds": "66.7", "three quarters": "75", "three fourths": "75", "two fifths": "40", "three fifths": "60",
    "four fifths": "80", "three tenths": "30", "seven tenths": "70", "nine tenths": "90", "five sixths": "83.3",
    "three eighths": "37.5", "five eighths": "62.5", "seven eighths": "87.5", "one fourth": "25",
}  # fmt: skip


_SIGNS = ("%", "％", "cent", "pct", "pc", "p.c.", "p.p.", "pp")  # what any percentage has in it
_PARTS = tuple(dict.fromkeys(name.split()[-1].removesuffix("s") for name in _FRACTIONS))

# "a third plant" is no share.
_ORDINAL_NOUN = (
    r"\s(?:party|time|country|stage|phase|line|plant|building|terminal|year|million|billion|edition|meeting|forum)\b"
)


@cache
def _percent() -> re.Pattern[str]:
    quantity = numbers.QUANTITY
    return re.compile(rf"(?<![\w$€£])[-−]?{series.pattern(quantity, f'(?:{_SIGN})?')}{_SIGN}", re.IGNORECASE)


@cache
def _fraction() -> re.Pattern[str]:
    plural = "|".join(k.replace(" ", r"[\s-]") for k in _FRACTIONS if " " in k)
    single = "|".join(k for k in _FRACTIONS if " " not in k and k != "half")
    return re.compile(
        rf"\b(?:(?<!first )(?P<many>{plural})|(?:an?|one)[\s-](?P<one>{single})(?![\w-])(?!{_ORDINAL_NOUN})"
        r"|(?<!first )(?<!second )(?<!1st )(?<!2nd )(?P<half>(?:a |one )?half)(?=\s(?:of|the|its|their|his|our)\b))",
        re.IGNORECASE,
    )


@cache
def _split() -> re.Pattern[str]:
    """Return the pattern of the shares of two partners ("a 60:40 venture", "a 70-30 partnership")."""
    return re.compile(
        r"(?<![\d:.,/-])(?P<a>\d{1,2}):(?P<b>\d{1,2})(?![\d:.,])(?!\s?[ap]\.?m)"
        r"|(?<![\d:.,/-])(?P<c>\d{1,2})[-/–](?P<d>\d{1,2})(?=\s(?:joint|partnership|venture|split|basis|jv|ownership|owned)\b)",
        re.IGNORECASE,
    )


def _literal(text: str, span: Span, value: str) -> Literal:
    return series.bounded(text, Literal(span, "percent", value, "%"))


def find(text: str, span: Span) -> Iterator[Literal]:
    """Yield the percentages within `span` of `text`; fractions as percentages ("a third" is 33)."""
    for m in numbers.matches(_percent, text, span) if signs.holds(text, span, _SIGNS) else ():
        yield from series.literals(text, Span(*m.span()), numbers.QUANTITY, "percent", "%")
    for m in _fraction().finditer(text, *span) if signs.holds(text, span, _PARTS) else ():
        words = re.sub(r"[\s-]", " ", (m["many"] or m["one"] or "half").casefold())
        yield _literal(text, Span(*m.span()), _FRACTIONS[words])
    for m in numbers.matches(_split, text, span):
        for group in (g for g in "abcd" if m[g] and _sums_up(m)):
            yield _literal(text, Span(*m.span(group)), str(int(m[group])))


def _sums_up(match: re.Match[str]) -> bool:
    return sum(int(share) for share in match.groups() if share) == 100
