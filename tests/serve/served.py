"""`regiograph serve` in a process of its own, on a small store, and requests to it by real sockets."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

from commandline import CHECKOUT
from regiograph.entities.identity import BASE, claim_iri, entity_iri
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Span
from regiograph.rdf.store import Store
from regiograph.terms import EntityType, Modality, Polarity, Predicate

TOKEN = "the-token-of-the-tests"
PATIENCE = 120.0  # seconds of a slow machine
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s }"
JSON = "application/sparql-results+json"

# What Python calls in the server and in its workers is seen here. The engine, which is no Python, has tests of its own.
_WATCH = """
import os, sys

def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        log = os.open(os.environ["CONNECTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(log, f"{event} {args[1:] if event == 'socket.connect' else args}\\n".encode())
        os.close(log)

sys.addaudithook(watch)
"""


def small_store(path: Path) -> Path:
    """Make a store of one article in which twelve people meet each other in a row."""
    names = [f"Anna Orlova {letter}" for letter in "ABCDEFGHIJKL"]
    sentences = [f"{a} met {b}." for a, b in pairwise(names)]
    text, person = " ".join(sentences), EntityType.PERSON
    spans = [Span(text.index(n), text.index(n) + len(n)) for n in names]
    people = [Entity(entity_iri(BASE, person, n), person, n, (s,)) for n, s in zip(names, spans, strict=True)]
    claims, start = [], 0
    for sentence, (a, b) in zip(sentences, pairwise(people), strict=True):
        evidence = Evidence(Span(start, start + len(sentence)), sentence)
        iri = claim_iri(BASE, "meetings", a.id, Predicate.MET_WITH, b.id, evidence)
        claims.append(
            Claim(iri, a.id, Predicate.MET_WITH, b.id, None, (), Modality.ASSERTED, Polarity.POSITIVE, 0.9, evidence)
        )
        start += len(sentence) + 1
    article = Article("meetings", text, "Meetings", "2015-06-11", "Morning Sample", None, "en")
    with Store.open(path, min_confidence=0.5) as store:
        store.put(Extraction(article, tuple(people), tuple(claims), "rules/1"))
    return path


@dataclass(frozen=True)
class Answer:
    """What a server answered; the names of the headers are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def refused(self, *statuses: int) -> bool:
        """Whether it is one of these refusals, in plain words that no browser takes for a page."""
        assert self.status in statuses, self
        assert "Traceback" not in self.text, self
        assert self.headers["content-type"].startswith("text/plain"), self
        assert self.headers.get("x-content-type-options") == "nosniff", self
        return True


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    @property
    def connects(self) -> str:
        """What it and its workers have connected to, a line each."""
        return (self.folder / "connects").read_text()

    @property
    def said(self) -> str:
        """What it has printed."""
        return (self.folder / "said").read_text()

    def request(
        self, method: str, target: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request on a connection of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(method, target, body, dict(headers or {}))
            return answer(line.getresponse())
        finally:
            line.close()

    def ask(self, query: str, accept: str = "*/*", **parameters: str) -> Answer:
        """Send a query as a form."""
        form = urlencode({"query": query, **parameters}).encode()
        return self.request("POST", "/sparql", form, {"Accept": accept, "Content-Type": FORM})

    def update(self, text: str, token: str | None = TOKEN, **headers: str) -> Answer:
        """Send an update, with the token of the tests."""
        shown = {} if token is None else {"Authorization": f"Bearer {token}"}
        return self.request("POST", "/sparql", text.encode(), {"Content-Type": UPDATE} | shown | headers)

    def raw(self, sent: bytes) -> Answer:
        """Send bytes and read the answer, while the connection stays open."""
        with self.line() as line:
            line.sendall(sent)
            return read(line, sent.partition(b" ")[0].decode("latin-1"))

    def line(self) -> socket.socket:
        """Return a connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def posted(self, query: str) -> socket.socket:
        """Send a query and return the connection, on which nothing has been read."""
        line = self.line()
        line.sendall(post(QUERY, query.encode()))
        return line

    def workers(self) -> set[int]:
        """Return the ids of its workers."""
        return workers_of(self.process.pid)

    def works(self) -> bool:
        """Whether it answers a small question rightly, and has all its workers, at last."""

        def answers() -> bool:
            answered = self.ask("ASK { ?s ?p ?o }", JSON)
            assert answered.status in (200, 503), (answered, self.said)
            return b"true" in answered.body

        return eventually(answers) and eventually(lambda: len(self.workers()) == 3)


FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


def answer(got: http.client.HTTPResponse) -> Answer:
    """Read an answer."""
    return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())


def read(line: socket.socket, method: str = "GET") -> Answer:
    """Read the answer that comes by a connection."""
    got = http.client.HTTPResponse(line, method=method)
    got.begin()
    return answer(got)


def post(kind: str, body: bytes, *headers: str, length: int | None = None) -> bytes:
    """Return the bytes of a POST request."""
    head = ["POST /sparql HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {kind}", *headers]
    head.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*head, "", ""]).encode() + body


def get(target: str, *headers: str, host: str = "127.0.0.1") -> bytes:
    """Return the bytes of a GET request."""
    return "\r\n".join([f"GET {target} HTTP/1.1", f"Host: {host}", *headers, "", ""]).encode("latin-1")


def workers_of(server: int) -> set[int]:
    """Return the ids of the workers of a server that runs, or that ran."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == server and b"regiograph.serve.worker" in (process / "cmdline").read_bytes():
                found.add(int(process.name))
        except OSError:
            continue
    return found


def alive(process: int) -> bool:
    """Whether a process runs."""
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def eventually(true: Callable[[], bool]) -> bool:
    """Wait until something is true; False if it is not for long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def start(store: Path, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start a server; what it prints, and what it and its workers connect to, is written to the folder."""
    (folder / "sitecustomize.py").write_text(_WATCH)
    (folder / "connects").touch()
    path = os.pathsep.join([str(folder), str(CHECKOUT / "graph")])
    env = os.environ | {"PYTHONPATH": path, "CONNECTS": str(folder / "connects"), "REGIOGRAPH_TOKEN": TOKEN}
    command = [sys.executable, "-m", "regiograph", "serve", "--store", str(store), "--port", "0", "--workers", "2"]
    with (folder / "said").open("wb") as said:
        return subprocess.Popen([*command, *options], stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=env)


@contextmanager
def serving(store: Path, folder: Path, *options: str) -> Iterator[Served]:
    """Serve a store; at the end the server and its workers are gone, and have called no one."""
    process = start(store, folder, *options)
    try:
        yield awake(process, folder)
    finally:
        workers = workers_of(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
    assert not [worker for worker in workers if alive(worker)]
    assert not (folder / "connects").read_text()


def awake(process: subprocess.Popen[bytes], folder: Path) -> Served:
    """Wait until a server takes requests."""

    def port() -> int:
        """Return where it listens, 0 before it does."""
        said = (folder / "said").read_text()
        assert process.poll() is None, said
        found = re.search(r"Open http://127\.0\.0\.1:(\d+)/ in a browser", said)
        return int(found[1]) if found else 0

    assert eventually(lambda: port() > 0)
    return Served(process, port(), folder)
