"""Servers on a small store, and a listener that nobody may call."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from served import Served, serving, small_store


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small store; to be read only."""
    return small_store(tmp_path_factory.mktemp("people") / "store")


@pytest.fixture(scope="session")
def server(people: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that is patient: a question may take longer than any test waits."""
    with serving(people, tmp_path_factory.mktemp("server"), "--timeout", "300") as served:
        yield served


@pytest.fixture(scope="session")
def tight(people: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with tight limits: 2 seconds, 50 rows, 512 MB."""
    limits = ("--timeout", "2", "--rows", "50", "--memory", "512")
    with serving(people, tmp_path_factory.mktemp("tight"), *limits) as served:
        yield served


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that takes updates, on a store of its own."""
    folder = tmp_path_factory.mktemp("writable")
    with serving(small_store(folder / "store"), folder, "--updates", "--timeout", "60") as served:
        yield served


@dataclass
class Trap:
    """A listener on this machine, and how often it was called."""

    port: int
    calls: list[str] = field(default_factory=list)


@pytest.fixture
def trap() -> Iterator[Trap]:
    """A listener that must not be called."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Trap(listening.getsockname()[1])

        def listen() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                made.calls.append("called")
                line.close()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        yield made
        listening.shutdown(socket.SHUT_RDWR)  # wakes the thread
        listener.join()
    assert not made.calls
