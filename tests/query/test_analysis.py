"""Analysts ask a store and an endpoint from Python in the same way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

import regiograph
from regiograph.analysis import KnowledgeGraph
from regiograph.errors import EndpointError, QueryError, StoreError
from regiograph.query import catalogue, local
from regiograph.query.remote import Endpoint
from regiograph.query.results import Graph, Table, Verdict
from regiograph.rdf.store import Store

NETWORKS = "SELECT ?n { ?n a rg:Network }"


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample store on disk."""
    path = tmp_path_factory.mktemp("analysis") / "store"
    with Store.open(path, min_confidence=0.5) as copy:
        copy.quads.load(store.quads.dump(format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
    return path


@pytest.fixture(params=["store", "endpoint"])
def graph(request: pytest.FixtureRequest, folder: Path) -> Iterator[KnowledgeGraph]:
    """The sample graph, opened from its folder and from Oxigraph's server."""
    place: str | Path = folder
    if request.param == "endpoint":
        served: Endpoint = request.getfixturevalue("oxigraph")
        place = served.url
    with regiograph.open(place) as opened:
        yield opened


def test_a_question_of_the_catalogue_is_asked_by_name(graph: KnowledgeGraph) -> None:
    """Parameters are keywords, with names of entities and dates as people write them."""
    answer = graph.query("officials", place="tomsk REGION", at=2015)
    assert isinstance(answer, Table)
    assert [(row["personLabel"], row["role"]) for row in answer] == [("Anna Orlova", "Governor")]
    assert graph.query("officials", place="Tomsk region", at=date(2015, 6, 11)) == answer


def test_a_parameter_that_is_a_keyword_has_an_underscore(graph: KnowledgeGraph) -> None:
    """Python has words of its own; both ways of writing mean the parameter `from`."""
    after = graph.query("timeline", entity="Tomsk region", from_="2012", until=None)
    assert after == graph.query("timeline", entity="Tomsk region", **{"from": "2012"})
    assert isinstance(after, Table)
    assert min(str(row["date"]) for row in after) >= "2012"


def test_any_sparql_is_answered_and_may_be_cut_off(graph: KnowledgeGraph) -> None:
    """The prefixes of the ontology need no declaration; each form has its answer."""
    whole, cut = graph.query(NETWORKS), graph.query(NETWORKS, limit=1)
    assert isinstance(whole, Table)
    assert isinstance(cut, Table)
    assert (len(whole), whole.truncated, len(cut), cut.truncated) == (2, False, 1, True)
    assert cut.rows[0] == whole.rows[0]
    assert isinstance(graph.query("CONSTRUCT { ?n a rg:Network } WHERE { ?n a rg:Network }"), Graph)
    assert graph.query("ASK { ?n a rg:Network }")
    assert graph.query("ASK { ?n a rg:Nothing }") == Verdict(False)
    assert not graph.query("ASK { ?n a rg:Nothing }")


def test_a_question_of_ones_own_is_asked_by_its_path(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """A file with a header takes parameters as the catalogue does."""
    own = tmp_path / "own.rq"
    own.write_text(
        "# Members\n# param of entity Tokyo - the network\nSELECT ?x { VALUES ?of { UNDEF } ?x rg:memberOf ?of }"
    )
    answer = graph.query(own, of="Asian Cities Network")
    assert isinstance(answer, Table)
    assert len(answer) == 2


@pytest.mark.parametrize(
    ("question", "given", "complaint"),
    [
        ("oficials", {}, "no question is called 'oficials'; did you mean officials"),
        ("members", {}, "members needs the parameter 'network'; for example: "),
        ("members", {"network": "Asian Cities"}, "nothing is called 'Asian Cities'; did you mean"),
        ("members", {"networks": "Asian Cities Network"}, "members has no parameter 'networks'; it has: network"),
        ("officials", {"at": "soon"}, "parameter at: 'soon' is no date"),
        (NETWORKS, {"place": "Tokyo"}, "SPARQL takes no parameters, such as 'place'"),
        (NETWORKS, {"limit": 0}, "a limit is 1 or more, not 0"),
        ("INSERT DATA { <a:b> <a:c> 1 }", {}, "INSERT is an update, and questions only read"),
    ],
)
def test_what_cannot_be_asked_is_told(graph: KnowledgeGraph, question: str, given: dict, complaint: str) -> None:
    """The errors are those of the command line."""
    with pytest.raises(QueryError, match=complaint):
        graph.query(question, **given)


def test_the_catalogue_is_at_hand(graph: KnowledgeGraph) -> None:
    """Names, titles and parameters of all questions."""
    assert graph.queries() == catalogue.questions()


def test_a_store_can_be_taken_whole(folder: Path) -> None:
    """As rdflib has it, and as networkx has it; nothing can be written."""
    with regiograph.open(str(folder)) as opened:
        assert repr(opened) == f"<graph in {folder}>"
        assert len(opened.graph()) > 100
        tied = {str(attributes["label"]) for _, attributes in opened.network().nodes(data=True)}
        with pytest.raises(RuntimeError, match="read-write"):
            opened.graph().update("INSERT DATA { <a:b> <a:c> 1 }")
    assert {"Anna Orlova", "Asian Cities Network"} <= tied
    with pytest.raises(StoreError, match="closed"):
        opened.query(NETWORKS)


def test_an_endpoint_cannot_be_taken_whole(oxigraph: Endpoint) -> None:
    """It answers questions; the error says so."""
    elsewhere = regiograph.open(oxigraph.url)
    for take in (elsewhere.graph, elsewhere.network):
        with pytest.raises(StoreError, match="is an endpoint, which answers questions"):
            take()


def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A wrong path makes no new store; a wrong address is refused."""
    with pytest.raises(StoreError, match="there is no store in"):
        regiograph.open(tmp_path / "nowhere")
    assert not any(tmp_path.iterdir())
    with pytest.raises(EndpointError, match="give user and password apart"):
        regiograph.open("http://me:secret@127.0.0.1/query")


def test_nothing_heavy_is_imported_before_it_is_wanted() -> None:
    """`import regiograph` is for every script; a store that is asked wants neither pandas nor networkx."""
    program = """
import sys
from regiograph import open
heavy = {"pyoxigraph", "rdflib", "pandas", "networkx", "numpy", "SPARQLWrapper", "click"}
assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()
import regiograph.analysis
assert not {"pandas", "networkx", "numpy", "SPARQLWrapper", "click"} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_rows_are_those_of_the_store(folder: Path) -> None:
    """What Python is given is what the store holds."""
    with regiograph.open(folder) as opened, Store.open(folder, read_only=True) as store:
        assert opened.query(NETWORKS) == local.run(store, NETWORKS)
