"""Answers in other programs' formats, byte by byte."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.errors import QueryError
from regiograph.query.results import Graph, Table, Verdict
from regiograph.query.writing import FORMATS, write

GOLDEN = Path(__file__).parents[1] / "golden" / "query"
XSD = "http://www.w3.org/2001/XMLSchema#"
NODE = ox.NamedNode("https://w3id.org/regiograph/id/region/tomsk-region")


def typed(lexical: str, datatype: str) -> ox.Literal:
    """Return a literal of an XML Schema datatype."""
    return ox.Literal(lexical, datatype=ox.NamedNode(XSD + datatype))


TABLE = Table(
    ("entity", "label", "value", "since", "sure"),
    (
        (
            NODE,
            ox.Literal('Tomsk, "the" region'),
            typed("-4000000000", "decimal"),
            typed("2012", "gYear"),
            typed("true", "boolean"),
        ),
        (ox.BlankNode("b1"), ox.Literal("Томск\n東京", language="ru"), typed("0.95", "decimal"), None, None),
        (NODE, ox.Literal("=cmd|' /C calc'!A0"), typed("7", "integer"), None, typed("false", "boolean")),
        (NODE, ox.Literal("tab\there"), None, None, None),
    ),
)
GRAPH = Graph(
    (
        ox.Triple(NODE, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.Literal("Tomsk region")),
        ox.Triple(NODE, ox.NamedNode("https://w3id.org/regiograph/ontology#memberOf"), ox.NamedNode("a:network")),
    )
)


@pytest.mark.parametrize("syntax", [name for name in FORMATS if name != "ttl"])
def test_a_table_is_written_as_it_always_was(syntax: str) -> None:
    """The golden files are read by spreadsheets, by SPARQL clients and by line-wise tools."""
    assert write(TABLE, syntax).encode("utf-8") == (GOLDEN / f"table.{syntax}").read_bytes()


@pytest.mark.parametrize("syntax", FORMATS)
def test_a_graph_is_written_as_it_always_was(syntax: str) -> None:
    """As Turtle, and as a table of its triples in the other formats."""
    assert write(GRAPH, syntax).encode("utf-8") == (GOLDEN / f"graph.{syntax}").read_bytes()


@pytest.mark.parametrize(
    ("syntax", "written"),
    [("csv", "true\r\n"), ("tsv", "true\n"), ("json", '{"head": {}, "boolean": true}\n'), ("jsonl", "true\n")],
)
def test_a_verdict_is_yes_or_no(syntax: str, written: str) -> None:
    """ASK has a form of its own in SPARQL's JSON."""
    assert write(Verdict(True), syntax) == written


@pytest.mark.parametrize("answer", [TABLE, Verdict(False)])
def test_turtle_is_for_graphs(answer: Table | Verdict) -> None:
    """A table is no graph; the message offers what it can be."""
    with pytest.raises(QueryError, match="take csv, tsv, json or jsonl"):
        write(answer, "ttl")


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    """The list of formats is in the message."""
    with pytest.raises(QueryError, match="unknown format 'xlsx'; there are: csv, tsv, json, jsonl, ttl"):
        write(TABLE, "xlsx")


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1", "＝1", '=HYPERLINK("x")'],
)
def test_a_spreadsheet_never_meets_a_formula(formula: str) -> None:
    """HOSTILE 44: a cell that one could take for a formula is set apart by an apostrophe; JSON and TSV keep it."""
    table = Table(("x",), ((ox.Literal(formula),),))
    rows = list(csv.reader(io.StringIO(write(table, "csv"), newline="")))
    assert rows[1] == ["'" + formula]
    assert json.loads(write(table, "jsonl")) == {"x": formula}
    assert json.loads(write(table, "json"))["results"]["bindings"][0]["x"]["value"] == formula
    assert write(table, "tsv").splitlines()[1] == str(ox.Literal(formula))


def test_a_negative_number_stays_a_number() -> None:
    """HOSTILE 44: numbers are no formulas."""
    assert write(Table(("x",), ((typed("-3", "integer"),),)), "csv") == "x\r\n-3\r\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=5))
def test_rows_survive_every_format(cells: list[str]) -> None:
    """Whatever a cell holds, it breaks no row and no object."""
    table = Table(tuple(f"c{i}" for i in range(len(cells))), (tuple(map(ox.Literal, cells)),))
    assert len(write(table, "tsv").removesuffix("\n").split("\n")) == 2
    assert list(json.loads(write(table, "jsonl")).values()) == cells
    row = next(iter(csv.reader(io.StringIO(write(table, "csv").partition("\r\n")[2], newline=""))))
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]


def test_a_table_for_people_shows_labels_for_iris() -> None:
    """`x` gives way to `xLabel`, under its name."""
    table = Table(("place", "placeLabel", "n"), ((NODE, ox.Literal("Tomsk region"), None),), truncated=True)
    assert table.readable() == Table(("place", "n"), ((ox.Literal("Tomsk region"), None),), truncated=True)
    assert table.texts() == ((NODE.value, "Tomsk region", ""),)
