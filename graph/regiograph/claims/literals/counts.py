"""Counts and measures: "120 new jobs", "7.2 square kilometres", "100,000 tonnes a year", "1.4 times", "61st"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from regiograph.claims.literals import numbers, series, signs, units
from regiograph.claims.literals.calendar_words import MONTHS
from regiograph.model import Literal, Span
from regiograph.terms import Bound

_WORD = r"[^\W\d_][\w'’&/-]{0,40}"
_COUNTED_WORD = re.compile(_WORD)
_STOP = frozenset(
    """the a an of in on at to for from by with and or but as is are was were be been will would could may might must
    shall should can has have had do did does this that these those which who whom whose where when while than then its
    their his her our per each into onto over under about between during through within without since until till after
    before against it they he she we you i not no nor if so also more less most least next last first second third
    only already yet still now today yesterday tomorrow worth times % said says worked live lives employ
    employs employed make makes made take takes took""".split()
)
_MEMBERS = "tenant|resident|member|participant|investor"  # the 600th tenant makes 600 of them
_TIME = frozenset("day days week weeks month months year years hour hours minute minutes".split())
_MONTHS = frozenset(name.casefold() for name in MONTHS)
# What a bare number counts, by the words before it ("employing 180", "number of jobs - 74", "permanent" before "jobs").
_ELLIPSIS = tuple(
    (re.compile(rf"\b(?:{words})\W", re.IGNORECASE), unit)
    for words, unit in (
        (r"employ\w*|hir(?:es?|ed|ing)|recruit\w*|workforce|headcount|payroll|staff|workers|employees", "employees"),
        ("jobs|workplaces|places of work|vacancies", "jobs"),
        ("members|residents|tenants|companies|enterprises|firms", "companies"),
    )
)
_ELLIPSIS_REACH = 40
_NOT_COUNTED = re.compile(
    r"(?:[A-Z][\w-]*|\b(?:no|number|phase|stage|article|law|page|zone|lot|point|item|room|line|class|part))\.?\s\Z"
)
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_LIST_MARK = re.compile(r"\s?[.):|]\s|\s\|")  # "3) ", "10.30: "
_RANKS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_RANKING = re.compile("(?:rank|placed|rated|stands|stood|climb)", re.IGNORECASE)
_NTH = re.compile(r"\d(?:st|nd|rd|th)", re.IGNORECASE)
_POINTED = re.compile(rf"(?:the )?(?:(?P<n>\d{{1,4}})(?:st|nd|rd|th)|(?P<word>{'|'.join(_RANKS)}))", re.IGNORECASE)


@cache
def _measure() -> re.Pattern[str]:
    quantity = rf"(?i:{numbers.QUANTITY})"
    return re.compile(rf"(?<![\w$€£])(?P<n>{series.pattern(quantity)})[\s-]{{0,2}}(?:of\s)?(?P<unit>{units.pattern()})")


@cache
def _counted() -> re.Pattern[str]:
    words = rf"(?P<words>[\s-]{_WORD}(?:\s{_WORD}){{0,4}})"
    return re.compile(rf"(?<![\w$€£.№#])(?P<n>[-−]?{series.pattern(numbers.QUANTITY)}){words}", re.IGNORECASE)


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(numbers.QUANTITY, re.IGNORECASE)


@cache
def _times() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w$€£])(?P<n>{series.pattern(numbers.QUANTITY)})(?:\stimes\b|[\s-]?fold\b)", re.IGNORECASE
    )


@cache
def _rank() -> re.Pattern[str]:
    ordinal = rf"(?:(?P<n>\d{{1,4}})(?:st|nd|rd|th)|(?P<word>{'|'.join(_RANKS)}))"
    lead = (
        r"ranks?|ranked|ranking|placed|rated|stands|stood|rose\sto|climbed\sto|is|was|came|took|takes|occupies|holds|on|in"
        r"|the|its|as|become|became|received"
    )
    among = r"(?=\sin\sthe\s(?:country|nation|region|state|province|world)\b(?!\sto\b))|(?=\snation(?:ally|wide)\b)"
    return re.compile(
        rf"\b(?P<lead>{lead})\s(?:only\s|the\s|at\s|its\s)?"
        rf"(?P<rank>{ordinal}(?:\s(?P<noun>place|position|rank)\b|\s(?:\w{{1,20}}\s)?(?P<member>{_MEMBERS})\b)?)"
        rf"(?P<among>{among})?"
        rf"|\b(?P<after>{'|'.join(_RANKS)})(?=\sonly\sto\b)",
        re.IGNORECASE,
    )


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w$€£.,:№#/-])(?P<n>{series.pattern(numbers.QUANTITY)})"
        rf"(?![\w%/]|-\w|[:.,]\d|\s?[ap]\.?m\b|\s(?:{'|'.join(sorted(_TIME))})\b)",
        re.IGNORECASE,
    )


def pointed(words: str) -> str | None:
    """Return the number that words say which are a number and nothing else: "1,500", "forty", "ninth"; else None."""
    said = " ".join(words.split())
    if nth := _POINTED.fullmatch(said):
        return str(int(nth["n"]) if nth["n"] else _RANKS.index(nth["word"].casefold()) + 1)
    return numbers.plain(numbers.parse(said)) if _alone().fullmatch(said) else None


def measures(text: str, span: Span) -> Iterator[Literal]:
    """Yield numbers with a unit of measure within `span` ("730 hectares": 730 ha)."""
    for m in numbers.matches(_measure, text, span):
        unit = units.symbol(m["unit"])
        yield from series.literals(text, Span(*m.span()), numbers.QUANTITY, "count", unit)


def find(text: str, span: Span, *, known: bool) -> Iterator[Literal]:
    """Yield counted nouns within `span` ("120 new jobs"): those ending in a noun of `units.NOUNS`, else any plural."""
    for m in numbers.matches(_counted, text, span, group="n"):
        phrase = _phrase(m["words"], known=known)
        if phrase is None:
            continue
        whole = Span(m.start(), m.start("words") + m["words"].index(phrase) + len(phrase))
        yield from series.literals(text, whole, numbers.QUANTITY, "count", _unit(phrase))


def _phrase(words: str, *, known: bool) -> str | None:
    """Return the counted noun phrase at the head of `words`, None when no noun ends it."""
    for word in _COUNTED_WORD.finditer(words):
        form = word[0].casefold().removesuffix("'s").removesuffix("’s")
        tail = form.rpartition("-")[2]
        joined = form == "and" and word.start() > 1
        first = word.start() <= 1
        if (form in _STOP and not joined) or (first and (form in _TIME or form in _MONTHS)):
            return None
        plural = tail.endswith("s") and len(tail) > 3 and tail not in units.NOT_PLURAL and not word[0].isupper()
        if tail in units.NOUNS or (plural and not known):
            return words[1 : word.end()] if words[0] in " -\n" else words[: word.end()]
    return None


def _unit(phrase: str) -> str:
    return re.sub(r"\s+", " ", phrase).casefold()


def ratios(text: str, span: Span) -> Iterator[Literal]:
    """Yield multiples within `span` ("1.4 times", "2.5-fold")."""
    for m in numbers.matches(_times, text, span) if signs.holds(text, span, ("times", "fold")) else ():
        yield from series.literals(text, Span(*m.span()), numbers.QUANTITY, "count", "times")


def ranks(text: str, span: Span) -> Iterator[Literal]:
    """Yield ranks within `span` ("ranked only 61st": 61 place) and running numbers ("its 600th tenant": 600 tenant)."""
    if not (signs.holds(text, span, _RANKS) or _NTH.search(text, *span)):
        return
    for m in _rank().finditer(text, *span):
        if m["after"] or m["noun"] or m["member"] or m["among"] is not None or _RANKING.match(m["lead"]):
            value = m["n"] or str(_RANKS.index((m["after"] or m["word"]).casefold()) + 1)
            span = Span(*m.span("after" if m["after"] else "rank"))
            yield Literal(span, "count", str(int(value)), m["member"] or "place", Bound.EXACTLY)


def bare(text: str, span: Span) -> Iterator[Literal]:
    """Yield numbers of 2 and more that nothing follows to say of what, their unit read from the words before, or None.

    List marks, clock times and numbers that belong to a name ("Zone 3") are left out.
    """
    for m in numbers.matches(_bare, text, span):
        head = text[max(span.start, m.start() - _ELLIPSIS_REACH) : m.start()]
        if _NOT_COUNTED.search(head) or (not head.strip("([{- ") and _LIST_MARK.match(text, m.end())):
            continue
        for literal in series.literals(text, Span(*m.span()), numbers.QUANTITY, "count", None):
            if literal.value not in {"0", "1"} and not _YEAR.fullmatch(literal.value):
                yield replace(literal, unit=_elliptic(head))


def _elliptic(head: str) -> str | None:
    found = [(m.end(), unit) for words, unit in _ELLIPSIS for m in words.finditer(head)]
    return max(found)[1] if found else None
