"""The least that answers SPARQL over HTTP here: a Starlette route that asks pyoxigraph in its own process."""

from __future__ import annotations

import argparse

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from regiograph.serve.server import config, run

_JSON = "application/sparql-results+json"


def application(store: ox.Store, *, threads: bool) -> Starlette:
    """Return the application; with `threads`, questions are answered in Starlette's pool of threads."""

    def answer(request: Request) -> Response:
        found = store.query(request.query_params["query"])
        return Response(found.serialize(format=ox.QueryResultsFormat.JSON), media_type=_JSON)

    async def at_once(request: Request) -> Response:
        return answer(request)

    return Starlette(routes=[Route("/sparql", answer if threads else at_once)])


def main() -> None:
    """Serve a database of Oxigraph, with the settings of uvicorn that `regiograph serve` has."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("port", type=int)
    parser.add_argument("--threads", action="store_true")
    given = parser.parse_args()
    app = application(ox.Store.read_only(given.database), threads=given.threads)
    run(config(app, "127.0.0.1", given.port), lambda _: None)


if __name__ == "__main__":
    main()
