"""Questions to an endpoint elsewhere: the same answers as at home, and a clear word on everything that goes wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from listening import listening
from regiograph.errors import EndpointError, QueryError
from regiograph.query import local
from regiograph.query.remote import Endpoint
from regiograph.query.results import Table, Verdict
from regiograph.rdf.store import Store

YES = b'{"head": {}, "boolean": true}'
RESULTS = "application/sparql-results+json"

Act = Callable[["Sham"], None]


class Sham(BaseHTTPRequestHandler):
    """Answers each request by the next of its server's acts, the last one again and again."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Take the request down and act."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        server = self.server
        assert isinstance(server, Scene)
        server.asked.append((self.path, body.decode(), self.headers.get("Authorization")))
        server.acts[min(len(server.asked), len(server.acts)) - 1](self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self, status: int, body: bytes = YES, media: str = RESULTS, **headers: str) -> None:
        """Send an answer whole."""
        self.send_response(status)
        for name, value in {"Content_Type": media, "Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class Scene(ThreadingHTTPServer):
    """A server that plays a few acts and remembers what it was asked."""

    daemon_threads = True

    def __init__(self, *acts: Act) -> None:
        super().__init__(("127.0.0.1", 0), Sham)
        self.acts, self.asked = acts, list[tuple[str, str, str | None]]()

    @property
    def url(self) -> str:
        """The address that is asked."""
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"


@contextmanager
def playing(*acts: Act) -> Iterator[Scene]:
    """Play the acts on a free port."""
    with listening(Scene(*acts)) as scene:
        yield scene


def whole(status: int = 200, body: bytes = YES, media: str = RESULTS, **headers: str) -> Act:
    """Answer so."""
    return lambda sham: sham.answer(status, body, media, **headers)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?region ?label { ?region a rg:Region ; rdfs:label ?label }",
        "SELECT ?place { ?place a rg:City } ORDER BY DESC(?place)",
        "SELECT ?x ?y { VALUES (?x ?y) { (UNDEF 'ä\\n\\u202e'@de) (1.50 <http://example.org/ü>) } }",
        "ASK { ?s a rg:Person }",
        "ASK { ?s a rg:Nobody }",
        "CONSTRUCT { ?s a rg:Network ; rdfs:label ?name } WHERE { ?s a rg:Network ; rdfs:label ?name }",
        "DESCRIBE <https://w3id.org/regiograph/id/region/tomsk-region>",
        "SELECT ?none { ?none a rg:Nobody }",
        "# { INSERT\nPREFIX rg: <https://w3id.org/regiograph/ontology#> SELECT (COUNT(*) AS ?n) { ?s a rg:Person }",
    ],
)
def test_an_endpoint_gives_the_answer_of_the_store(store: Store, oxigraph: Endpoint, query: str) -> None:
    """The kind of answer, its terms and its order are the same, and prefixes need no declaration."""
    assert oxigraph.run(query) == local.run(store, query)


@pytest.mark.parametrize(("query", "verdict"), [("ASK { ?s a rg:Person }", True), ("ASK { ?s a rg:Nobody }", False)])
def test_virtuoso_answers_yes_and_no(virtuoso: Endpoint, query: str, verdict: bool) -> None:
    """Its answer to an ASK is a table, and is read as what it means."""
    assert virtuoso.run(query) == Verdict(verdict)


def test_a_limit_says_that_there_is_more(store: Store, oxigraph: Endpoint) -> None:
    """What is cut off is told, as at home."""
    query = "SELECT ?s { ?s a rg:Claim }"
    assert oxigraph.run(query, limit=3) == local.run(store, query, limit=3)


def test_a_malformed_query_is_told_with_the_words_of_the_endpoint(oxigraph: Endpoint) -> None:
    """The error names the query, the endpoint and the line."""
    with pytest.raises(QueryError, match=r"mine: http://127.0.0.1:\d+/query says: .*2:"):
        oxigraph.run("SELECT ?s {\n nonsense }", name="mine")


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a:b> <a:c> 1 }", "# x\nDROP ALL", "PREFIX a: <b:> LOAD <file:///x>"]
)
def test_an_update_is_not_even_sent(update: str) -> None:
    """Questions only read."""
    with playing(whole()) as scene, pytest.raises(QueryError, match="is an update"):
        Endpoint(scene.url).run(update)
    assert not scene.asked


def test_hostile_85_an_endpoint_that_is_down_is_named() -> None:
    """A closed port, a host that no one knows, and TLS to what speaks none each give one error."""
    with Scene(whole()) as scene:
        url = scene.url
    with pytest.raises(EndpointError, match=r"^http://127.0.0.1:\d+/sparql: .*refused"):
        Endpoint(url).run("ASK {}")
    with pytest.raises(EndpointError, match=r"^http://nowhere.invalid/sparql: "):
        Endpoint("http://nowhere.invalid/sparql", timeout=20).run("ASK {}")
    with playing(whole()) as other, pytest.raises(EndpointError, match=r"^https://127.0.0.1:\d+/sparql: .*SSL"):
        Endpoint(other.url.replace("http:", "https:"), timeout=5).run("ASK {}")


@pytest.mark.parametrize("status", [429, 502, 503])
def test_hostile_86_a_busy_endpoint_is_asked_again(status: int) -> None:
    """What passes is waited out, as long as the endpoint says and the time allows."""
    with playing(whole(status, b"", "text/plain", Retry_After="0"), whole()) as scene:
        assert Endpoint(scene.url).run("ASK {}") == Verdict(True)
    assert len(scene.asked) == 2


def test_a_digest_that_is_refused_again_and_again_is_told() -> None:
    """urllib gives up by an error without a body, which some versions of Python read as text."""
    asks = whole(401, b"", "text/plain", WWW_Authenticate='Digest realm="r", nonce="n", qop="auth", algorithm="MD5"')
    with playing(asks) as scene, pytest.raises(EndpointError, match="wants a user and a password"):
        Endpoint(scene.url, "someone", "wrong").run("ASK {}")


def test_an_answer_that_the_server_cut_off_is_told_as_cut() -> None:
    """Status 206, as our own server has it: such a table is not the whole answer."""
    row = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1"}}]}}'
    with playing(whole(206, row)) as scene:
        answer = Endpoint(scene.url).run("SELECT ?x { ?x ?y ?z }")
    assert isinstance(answer, Table)
    assert (len(answer), answer.truncated) == (1, True)


def test_hostile_86_an_endpoint_that_stays_busy_is_given_up() -> None:
    """A pause longer than the time that is left is not begun."""
    busy = whole(503, b"come back later", "text/plain", Retry_After="3600")
    with playing(busy) as scene, pytest.raises(EndpointError, match="no answer within 2 seconds"):
        Endpoint(scene.url, timeout=2).run("ASK {}")
    assert len(scene.asked) == 1


def test_hostile_86_an_internal_error_is_told_and_not_repeated() -> None:
    """The endpoint's words come as one line without its markup."""
    page = b"<html><title>Oops</title>\n<p>out of\x1b[31m memory</p></html>"
    told = r"failed \(HTTP 500\): Oops out of \[31m memory$"
    with playing(whole(500, page, "text/html")) as scene, pytest.raises(EndpointError, match=told):
        Endpoint(scene.url).run("ASK {}")
    assert len(scene.asked) == 1


def _cut(sham: Sham) -> None:
    sham.send_response(200)
    sham.send_header("Content-Type", RESULTS)
    sham.send_header("Content-Length", str(len(YES) + 9))
    sham.end_headers()
    sham.wfile.write(YES)
    sham.close_connection = True


def _cut_chunk(sham: Sham) -> None:
    sham.send_response(200)
    sham.send_header("Content-Type", RESULTS)
    sham.send_header("Transfer-Encoding", "chunked")
    sham.end_headers()
    sham.wfile.write(b"ff\r\n" + YES)
    sham.close_connection = True


@pytest.mark.parametrize("cut", [_cut, _cut_chunk])
def test_hostile_86_an_answer_that_breaks_off_is_none(cut: Act) -> None:
    """Half an answer is asked for again; if it stays half, that is an error, however well it reads."""
    with playing(cut, whole()) as scene:
        assert Endpoint(scene.url).run("ASK {}") == Verdict(True)
    with playing(cut) as scene, pytest.raises(EndpointError):
        Endpoint(scene.url, timeout=20).run("ASK {}")


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (whole(200, b"<html>Please log in</html>", "text/html; charset=utf-8"), "it is text/html; is that the address"),
        (whole(200, b"{}", RESULTS), "cannot be read"),
        (whole(200, b"\xff\xfe", RESULTS), "cannot be read"),
        (whole(200, b"<a:b> <a:c> 1 .", "text/turtle"), "it is text/turtle"),
        (whole(200, YES, "application/octet-stream"), "it is application/octet-stream"),
    ],
)
def test_hostile_86_what_is_no_answer_is_refused(act: Act, told: str) -> None:
    """A login page with status 200, and what cannot be read, are errors that say what came."""
    with playing(act) as scene, pytest.raises(EndpointError, match=told):
        Endpoint(scene.url).run("ASK {}")


@pytest.mark.parametrize(
    ("status", "told"), [(401, "wants a user and a password"), (403, "refuses"), (404, "no SPARQL endpoint there")]
)
def test_hostile_87_a_refusal_is_told_without_the_password(status: int, told: str) -> None:
    """The user may not; the password stands in no message and in no representation."""
    with playing(whole(status, b"", "text/plain")) as scene:
        endpoint = Endpoint(scene.url, "anna", "s3cret")
        with pytest.raises(EndpointError, match=told) as caught:
            endpoint.run("ASK {}")
    assert scene.asked[0][2] == "Basic YW5uYTpzM2NyZXQ="
    assert "s3cret" not in f"{caught.value}{caught.value.__cause__}{endpoint!r}"


def test_hostile_87_a_redirect_to_another_host_is_not_followed() -> None:
    """Neither the question nor the password goes where it was not sent."""
    with playing(whole()) as other:
        away = whole(307, b"", "text/plain", Location=other.url.replace("127.0.0.1", "localhost"))
        with playing(away) as scene, pytest.raises(EndpointError, match="redirects to http://localhost/sparql"):
            Endpoint(scene.url, "anna", "s3cret").run("ASK {}")
    assert not other.asked


def test_hostile_87_a_digest_is_given_to_a_server_that_wants_one_and_only_there() -> None:
    """The password itself is not in it; a challenge that is not understood is a refusal like any other."""
    wanted = 'Digest realm="here", nonce="n0nce", qop="auth", algorithm="MD5"'
    with playing(whole(401, b"", "text/plain", WWW_Authenticate=wanted), whole()) as scene:
        assert Endpoint(scene.url, "anna", "s3cret").run("ASK {}") == Verdict(True)
    assert (scene.asked[1][2] or "").startswith('Digest username="anna", realm="here", nonce="n0nce"')
    assert "s3cret" not in (scene.asked[1][2] or "")
    for odd in ("Negotiate", 'Digest realm="here", nonce="n", algorithm="ROT13"', 'Basic realm="here"'):
        with (
            playing(whole(401, b"", "text/plain", WWW_Authenticate=odd)) as scene,
            pytest.raises(EndpointError, match="wants a user and a password"),
        ):
            Endpoint(scene.url, "anna", "s3cret").run("ASK {}")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_within_the_host_takes_the_question_along(status: int) -> None:
    """The query is sent again, by POST, as it was."""
    with playing(whole(status, b"", "text/plain", Location="/other"), whole()) as scene:
        assert Endpoint(scene.url).run("ASK {}") == Verdict(True)
    (first, body, _), (second, again, _) = scene.asked
    assert (first, second) == ("/sparql", "/other") and body == again


def test_redirects_in_a_circle_end() -> None:
    """An endpoint that sends one round and round is given up."""
    around = whole(307, b"", "text/plain", Location="/sparql")
    with playing(around) as scene, pytest.raises(EndpointError, match="HTTP 307"):
        Endpoint(scene.url).run("ASK {}")


def _dripping(sham: Sham) -> None:
    sham.send_response(200)
    sham.send_header("Content-Type", RESULTS)
    sham.end_headers()
    try:
        while True:
            sham.wfile.write(b" ")
            time.sleep(0.02)
    except OSError:
        sham.close_connection = True


def _dripping_headers(sham: Sham) -> None:
    try:
        sham.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            sham.wfile.write(b"X-More: 1\r\n" if time.monotonic() % 1 < 0.01 else b"")
            time.sleep(0.02)
    except OSError:
        sham.close_connection = True


@pytest.mark.parametrize("act", [_dripping, _dripping_headers, lambda _: time.sleep(3)])
def test_a_question_ends_when_its_time_is_over(act: Act) -> None:
    """An endpoint that says a little now and then does not keep one waiting for ever."""
    begun = time.monotonic()
    with playing(act) as scene, pytest.raises(EndpointError, match=r"no answer within 0\.5 seconds"):
        Endpoint(scene.url, timeout=0.5).run("ASK {}")
    assert time.monotonic() - begun < 10


def test_an_answer_without_end_is_refused() -> None:
    """More bytes than allowed are not read."""
    with playing(whole(200, b" " * 100_000)) as scene, pytest.raises(EndpointError, match="larger than 1,000 bytes"):
        Endpoint(scene.url, largest=1_000).run("ASK {}")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/x", "example.org/sparql", "http://", "javascript:x"]
)
def test_only_web_addresses_are_endpoints(url: str) -> None:
    """Nothing is read from files."""
    with pytest.raises(EndpointError, match="no http or https address"):
        Endpoint(url)


def test_a_password_in_the_address_is_refused() -> None:
    """It would stand in every message."""
    with pytest.raises(EndpointError, match="apart from the address") as caught:
        Endpoint("http://anna:s3cret@example.org/sparql")
    assert "s3cret" not in str(caught.value)


def test_bound_values_stay_values(oxigraph: Endpoint, store: Store) -> None:
    """A parameter goes as data, whatever its characters."""
    import pyoxigraph as ox

    query = "SELECT ?x { VALUES ?x { UNDEF } }"
    words = ox.Literal('"} INSERT DATA { <a:b> <a:c> 1 } #\\')
    found = oxigraph.run(query, {"x": words})
    assert found == Table(("x",), ((words,),)) == partial(local.run, store)(query, {"x": words})
