"""A bound on the rows of a query, put into its text."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.query.capping import capped

MOST = 3


@pytest.fixture(scope="module")
def numbers() -> ox.Store:
    """Ten numbers, twice."""
    store = ox.Store()
    for number in range(10):
        for which in ("a:one", "a:two"):
            store.add(ox.Quad(ox.NamedNode(which), ox.NamedNode("a:has"), ox.Literal(number)))
    return store


@pytest.mark.parametrize(
    ("query", "bounded"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o } LIMIT 3"),
        ("SELECT*{}", "SELECT*{} LIMIT 3"),
        ("SELECT * WHERE { { } }", "SELECT * WHERE { { } } LIMIT 3"),
        ("SELECT * {} LIMIT 2", "SELECT * {} LIMIT 2"),
        ("SELECT * {} limit 5", "SELECT * {} limit 3"),
        ("SELECT * {} LIMIT 5 OFFSET 2", "SELECT * {} LIMIT 3 OFFSET 2"),
        ("SELECT * {} OFFSET 2 LIMIT 5", "SELECT * {} OFFSET 2 LIMIT 3"),
        ("SELECT * {} OFFSET 2", "SELECT * {} OFFSET 2 LIMIT 3"),
        ("SELECT * {} LIMIT # 2\n 5", "SELECT * {} LIMIT # 2\n 3"),
        ("SELECT * {} # LIMIT 2", "SELECT * {} LIMIT 3 # LIMIT 2"),
        ("SELECT * {} #", "SELECT * {} LIMIT 3 #"),
        ("SELECT * { { SELECT * {} LIMIT 9 } }", "SELECT * { { SELECT * {} LIMIT 9 } } LIMIT 3"),
        ("SELECT * {} VALUES ?x { 1 }", "SELECT * {} LIMIT 3 VALUES ?x { 1 }"),
        ("SELECT * {} LIMIT 7 VALUES ?x { 1 }", "SELECT * {} LIMIT 3 VALUES ?x { 1 }"),
        ("SELECT * {} ORDER BY ?x VALUES ?x { 1 }", "SELECT * {} ORDER BY ?x LIMIT 3 VALUES ?x { 1 }"),
        ("SELECT * {} VALUES (?x) { (1) } #", "SELECT * {} LIMIT 3 VALUES (?x) { (1) } #"),
        ("SELECT * { ?s ?p 'LIMIT 2' }", "SELECT * { ?s ?p 'LIMIT 2' } LIMIT 3"),
        ("SELECT * { ?s <a:#'> '}' } ", "SELECT * { ?s <a:#'> '}' } LIMIT 3 "),
        ("SELECT * { ?s ?p '''}\n LIMIT 2''' }", "SELECT * { ?s ?p '''}\n LIMIT 2''' } LIMIT 3"),
        ("PREFIX limit: <l:> SELECT * { ?s limit:x ?o }", "PREFIX limit: <l:> SELECT * { ?s limit:x ?o } LIMIT 3"),
        ("PREFIX select: <l:> ASK {}", "PREFIX select: <l:> ASK {}"),
        ("SELECT (1 AS ?limit) {} ORDER BY ?limit", "SELECT (1 AS ?limit) {} ORDER BY ?limit LIMIT 3"),
        ("SELECT (EXISTS { ?s ?p ?o } AS ?x) {}", "SELECT (EXISTS { ?s ?p ?o } AS ?x) {} LIMIT 3"),
        ("SELECT ?x FROM <limit> {} GROUP BY ?x", "SELECT ?x FROM <limit> {} GROUP BY ?x LIMIT 3"),
        (
            "SELECT ?x {} GROUP BY ?x HAVING (1) ORDER BY (1)",
            "SELECT ?x {} GROUP BY ?x HAVING (1) ORDER BY (1) LIMIT 3",
        ),
        ("SELECT ?x {} ORDER BY EXISTS { } ", "SELECT ?x {} ORDER BY EXISTS { } LIMIT 3 "),
        ("SELECT * { ?s ?p ?o", "SELECT * { ?s ?p ?o"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"),
        ("DESCRIBE ?s { { SELECT * {} } }", "DESCRIBE ?s { { SELECT * {} } }"),
        ("", ""),
    ],
)
def test_a_limit_is_added_or_lowered(query, bounded):
    """Where the grammar has its place, and nowhere else."""
    assert capped(query, MOST) == bounded


@st.composite
def queries(draw: st.DrawFn) -> tuple[str, bool]:
    """Return a query for the numbers above, and whether it puts its rows in order."""
    note = st.sampled_from(["", " ", " # LIMIT 1 }\n", "\n"])
    prologue = draw(st.sampled_from(["", "PREFIX limit: <a:> ", "# SELECT\n", "BASE <http://limit/#> "]))
    where = draw(
        st.sampled_from(
            [
                "?s <a:has> ?n",
                "{ SELECT * { ?s ?p ?n } ORDER BY ?n ?s LIMIT 7 }",
                "?s ?p ?n FILTER(STR(?n) != '} LIMIT 1')",
                "?s ?p ?n FILTER(?n<5&&?n>1)",
                '?s ?p ?n MINUS { ?s ?p """\n}LIMIT 2""" }',
                "?s ?p ?n . BIND('limit' AS ?limit) FILTER(EXISTS { ?s ?p ?n })",
                "?s ?p ?n FILTER(<a:#'> != ?s)",
            ]
        )
    )
    ordered = draw(st.booleans())
    grouped = draw(st.booleans())
    kind = "?s ?n" if grouped else draw(st.sampled_from(["*", "?n ?s", "DISTINCT ?n ?s", "(?n + 1 AS ?LIMIT) ?s ?n"]))
    parts = [f"{prologue}SELECT {kind}", draw(st.sampled_from(["", "WHERE"])), f"{{ {where} }}"]
    parts += ["GROUP BY ?s ?n"] * grouped
    parts += ["HAVING (COUNT(*) > 0)"] * (grouped and draw(st.booleans()))
    parts += ["ORDER BY DESC(?n) ?s"] * ordered
    numbers = st.sampled_from([0, 1, 2, 3, 4, 9, 50])
    limits = [f"LIMIT {n}" for n in draw(st.lists(numbers, max_size=1))]
    limits += [f"OFFSET {n}" for n in draw(st.lists(numbers, max_size=1))]
    parts += draw(st.permutations(limits))
    parts += [draw(st.sampled_from(["", "VALUES ?s { <a:one> }", "VALUES (?s ?x) { (<a:two> 'LIMIT') (UNDEF 1) }"]))]
    return "".join(part + (draw(note) or " ") for part in parts), ordered


@given(queries(), st.integers(1, 12))
def test_the_first_rows_stay(numbers, generated, most):
    """A bounded query has the first rows of the whole where they have an order, and never more than the bound."""
    query, ordered = generated
    whole = [tuple(map(str, row)) for row in numbers.query(query)]
    bounded = [tuple(map(str, row)) for row in numbers.query(capped(query, most))]
    if "VALUES" in query:  # joins after LIMIT, says the grammar of old; the engine joins before
        assert len(bounded) <= most
    elif ordered:
        assert bounded == whole[:most]
    assert len(bounded) == min(most, len(whole))
    assert capped(capped(query, most), most) == capped(query, most)


@given(st.text("SELECT{}()LIMIT5 OFSVAU#\n'\"<>?:", max_size=50), st.integers(1, 9))
def test_any_text_is_taken(text, most):
    """What is no query comes back, or with a LIMIT; the engine says what is wrong with it."""
    assert len(capped(text, most)) >= len(text) - 50
