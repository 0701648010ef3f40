"""The extract of Wikidata on a server of this machine, and a store whose entities are in it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from wikidata_sample import EXTRACT, Door, article, door

from regiograph.errors import EndpointError
from regiograph.query.remote import Endpoint
from regiograph.rdf.store import Store


@pytest.fixture(scope="session")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Oxigraph's server with the extract."""
    data, program = tmp_path_factory.mktemp("wikidata"), Path(sys.executable).with_name("oxigraph")
    subprocess.run([program, "load", "--location", data, "--file", EXTRACT], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve-read-only", "--location", data, "--bind", place]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield _awake(f"http://{place}/query")
        finally:
            server.terminate()


def _awake(url: str) -> str:
    """Wait until a server that is being started answers."""
    for _ in range(200):
        try:
            Endpoint(url, timeout=30).run("ASK {}")
        except EndpointError:
            time.sleep(0.05)
        else:
            return url
    raise AssertionError(f"{url} does not answer")


@pytest.fixture
def wikidata(extract: str) -> Iterator[Door]:
    """The extract, behind a door that counts."""
    with door(extract) as opened:
        yield opened


@pytest.fixture(scope="session")
def press_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the store; to be read only."""
    folder = tmp_path_factory.mktemp("press") / "store"
    with Store.open(folder) as store:
        store.put(article())
    return folder


@pytest.fixture
def press_store(press_folder: Path) -> Iterator[Store]:
    """The same store, opened."""
    with Store.open(press_folder, read_only=True) as store:
        yield store
