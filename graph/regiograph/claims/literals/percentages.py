"""Percentages and fractions of a whole: "60 per cent", "10 - 15%", "nearly a third", "one in nine", "60:40"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from regiograph.claims.literals import numbers, series, signs
from regiograph.model import Literal, Span

_SIGN = r"(?:[\s-]?(?:%|％|per[\s-]?cent\b|percents?\b|pct\b|pc\b|p\.c\.|percentage[\s-]points?\b|p\.p\.|pp\b))"
_FRACTIONS = {
    "half": "50", "third": "33", "quarter": "25", "fifth": "20", "sixth": "16.7", "seventh": "14.3", "eighth": "12.5",
    "ninth": "11.1", "tenth": "10",
    "two thirds": "66.7", "three quarters": "75", "three fourths": "75", "two fifths": "40", "three fifths": "60",
    "four fifths": "80", "three tenths": "30", "seven tenths": "70", "nine tenths": "90", "five sixths": "83.3",
    "three eighths": "37.5", "five eighths": "62.5", "seven eighths": "87.5", "one fourth": "25",
}  # fmt: skip


_REACH = 12  # characters before a share in which the words that make it one stand
_PAIR, _MOST = 2, 100  # a ratio tells of more than a pair, and of no more than a hundred
_SIGNS = ("%", "％", "cent", "pct", "pc", "p.c.", "p.p.", "pp")  # what any percentage has in it
_PARTS = tuple(dict.fromkeys(name.split()[-1].removesuffix("s") for name in _FRACTIONS))

# What may follow a share: "a third plant" and "a quarter century" are none.
_AFTER_SHARE = (
    r"(?:\s(?:of|in|as|more|less|fewer|than|from|to|by|for|with|and|or|but|on|at|is|are|was|were|went|go(?:es)?|c[ao]mes?"
    r"|belongs?|will|would|could|can|may|has|have|had|each|share|stake|interest|part|larger|smaller|bigger|higher|lower|above"
    r"|below|if|that|which|who|an?|the|its|their|this|last|since|within|over|under|up|down|behind"
    r"|now|already|today|only|owned|through|between)\b"
    r"|\s?[^\w\s]|\s*\Z|\n)"
)
# What makes "half" a share where nothing says of what, and "one in nine" one and no place or part of a series.
_TO_SHARE = re.compile(
    r"\b(?:for|by|at|to|than|about|around|roughly|nearly|almost|over|under|least|some)\s\Z", re.IGNORECASE
)
_TO_RATIO = re.compile(
    r"(?:[.;:(“\"]\s?|\b(?:for|about|around|roughly|nearly|almost|some|than|least|that|every)\s)\Z", re.IGNORECASE
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
        rf"\b(?:(?<!first )(?P<many>{plural})|(?:an?|one)[\s-](?P<one>{single})(?![\w-])(?={_AFTER_SHARE})"
        r"|(?<!first )(?<!second )(?<!1st )(?<!2nd )(?P<half>(?:a |one )?half)(?=\s(?:of|the|its|their|his|our)\b)"
        r"|(?P<bare>half)(?=\s?[.,;)]|\s*\Z))",
        re.IGNORECASE,
    )


@cache
def _split() -> re.Pattern[str]:
    """Return the pattern of the shares of two partners ("a 60:40 venture", "a 70-30 partnership")."""
    return re.compile(
        r"(?<![\d:.,/-])(?P<a>\d{1,2}):(?P<b>\d{1,2})(?![\d:.,])(?!\s?[ap]\.?m)"
        r"|(?<![\d:.,/-])(?:(?<=split\s)|(?<=divided\s)|(?<=shared\s))(?P<e>\d{1,2})[-/–](?P<f>\d{1,2})"
        r"(?![\d-])"
        r"|(?<![\d:.,/-])(?P<c>\d{1,2})[-/–](?P<d>\d{1,2})(?=\s(?:joint|partnership|venture|split|basis|jv|ownership|owned)\b)",
        re.IGNORECASE,
    )


@cache
def _ratio() -> re.Pattern[str]:
    """Return the pattern of "one in nine" and "two out of three", which must not go on as a time or a series."""
    return re.compile(
        rf"(?P<some>one|two|three|four|[1-9])\s(?:in|out\sof)\s(?:every\s)?(?P<all>{numbers.NUMERAL}|{numbers.WORDS})"
        r"(?![\w-])(?!\s(?:second|minute|hour|day|week|month|year|decade|phase|stage|part|step|place|different|other)s?)",
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
        if not m["bare"] or _TO_SHARE.search(text, max(span.start, m.start() - _REACH), m.start()):
            yield _literal(text, Span(*m.span()), _FRACTIONS[words])
    yield from _ratios(text, span)
    for m in numbers.matches(_split, text, span):
        for group in (g for g in "abcdef" if m[g] and _sums_up(m)):
            yield _literal(text, Span(*m.span(group)), str(int(m[group])))


def _ratios(text: str, span: Span) -> Iterator[Literal]:
    for m in numbers.matches(_ratio, text, span):
        some, every = numbers.parse(m["some"]), numbers.parse(m["all"])
        begins = m.start() == span.start or _TO_RATIO.search(text, max(span.start, m.start() - _REACH), m.start())
        if begins and some < every <= _MOST and every > _PAIR:
            yield _literal(text, Span(*m.span()), numbers.plain((100 * some / every).quantize(Decimal("0.1"))))


def _sums_up(match: re.Match[str]) -> bool:
    return sum(int(share) for share in match.groups() if share) == 100
