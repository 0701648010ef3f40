"""Values are bound as terms: whatever they look like, they stay one value."""

from __future__ import annotations

from functools import partial

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.errors import QueryError
from regiograph.query import local, lookup
from regiograph.query.asking import answer
from regiograph.query.binding import bind, holes
from regiograph.query.catalogue import question
from regiograph.query.results import text
from regiograph.query.values import TYPES, value
from regiograph.rdf import nodes
from regiograph.rdf.store import Store

ECHO = "SELECT ?x ?again WHERE { VALUES ?x { UNDEF } { SELECT ?again { VALUES ?x { UNDEF } BIND(?x AS ?again) } } }"
INJECTIONS = [
    '" } SERVICE <http://127.0.0.1/> { ?s ?p ?o } #',
    '"} UNION { ?x ?p ?o } {"',
    "\\",
    '\\" } DROP ALL #',
    "'''\n\"\"\"\r\t{{{{((((",
    "?x",
    "\u202e\u2028\x00",
    "UNDEF }",
]


@pytest.fixture(scope="module")
def empty() -> Store:
    """A store without anything in it."""
    return Store.open(None)


@pytest.mark.parametrize("words", INJECTIONS)
def test_a_value_that_looks_like_sparql_is_data(empty: Store, words: str) -> None:
    """HOSTILE 48 through a parameter: quotes, braces and keywords in a value never reach the grammar."""
    table = local.select(empty, ECHO, {"x": ox.Literal(words)})
    assert [[text(cell) for cell in row] for row in table.rows] == [[words, words]]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was_bound(words: str) -> None:
    """Binding and answering is the identity on text."""
    table = local.select(Store.open(None), ECHO, {"x": ox.Literal(words)})
    assert text(table.rows[0][0]) == words


def test_every_data_block_of_a_parameter_is_bound() -> None:
    """A sub-SELECT does not see outer bindings, so each has a block of its own."""
    assert [hole.name for hole in holes(ECHO)] == ["x", "x"]
    assert "UNDEF" not in bind(ECHO, {"x": ox.NamedNode("http://example.org/a")}, name="echo")


def test_a_block_in_a_string_or_a_comment_is_none() -> None:
    """Only the query's own data blocks wait for a value."""
    assert list(holes('# VALUES ?x { UNDEF }\nSELECT * { BIND("VALUES ?y { UNDEF }" AS ?z) VALUES ?w { 1 } }')) == []


def test_a_parameter_that_the_query_does_not_have_is_refused() -> None:
    """The message says how one is declared."""
    with pytest.raises(QueryError, match=r"mine has no parameter 'y'; one is declared by VALUES \?y \{ UNDEF \}"):
        bind(ECHO, {"y": ox.Literal("1")}, name="mine")


@pytest.mark.parametrize(
    ("kind", "words", "term"),
    [
        ("text", 'a "b"', '"a \\"b\\""'),
        ("integer", "12", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("decimal", "0.60", '"0.6"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("date", "2015-06", '"2015-06"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        ("year", "2015", '"2015"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("relation", "memberOf", "<https://w3id.org/regiograph/ontology#memberOf>"),
        ("modality", "planned", "<https://w3id.org/regiograph/ontology#planned>"),
    ],
)
def test_what_is_typed_becomes_a_term_of_its_type(kind: str, words: str, term: str) -> None:
    """Each type of parameter has its RDF term."""
    assert str(value(kind, words, parameter="p")) == term


@pytest.mark.parametrize(
    ("kind", "words", "complaint"),
    [
        ("integer", "1.5", "not a whole number"),
        ("decimal", "a lot", "not a plain decimal"),
        ("date", "yesterday", "is no date; write 2015, 2015-06 or 2015-06-08"),
        ("date", "2015-02-30", "no such date"),
        ("year", "2015-06", "is no year"),
        ("relation", "memberof", "'memberof' is none of: memberOf"),
        ("text", "\ud800", "not a literal"),
    ],
)
def test_what_does_not_fit_its_type_is_refused_by_name(kind: str, words: str, complaint: str) -> None:
    """The message names the parameter and what was typed."""
    with pytest.raises(QueryError, match=f"parameter p: .*{complaint}"):
        value(kind, words, parameter="p")


def test_every_type_of_the_catalogue_can_be_read() -> None:
    """All types but "entity", which needs a store, have a reader."""
    assert [kind for kind in TYPES if kind != "entity"] == [
        "text",
        "integer",
        "decimal",
        "date",
        "year",
        "relation",
        "modality",
    ]


@pytest.mark.parametrize("words", ["tomsk REGION", "Tomsk region", "region/tomsk-region", "  Tomsk region "])
def test_an_entity_is_found_by_its_name_in_any_case_or_by_its_path(store: Store, words: str) -> None:
    """People type names; IRIs, whole or relative to the base, work too."""
    assert len(answer(partial(local.run, store), question("articles"), {"about": words})) == 3


def test_an_entity_with_quotes_and_braces_in_its_name_is_found(store: Store) -> None:
    """A name is data, in the look-up as well."""
    assert len(answer(partial(local.run, store), question("articles"), {"about": 'say "{WHAT}"'})) == 1


def test_an_unknown_name_offers_names_like_it(store: Store) -> None:
    """The message offers what comes near, and says nothing where nothing does."""
    with pytest.raises(
        QueryError, match=r"parameter about: nothing is called 'Tomk region'; did you mean 'Tomsk region'"
    ):
        answer(partial(local.run, store), question("articles"), {"about": "Tomk region"})
    with pytest.raises(QueryError, match=r"nothing is called 'zzzzzz'$"):
        answer(partial(local.run, store), question("articles"), {"about": "zzzzzz"})


@pytest.mark.parametrize("words", ["http://example.org/nothing", "http://[", 'http://x/"> . <y'])
def test_an_iri_that_the_store_does_not_know_is_refused(store: Store, words: str) -> None:
    """HOSTILE 28 and 32 through a parameter: an empty answer would look like knowledge."""
    with pytest.raises(QueryError, match=r"parameter about: (nothing is known of|not an IRI|nothing is called)"):
        answer(partial(local.run, store), question("articles"), {"about": words})


def test_a_name_of_two_entities_means_the_one_that_most_articles_speak_of() -> None:
    """Namesakes of one article, often a slip of extraction, do not stand in the way of the one that is meant."""
    label, count = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), nodes.rg("articleCount")
    also = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    with Store.open(None) as opened:
        for name, said, articles in (("slip", label, 1), ("region", label, 3), ("other", also, 9)):
            node = ox.NamedNode(f"http://example.org/{name}")
            opened.quads.add(ox.Quad(node, said, ox.Literal("Tomsk")))
            opened.quads.add(ox.Quad(node, label, ox.Literal("Tomsk" if said == label else "Tomsk Oblast")))
            opened.quads.add(ox.Quad(node, count, nodes.integer(articles)))
        assert lookup.entity("tomsk", partial(local.select, opened), parameter="p").value == "http://example.org/region"


@pytest.mark.parametrize(
    ("words", "meant"), [("Nova", "chief"), ("nova", "chief"), ("NOVA", "chief"), ("nOVA", "other")]
)
def test_a_name_as_typed_or_capitalised_goes_before_the_same_in_another_case(words: str, meant: str) -> None:
    """Such a name is looked up as it stands; only where none is written so does any case do."""
    label, count = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), nodes.rg("articleCount")
    with Store.open(None) as opened:
        for name, written, articles in (("chief", "Nova", 3), ("other", "nOVA", 9), ("last", "nOvA", 20)):
            node = ox.NamedNode(f"http://example.org/{name}")
            opened.quads.add(ox.Quad(node, label, ox.Literal(written)))
            opened.quads.add(ox.Quad(node, count, nodes.integer(articles)))
        found = lookup.entity(words, partial(local.select, opened), parameter="p")
    assert found.value == f"http://example.org/{meant}"


def test_a_name_of_two_entities_with_equal_right_is_refused_with_both() -> None:
    """Whom a name means is not guessed."""
    label, shared = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.Literal("Singapore")
    with Store.open(None) as opened:
        for node in ("http://example.org/city", "http://example.org/country"):
            opened.quads.add(ox.Quad(ox.NamedNode(node), label, shared))
        with pytest.raises(
            QueryError, match=r"'singapore' may be http://example\.org/city or http://example\.org/country"
        ):
            answer(partial(local.run, opened), question("articles"), {"about": "singapore"})
