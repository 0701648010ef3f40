"""Lexical forms: which strings a datatype allows, by https://www.w3.org/TR/xmlschema11-2/ and the Gregorian calendar.

Stricter than rdflib, which reads "1e400" as a decimal and "1_000" as an integer. Time zones are not allowed: no
article's date has one.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox
from rdflib.namespace import XSD

_YEAR, _MONTH, _DAY = r"-?(?!0000)\d{4}", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_FORMS = {
    str(datatype): re.compile(pattern, re.ASCII)
    for datatype, pattern in (
        (XSD.boolean, r"true|false|1|0"),
        (XSD.integer, r"[+-]?\d+"),
        (XSD.decimal, r"[+-]?(\d+(\.\d*)?|\.\d+)"),
        (XSD.gYear, _YEAR),
        (XSD.gYearMonth, f"{_YEAR}-{_MONTH}"),
        (XSD.date, f"{_YEAR}-{_MONTH}-{_DAY}"),
        (XSD.gMonthDay, f"--{_MONTH}-{_DAY}"),
        (XSD.gMonth, f"--{_MONTH}"),
        (XSD.duration, r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"),
    )
}
_CALENDAR = {str(XSD.date): "{}", str(XSD.gMonthDay): "2000{}"}  # 2000 is a leap year


def well_formed(literal: ox.Literal) -> bool:
    """Whether the literal's lexical form is one that its datatype allows; true of datatypes unknown here."""
    return _well_formed(literal.value, literal.datatype.value)


def number(literal: ox.Literal) -> Decimal | None:
    """Return the value of a well-formed xsd:decimal or xsd:integer, else None."""
    numeric = literal.datatype.value in (str(XSD.decimal), str(XSD.integer)) and well_formed(literal)
    return Decimal(literal.value) if numeric else None


@lru_cache(maxsize=8192)
def _well_formed(lexical: str, datatype: str) -> bool:
    form = _FORMS.get(datatype)
    if form is not None and not form.fullmatch(lexical):
        return False
    return datatype not in _CALENDAR or _in_calendar(_CALENDAR[datatype].format(lexical.removeprefix("-")))


def _in_calendar(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
