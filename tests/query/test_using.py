"""The dataset of an update that is named beside its text."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from regiograph.errors import QueryError, TermError
from regiograph.query.using import using

BOTH = "USING <a:d> USING NAMED <a:n> "


def put(update: str) -> str:
    """Return an update with a dataset."""
    return using(update, ["a:d"], ["a:n"], name="mine")


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", f"DELETE {{ ?s ?p 1 }} {BOTH}WHERE {{ ?s ?p 1 }}"),
        ("INSERT { ?s ?p 2 } where{ ?s ?p 1 }", f"INSERT {{ ?s ?p 2 }} {BOTH}where{{ ?s ?p 1 }}"),
        ("DELETE {} INSERT {} WHERE {}", f"DELETE {{}} INSERT {{}} {BOTH}WHERE {{}}"),
        ("INSERT {} WHERE {} ; INSERT {} WHERE {}", f"INSERT {{}} {BOTH}WHERE {{}} ; INSERT {{}} {BOTH}WHERE {{}}"),
        ("INSERT {} WHERE { { SELECT * WHERE {} } }", f"INSERT {{}} {BOTH}WHERE {{ {{ SELECT * WHERE {{}} }} }}"),
        ("INSERT DATA { <a:b> <a:c> 'WHERE' }", "INSERT DATA { <a:b> <a:c> 'WHERE' }"),
        ("DELETE WHERE { ?s ?p 1 }", "DELETE WHERE { ?s ?p 1 }"),
        ("DELETE # }\nWHERE { ?s ?p 1 }", "DELETE # }\nWHERE { ?s ?p 1 }"),
        ("CLEAR ALL # WHERE", "CLEAR ALL # WHERE"),
        ("PREFIX where: <w:> INSERT {} WHERE {}", f"PREFIX where: <w:> INSERT {{}} {BOTH}WHERE {{}}"),
        ("", ""),
    ],
)
def test_using_goes_before_where(update, expected):
    """Before each WHERE of its own, not before those of sub-queries or of DELETE WHERE."""
    assert put(update) == expected
    ox.Store().update(put(update))  # it is still an update


@pytest.mark.parametrize(
    "update",
    ["WITH <a:g> DELETE {} WHERE {}", "INSERT {} USING <a:g> WHERE {}", "insert {} using named <a:g> where {}"],
)
def test_two_datasets_are_one_too_many(update):
    """The protocol has it that a text with USING or WITH allows none beside it."""
    with pytest.raises(QueryError, match="exclude each other"):
        put(update)
    assert using(update, [], [], name="mine") == update


@pytest.mark.parametrize("graph", ["", "relative", "a:b> WHERE {} ; CLEAR ALL #", "a:b c", "a:\n"])
def test_a_graph_is_an_iri(graph):
    """HOSTILE 31: nothing else gets into the text of the update."""
    for default, named in ([graph], []), ([], [graph]):
        with pytest.raises(TermError):
            using("INSERT {} WHERE {}", default, named, name="mine")


def test_the_dataset_is_what_the_update_reads():
    """The graph named is read, the default graph is written to."""
    store = ox.Store()
    store.update("INSERT DATA { <a:x> <a:p> 1 . GRAPH <a:d> { <a:y> <a:p> 2 } }")
    store.update(using("INSERT { ?s <a:seen> true } WHERE { ?s <a:p> ?o }", ["a:d"], [], name="mine"))
    assert store.query("ASK { <a:y> <a:seen> true }")
    assert not store.query("ASK { <a:x> <a:seen> true }")
