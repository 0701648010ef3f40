"""The short way of a question: nobody can tell from an answer which way it went, and none is mixed up with another."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest
from served import ENDLESS, FORM, JSON, QUERY, Served, eventually, get, post, read

LONG_WAY = "X-Forwarded-Proto: http"  # what a proxy says is weighed by the application
ROWS = "SELECT ?name { ?x rdfs:label ?name } ORDER BY ?name"
QUESTIONS = {
    "rows": ROWS,
    "cut": "SELECT ?x ?y ?z { ?x a ?a . ?y a ?b . ?z a ?c }",
    "triples": "CONSTRUCT { ?x rdfs:label ?name } WHERE { ?x rdfs:label ?name }",
    "yes or no": "ASK { ?x a rg:Person }",
    "relative": "SELECT (IRI('x') AS ?iri) {}",
    "wrong": "SELECT",
    "refused": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "escaped prefix": r"ASK { ?x a r\u0067:Person }",
    "another dataset": "SELECT * FROM <urn:none> { ?s ?p ?o }",
}


def asked_by(how: str, query: str, *headers: str) -> bytes:
    """Return a request."""
    if how == "GET":
        return get(f"/sparql?query={quote(query, safe='')}", *headers)
    if how == "form":
        return post(FORM, f"query={quote(query, safe='')}".encode(), *headers)
    return post(QUERY, query.encode(), *headers)


@pytest.mark.parametrize("how", ["GET", "form", "body"])
@pytest.mark.parametrize("accept", [JSON, "text/csv", "text/turtle", "image/png"])
@pytest.mark.parametrize("query", QUESTIONS.values(), ids=QUESTIONS)
def test_both_ways_give_the_same_answer(tight: Served, how: str, accept: str, query: str):
    """Status, headers and body are the same, byte by byte, but for the order of headers."""
    short, long = (tight.raw(asked_by(how, query, f"Accept: {accept}", *more)) for more in ((), (LONG_WAY,)))
    assert short == long
    assert short.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "headers",
    [
        ("Host: evil.example",),
        ("Origin: http://evil.example",),
        ("Content-Encoding: gzip",),
        ("Content-Type: text/plain",),
        ("Expect: 100-continue",),
    ],
)
def test_what_is_refused_is_refused_on_the_short_way(tight: Served, headers):
    """A request is not admitted for being short."""
    body = ROWS.encode()
    kind = [] if headers[0].startswith("Content-Type") else [f"Content-Type: {QUERY}"]
    host = [] if headers[0].startswith("Host") else ["Host: 127.0.0.1"]
    head = ["POST /sparql HTTP/1.1", *host, *kind, *headers, f"Content-Length: {len(body)}", "", ""]
    said = tight.raw("\r\n".join(head).encode() + body)
    assert said.status in ((100, 200) if headers[0].startswith("Expect") else (403, 415, 421))


def test_what_the_client_has_is_not_sent_again(server: Served):
    """A tag that is still right is answered with 304 and no body."""
    address = f"/sparql?query={quote(ROWS)}"
    first = server.raw(get(address))
    again = server.raw(get(address, f"If-None-Match: {first.headers['etag']}"))
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert server.raw(get(address, 'If-None-Match: W/"other"')) == first


def test_questions_sent_at_once_are_answered_in_turn(server: Served):
    """On one connection answers come in the order of the questions, whichever way each goes."""
    numbers = range(6)
    sent = b"".join(
        asked_by("GET" if n % 2 else "body", f"SELECT ({n} AS ?n) {{}}", "Accept: text/csv", *([LONG_WAY] * (n == 3)))
        for n in numbers
    )
    with server.line() as line:
        line.sendall(sent)
        stream = line.makefile("rb")
        answers = [_next(stream) for _ in numbers]
    assert [said.split() for said in answers] == [[b"n", b"%d" % n] for n in numbers]


def test_a_question_in_pieces_is_answered(server: Served):
    """A request that has not come as a whole waits for its rest."""
    whole = asked_by("form", "ASK {}", f"Accept: {JSON}")
    with server.line() as line:
        for at in range(0, len(whole), 40):
            line.sendall(whole[at : at + 40])
            time.sleep(0.01)
        assert b"true" in read(line, "POST").body


def test_a_connection_is_closed_where_the_client_wants_it(server: Served):
    """After Connection: close the server closes, and says so."""
    with server.line() as line:
        line.sendall(asked_by("GET", "ASK {}", "Connection: close"))
        said = line.makefile("rb").read()
    assert b"connection: close\r\n" in said
    assert said.endswith(b"}")


def test_who_leaves_while_waiting_takes_no_turn(server: Served):
    """A question that waits for its turn and is left costs nobody a worker or a turn."""
    busy = [server.posted(ENDLESS) for _ in range(2)]
    time.sleep(0.5)
    waiting = [server.posted("ASK {}") for _ in range(5)]
    time.sleep(0.2)
    for line in (*waiting, *busy):
        line.close()
    assert server.works()
    assert eventually(lambda: server.ask("ASK {}", JSON).status == 200)


def _next(stream) -> bytes:
    """Read one answer of a stream of several; return its body."""
    assert stream.readline().startswith(b"HTTP/1.1 200")
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return stream.read(length)
