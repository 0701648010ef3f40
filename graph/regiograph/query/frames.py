"""Answers as pandas DataFrames; pandas is imported when the first one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from regiograph.errors import NotInstalledError
from regiograph.query.cells import Term, text, value
from regiograph.rdf.vocabulary import XSD

if TYPE_CHECKING:
    import pandas as pd

_DAY, _DAY_LENGTH = str(XSD.date), len("2015-06-08")
_LARGEST = 2**63 - 1


def frame(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> pd.DataFrame:
    """Return rows as a DataFrame with a column for each name; an unbound cell is NA, NaT in a column of days.

    A column of integers is Int64, one of other numbers Float64 (the exact decimals stay in the answer), one of truths
    boolean, one of whole days datetime64[s], any other string: IRIs, names, dates of which some are no more than a
    month or a year.

    Raises:
        NotInstalledError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as e:
        raise NotInstalledError("a DataFrame needs pandas: pip install 'regiograph[pandas]'") from e
    typed = {}
    for i, name in enumerate(columns):
        values, kind = _typed([row[i] for row in rows])
        typed[name] = pd.array(values, dtype=kind)
    return pd.DataFrame(typed, columns=list(columns), index=range(len(rows)))


def _typed(cells: Sequence[Term | None]) -> tuple[list[Any], Any]:
    """Return the cells of a column as values of one type, and pandas' name of that type."""
    words = [None if cell is None else text(cell) for cell in cells]
    bound = [each for each in map(value, cells) if each is not None]
    kinds = {type(each) for each in bound}
    if kinds == {bool}:
        return list(map(value, cells)), "boolean"
    if kinds == {int} and all(abs(int(each)) <= _LARGEST for each in bound):
        return list(map(value, cells)), "Int64"
    if kinds and kinds <= {int, Decimal, float}:
        return [None if each is None else float(each) for each in words], "Float64"
    if bound and all(cell is None or _is_day(cell) for cell in cells):
        return words, "datetime64[s]"
    return words, "string"


def _is_day(cell: Term) -> bool:
    if not isinstance(cell, ox.Literal) or cell.datatype.value != _DAY or len(cell.value) != _DAY_LENGTH:
        return False
    try:
        date.fromisoformat(cell.value)
    except ValueError:
        return False
    return True
