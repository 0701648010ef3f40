"""Rows without an order of their own come in the order of their words."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.query import local
from regiograph.query.ordering import in_order, leading
from regiograph.rdf.store import Store

TERMS = st.sampled_from(
    [
        None,
        ox.NamedNode("a:b"),
        ox.NamedNode("a:b-c"),
        ox.Literal("a:b"),
        ox.Literal("a:b", language="en"),
        ox.Literal("a:b", datatype=ox.NamedNode("a:type")),
        ox.Literal(""),
        ox.Literal("\0"),
        ox.BlankNode("b"),
        ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("x")),
    ]
)
ROWS = st.lists(st.tuples(TERMS, TERMS), max_size=12)


@given(ROWS, st.randoms())
def test_the_order_of_rows_depends_on_nothing_but_the_rows(rows: list, chance: random.Random) -> None:
    """Terms of the same words but another kind, datatype or language keep no order of storage either."""
    shuffled = chance.sample(rows, len(rows))
    assert in_order(shuffled) == in_order(rows)
    assert sorted(map(str, in_order(rows))) == sorted(map(str, rows))


@given(ROWS, st.integers(1, 13))
def test_what_leads_is_the_beginning_of_the_whole(rows: list, limit: int) -> None:
    """And it is said whether there is more."""
    assert leading(iter(rows), limit, ordered=False) == (tuple(in_order(rows)[:limit]), len(rows) > limit)
    assert leading(iter(rows), limit, ordered=True) == (tuple(rows[:limit]), len(rows) > limit)


def test_a_short_name_goes_before_a_longer_one() -> None:
    """Cell by cell, by the words alone."""
    rows = [(ox.NamedNode("a:tomsk-region"), ox.Literal("1")), (ox.NamedNode("a:tomsk"), ox.Literal("2"))]
    assert in_order(rows) == rows[::-1]


def test_rows_without_cells_are_kept() -> None:
    """`SELECT * {}` has one."""
    assert leading([()], None, ordered=False) == (((),), False)
    assert leading([()], 1, ordered=False) == (((),), False)


@pytest.mark.parametrize("tail", ["", " # ORDER BY ?s", " LIMIT 40"])
def test_an_order_within_a_sub_select_is_none_of_the_whole(tail: str) -> None:
    """Rows are sorted unless the query itself orders them, outside of every brace and comment."""
    inner = "SELECT ?s { { SELECT ?s { ?s <a:p> ?o } ORDER BY DESC(?o) LIMIT 50 } }" + tail
    with Store.open(None) as opened:
        opened.quads.update("INSERT DATA { " + " ".join(f"<a:s{i}> <a:p> {i} ." for i in range(10, 50)) + " }")
        found = [row[0] for row in local.select(opened, inner).texts()]
        turned = [row[0] for row in local.select(opened, "SELECT ?s { ?s <a:p> ?o } order by desc(?o)").texts()]
    assert found == sorted(found) == turned[::-1]
