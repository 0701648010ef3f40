"""Periods: durations ("over five years": P5Y), frequencies ("a year": annual), and dates open at one end.

`opened` turns "till 2020" into "../2020" and "since 2012" into "2012/..", by the preposition before a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from regiograph.claims.literals import edtf, numbers, signs
from regiograph.model import Literal, Span

_UNTIL = re.compile(
    r"\b(?:(?:up\s)?(?:until|till|to\sthe)|by|through|through\sto|no\slater\sthan|not\slater\sthan|before(?=\s(?:the\s)?end)"
    r"|up\sto|to(?=\s(?:the\s)?end)|ending|ends\sin|expires\sin|prior\sto|til)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:(?:ever\s)?since|from|starting\s(?:in|from)|beginning\s(?:in|from)|effective|as\sfrom)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_WITHIN_YEAR = re.compile(r"\d{4}-\d\d/\d{4}-\d\d")
_ON = re.compile(r"\son(?:wards?)?\b", re.IGNORECASE)
_REACH = 24
_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
_FREQUENCIES = {"year": "annual", "annum": "annual", "month": "monthly", "week": "weekly", "day": "daily"}
_ADVERBS = {"annually": "annual", "yearly": "annual", "monthly": "monthly", "weekly": "weekly", "daily": "daily"}
_TIMES = ("year", "month", "week", "day", "annu", "dail")  # what any of them has in it
_OUTPUT = (
    r"(?=\s(?:\w{1,20}\s)?(?:capacity|output|production|turnover|growth|volume|throughput|revenues?|sales|exports?|budget"
    r"|income|yield|cargo|processing|traffic|fee|rent|cost|supply|supplies|deliveries|consumption))"
)


@cache
def _duration() -> re.Pattern[str]:
    count = rf"(?:\d{{1,3}}|{numbers.WORDS})"
    one = r"(?:(?<=within\s)|(?<=over\s)|(?<=for\s)|(?<=during\s))an?"
    lead = r"(?:(?:with)?in|over|for|during|after|of|under|up\sto|about)?\s?(?:the\s)?"
    which = r"(?:(?:next|coming|first|last|past|nearest|following)\s)?"
    other = (
        r"(?!\s(?:ago|old|earlier|later|before|after|older|younger|anniversary|of\sexperience|in\sa\srow|from\snow)\b"
        r"|-old|['’]\sexperience)"
    )
    return re.compile(
        rf"(?<![\w.,$€£-]){lead}{which}(?:(?P<n>{count})(?:\s?[-–]\s?(?P<to>{count})|\s(?:or|to)\s(?P<or>{count}))?|(?P<one>{one}))"
        rf"[\s-](?P<unit>year|month|week|day)s?\b{other}",
        re.IGNORECASE,
    )


@cache
def _frequency() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:(?:an?|per|every|each)\s(?P<unit>year|annum|month|week|day)(?!\s(?:ago|earlier|later|before|after|old))(?!-)"
        rf"|(?P<adverb>annually|yearly|monthly|weekly|daily)|(?P<adjective>annual|yearly){_OUTPUT})\b"
        r"|(?<=[a-z\d])/(?P<short>year|day|month)\b",
        re.IGNORECASE,
    )


def opened(text: str, span: Span, value: str, *, run: bool = False) -> tuple[Span, str]:
    """Return a date and its span with the preposition before it that opens it at one end, if there is one.

    A `run` states both ends: "from" before it belongs to it and opens nothing.
    """
    head = text[max(0, span.start - _REACH) : span.start]
    if not run and _WITHIN_YEAR.fullmatch(value) and _UNTIL.search(head):
        return span, value  # "by the fourth quarter": in it at the latest
    if found := _UNTIL.search(head):
        return Span(span.start - len(head) + found.start(), span.end), edtf.until(value)
    if found := _SINCE.search(head):
        end = onward.end() if (onward := _ON.match(text, span.end)) else span.end
        return Span(span.start - len(head) + found.start(), end), value if run else edtf.since(value)
    return span, value


def find(text: str, span: Span) -> Iterator[Literal]:
    """Yield durations and frequencies within `span` of `text`; of "three to five years" the longer."""
    if not signs.holds(text, span, _TIMES):
        return
    for m in _duration().finditer(text, *span):
        words = m["to"] or m["or"] or m["n"]
        count = numbers.plain(numbers.parse(words)) if words else "1"
        if count != "0" and "." not in count:
            yield Literal(Span(*m.span()), "period", f"P{count}{_UNITS[m['unit'].casefold()]}")
    for m in _frequency().finditer(text, *span):
        if (m["adverb"] or "a")[0].isupper():
            continue  # the name of a newspaper
        word = (m["unit"] or m["short"] or m["adverb"] or m["adjective"]).casefold()
        yield Literal(Span(*m.span()), "period", _FREQUENCIES.get(word) or _ADVERBS.get(word, "annual"))
