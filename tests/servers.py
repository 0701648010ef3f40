"""SPARQL servers on free ports of this machine: Oxigraph's, and Virtuoso where it is installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

VIRTUOSO = "virtuoso-t"
_INI = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = {folder}
ServerThreads = 8
MaxClientConnections = 8
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Server:
    """A running server: where it takes questions and updates, and who may update."""

    query: str
    update: str
    login: tuple[str | None, str | None] = (None, None)

    def load(self, quads: bytes) -> None:
        """Add quads, as N-Quads; Oxigraph only."""
        there = self.query.replace("/query", "/store")
        urllib.request.urlopen(urllib.request.Request(there, quads, {"Content-Type": "application/n-quads"})).close()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def oxigraph(folder: Path, port: int | None = None) -> Iterator[Server]:
    """Run Oxigraph's server, with its data in a folder."""
    place = f"127.0.0.1:{port or free_port()}"
    command = [Path(sys.executable).with_name("oxigraph"), "serve", "--location", folder, "--bind", place]
    with _running(command, f"http://{place}/query"):
        yield Server(f"http://{place}/query", f"http://{place}/update")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run Virtuoso, with its data in a folder; skip where it is not installed."""
    if shutil.which(VIRTUOSO) is None:
        pytest.skip(f"{VIRTUOSO} is not installed (apt-get install virtuoso-opensource-7)")
    web, settings = free_port(), folder / "virtuoso.ini"
    settings.write_text(_INI.format(folder=folder, port=free_port(), web=web), encoding="utf-8")
    place = f"http://127.0.0.1:{web}/sparql"
    with _running([VIRTUOSO, "+foreground", "+configfile", settings], place):
        yield Server(place, f"{place}-auth", ("dba", "dba"))


@contextmanager
def _running(command: Sequence[str | Path], address: str) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(address, server)
            yield
        finally:
            server.kill()


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server that is being started answers."""
    for _ in range(2_400):
        try:
            urllib.request.urlopen(f"{address}?query=ASK%20%7B%7D", timeout=5).close()
        except OSError:
            assert server.poll() is None, f"the server at {address} did not start"
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{address} does not answer")
