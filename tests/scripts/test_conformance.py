"""scripts/conformance over a small suite: what it counts, lists and ends with."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from commandline import CHECKOUT, Done
from listening import listening

SUITE = CHECKOUT / "tests" / "corpus" / "sparql-suite"


def conformance(*args: str | Path) -> Done:
    """Run the script."""
    command = [sys.executable, CHECKOUT / "scripts" / "conformance", *args]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def report(*args: str | Path) -> dict[str, Any]:
    """Run the script and return what it reports."""
    return json.loads(conformance(SUITE, "--format", "json", *args).out)


@pytest.fixture
def server() -> Iterator[str]:
    """Oxigraph's server, empty, on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = free.getsockname()
    command = [Path(sys.executable).with_name("oxigraph"), "serve", "--bind", "{}:{}".format(*place)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await(place)
            yield "http://{}:{}".format(*place)
        finally:
            process.terminate()


@dataclass(frozen=True)
class Request:
    """A request as it arrived, the names of its headers in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Listener(ThreadingHTTPServer):
    """A server that keeps what it hears and agrees to everything."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.heard: list[Request] = []


class _Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        self.server.heard.append(Request(self.command, self.path, headers, body))  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A server that listens."""
    with listening(Listener()) as server:
        yield server


def _await(place: tuple[str, int]) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(place) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens at {place}")


def test_each_part_is_counted() -> None:
    """Answers and syntax apart; what regiograph refuses and the engine answers is lost."""
    found = report()
    figures = {"tests": 7, "bare": 6, "ours": 5, "lost": 1, "apart": 1}
    assert {name: found["answers"][name] for name in figures} == figures
    assert found["answers"]["folders"] == {"rivers": figures}
    assert [found["syntax"][name] for name in ("tests", "bare", "ours", "lost")] == [2, 2, 2, 0]
    wrong, refused = found["answers"]["faults"]
    assert (wrong["name"], wrong["bare"], wrong["ours"]) == ("wrong", "another order", "another order")
    assert (refused["name"], refused["bare"]) == ("refused", "")
    assert "SERVICE would call another machine" in refused["ours"]


def test_the_table_lists_what_is_lost() -> None:
    """The reason stands beside the name, and the script ends with 1."""
    done = conformance(SUITE)
    assert done.code == 1
    assert done.out.splitlines()[1].split() == ["rivers", "7", "6", "5", "1", "1"]
    assert (
        "lost: the engine passes it, regiograph does not: 1\n  rivers/refused: the query, line 1: SERVICE" in done.out
    )
    assert "failed by the engine itself: 1\n  rivers/wrong: another order" in done.out


@pytest.mark.parametrize("name", ["rows", "table", "wrong", "malformed"])
def test_what_the_engine_fails_too_is_not_lost(name: str) -> None:
    """The script ends with 0 unless regiograph spoils something."""
    done = conformance(SUITE, "--only", name)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[1].split() == ["rivers", "1", *("00" if name == "wrong" else "11"), "0", "0"]


def test_the_protocol_is_spoken_as_described(server: str) -> None:
    """Requests go to where queries and updates go, their data before them; what comes back is checked."""
    found = report("--only", "protocol", "--serve", f"{server}/query", "--update", f"{server}/update")["protocol"]
    assert (found["tests"], found["passed"]) == (5, 3)
    assert {each["name"]: each["fault"] for each in found["results"] if each["fault"]} == {
        "wrong_truth": "request 1: the answer is True; expected False",
        "wrong_status": "request 1: status 200; expected 4xx",
    }
    assert [each["statuses"] for each in found["results"]] == [[200], [204, 200], [400], [200], [200]]


def test_requests_are_sent_as_they_are_described(listener: Listener) -> None:
    """Nothing is added to them that could make a bad one good; the token goes with each."""
    place = f"http://127.0.0.1:{listener.server_port}/sparql"
    report("--only", "protocol", "--serve", place, "--token", "secret", "--loaded")
    direct, untyped = listener.heard[2:4]
    assert len(listener.heard) == 6
    assert {each.headers["authorization"] for each in listener.heard} == {"Bearer secret"}
    assert (direct.method, direct.path, direct.body) == ("POST", "/sparql", b"ASK { <a:b> <a:c> 1 }")
    assert direct.headers["content-type"] == "application/sparql-query"
    assert "content-type" not in untyped.headers
    assert untyped.body.decode("UTF-16") == "ASK {}"


def test_the_data_of_the_protocol_can_be_had_as_a_file(tmp_path: Path) -> None:
    """For a server that takes no updates."""
    assert conformance(SUITE, "--prepare", tmp_path / "data.nq").code == 0
    subject, _, _, graph, _ = (tmp_path / "data.nq").read_text().split()
    assert (subject, graph) == ("<http://example.org/bridge>", "<http://example.org/bridges>")


@pytest.mark.parametrize("url", ["http://example.org/sparql", "https://127.0.0.1/sparql", "127.0.0.1"])
def test_no_other_machines_store_is_emptied(url: str) -> None:
    """The tests of the protocol clear all graphs."""
    assert conformance(SUITE, "--only", "protocol", "--serve", url).failed(2, "the tests empty the store")


def test_a_suite_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A folder without a suite, or with a broken one."""
    assert conformance(tmp_path).failed(2, "no manifest.ttl in it")
    (tmp_path / "manifest.ttl").write_text("not Turtle")
    assert conformance(tmp_path).failed(2, "manifest.ttl: ")


def test_nothing_to_run_is_no_success() -> None:
    """A name that no test has, a server that is not there."""
    assert conformance(SUITE, "--only", "nothing").failed(2, "no test of it is called nothing")
    assert conformance(SUITE, "--only", "protocol", "--serve", "http://127.0.0.1:9/").failed(2, "http://127.0.0.1:9/: ")
