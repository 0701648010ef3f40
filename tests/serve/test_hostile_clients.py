"""Hostile clients: slow, many, lying, foreign; each costs itself at most."""

from __future__ import annotations

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest
from served import ENDLESS, FORM, JSON, QUERY, UPDATE, Served, eventually, get, post, read

ASK = b"ASK{?s ?p ?o}"
SHORT = "/sparql?query=ASK%7B%7D"


@pytest.mark.slow
def test_the_worker_of_a_client_who_leaves_is_free_at_once(server: Served):
    """HOSTILE 59: questions without end of clients who have left hold up nobody."""
    assert server.works()
    before = server.workers()
    lines = [server.posted(ENDLESS) for _ in range(2)]
    assert server.ask("ASK { ?s ?p ?o }", JSON).refused(503)  # both are at work
    for line in lines:
        line.close()
    assert server.works()
    assert eventually(lambda: len(before & server.workers()) == 1)


def test_a_slow_body_is_given_up(tight: Served):
    """HOSTILE 60: a body that does not come to its end in time gets a 408."""
    with tight.line() as line:
        line.sendall(post(QUERY, b"ASK", length=13))
        assert read(line, "POST").refused(408)
    with tight.line() as line:
        line.sendall(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n")
        line.sendall(b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n")
        assert read(line, "POST").refused(408)
    assert tight.works()


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /sparql",
        get(SHORT)[:-2],
        post(QUERY, b"x" * 300_000, length=10**9),
    ],
    ids=["nothing", "line", "head", "body after a refusal"],
)
def test_a_slow_head_ends_the_connection(server: Served, sent):
    """HOSTILE 60: a head, or the rest of a body that nobody reads, must come in time."""
    with server.line() as line:
        line.sendall(sent)
        while line.recv(65_536):
            pass


@pytest.mark.slow
def test_white_space_keeps_no_connection(server: Served):
    """HOSTILE 60: what comes between requests, and begins none, does not count as one."""
    with server.line() as line:
        line.sendall(get(SHORT))
        assert read(line).status == 200
        line.sendall(b"\r\n")
        assert line.recv(1) == b""


def test_a_head_without_end_is_cut_off(server: Served):
    """HOSTILE 60: a head that comes quickly and does not end is no better."""
    with server.line() as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        with pytest.raises(OSError, match=r"reset|Broken pipe"):
            for _ in range(100_000):
                line.sendall(b"X: " + b"x" * 1_000 + b"\r\n")
            raise OSError("the server reads on")
    assert server.works()


@pytest.mark.slow
def test_500_at_once_are_answered_or_sent_away(server: Served):
    """HOSTILE 61: of 500 connections each is answered, or told when to come again; then all is as before."""

    async def one() -> tuple[int, bool]:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(get(SHORT, "Connection: close"))
        answered = await reader.read()
        writer.close()
        return int(answered.split()[1]), b"retry-after: " in answered.lower()

    async def all_at_once() -> list[tuple[int, bool]]:
        return await asyncio.gather(*(one() for _ in range(500)))

    with ThreadPoolExecutor(1) as thread:  # a browser of other tests may hold the loop of this one
        answers = thread.submit(asyncio.run, all_at_once()).result()
    assert len(answers) == 500
    assert set(answers) <= {(200, False), (503, True)}
    assert (200, False) in answers
    assert server.works()


def test_questions_beyond_the_queue_are_told_when_to_come_again(server: Served):
    """HOSTILE 61: when workers and queue are full, a 503 says when to try again."""
    lines = [server.posted(ENDLESS) for _ in range(2 + 64)]
    try:
        answered = server.ask("ASK {}")
        assert answered.refused(503)
        assert int(answered.headers["retry-after"]) > 0
    finally:
        for line in lines:
            line.close()
    assert server.works()


@pytest.mark.parametrize(
    "sent",
    [
        post(QUERY, ASK, length=3),
        post(QUERY, ASK, length=-3),
        post(QUERY, ASK, "Content-Length: 3"),
        post(QUERY, ASK, "Transfer-Encoding: chunked"),
        post(QUERY, b"zz\r\nASK\r\n").replace(b"Content-Length: 9", b"Transfer-Encoding: chunked"),
        post(QUERY, b"fffffffffffffffff\r\nASK\r\n").replace(b"Content-Length: 24", b"Transfer-Encoding: chunked"),
        b"\x00\x01\x02\xff\r\n\r\n",
        b"GET /sparql\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        get("/sparql?query=\xff"),
        get(SHORT, "X\x00: y"),
        get(SHORT, "No colon"),
        b"BREW /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
)  # fmt: skip
def test_what_is_no_http_is_refused(server: Served, sent):
    """HOSTILE 62: false lengths, garbage in chunks and garbage at all get a 400, and no one else's answer."""
    assert server.raw(sent).status in (400, 421)
    assert server.ask("ASK {}").status == 200


def test_the_rest_of_a_body_is_another_request(server: Served):
    """HOSTILE 62: what comes after the announced end is never a part of the question."""
    with server.line() as line:
        line.sendall(post(QUERY, ASK, "Accept: text/csv") + get("/nowhere", "Connection: close"))
        said = line.makefile("rb").read()
    assert said.startswith(b"HTTP/1.1 200 OK")
    assert said.count(b"HTTP/1.1 404 Not Found") == 1


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, identity", "x"])
def test_compressed_bodies_are_refused(server: Served, encoding):
    """HOSTILE 63: a bomb is never unpacked."""
    bomb = gzip.compress(b" " * 30_000_000)
    assert server.raw(post(QUERY, bomb, f"Content-Encoding: {encoding}")).refused(415)


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", ASK, 415),
        ("application/json", b'{"query": "ASK {}"}', 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("", ASK, 415),
        ("application/sparql-query, text/html", ASK, 415),
        (QUERY + '; a="' + ";" * 100_000, ASK, 415),
        (f"{QUERY}; charset=utf-16", ASK.decode().encode("utf-16"), 415),
        (f"{QUERY}; charset=latin-1", ASK, 415),
        (QUERY, ASK.decode().encode("utf-16"), 400),
        (QUERY, b"ASK { ?s ?p '\xff' }", 400),
        (QUERY, b"ASK { ?s ?p '\xed\xa0\x80' }", 400),
        (QUERY, b"\xef\xbb\xbfASK { ?s ?p 1 }", 400),
        (QUERY, b"", 400),
        (QUERY, b"\x00", 400),
        (FORM, b"query=%ff", 400),
        (FORM, b"query=\xff", 400),
        (FORM, b"query=%ed%a0%80", 400),
        (FORM, b"", 400),
        (FORM, b"&".join([b"a=b"] * 5_000), 400),
    ],
)
def test_wrong_types_and_characters_are_refused(server: Served, kind, body, status):
    """HOSTILE 64: a content type that is wrong or missing, and bytes that are no UTF-8."""
    assert server.raw(post(kind, body)).refused(status)
    assert server.request("POST", "/sparql", ASK).refused(415)


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("*/*;q=0", 406),
        ("image/png", 406),
        ("text/csv;q=0, */*;q=0", 406),
        ("text/csv;q=nan", 406),
        ("text/csv;q=evil", 406),
        ("," * 10_000, 406),
        ("a/b," * 2_500, 406),
        ("a/b, " * 2_500 + "text/csv", 406),  # what is past 8 kB is not read
        ("*/*", 200),
        (";;;=,,/,*/*", 200),
        ("text/csv;q=1e308", 200),
    ],
)
def test_what_a_client_accepts_is_read_with_patience(server: Served, accept, status):
    """HOSTILE 65: nothing accepted, nonsense, 10 kB of it: an answer in a format of ours, or a list of those."""
    answered = server.ask("ASK {}", accept)
    assert answered.status == status
    assert status == 200 or (answered.refused(406) and "text/csv" in answered.text)


@pytest.mark.parametrize(
    "target",
    [
        "/static/..%2f..%2f..%2fetc%2fpasswd",
        "/static/../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%5c..%5cetc%5cpasswd",
        "/static//etc/passwd",
        "/static/%00",
        "/static/app.py%00.js",
        "/sparql/../../etc/passwd",
        "/sparql%00",
        "/%",
        "/%ff%fe",
        "//127.0.0.1/",
        "/" + "a/" * 20_000,
    ],
)
def test_no_path_leads_out(server: Served, target):
    """HOSTILE 66: paths that climb, with NUL, or broken, lead to nothing."""
    answered = server.raw(get(target))
    assert answered.status in (400, 404)
    assert b"root:" not in answered.body


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:PORT", "", "[::1", "127.0.0.1@evil.example", "a b"]
)
def test_foreign_hosts_are_sent_away(server: Served, host):
    """HOSTILE 67: a name that an attacker points to this machine is none of ours."""
    answered = server.raw(get(SHORT, host=host.replace("PORT", str(server.port))))
    assert answered.refused(421)
    assert "boolean" not in answered.text


def test_own_names_are_answered(server: Served):
    """HOSTILE 67: with a port and without, in any case."""
    for host in ("127.0.0.1", f"127.0.0.1:{server.port}", "LocalHost", f"[::1]:{server.port}"):
        assert server.raw(get(SHORT, host=host)).status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://[", "http://127.0.0.1:1", "x", "file://"])
def test_pages_of_others_change_nothing(writable: Served, origin):
    """HOSTILE 67: what a browser sends for a page of another site is refused, even with the token."""
    assert writable.update("CLEAR ALL", Origin=origin).refused(403)
    body = {"Content-Type": FORM, "Origin": origin, "Authorization": "Bearer the-token-of-the-tests"}
    assert writable.request("POST", "/sparql", b"update=CLEAR+ALL", body).refused(403)
    assert writable.works()


def test_a_form_of_another_site_changes_nothing(writable: Served):
    """HOSTILE 67: a browser's form cannot show the token, whatever it sends along."""
    plain = {"Content-Type": "text/plain", "Cookie": "token=the-token-of-the-tests"}
    assert writable.request("POST", "/sparql", b"update=CLEAR ALL", plain).refused(415)
    form = {"Content-Type": FORM, "Cookie": "token=the-token-of-the-tests"}
    assert writable.request("POST", "/sparql", b"update=CLEAR+ALL", form).refused(401)
    assert writable.works()


def test_answers_are_for_pages_of_this_server_alone(server: Served):
    """HOSTILE 67: no page of another site may read an answer, or ask whether it may."""
    foreign = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answers = [server.request("OPTIONS", "/sparql", headers=foreign), server.request("GET", SHORT, headers=foreign)]
    assert [each.status for each in answers] == [403, 200]
    for each in answers:
        assert not [name for name in each.headers if name.startswith("access-control")]
        assert each.headers["cross-origin-resource-policy"] == "same-origin"
        assert "default-src 'none'" in each.headers["content-security-policy"]
        assert each.headers["referrer-policy"] == "no-referrer"


def test_other_methods(server: Served):
    """HOSTILE 68: OPTIONS says which there are, HEAD is GET without a body, no other is taken, nothing is echoed."""
    options = server.request("OPTIONS", "/sparql")
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    whole, head = server.request("GET", SHORT), server.request("HEAD", SHORT)
    assert (head.status, head.body) == (200, b"")
    assert head.headers == whole.headers
    for method in ("TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"):
        answered = server.request(method, "/sparql", headers={"X-Secret": "echoed"})
        assert answered.refused(405)
        assert "GET" in answered.headers["allow"]
        assert "echoed" not in answered.text
    assert server.raw(b"CONNECT evil.example:443 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").status == 400
    assert server.raw(b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").status in (200, 204, 404)


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", "SELECT * { <img src=x onerror=alert(1)> }", "\r\nX: y"]
)
def test_errors_reflect_nothing_as_a_page(server: Served, query):
    """HOSTILE 69: an error may cite the query, as plain text that no browser takes for anything else."""
    for accept in ("text/html", "*/*"):
        assert server.ask(query, accept).refused(400)


@pytest.mark.parametrize(
    "name", ["evil\r\nX-Evil: y", "json\r\n\r\n<script>", "<script>", "a\x00b", "../x", "x" * 9_000]
)
def test_formats_and_filenames_inject_no_header(server: Served, name):
    """HOSTILE 69: an unknown format is refused, other parameters are ignored; no header comes of either."""
    answered = server.ask("ASK {}", format=name)
    assert answered.refused(400)
    assert "script" not in answered.text
    ignored = server.ask("ASK {}", filename=name)
    assert ignored.status == 200
    assert "x-evil" not in answered.headers | ignored.headers


@pytest.mark.parametrize("accept", [JSON, "text/csv", "text/tab-separated-values", "application/sparql-results+xml"])
def test_an_answer_that_took_too_long_is_none(tight: Served, accept):
    """HOSTILE 70: rows come first and the end never; still no part of them is sent as if it were the answer."""
    quick = "SELECT ?a { ?a ?b ?c } LIMIT 5"
    assert tight.ask(quick, accept).status == 200
    assert tight.ask(f"SELECT * {{ {{ {quick} }} UNION {{ {ENDLESS} }} }}", accept).refused(504)


@pytest.mark.parametrize(
    "shown",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer the-token-of-the-test"},
        {"Authorization": "Bearer the-token-of-the-tests-"},
        {"Authorization": "Bearer THE-TOKEN-OF-THE-TESTS"},
        {"Authorization": "Basic the-token-of-the-tests"},
        {"Authorization": "the-token-of-the-tests"},
        {"Authorization": "Bearer \xff\xfe"},
        {"Authorization": "Bearer " + "x" * 60_000},
        {"Cookie": "token=the-token-of-the-tests"},
        {"X-Token": "the-token-of-the-tests"},
    ],
)
def test_without_the_token_nothing_is_written(writable: Served, shown):
    """HOSTILE 72: blank, wrong, cut short, in another scheme or another header."""
    answered = writable.request("POST", "/sparql", b"CLEAR ALL", {"Content-Type": UPDATE} | shown)
    assert answered.refused(401)
    assert answered.headers["www-authenticate"] == "Bearer"
    assert "the-token" not in answered.text
    assert writable.works()


def test_a_token_in_the_address_is_none(writable: Served):
    """HOSTILE 72: what stands in addresses ends up in logs, so it does not count there."""
    for name in ("token", "access_token", "Authorization"):
        target = f"/sparql?{name}=the-token-of-the-tests"
        assert writable.request("POST", target, b"CLEAR ALL", {"Content-Type": UPDATE}).refused(401)
    assert writable.works()


def test_a_server_that_only_reads_takes_no_token(server: Served):
    """HOSTILE 72: without --updates there are none, whatever is shown."""
    assert server.update("CLEAR ALL").refused(403)
