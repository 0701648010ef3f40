"""Stores to publish, and servers to publish them to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from places import Place
from press import press
from regiograph.rdf.nodes import DEFAULT, iri
from regiograph.rdf.store import Store
from servers import Server, oxigraph, virtuoso


def _filled(folder: Path, ids: set[str], source: str) -> Path:
    with Store.open(folder, min_confidence=0.5) as store:
        for draft in press():
            if draft.id in ids:
                store.put(replace(draft, source=source if draft.id == "mission" else draft.source).extraction())
    return folder


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three articles."""
    return _filled(tmp_path_factory.mktemp("before") / "store", {"mission", "zone", "engines"}, "Morning Sample")


@pytest.fixture(scope="session")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, some time later: one article is withdrawn, one has changed, two are new, and so has the knowledge."""
    return _filled(tmp_path_factory.mktemp("after") / "store", {"mission", "engines", "plans", "end"}, "Evening Sample")


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Oxigraph's server."""
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Virtuoso."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture
def place(oxigraph_server: Server) -> Place:
    """Oxigraph's server, with nothing in it."""
    return Place(oxigraph_server, DEFAULT).emptied()


@pytest.fixture(params=["oxigraph", "virtuoso"])
def any_place(request: pytest.FixtureRequest) -> Place:
    """Each of the servers, with nothing of ours in it; Virtuoso has no default graph to write to."""
    server: Server = request.getfixturevalue(f"{request.param}_server")
    knowledge = iri("https://example.org/knowledge") if request.param == "virtuoso" else DEFAULT
    return Place(server, knowledge).emptied()
