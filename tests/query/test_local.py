"""A query reads this store and does nothing else."""

from __future__ import annotations

import random
import time
from contextlib import suppress

import pytest

from refused import UPDATES
from regiograph.errors import QueryError, StoreError
from regiograph.query import local
from regiograph.query.guard import MAX_BYTES, MAX_DEPTH, admit
from regiograph.query.results import Graph, Table, Verdict
from regiograph.query.writing import write
from regiograph.rdf.store import Store

LOADS = ("LOAD <http://127.0.0.1/x>", "LOAD SILENT <file:///etc/passwd> INTO GRAPH <a:g>")
CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service ?v { ?s ?p ?o } }",
    "PREFIX e: <http://e/> SELECT * { SeRvIcE # comment {\n silent e:x.y-z {} }",
    "SELECT * { { SELECT * { SERVICE <http://[::ffff:127.0.0.1]/> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <http://2130706433/> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://169.254.169.254/> { ?s ?p ?o } }",
    "SELECT * { ?a <a:b> 1SERVICE<http://127.0.0.1/>{} }",
    # "<...>" is no IRI for the engine here but a comparison, and what looks like a string is not one
    "SELECT * { ?a ?b ?c FILTER(?a<'||?b>')SERVICE<http://127.0.0.1/>{?s ?p ?o} FILTER(?a<'x') }",
    "SELECT * { ?a ?b ?c FILTER(?a<1#>'''\n)SERVICE<http://127.0.0.1/>{?s ?p ?o} #'''\n}",
]


@pytest.mark.parametrize("update", [*UPDATES, *LOADS])
@pytest.mark.parametrize("before", ["", "# SELECT\n", "PREFIX rg: <http://select/> "])
def test_an_update_is_refused_and_changes_nothing(store: Store, update: str, before: str) -> None:
    """HOSTILE 45 and 51: all forms of update, behind a comment and a prologue too."""
    size = len(store.quads)
    with pytest.raises(QueryError, match=r"mine, line \d: \w+ is an update, and questions only read"):
        local.run(store, before + update, name="mine")
    assert len(store.quads) == size


@pytest.mark.parametrize("call", CALLS)
def test_another_machine_is_never_called(store: Store, call: str) -> None:
    """HOSTILE 48 and 49: SERVICE in any place and any spelling, refused before the engine sees it."""
    with pytest.raises(QueryError, match=r"line \d: SERVICE would call another machine"):
        local.run(store, call)


def test_a_keyword_in_escapes_is_no_keyword(store: Store) -> None:
    """HOSTILE 50: the engine reads escapes in strings and IRIs only."""
    with pytest.raises(QueryError, match="line 1"):
        local.run(store, r"SELECT * { \u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }")


def test_the_word_service_is_allowed_where_it_is_a_word(store: Store) -> None:
    """Variables, names and strings may be called so."""
    query = 'PREFIX e: <http://e/> SELECT ?service { ?service e:service "our service" }  # a service'
    assert local.select(store, query).columns == ("service",)
    assert local.select(store, "SELECT ?service ?x { ?service <a:b> ?x }").columns == ("service", "x")


@pytest.mark.parametrize("before", ["?s <a:b>", "?s <a:b> ?o ; <a:c>", "FILTER(1 IN (?s))", "?s ?p 1 FILTER(!?s)"])
@pytest.mark.parametrize("mark", "?$")
def test_a_variables_mark_hides_no_call(store: Store, before: str, mark: str) -> None:
    """HOSTILE 48: what the guard takes for a variable is none of the engine's keywords."""
    with pytest.raises(QueryError, match="line 1: 'SELECT"):
        local.run(store, f"SELECT * {{ {before}{mark}SERVICE <http://127.0.0.1/> {{ ?a ?b ?c }} }}")


@pytest.mark.parametrize("graph", ["<file:///etc/passwd>", "NAMED <http://127.0.0.1/>", "e:x", "<relative>"])
def test_a_graph_from_elsewhere_is_refused(store: Store, graph: str) -> None:
    """HOSTILE 52: FROM takes graphs that the store has; nothing is fetched."""
    with pytest.raises(QueryError, match="the store has no such graph, and nothing is fetched"):
        local.run(store, f"PREFIX e: <http://e/> SELECT * FROM {graph} {{ ?s ?p ?o }}")


def test_a_graph_of_the_store_can_be_asked(store: Store) -> None:
    """An article's graph holds its article."""
    article = "https://w3id.org/regiograph/id/article/mission"
    table = local.select(store, f"SELECT ?a FROM <{article}> {{ ?a a rg:Article }}")
    assert table.texts() == ((article,),)


@pytest.mark.parametrize(
    "query",
    [
        "BASE <https://w3id.org/regiograph/id/> SELECT ?a FROM <article/mission> { ?a a rg:Article }",
        "base <https://w3id.org/x> base <regiograph/id/> SELECT ?a FROM <article/mission> { ?a a rg:Article }",
        "PREFIX a-1.b: <https://w3id.org/regiograph/id/> SELECT * FROM a-1.b:article\\/mission { ?a a rg:Article }",
        "PREFIX rg: <https://w3id.org/regiograph/id/article/> SELECT ?a FROM NAMED rg:mission { GRAPH ?a { ?a a ?c } }",
    ],
)
def test_a_graph_is_known_by_any_of_its_spellings(store: Store, query: str) -> None:
    """BASE and PREFIX mean to the guard what they mean to the engine, those that replace the ontology's too."""
    assert local.select(store, query).texts() == (("https://w3id.org/regiograph/id/article/mission",),)


@pytest.mark.parametrize(
    "query",
    [
        "BASE <https://w3id.org/regiograph/id/article/mission> SELECT * FROM <file:///etc/passwd> {}",
        "BASE <http://[> SELECT * FROM <mission> {}",
        "BASE <a:b> SELECT * FROM <//[> {}",
        "BASE SELECT * FROM <https://w3id.org/regiograph/id/article/none> {}",
        "PREFIX rg: <http://127.0.0.1/> SELECT * FROM NAMED rg:mission {}",
        "SELECT * FROM unknown:mission {}",
        "SELECT * FROM {}",
    ],
)
def test_a_base_makes_no_other_graph_known(store: Store, query: str) -> None:
    """HOSTILE 52: however its name is put together."""
    with pytest.raises(QueryError, match=r"line 1: FROM .*: the store has no such graph, and nothing is fetched"):
        local.run(store, query)


def test_a_prefix_may_be_called_as_an_update_is(store: Store) -> None:
    """What counts is the word behind the declarations."""
    assert local.run(store, "PREFIX insert-1: <a:> PREFIX drop.x: <b:> ASK {}") == Verdict(True)
    with pytest.raises(QueryError, match="is an update"):
        local.run(store, "PREFIX insert data { <a:b> <a:c> <a:d> } SELECT * {}")


@pytest.mark.parametrize("opening", ["{", "FILTER(", "?s ?p [ <a:b> ", "OPTIONAL {", "{} UNION {"])
def test_what_would_overflow_the_stack_is_refused(store: Store, opening: str) -> None:
    """HOSTILE 56: deep nesting never reaches the engine, whose process it would end."""
    with pytest.raises(QueryError, match=f"nested more than {MAX_DEPTH} deep"):
        local.run(store, "SELECT * { " + opening * 2_500)


@pytest.mark.parametrize("operator", ["!", "+1", "/<a:b>"])
def test_endless_chains_are_refused(store: Store, operator: str) -> None:
    """HOSTILE 56: twenty thousand operators in a row end the engine's process as well."""
    with pytest.raises(QueryError, match=r"operators|too long"):
        local.run(store, f"SELECT * {{ FILTER({operator * 5_000} 1) }}")


def test_nesting_within_reason_is_answered(store: Store) -> None:
    """The limit is beyond what people write."""
    depth = MAX_DEPTH - 1
    assert local.run(store, "SELECT * { " + "{" * depth + "}" * depth + " }") == Table((), ((),))


SLOW = ["SERVICE", "SERVICE#\n", "SERVICEa:", "SERVICE?a", "'\\", "a.", '"""a', "<a", ":", "a:b."]


@pytest.mark.parametrize("part", SLOW)
def test_no_text_is_slow_to_look_at(part: str) -> None:
    """HOSTILE 25: the guard's own expressions take no more than a few seconds over the longest query."""
    began = time.process_time()
    with suppress(QueryError):
        admit("SELECT * {" + part * (60_000 // len(part)), name="mine", knows=lambda _: True)
    assert time.process_time() - began < 5


def test_a_query_has_a_length(store: Store) -> None:
    """HOSTILE 57: megabytes of VALUES are no question."""
    with pytest.raises(QueryError, match="bytes are too long for a query"):
        local.run(store, "SELECT * { VALUES ?x { " + "1 " * MAX_BYTES + "} }")


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("SELECT * {\n ?s ?p }", r"mine, line 2: '\?s \?p \}': expected"),
        ("SELECT ?x {\n ?s ?p ?o\n} GROUP BY ?s", "mine, line 3: .*The SELECT contains a variable that is unbound"),
        ("", "mine: neither SELECT nor ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT * { ?s nope:x ?o }", "mine, line 1: "),
        ("SELECT * { ?s ?p '\ud800' }", "mine: not valid Unicode"),
    ],
)
def test_a_malformed_query_is_refused_with_its_name_and_line(store: Store, query: str, complaint: str) -> None:
    """The message shows the line and the engine's reason, in one line."""
    with pytest.raises(QueryError, match=complaint) as caught:
        local.run(store, query, name="mine")
    assert "\n" not in str(caught.value)


def test_each_form_of_query_has_its_answer(store: Store) -> None:
    """SELECT gives a table, ASK a verdict, CONSTRUCT and DESCRIBE a sorted graph."""
    assert local.run(store, "ASK { ?s a rg:Person }") == Verdict(True)
    assert local.run(store, "ASK { ?s a rg:Nobody }") == Verdict(False)
    graph = local.run(store, "CONSTRUCT { ?s a rg:Network } WHERE { ?s a rg:Network }")
    assert isinstance(graph, Graph)
    assert [t.subject.value.rpartition("/")[2] for t in graph.triples] == [
        "asian-cities-network",
        "innovative-regions-union",
    ]
    described = local.run(store, "DESCRIBE <https://w3id.org/regiograph/id/region/tomsk-region>")
    assert isinstance(described, Graph)
    assert len(described.triples) > 5


def test_only_a_select_gives_a_table(store: Store) -> None:
    """`select` refuses the other forms."""
    with pytest.raises(QueryError, match="mine is no SELECT"):
        local.select(store, "ASK {}", name="mine")


def test_a_table_that_was_cut_off_says_so(store: Store) -> None:
    """A limit equal to the number of rows cuts nothing off."""
    query = "SELECT ?n { ?n a rg:Network } ORDER BY ?n"
    assert local.select(store, query, limit=1).truncated
    assert not local.select(store, query, limit=2).truncated
    assert len(local.select(store, query, limit=1)) == 1


@pytest.mark.parametrize(
    "query", ["SELECT ?n { ?n a rg:Network }", "CONSTRUCT { ?n a rg:Network } WHERE { ?n a rg:Network }"]
)
def test_what_is_cut_off_is_the_end_of_the_sorted_answer(store: Store, query: str) -> None:
    """A limit never leaves to chance which rows or triples are seen."""
    whole, cut = local.run(store, query), local.run(store, query, limit=1)
    assert not isinstance(whole, Verdict)
    assert not isinstance(cut, Verdict)
    assert cut.truncated
    assert not whole.truncated
    assert (len(whole), len(cut)) == (2, 1)
    assert write(cut, "csv").splitlines() == write(whole, "csv").splitlines()[:2]


def test_rows_without_an_order_are_sorted() -> None:
    """HOSTILE 43: the order in which a store was filled does not show."""
    numbers = [f"<a:s{i}> <a:p> {i} ." for i in range(50)]
    answers = []
    for seed in range(2):
        random.Random(seed).shuffle(numbers)
        with Store.open(None) as opened:
            opened.quads.update(f"INSERT DATA {{ {' '.join(numbers)} }}")
            answers.append(local.run(opened, "SELECT ?s ?o { ?s <a:p> ?o }"))
    assert answers[0] == answers[1]


def test_a_closed_store_answers_nothing() -> None:
    """The error is the store's, not a crash."""
    closed = Store.open(None)
    closed.close()
    with pytest.raises(StoreError, match="closed"):
        local.run(closed, "ASK {}")
