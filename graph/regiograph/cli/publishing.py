"""`publish`: the store, on a SPARQL server elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regiograph.cli.codes import PARTLY
from regiograph.cli.console import progress, say, tell_refused
from regiograph.cli.options import opened, store_option
from regiograph.errors import EndpointError, RefusedError

if TYPE_CHECKING:
    from regiograph.publishing.publication import Outcome

_BATCH = 2_000  # what publishing.loading has, which would be slow to import here
_ELSEWHERE = frozenset({404, 405, 415})


@click.command()
@click.argument("endpoint")
@store_option()
@click.option("--update-endpoint", metavar="URL", help="Where updates go, if not to ENDPOINT.")
@click.option("--user", envvar="REGIOGRAPH_USER", help="Its user; the password is read from REGIOGRAPH_PASSWORD.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=300.0, show_default=True, help="Seconds a request takes."
)
@click.option("--batch", type=click.IntRange(1), default=_BATCH, show_default=True, help="Triples a request takes.")
@click.option("--graph", metavar="IRI", help="The graph for the knowledge.  [default: the server's default graph]")
@click.option("--replace", is_flag=True, help="Replace what that graph holds, whoever put it there.")
@click.pass_context
def publish(
    context: click.Context,
    endpoint: str,
    store_path: Path,
    update_endpoint: str | None,
    user: str | None,
    timeout: float,
    batch: int,
    graph: str | None,
    replace: bool,
) -> None:
    """Put the store on a SPARQL 1.1 server, in place of what was published there before.

    \b
    regiograph publish http://localhost:7878/query --update-endpoint http://localhost:7878/update
    regiograph publish http://localhost:8890/sparql --update-endpoint http://localhost:8890/sparql-auth \\
      --user dba --graph https://example.org/knowledge

    Everything is first uploaded aside and counted, then made public by one request: readers see the old or the new.
    After an interruption the same command goes on. What has not changed since the last time is not sent again.
    """
    from regiograph.publishing.publication import Publication
    from regiograph.query.remote import Endpoint
    from regiograph.query.updating import Updates
    from regiograph.rdf.nodes import DEFAULT, iri

    password = os.environ.get("REGIOGRAPH_PASSWORD")
    reading = Endpoint(endpoint, user, password, timeout=timeout)
    writing = Updates(update_endpoint or endpoint, user, password, timeout=timeout)
    knowledge = DEFAULT if graph is None else iri(graph)
    with opened(store_path, read_only=True) as store, progress("Publishing triples") as tick:
        try:
            publication = Publication(store, reading, writing, knowledge=knowledge, batch=batch, replace=replace)
            outcome = publication.run(tick)
        except RefusedError as e:
            if update_endpoint is None and e.status in _ELSEWHERE:
                raise EndpointError(f"{e}; if they go to another address, give it by --update-endpoint") from e
            raise
    _tell(outcome, reading.shown)
    if outcome.lacking:
        context.exit(PARTLY)


def _tell(outcome: Outcome, where: str) -> None:
    """Say what was done."""
    if outcome.graphs or outcome.withdrawn:
        say(f"Published to {where}: {_number(outcome.graphs, 'graph')} with {_number(outcome.triples, 'triple')}")
    else:
        say(f"{where} shows this store already")
    if outcome.resumed:
        say(f"  of these triples {outcome.resumed:,} were there from an earlier attempt")
    if outcome.unchanged:
        say(f"  {_number(outcome.unchanged, 'graph')} unchanged, and not sent again")
    if outcome.withdrawn:
        say(f"  {_number(outcome.withdrawn, 'graph')} withdrawn")
    if outcome.requests > 1:
        say(f"  made public by {outcome.requests} requests, as the server found one too long")
    tell_refused(outcome.refused)
    if outcome.lacking:
        say(f"  {_number(outcome.lacking, 'triple')} left out, which the server does not take")


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
