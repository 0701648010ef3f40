"""A notebook shows an answer as a table."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from lxml import html
from rdflib import Literal, URIRef

from regiograph.errors import QueryError
from regiograph.query.results import Graph, Table
from regiograph.query.showing import ROWS

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
EVIL = '<img src=x onerror=alert(1)></td><script>alert("x")</script>&amp; $1$'


def cells(shown: str, kind: str = "td") -> list[str]:
    """Return what stands in the cells of a table."""
    return [cell.text_content() for cell in html.fragment_fromstring(shown, create_parent=True).iter(kind)]


def test_a_table_is_shown_with_labels_in_place_of_iris() -> None:
    """As the command line prints it."""
    table = Table(("one", "oneLabel", "n"), ((ox.NamedNode("a:b"), ox.Literal("B"), None),))
    assert cells(table._repr_html_(), "th") == ["one", "n"]
    assert cells(table._repr_html_()) == ["B", ""]
    assert "<p>1 row</p>" in table._repr_html_()
    assert repr(table) == "<Table of 1 row: one, oneLabel, n>"


def test_words_are_words_and_no_markup() -> None:
    """HOSTILE 71 and 73: names from articles, in cells and in names of columns, and IRIs that would run."""
    table = Table(("x",), ((ox.Literal(EVIL),), (ox.NamedNode("javascript:alert(1)"),)))
    shown = html.fragment_fromstring(table._repr_html_(), create_parent=True)
    assert {element.tag for element in shown.iter()} == {"div", "table", "thead", "tbody", "tr", "th", "td", "p"}
    assert cells(table._repr_html_()) == [EVIL, "javascript:alert(1)"]
    assert "mathjax_ignore" in table._repr_html_()


@pytest.mark.parametrize(
    ("rows", "truncated", "note"),
    [
        (ROWS, False, f"{ROWS} rows"),
        (1000, False, f"The first {ROWS} of 1,000 rows"),
        (2, True, "2 rows; there are more, cut off by the limit"),
    ],
)
def test_a_long_table_is_cut_and_says_so(rows: int, truncated: bool, note: str) -> None:
    """What is not shown is told."""
    shown = Table(("x",), tuple((ox.Literal(i),) for i in range(rows)), truncated)._repr_html_()
    assert len(cells(shown)) == min(rows, ROWS)
    assert shown.endswith(f"<p>{note}</p>")


def test_a_graph_is_shown_and_is_a_graph_of_rdflib() -> None:
    """Terms keep their spelling, datatype and language."""
    subject, predicate = ox.NamedNode("a:s"), ox.NamedNode("a:p")
    seven = ox.Literal("007", datatype=ox.NamedNode(INTEGER))
    graph = Graph(
        tuple(ox.Triple(subject, predicate, each) for each in (seven, ox.Literal("x", language="en"), subject))
    )
    assert cells(graph._repr_html_())[:3] == ["a:s", "a:p", "007"]
    found = set(graph.to_rdflib().objects(URIRef("a:s"), URIRef("a:p")))
    assert found == {
        Literal("007", datatype=URIRef(INTEGER), normalize=False),
        Literal("x", lang="en"),
        URIRef("a:s"),
    }


def test_triples_about_triples_are_refused_by_name() -> None:
    """rdflib knows none; nothing is lost in silence."""
    inner = ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("x"))
    with pytest.raises(QueryError, match="rdflib knows no triples about triples"):
        Graph((ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), inner),)).to_rdflib()
