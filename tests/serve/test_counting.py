"""The rows of an answer are told from its bytes, whatever its cells hold."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.serve.counting import exceeds
from regiograph.serve.media import RESULTS

PIECES = ["},{", "<result>", "<result/>", "</result>", "\n", "\r\n", '"', '""', ",", "\t", "\\n", "{", "é", " ", "x"]
CELLS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8
)


def answered(rows: list[list[str | None]], columns: int) -> ox.QuerySolutions:
    """Return these rows as the engine's own."""
    terms = [" ".join("UNDEF" if cell is None else str(ox.Literal(cell)) for cell in row) for row in rows]
    names = " ".join(f"?c{i}" for i in range(columns))
    found = ox.Store().query(f"SELECT {names} {{ VALUES ({names}) {{ {' '.join(f'({each})' for each in terms)} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return found


@pytest.mark.parametrize("media", [each.type for each in RESULTS])
@given(
    st.integers(1, 3).flatmap(
        lambda n: st.tuples(
            st.just(n), st.lists(st.lists(st.none() | CELLS, min_size=n, max_size=n), min_size=0, max_size=6)
        )
    )
)
def test_rows_are_counted_in_every_format(media, table):
    """As many as there are, with quotes, line ends and the format's own marks in the cells."""
    columns, rows = table
    body = answered(rows, columns).serialize(format=ox.QueryResultsFormat.from_media_type(media))
    assert body is not None
    for most in range(len(rows) + 2):
        assert exceeds(body, media, most) == (len(rows) > most), body


@pytest.mark.parametrize("media", [each.type for each in RESULTS])
@pytest.mark.parametrize("rows", [0, 1, 3])
def test_rows_without_columns_are_counted(media, rows):
    """A pattern without variables has rows all the same."""
    store = ox.Store()
    for number in range(rows):
        store.add(ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:c"), ox.Literal(number)))
    found = store.query("SELECT * { { SELECT (1 AS ?x) { <a:b> <a:c> ?y } } }")
    body = found.serialize(format=ox.QueryResultsFormat.from_media_type(media))
    assert [exceeds(body, media, most) for most in range(5)] == [rows > most for most in range(5)]
    bare = ox.Store().query("SELECT * {" + " UNION ".join(["{}"] * rows) + "}") if rows else None
    if bare is not None:
        body = bare.serialize(format=ox.QueryResultsFormat.from_media_type(media))
        assert [exceeds(body, media, most) for most in range(5)] == [rows > most for most in range(5)], body
