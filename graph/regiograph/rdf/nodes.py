"""RDF terms, valid from birth: every IRI, language tag and lexical form is checked where it is made.

Literals are made in the canonical form of their value, so that what is read back from the store equals what went in.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple, cast

import pyoxigraph as ox

from regiograph.errors import TermError
from regiograph.rdf.vocabulary import RDF, RDFS, RG, XSD

Term = ox.NamedNode | ox.Literal
Graph = ox.NamedNode | ox.DefaultGraph
DEFAULT = ox.DefaultGraph()

_SHOWN = 120
_LINK = re.compile(r"https?://[^/?#@]+(?:[/?#]|\Z)", re.IGNORECASE)
_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)
_DATES = (
    ("gYear", re.compile(r"(\d{4})", re.ASCII)),
    ("gYearMonth", re.compile(r"(\d{4})-(\d\d)", re.ASCII)),
    ("date", re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)),
    ("gMonthDay", re.compile(r"--(\d\d)-(\d\d)", re.ASCII)),
    ("gMonth", re.compile(r"--(\d\d)", re.ASCII)),
)
_PADDING = {"gYear": "{}-01-01", "gYearMonth": "{}-01", "date": "{}", "gMonthDay": "2000{}", "gMonth": "2000{}-01"}


class Triple(NamedTuple):
    """A triple of ours: its subject is an IRI, as no node of the graph is blank."""

    subject: ox.NamedNode
    predicate: ox.NamedNode
    object: Term

    def within(self, graph: Graph) -> ox.Quad:
        """Return the triple as a quad of a graph."""
        return ox.Quad(*self, graph)


def triple(statement: ox.Quad | ox.Triple) -> Triple:
    """Return what a quad says, or a triple of the library; one of ours, which has no blank nodes."""
    return Triple(cast("ox.NamedNode", statement.subject), statement.predicate, cast("Term", statement.object))


def iri(value: str) -> ox.NamedNode:
    """Make an absolute IRI (RFC 3987).

    Raises:
        TermError: it is relative, empty, or has characters that no IRI may have.
    """
    try:
        return ox.NamedNode(value)
    except ValueError as e:
        raise TermError(f"not an IRI: {_shown(value)} ({e})") from e


def link(value: str) -> ox.NamedNode:
    """Make the IRI of a web page: http or https, with a host and without credentials.

    Raises:
        TermError: it is anything else, such as `javascript:` or `file:`.
    """
    if not _LINK.match(value):
        raise TermError(f"not a web address: {_shown(value)} (http or https, a host, no credentials)")
    return iri(value)


@lru_cache(maxsize=1024)
def term(value: str) -> ox.NamedNode:
    """Return a term of a vocabulary, such as `term(OA.exact)`."""
    return iri(value)


@lru_cache(maxsize=1024)
def rg(name: str) -> ox.NamedNode:
    """Return the term `name` of the ontology.

    Raises:
        AttributeError: the ontology has no such term.
    """
    return term(RG[name])


def text(value: str, language: str | None = None) -> ox.Literal:
    """Make a string, language-tagged (BCP 47) where `language` is given.

    Raises:
        TermError: the tag is malformed, or the string holds lone surrogates.
    """
    try:
        return ox.Literal(value) if language is None else ox.Literal(value, language=language)
    except ValueError as e:
        raise TermError(f"not a literal: {_shown(value)}, language {language!r} ({e})") from e


def language_tag(value: str) -> ox.Literal:
    """Make a plain string that names a language, lower case.

    Raises:
        TermError: it is no BCP 47 tag, such as `en_GB`.
    """
    tagged = text("", value)
    return ox.Literal(tagged.language or "")


def integer(value: str | int) -> ox.Literal:
    """Make an xsd:integer.

    Raises:
        TermError: `value` is no whole number.
    """
    number = _number(str(value))
    if number != number.to_integral_value():
        raise TermError(f"not a whole number: {_shown(str(value))}")
    return _typed(f"{int(number)}", "integer")


def decimal(value: str | float) -> ox.Literal:
    """Make an xsd:decimal, without the zeros that say nothing.

    Raises:
        TermError: `value` is no plain decimal.
    """
    return _typed(plain(_number(str(value))), "decimal")


def duration(value: str) -> ox.Literal | None:
    """Make an xsd:duration of years, months, weeks and days, such as "P5Y"; None where `value` is none."""
    if not (match := _DURATION.fullmatch(value)) or not any(match.groups()):
        return None
    years, months, weeks, days = (int(n or 0) for n in match.groups())
    years, months, days = years + months // 12, months % 12, days + 7 * weeks
    parts = ((years, "Y"), (months, "M"), (days, "D"))
    return _typed("P" + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0D"), "duration")


def partial_date(value: str) -> ox.Literal | None:
    """Make a date as precise as `value` is: "2012", "2015-06", "2015-06-08", "--06-08", "--06"; None where it is none.

    Raises:
        TermError: it looks like a date and the calendar has none such (30 February, the year 0000).
    """
    for name, pattern in _DATES:
        if pattern.fullmatch(value):
            try:
                date.fromisoformat(_PADDING[name].format(value.removeprefix("-")))
            except ValueError as e:
                raise TermError(f"no such date: {_shown(value)} ({e})") from e
            return _typed(value, name)
    return None


def plain(number: Decimal) -> str:
    """Write a number without exponent and without the zeros that say nothing."""
    written = f"{number:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written in ("-0", "") else written


def _number(value: str) -> Decimal:
    if not _DECIMAL.fullmatch(value):
        raise TermError(f"not a plain decimal: {_shown(value)}")
    try:
        return Decimal(value)
    except InvalidOperation as e:
        raise TermError(f"not a plain decimal: {_shown(value)}") from e


def _typed(lexical: str, datatype: str) -> ox.Literal:
    return ox.Literal(lexical, datatype=term(XSD[datatype]))


def _shown(value: str) -> str:
    return ascii(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")


TYPE, LABEL = term(RDF.type), term(RDFS.label)
SUBJECT, PREDICATE, OBJECT = term(RDF.subject), term(RDF.predicate), term(RDF.object)
