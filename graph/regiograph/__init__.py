"""News about regional investment as a knowledge graph that shows the sentence behind every relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiograph.version import __version__

if TYPE_CHECKING:
    from os import PathLike

    from regiograph.analysis import KnowledgeGraph


def open(  # noqa: A001  as gzip.open: it is called regiograph.open
    place: str | PathLike[str], *, user: str | None = None, password: str | None = None, timeout: float = 60.0
) -> KnowledgeGraph:
    """Open a graph to ask it: a store's folder, or the address of a SPARQL 1.1 endpoint that holds one.

        with regiograph.open("out/demo/store") as graph:
            graph.query("officials", place="Tomsk region").to_pandas()

    Nothing is written, and nothing that is heavy is imported before this is called. `user`, `password` and `timeout`,
    the seconds that a question may take, are for endpoints.

    Raises:
        StoreError: there is no store, or it cannot be used.
        EndpointError: the address is no http or https address of an endpoint.
    """
    from regiograph import analysis

    return analysis.opened(place, user=user, password=password, timeout=timeout)


__all__ = ["__version__", "open"]
