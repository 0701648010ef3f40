"""`view`: the page, of the whole store or of a part of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regiograph.cli.asking import answered
from regiograph.cli.building import tell_left_out
from regiograph.cli.console import say
from regiograph.cli.options import OUT, opened, store_option
from regiograph.errors import QueryError

if TYPE_CHECKING:
    import networkx as nx

    from regiograph.rdf.store import Store


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default=OUT / "graph.html")
@click.option("--title", help="The page's heading.  [default: Regional investment, or the name of what is in focus]")
@click.option("--focus", metavar="ENTITY", multiple=True, help="Only what is near this entity, by name or IRI; repeat.")
@click.option("--steps", type=click.IntRange(1, 5), default=1, show_default=True, help="How near that is.")
@click.option("--query", "question", metavar="NAME|FILE|SPARQL", help="Only the entities that a question finds.")
@click.option("--param", "-p", "params", metavar="NAME=VALUE", multiple=True, help="A parameter of the question.")
@store_option()
def view(
    file: Path, title: str | None, focus: tuple[str, ...], steps: int, question: str | None, params: tuple[str, ...],
    store_path: Path,
) -> None:  # fmt: skip
    """Write the page: one HTML file that works offline.  [default: out/graph.html]

    \b
    regiograph view tomsk.html --focus "Tomsk Region" --steps 2
    regiograph view members.html --query members -p "network=Eurocities"
    """
    from regiograph.view import page

    if focus and question:
        raise click.UsageError("--focus and --query do not go together")
    if params and not question:
        raise click.UsageError("--param needs --query")
    with opened(store_path, read_only=True) as store:
        graph, about = _network(store, focus, steps, question, params)
    page.write(graph, file, title=title or about)
    say(f"Wrote {file} with {len(graph):,} entities; open it in a browser")
    tell_left_out(file, page.part(graph))


def _network(
    store: Store, focus: tuple[str, ...], steps: int, question: str | None, params: tuple[str, ...]
) -> tuple[nx.MultiDiGraph[str], str]:
    """Return what is to be shown and its title."""
    from regiograph.network.neighbourhood import among, around
    from regiograph.network.projection import project

    if focus:
        found = entities(store, focus, "--focus")
        graph = around(store.quads, found, steps=steps)
        return graph, " and ".join(str(graph.nodes[node]["label"]) if node in graph else node for node in found)
    if question:
        graph = among(store.quads, _found(store, question, params))
        if not graph:
            raise QueryError(f"{question}: finds no entity, so that there is nothing to draw")
        return graph, "Regional investment"
    return project(store.quads), "Regional investment"


def entities(store: Store, words: tuple[str, ...], parameter: str) -> list[str]:
    """Return the IRIs of the entities that words mean, names or IRIs; `parameter` is what errors call them.

    Raises:
        QueryError: nothing is called so, or several are.
    """
    from regiograph.query.lookup import found

    return [found(each, store, parameter=parameter) for each in words]


def _found(store: Store, question: str, params: tuple[str, ...]) -> list[str]:
    """Return the IRIs in an answer, each once, in its order."""
    import pyoxigraph as ox

    from regiograph.query import local
    from regiograph.query.results import Graph, Table

    answer = answered(partial(local.run, store), store.base, question, params)
    match answer:
        case Table():
            cells: Iterable[object] = (cell for row in answer.rows for cell in row)
        case Graph():
            cells = (end for triple in answer.triples for end in (triple.subject, triple.object))
        case _:
            raise QueryError(f"{question}: answers yes or no, which nothing can be drawn of")
    return list(dict.fromkeys(cell.value for cell in cells if isinstance(cell, ox.NamedNode)))
