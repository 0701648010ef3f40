"""Dates, intervals and periods (EDTF) as RDF, as precise as the text is and no more."""

from __future__ import annotations

from regiograph.errors import TermError
from regiograph.rdf.nodes import TYPE, Term, duration, partial_date, term, text
from regiograph.rdf.statements import Part, Statement
from regiograph.rdf.vocabulary import TIME

_OPEN = ("", "..")
_INSTANT = {
    "gYear": term(TIME.inXSDgYear),
    "gYearMonth": term(TIME.inXSDgYearMonth),
    "date": term(TIME.inXSDDate),
}


def moment(edtf: str, path: str) -> tuple[Term | Part, tuple[Statement, ...]]:
    """Return the value of a date or interval, and the statements about its parts, which lie at `path`.

    A date becomes a literal, an interval a time:ProperInterval; the open end of "../2020" is left out.

    Raises:
        TermError: `edtf` is neither a date nor an interval.
    """
    if "/" in edtf:
        return Part(path), tuple(_interval(edtf, path))
    if (literal := partial_date(edtf)) is None:
        raise TermError(f"neither a date nor an interval: {edtf!r}")
    return literal, ()


def period(value: str, path: str) -> tuple[Term | Part, tuple[Statement, ...]]:
    """Return what a period says: an interval, a date, a duration ("P5Y"), or the words that it is in ("annual").

    Raises:
        TermError: it looks like an interval or a date, and is none.
    """
    if (lasting := duration(value)) is not None:
        return lasting, ()
    return (text(value), ()) if value[:1].isalpha() else moment(value, path)


def _interval(edtf: str, path: str) -> list[Statement]:
    ends = edtf.split("/")
    if len(ends) != 2 or all(end in _OPEN for end in ends):
        raise TermError(f"not an interval: {edtf!r}")
    statements = [Statement(path, TYPE, term(TIME.ProperInterval))]
    for end, name in zip(ends, ("Beginning", "End"), strict=True):
        if end not in _OPEN:
            instant = f"{path}/{name.lower()}"
            statements.append(Statement(path, term(TIME[f"has{name}"]), Part(instant)))
            statements.extend(_instant(end, instant))
    return statements


def _instant(value: str, path: str) -> list[Statement]:
    literal = partial_date(value)
    kind = None if literal is None else literal.datatype.value.rpartition("#")[2]
    if literal is None or kind not in _INSTANT:
        raise TermError(f"not the end of an interval: {value!r}")
    return [Statement(path, TYPE, term(TIME.Instant)), Statement(path, _INSTANT[kind], literal)]
