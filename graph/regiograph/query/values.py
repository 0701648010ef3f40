"""What people type for a parameter, made an RDF term of the parameter's type."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from regiograph.errors import QueryError, TermError
from regiograph.query.results import Term
from regiograph.rdf import nodes
from regiograph.terms import Modality, Predicate


def _date(value: str) -> Term:
    if (date := nodes.partial_date(value)) is None:
        raise TermError(f"{value!r} is no date; write 2015, 2015-06 or 2015-06-08")
    return date


def _year(value: str) -> Term:
    if len(value) != len("2015") or (year := nodes.partial_date(value)) is None:
        raise TermError(f"{value!r} is no year")
    return year


def _one_of(names: Sequence[str], value: str) -> Term:
    if value in names:
        return nodes.rg(value)
    close = difflib.get_close_matches(value, names, cutoff=0.5) or names
    raise TermError(f"{value!r} is none of: {', '.join(close)}")


# "entity" needs a store to look in, so it has no reader here: see lookup.
_READERS: Mapping[str, Callable[[str], Term]] = MappingProxyType(
    {
        "text": nodes.text,
        "integer": nodes.integer,
        "decimal": nodes.decimal,
        "date": _date,
        "year": _year,
        "relation": lambda value: _one_of(tuple(Predicate), value),
        "modality": lambda value: _one_of(tuple(Modality), value),
    }
)
ENTITY = "entity"
TYPES = (ENTITY, *_READERS)


def value(kind: str, words: str, *, parameter: str) -> Term:
    """Return what was typed as a term of the type `kind` (any of `TYPES` but "entity").

    Raises:
        QueryError: it is no value of that type; the message names the parameter.
    """
    try:
        return _READERS[kind](words)
    except TermError as e:
        raise QueryError(f"parameter {parameter}: {e}") from e
