"""Cells of an answer: RDF terms, and the words and the values of Python that they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

import pyoxigraph as ox

from regiograph.rdf.vocabulary import XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | float | Decimal | bool

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_INTEGERS = """
    integer nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger long int short byte
    unsignedLong unsignedInt unsignedShort unsignedByte
""".split()
_INTEGER = (re.compile(r"[+-]?[0-9]{1,4000}"), int)  # Python reads no more digits than 4,300
_FLOAT = (re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN"), float)
_READERS: Mapping[str, tuple[re.Pattern[str], Callable[[str], Value]]] = MappingProxyType(
    {
        **{str(XSD[name]): _INTEGER for name in _INTEGERS},
        str(XSD.decimal): (re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"), Decimal),
        str(XSD.double): _FLOAT,
        str(XSD.float): _FLOAT,
        str(XSD.boolean): (re.compile("true|false|1|0"), lambda words: words in ("true", "1")),
    }
)


def text(term: Term | None) -> str:
    """Return a term as SPARQL's CSV writes it: an IRI or a literal's lexical form, "" for None."""
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def value(term: Term | None) -> Value | None:
    """Return a number or a truth as Python has it, None for None, and all else in words, as `text`.

    Dates stay words, for 2015-06 is no day and words of ISO 8601 sort as dates do; and so does a malformed number.
    """
    if isinstance(term, ox.Literal) and term.datatype.value in _READERS:
        spelling, reader = _READERS[term.datatype.value]
        if spelling.fullmatch(term.value):
            return reader(term.value)
    return None if term is None else text(term)


def guarded(words: str) -> str:
    """Return words as a cell of a spreadsheet: with an apostrophe before what one could take for a formula."""
    return f"'{words}" if words.lstrip(" \u00a0\u200b\ufeff").startswith(_FORMULA) else words
