"""Servers of the same graph, each started on a free port of this machine: ours and those it is compared with."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pyoxigraph as ox

OURS, BARE, THREADS, RDFLIB, OXIGRAPH = "regiograph", "bare", "bare, threads", "rdflib-endpoint", "oxigraph"
JSON = "application/sparql-results+json"
_START, _END = 120.0, 5.0  # seconds
_PATHS = {OXIGRAPH: "/query", RDFLIB: "/"}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that takes questions."""

    name: str
    port: int
    process: int

    def spent(self) -> float:
        """Return the seconds of processor time that it and its processes have taken so far."""
        return _spent(self.process)

    def request(self, sparql: str) -> str:
        """Return a question as an HTTP request."""
        return f"GET {self._address(sparql)} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: {JSON}\r\n\r\n"

    def answer(self, sparql: str) -> bytes:
        """Ask it once."""
        address = f"http://127.0.0.1:{self.port}{self._address(sparql)}"
        with urlopen(Request(address, headers={"Accept": JSON}), timeout=_START) as answer:
            return answer.read()

    def _address(self, sparql: str) -> str:
        return f"{_PATHS.get(self.name, '/sparql')}?query={quote(sparql, safe='')}"


@dataclass(frozen=True, slots=True)
class Graph:
    """The same graph for all: our store, and copies of it as a database of Oxigraph and as N-Quads."""

    store: Path
    database: Path
    quads: Path


def built(articles: Path, folder: Path) -> Path:
    """Build the store, in a process of its own."""
    command = [sys.executable, "-m", "regiograph", "build", articles, "--out", folder / "built"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "built" / "store"


def copied(store: Path, folder: Path) -> Graph:
    """Make the copies."""
    graph = Graph(store, folder / "database", folder / "graph.nq")
    ox.Store.read_only(str(store / "quads")).dump(graph.quads, format=ox.RdfFormat.N_QUADS)
    copy = ox.Store(graph.database)
    copy.bulk_load(path=graph.quads, format=ox.RdfFormat.N_QUADS)
    copy.optimize()
    return graph


def commands(graph: Graph, rdflib_endpoint: str | None) -> dict[str, list[str | Path]]:
    """Return how each server is started; the port is put in the place of PORT."""
    python, bare, program = sys.executable, Path(__file__).with_name("bare.py"), Path(sys.executable).parent
    found: dict[str, list[str | Path]] = {
        OURS: [python, "-m", "regiograph", "serve", "--store", graph.store, "--port", "PORT"],
        BARE: [python, bare, graph.database, "PORT"],
        THREADS: [python, bare, graph.database, "PORT", "--threads"],
        OXIGRAPH: [
            program / "oxigraph", "serve-read-only", "--location", graph.database, "--bind", "127.0.0.1:PORT",
        ],
    }  # fmt: skip
    if rdflib_endpoint:
        found[RDFLIB] = [rdflib_endpoint, "serve", "--host", "127.0.0.1", "--port", "PORT", graph.quads]
    return found


@contextmanager
def started(name: str, command: Sequence[str | Path]) -> Iterator[Server]:
    """Start a server, wait until it answers, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [str(part).replace("PORT", str(port)) for part in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        server = Server(name, port, process.pid)
        try:
            _wait(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(_END)
            except subprocess.TimeoutExpired:  # rdflib-endpoint, which answers to the end
                process.kill()


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START
    while time.monotonic() < end and process.poll() is None:
        try:
            server.answer("ASK {}")
        except (URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{server.name} does not start")


def _spent(process: int) -> float:
    own = time.clock_gettime(~process << 3 | 2)  # what clock_getcpuclockid(3) gives, which Python does not offer
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(_spent(int(child)) for child in children)
