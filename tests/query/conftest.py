"""The sample store, in which every question has a known answer, and servers that hold a copy of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pyoxigraph as ox
import pytest

from press import press
from regiograph.publishing.publication import Publication
from regiograph.query import local
from regiograph.query.asking import Run
from regiograph.query.remote import Endpoint
from regiograph.query.updating import Updates
from regiograph.rdf.store import Store
from servers import oxigraph as served_by_oxigraph
from servers import virtuoso as served_by_virtuoso

KNOWLEDGE = "https://example.org/knowledge"


@pytest.fixture(scope="session", params=["store", "oxigraph", "virtuoso"])
def run(request: pytest.FixtureRequest, store: Store) -> Run:
    """What runs queries on the sample: the store itself, or a server that holds a copy of it."""
    if request.param == "store":
        return partial(local.run, store)
    served: Endpoint = request.getfixturevalue(request.param)
    return served.run


@pytest.fixture(scope="session")
def oxigraph(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Oxigraph's server with the quads of the sample store, on a free port of this machine."""
    with served_by_oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        server.load(store.quads.dump(format=ox.RdfFormat.N_QUADS))
        yield Endpoint(server.query, timeout=30)


@pytest.fixture(scope="session")
def virtuoso(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """OpenLink's Virtuoso, to which the sample store was published; the default graph is the one with the knowledge."""
    with served_by_virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        endpoint = Endpoint(server.query, timeout=30)
        updates = Updates(server.update, *server.login, timeout=60)
        Publication(store, endpoint, updates, knowledge=ox.NamedNode(KNOWLEDGE)).run()
        yield Endpoint(f"{server.query}?default-graph-uri={KNOWLEDGE}", timeout=30)


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    """The sample store; to be read only."""
    with Store.open(None, min_confidence=0.5) as opened:
        for draft in press():
            opened.put(draft.extraction())
        yield opened
