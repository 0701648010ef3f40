"""The network in the formats of other programs."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from press import press
from regiograph.network.facts import COLUMNS, edtf, stated
from regiograph.network.files import EDGE, NODE, flat, write_gexf, write_graphml
from regiograph.network.projection import ALL_FACTS, Fact, Quotation, project
from regiograph.rdf.store import Store
from regiograph.terms import EntityType, Modality, Predicate

WRITERS = {"graphml": write_graphml, "gexf": write_gexf}
NODES = [f"https://example.org/id/{n}" for n in range(4)]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
BETWEEN = st.sampled_from([Predicate.MEMBER_OF, Predicate.MET_WITH, Predicate.OWNED_BY]).map(str)
QUOTATIONS = st.builds(
    Quotation,
    st.sampled_from(["https://example.org/id/article/a", "https://example.org/id/article/b"]),
    TEXT,
    st.none() | st.just("2015-06"),
    st.none() | st.just("https://example.org/?a=1&b=2"),
    st.none() | TEXT,
    TEXT,
    st.just(0),
    st.just(1),
)
FACTS = st.fixed_dictionaries(
    {
        "predicate": BETWEEN,
        "qualifiers": st.dictionaries(st.sampled_from(["role", "in", "qualifier"]), TEXT).map(
            lambda said: tuple(sorted(said.items()))
        ),
        "date": st.none(),
        "modality": st.sampled_from(list(Modality)).map(str),
        "confidence": st.integers(0, 1000).map(lambda n: n / 1000),
        "evidence": st.lists(QUOTATIONS, max_size=2).map(tuple),
    }
)


@st.composite
def networks(draw) -> nx.MultiDiGraph:
    """A projected graph of a few entities with parallel facts and facts about oneself."""
    graph = nx.MultiDiGraph()
    for node in NODES:
        names, kind = tuple(draw(st.lists(TEXT, max_size=2))), draw(st.sampled_from(list(EntityType)))
        graph.add_node(node, label=draw(TEXT), type=str(kind), articles=draw(st.integers(0, 9)), names=names, facts=())
    ends = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), FACTS)
    for number, (source, target, fact) in enumerate(draw(st.lists(ends, max_size=6))):
        graph.add_edge(source, target, f"https://example.org/id/fact/{number}", **fact)
    return graph


def written(graph: nx.MultiDiGraph, form: str) -> bytes:
    """Return the bytes of a file."""
    out = io.BytesIO()
    WRITERS[form](graph, out)
    return out.getvalue()


def reread(data: bytes, form: str) -> nx.MultiDiGraph:
    """Return what networkx reads; what GEXF has in two places is taken from one."""
    if form == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    graph = nx.MultiDiGraph()
    read = nx.read_gexf(io.BytesIO(data))
    graph.add_nodes_from(read.nodes(data=True))
    for source, target, known in read.edges(data=True):
        graph.add_edge(source, target, known.pop("id"), **known)
    return graph


@pytest.fixture
def projected():
    """The network of the sample press."""
    with Store.open(None, min_confidence=0.5) as store:
        for draft in press():
            store.put(draft.extraction())
        yield project(store.quads, facts_at_most=ALL_FACTS)


def attribute_types(data: bytes) -> dict[tuple[str, str], str]:
    """Return the declared type of each attribute, by what has it and its name."""
    found = {}
    for element in ET.fromstring(data).iter():
        if element.tag.endswith("}key"):
            found[element.get("for"), element.get("attr.name")] = element.get("attr.type")
        for each in element if element.tag.endswith("}attributes") else ():
            found[element.get("class"), each.get("title")] = each.get("type")
    return found


@pytest.mark.parametrize("form", WRITERS)
@given(networks())
def test_a_file_reads_back_as_the_same_network(form, network):
    """Nodes, edges with their keys and parallels, and all attributes come back, whatever is in the words."""
    graph = flat(network).graph
    again = reread(written(graph, form), form)
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    edges = {key: (source, target, data) for source, target, key, data in graph.edges(keys=True, data=True)}
    assert {k: (s, t, data) for s, t, k, data in again.edges(keys=True, data=True)} == edges


@pytest.mark.parametrize("form", WRITERS)
def test_the_sample_reads_back(projected, form):
    """What a store holds is in the file: each fact between entities is an edge under its IRI."""
    graph = flat(projected).graph
    again = reread(written(graph, form), form)
    assert set(again) == set(projected)
    assert {key for *_, key in again.edges(keys=True)} == {key for *_, key in projected.edges(keys=True)}


def test_an_edge_says_what_its_fact_says(projected):
    """Predicate and its words, qualifiers by name, how many articles, the newest sentence and its address."""
    (edge,) = (
        data
        for *_, data in flat(projected).graph.edges(data=True)
        if data.get("since") == "2012" and data["predicate"] == "memberOf"
    )
    assert edge == {
        "predicate": "memberOf",
        "label": "is a member of",
        "modality": "asserted",
        "confidence": 0.9,
        "articles": 1,
        "since": "2012",
        "sentence": "Tomsk region memberOf Asian Cities Network since 2012 (asserted, positive).",
        "url": "https://example.org/mission",
    }


@pytest.mark.parametrize("form", WRITERS)
def test_attributes_are_declared_alike_in_every_file(projected, form):
    """A program that reads two files finds the same columns of the same types, in an empty one too."""
    full, empty = (
        attribute_types(written(flat(projected).graph, form)),
        attribute_types(written(flat(nx.MultiDiGraph()).graph, form)),
    )
    assert full == empty
    own = {"label"} if form == "gexf" else set()
    wanted = {("node", name) for name in NODE} | {("edge", name) for name in EDGE}
    assert set(full) == {(scope, name) for scope, name in wanted if name not in own}
    assert full["edge", "confidence"] == "double"


@pytest.mark.parametrize("form", WRITERS)
def test_characters_that_xml_has_none_of_are_replaced_and_counted(form):
    """HOSTILE 7: a control character in a name costs itself and not the file."""
    graph = nx.MultiDiGraph()
    graph.add_node("a:b", label="A\x00B\x1b\ufffe\ud800", type="City", articles=1, names=("\x07",), facts=())
    made = flat(graph)
    assert made.replaced == 5
    again = reread(written(made.graph, form), form)
    assert again.nodes["a:b"]["label"] == "A\ufffdB\ufffd\ufffd\ufffd"


@pytest.mark.parametrize("form", WRITERS)
def test_no_day_and_no_version_is_in_the_bytes(projected, form):
    """The same store gives the same bytes tomorrow, and with a newer networkx."""
    head = written(flat(projected).graph, form).split(b"<node ")[0]
    assert not re.search(rb"lastmodified|20\d\d-\d\d|networkx \d|" + re.escape(nx.__version__.encode()), head, re.I)


def test_all_facts_are_stated_once_in_order(projected):
    """Facts between entities and facts that end in a literal are told alike."""
    told = stated(projected)
    assert [said.iri for said in told] == sorted({said.iri for said in told})
    literal = sum(len(known["facts"]) for _, known in projected.nodes(data=True))
    assert len(told) == projected.number_of_edges() + literal
    assert literal > 0
    assert set().union(*(said.qualifiers for said in told)) <= set(COLUMNS)


def test_a_day_of_no_year_is_edtf():
    """EDTF has a placeholder for what is not stated."""
    assert [edtf(date) for date in ("--06-08", "--06", "2015-06", "../2020")] == [
        "XXXX-06-08",
        "XXXX-06",
        "2015-06",
        "../2020",
    ]


def test_an_edge_has_no_value_and_no_iri_of_its_own(projected):
    """Both are the graph's: the other end, and the key."""
    for *_, data in projected.edges(data=True):
        assert Fact(value="", **data)
        assert "iri" not in data
