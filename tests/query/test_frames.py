"""Answers as DataFrames: each column has the type of its cells."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pandas as pd
import pyoxigraph as ox
import pytest

from regiograph.query.results import Graph, Table

XSD = "http://www.w3.org/2001/XMLSchema#"


def column(*cells: tuple[str, str] | str | None) -> Table:
    """Return a table of one column: (words, datatype) for literals, words for IRIs, None for unbound."""
    terms = (
        ox.NamedNode(cell)
        if isinstance(cell, str)
        else cell and ox.Literal(cell[0], datatype=ox.NamedNode(XSD + cell[1]))
        for cell in cells
    )
    return Table(("x",), tuple((term,) for term in terms))


@pytest.mark.parametrize(
    ("cells", "kind", "values"),
    [
        ([("7", "integer"), None, ("-2", "nonPositiveInteger")], "Int64", [7, pd.NA, -2]),
        ([("0.5", "decimal"), ("7", "integer"), None], "Float64", [0.5, 7.0, pd.NA]),
        ([("1e3", "double"), ("INF", "float")], "Float64", [1000.0, float("inf")]),
        ([("9" * 30, "integer")], "Float64", [1e30]),
        ([("true", "boolean"), ("0", "boolean"), None], "boolean", [True, False, pd.NA]),
        ([("2015-06-08", "date"), None], "datetime64[s]", [pd.Timestamp("2015-06-08"), pd.NaT]),
        ([("0987-01-02", "date")], "datetime64[s]", [pd.Timestamp("0987-01-02")]),
        ([("2015-06-08", "date"), ("2015-06", "gYearMonth")], "string", ["2015-06-08", "2015-06"]),
        ([("2015-06-08Z", "date")], "string", ["2015-06-08Z"]),
        ([("2015-02-30", "date")], "string", ["2015-02-30"]),
        ([("1_000", "integer")], "string", ["1_000"]),
        (["a:b", None, ("Tomsk", "string")], "string", ["a:b", pd.NA, "Tomsk"]),
        (["a:b", ("7", "integer")], "string", ["a:b", "7"]),
        ([None, None], "string", [pd.NA, pd.NA]),
        ([], "string", []),
    ],
)
def test_a_column_has_one_type(cells: list, kind: str, values: list) -> None:
    """Numbers are numbers, days are days; what is mixed, partial or malformed stays words; unbound is NA."""
    found = column(*cells).to_pandas()["x"]
    assert str(found.dtype) == kind
    assert found.equals(pd.Series(pd.array(values, dtype=kind), name="x"))


def test_a_column_of_numbers_can_be_added_up() -> None:
    """Unbound cells do not count."""
    assert column(("250000000", "decimal"), None, ("0.5", "decimal")).to_pandas()["x"].sum() == 250000000.5


def test_labels_stand_beside_iris_or_in_their_place() -> None:
    """`readable` is for eyes, the rest for joins."""
    table = Table(("one", "oneLabel", "n"), ((ox.NamedNode("a:b"), ox.Literal("B"), ox.Literal(1)),))
    assert list(table.to_pandas().columns) == ["one", "oneLabel", "n"]
    assert table.to_pandas(readable=True).to_dict("records") == [{"one": "B", "n": 1}]


def test_a_table_without_columns_keeps_its_rows() -> None:
    """`SELECT * {}` has one row that holds nothing."""
    assert Table((), ((),)).to_pandas().shape == (1, 0)


def test_a_graph_is_a_frame_of_triples() -> None:
    """Its columns are subject, predicate and object."""
    triple = ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(7))
    assert Graph((triple,)).to_pandas().to_dict("records") == [{"subject": "a:s", "predicate": "a:p", "object": 7}]


def test_rows_have_plain_values_by_column() -> None:
    """Iteration gives exact decimals, None for unbound, and dates in words, whatever their precision."""
    cells = (ox.Literal("0.10", datatype=ox.NamedNode(XSD + "decimal")), None, ox.Literal(True), ox.NamedNode("a:b"))
    day = ox.Literal("2015-06-08", datatype=ox.NamedNode(XSD + "date"))
    (row,) = Table(("sum", "to", "sure", "class", "day"), ((*cells, day),))
    assert row == {"sum": Decimal("0.10"), "to": None, "sure": True, "class": "a:b", "day": "2015-06-08"}
    assert str(row["sum"]) == "0.10"


def test_without_pandas_the_error_says_how_to_install_it() -> None:
    """pandas is an extra."""
    program = """
import sys
sys.modules["pandas"] = None
from regiograph.errors import NotInstalledError
from regiograph.query.results import Table
try:
    Table((), ()).to_pandas()
except NotInstalledError as e:
    print(e)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "a DataFrame needs pandas: pip install 'regiograph[pandas]'\n"
