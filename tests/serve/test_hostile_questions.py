"""Hostile questions to a server: each is refused or killed, nothing is called, and others do not notice."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from served import ENDLESS, FORM, JSON, QUERY, UPDATE, Served, eventually, get, post, read

from refused import UPDATES
from regiograph.query.guard import MAX_BYTES

PLACE = "http://127.0.0.1:PORT/"
CALLS = [
    f"SELECT * {{ SERVICE <{PLACE}> {{ ?s ?p ?o }} }}",
    "SELECT * { SERVICE <http://169.254.169.254/latest> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://[::ffff:127.0.0.1]:PORT/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://2130706433:PORT/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://0x7f.1:PORT/> { ?s ?p ?o } }",
    f"BASE <{PLACE}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE SILENT <{PLACE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ sErViCe # {{\n silent <{PLACE}> {{}} }}",
    f"SELECT * {{ BIND(<{PLACE}> AS ?v) SERVICE ?v {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND(<{PLACE}> AS ?v·x) SERVICE ?v·x {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND(<{PLACE}> AS ?v\u1680x) SERVICE ?v\u1680x {{ ?s ?p ?o }} }}",
    f"PREFIX e: <{PLACE}> SELECT * {{ SERVICE e:x.y-z {{ ?s ?p ?o }} }}",
    f"PREFIX e: <{PLACE}> SELECT * {{ SERVICE e:x#a comment\n{{ ?s ?p ?o }} }}",
    f"PREFIX e: <{PLACE}> SELECT * {{ SERVICE e:x\\#y {{ ?s ?p ?o }} }}",
    f"PREFIX a·b: <{PLACE}> SELECT * {{ SERVICE a·b:x {{ ?s ?p ?o }} }}",
    f"PREFIX a‿b: <{PLACE}> SELECT * {{ SERVICE SILENT a‿b:x {{ ?s ?p ?o }} }}",
    f"SELECT * {{ {{ SELECT * {{ SERVICE <{PLACE}> {{ ?s ?p ?o }} }} }} }}",
    f"PREFIX myServiceX: <{PLACE}> SELECT * {{ SERVICE myServiceX:x {{ ?s ?p ?o }} }}",
    f"PREFIX service: <{PLACE}> SELECT * {{ SERVICE SILENT service:x\\,service {{ ?s ?p ?o }} }}",
    f"ASK {{ FILTER EXISTS {{ SERVICE <{PLACE}> {{ ?s ?p ?o }} }} }}",
    f"ASK {{ ?s ?p ?o MINUS {{ SERVICE <{PLACE}> {{ ?s ?p ?o }} }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{PLACE}> {{ ?s ?p ?o }} }}",
    f"DESCRIBE ?s {{ SERVICE <{PLACE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b ?c FILTER(?a<1#>'''\n)SERVICE<{PLACE}>{{?s ?p ?o}} #'''\n}}",
]
LOADS = [
    f"LOAD <{PLACE}>",
    f"LOAD SILENT <{PLACE}> INTO GRAPH <a:g>",
    "LOAD <file:///etc/passwd>",
    f"PREFIX e: <{PLACE}>LOAD e:x",
    f"PREFIX a·b: <{PLACE}> CLEAR GRAPH <a:none> ;# then\nload a·b:x",
    f"DELETE {{ ?a ?b ?c }} WHERE {{ ?a ?b ?c FILTER(?a<1#>'''\n) }} ; LOAD <{PLACE}> #'''",
    f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{PLACE}> {{ ?s ?p ?o }} }}",
]
BOMBS = {
    "cartesian": ENDLESS,
    "ordered": f"SELECT * {{ {{ {ENDLESS} }} }} ORDER BY ?n",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>)*/(!<a:b>)*/(!<a:b>)*/(!<a:b>)*/(!<a:b>)* ?f . ?g (!<a:b>)* ?h }",
    "inverse path": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>|^!<a:b>)+ ?b . ?c (!<a:b>|^!<a:b>)+ ?d . ?e ?f ?g }",
    "filter": ENDLESS.replace(" }", " FILTER(REGEX(CONCAT(STR(?a), STR(?f), STR(?l), STR(?s)), '(a+)+$x')) }"),
    "ask": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p FILTER(CONCAT(STR(?a), STR(?p)) = '') }",
    "construct": f"CONSTRUCT {{ <a:b> <a:c> ?n }} WHERE {{ {{ {ENDLESS} }} }}",
}
DOUBLED = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(30))
TENFOLD = " ".join(f"BIND(REPLACE(?x{i}, 'a', 'aaaaaaaaaa') AS ?x{i + 1})" for i in range(9))
BLOW_UPS = {
    "concat": f"SELECT (STRLEN(?x30) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?x0) {DOUBLED} }}",
    "replace": f"SELECT (STRLEN(?x9) AS ?n) {{ BIND('aaaaaaaaaa' AS ?x0) {TENFOLD} }}",
    "group_concat": "SELECT (GROUP_CONCAT(?all) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l "
    "BIND(CONCAT(STR(?a), STR(?c), STR(?f), STR(?i)) AS ?all) }",
    "distinct": "SELECT DISTINCT ?a ?c ?d ?f ?g ?i ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?j",
}


def nested(opening: str, closing: str) -> str:
    """Return a query in which 20,000 brackets are nested."""
    return f"SELECT * {{ ?s ?p ?o {opening * 20_000} {closing * 20_000} }}"


NESTED = {
    "groups": nested("{", "}"),
    "brackets": f"SELECT * {{ ?s ?p ?o FILTER{'(' * 20_000}1{')' * 20_000} }}",
    "lists": nested("(", ")"),
    "blank nodes": f"SELECT * {{ ?s ?p {'[<a:b>' * 9_000}{']' * 9_000} }}",
    "not": f"SELECT * {{ ?s ?p ?o FILTER({'!' * 20_000}?s) }}",
    "minus": f"SELECT * {{ ?s ?p ?o FILTER({'-' * 20_000}1 = 1) }}",
    "optional": f"SELECT * {{ {'OPTIONAL{' * 6_000}{'}' * 6_000} }}",
    "union": f"SELECT * {{ {'{}UNION' * 9_000} {{}} }}",
    "union in union": f"SELECT * {{ {'{{}UNION' * 7_000}{{}}{'}' * 7_000} }}",
    "exists": f"SELECT * {{ {'FILTER EXISTS{' * 4_000}{'}' * 4_000} }}",
    "sub-selects": f"SELECT * {{ {'{SELECT*' * 7_000}{'}' * 7_000} }}",
    "path": f"SELECT * {{ ?s {'(' * 20_000}<a:b>{')' * 20_000} ?o }}",
    "inverse path": f"SELECT * {{ ?s {'^' * 20_000}<a:b> ?o }}",
    "sequence": f"SELECT * {{ ?s <a:b>{'/<a:b>' * 9_000} ?o }}",
    "quoted triples": f"SELECT * {{ {'<<' * 20_000} }}",
    "unclosed": f"SELECT * {{ {'{' * 20_000}",
}


@pytest.mark.parametrize("before", ["", "# SELECT * {}\n", "PREFIX select: <http://select/> "])
@pytest.mark.parametrize("update", [*UPDATES, "LOAD <http://127.0.0.1:PORT/x>"])
def test_updates_at_the_query_endpoint_are_refused(server: Served, trap, update, before):
    """HOSTILE 45: each of the eleven forms of update, sent as a query, behind a comment and a prologue too."""
    answered = server.ask(before + update.replace("PORT", str(trap.port)))
    assert answered.refused(400)
    assert "is an update, and questions only read" in answered.text


@pytest.mark.parametrize("target", ["/sparql?update=CLEAR%20ALL", "/sparql?update=CLEAR%20ALL&query=ASK%7B%7D"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_update_by_get_is_refused(writable: Served, method, target):
    """HOSTILE 46: an update changes nothing when it comes by GET, the token notwithstanding."""
    shown = {"Authorization": "Bearer the-token-of-the-tests"}
    assert writable.request(method, target, headers=shown).refused(400)
    assert writable.works()


@pytest.mark.parametrize(
    ("kind", "target", "body"),
    [
        (FORM, "/sparql", "query=ASK{}&update=CLEAR+ALL"),
        (FORM, "/sparql", "update=CLEAR+ALL&query=ASK{}"),
        (FORM, "/sparql?query=ASK%7B%7D", "update=CLEAR+ALL"),
        (FORM, "/sparql?update=CLEAR%20ALL", "query=ASK{}"),
        (FORM, "/sparql", "query=ASK{}&query=ASK{}"),
        (FORM, "/sparql", "update=CLEAR+ALL&update=CLEAR+ALL"),
        (QUERY, "/sparql?update=CLEAR%20ALL", "ASK{}"),
        (QUERY, "/sparql?query=ASK%7B%7D", "ASK{}"),
        (UPDATE, "/sparql?update=CLEAR%20ALL", "CLEAR ALL"),
    ],
)
def test_a_query_and_an_update_exclude_each_other(writable: Served, kind, target, body):
    """HOSTILE 47: no request has both, and none has two of a kind."""
    shown = {"Authorization": "Bearer the-token-of-the-tests", "Content-Type": kind}
    assert writable.request("POST", target, body.encode(), shown).refused(400)
    assert writable.works()


@pytest.mark.parametrize("call", CALLS)
def test_no_question_calls_another_machine(server: Served, trap, call):
    """HOSTILE 48 and 49: SERVICE in all places and all spellings; a listener on this machine hears nothing."""
    answered = server.ask(call.replace("PORT", str(trap.port)))
    assert answered.refused(400)
    assert "SERVICE would call another machine" in answered.text


@pytest.mark.parametrize(
    "escaped", [r"\u0053ERVICE", r"\U00000053ERVICE", "S\\u0045RVICE", "SERVIC\u200bE", "ＳERVICE"]
)
def test_a_keyword_in_escapes_calls_no_one(server: Served, trap, escaped):
    """HOSTILE 50: the engine takes an escape for no letter of a keyword, and says so."""
    answered = server.ask(f"SELECT * {{ {escaped} <http://127.0.0.1:{trap.port}/> {{ ?s ?p ?o }} }}")
    assert answered.refused(400)


@pytest.mark.parametrize("update", LOADS)
def test_no_update_reads_a_file_or_calls_another_machine(writable: Served, trap, update):
    """HOSTILE 51: LOAD and SERVICE are refused to those who may write, too."""
    answered = writable.update(update.replace("PORT", str(trap.port)))
    assert answered.refused(400)
    assert "would" in answered.text
    assert writable.works()


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1:PORT/", "relative", "", "a:<b>", "a:none"])
def test_no_graph_is_fetched(server: Served, trap, graph):
    """HOSTILE 52: FROM, FROM NAMED and the parameters of the dataset take graphs that the store has."""
    graph = graph.replace("PORT", str(trap.port))
    for clause in ("FROM", "FROM NAMED"):
        assert server.ask(f"SELECT * {clause} <{graph}> {{ ?s ?p ?o }}").refused(400)
    for parameter in ("default-graph-uri", "named-graph-uri"):
        answered = server.ask("SELECT * { ?s ?p ?o }", **{parameter: graph})
        assert answered.refused(400)
        assert "nothing is fetched" in answered.text


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_question_without_end_is_killed(tight: Served, bomb):
    """HOSTILE 53 and 54: products and paths that do not end get a 504, their worker goes, and another comes."""
    before = tight.workers()
    assert tight.ask(bomb).refused(504)
    assert eventually(lambda: len(before & tight.workers()) == len(before) - 1)
    assert tight.works()


@pytest.mark.parametrize("bomb", BLOW_UPS.values(), ids=BLOW_UPS)
def test_a_question_that_grows_without_end_is_killed(tight: Served, bomb):
    """HOSTILE 55: strings that blow up end at the limit of time, of memory or of the answer's size."""
    answered = tight.ask(bomb)
    assert answered.refused(413, 500, 504)
    assert any(word in answered.text for word in ("seconds", "memory", "larger")), answered
    assert tight.works()


def test_others_do_not_notice_a_question_without_end(server: Served):
    """HOSTILE 53: while one worker is at work without end, the others answer."""
    before = server.workers()
    with server.posted(ENDLESS):
        for _ in range(5):
            assert server.ask("ASK { ?s ?p ?o }", JSON).status == 200
    assert eventually(lambda: server.workers() != before)  # the one that was left is killed
    assert server.works()


@pytest.mark.parametrize("query", NESTED.values(), ids=NESTED)
def test_deep_questions_are_refused_and_no_worker_is_lost(server: Served, query):
    """HOSTILE 56: brackets and operators without number are refused before the engine's stack overflows.

    Of a worker that has ended a client is told 500. One that took long to refuse may be replaced afterwards.
    """
    assert server.works()
    assert server.ask(query).refused(400)
    assert server.works()


def test_a_depth_hidden_from_the_guard_costs_one_worker(server: Served):
    """HOSTILE 56: where "<" is no IRI, what looks like a string is read by the engine; its process ends, no other."""
    answered = server.ask(f"SELECT * {{ ?a ?b ?c FILTER(?a<1#>'''\n) {'{' * 9_000}{'}' * 9_000} }} #'''")
    assert answered.refused(500)
    assert server.works()


def test_long_questions_are_too_large(server: Served):
    """HOSTILE 57: 5 MB of VALUES, and one byte more than the limit, are refused by length."""
    values = "SELECT * { VALUES ?x { " + "<http://example.org/a> " * 220_000 + "} }"
    assert server.ask(values).refused(413)
    assert server.request("POST", "/sparql", values.encode(), {"Content-Type": QUERY}).refused(413)
    longest = "ASK { ?s ?p ?o } #".ljust(MAX_BYTES, "x")
    assert server.ask(longest).status == 200
    assert server.ask(longest + "x").refused(413)
    assert server.raw(get(f"/sparql?query=ASK%7B%7D%23{'x' * 70_000}")).status == 414
    assert server.raw(get(f"/sparql?query={quote(values[:60_000])}")).status in (400, 414)


@pytest.mark.parametrize(
    ("accept", "rows"),
    [
        (JSON, lambda body: len(json.loads(body)["results"]["bindings"])),
        ("application/sparql-results+xml", lambda body: body.count(b"<result>")),
        ("text/csv", lambda body: body.count(b"\r\n") - 1),
        ("text/tab-separated-values", lambda body: body.count(b"\n") - 1),
    ],
)
def test_long_answers_say_that_they_are_cut_off(tight: Served, accept, rows):
    """HOSTILE 58: what has more rows than it may has status 206 and a header that says so; what has as many, 200."""
    everything = "SELECT ?s ?p { ?s ?p ?o } ORDER BY ?s ?p ?o"
    for query in (everything, f"{everything} LIMIT 51", f"{everything} LIMIT 900 OFFSET 2"):
        answered = tight.ask(query, accept)
        assert (answered.status, answered.headers["regiograph-truncated"]) == (206, "yes")
        assert rows(answered.body) == 50
    whole = tight.ask(f"{everything} LIMIT 50", accept)
    assert (whole.status, whole.headers.get("regiograph-truncated")) == (200, None)
    assert rows(whole.body) == 50


def test_long_graphs_say_that_they_are_cut_off(tight: Served):
    """HOSTILE 58: the same of triples."""
    answered = tight.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/n-triples")
    assert (answered.status, answered.headers["regiograph-truncated"]) == (206, "yes")
    assert answered.body.count(b" .\n") == 50


def test_rows_that_cannot_be_bounded_are_refused(tight: Served):
    """HOSTILE 58: a text in which LIMIT finds no place has no more rows for that."""
    assert tight.ask("SELECT * { ?a ?b ?c FILTER(?a<1#>'''\n||true) } #'''", JSON).refused(413)


def test_a_reader_who_does_not_read_holds_up_nobody(server: Served):
    """HOSTILE 58: answers of megabytes wait in the server, not in its workers."""
    wide = "SELECT ?a ?b ?c ?long { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f)) AS ?long) }"
    lines = [server.posted(wide) for _ in range(4)]
    try:
        assert server.works()
        late = read(lines[0])
        assert len(late.body) == int(late.headers["content-length"]) > 1_000_000
    finally:
        for line in lines:
            line.close()


def test_a_body_is_as_long_as_it_says(server: Served):
    """HOSTILE 62: what follows a request is another one; it is never taken for a part of the first."""
    answered = server.raw(post(QUERY, b"ASK{ ?s ?p ?o }GET /", length=15))
    assert answered.status in (200, 400)
    assert server.works()
