"""`serve`: the SPARQL endpoint and the graph to browse."""

from __future__ import annotations

import os
from pathlib import Path

import click

from regiograph.cli.console import note, say
from regiograph.cli.options import DOUBTED, decisions_option, default_log, store_option
from regiograph.errors import StoreError

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


@click.command()
@store_option()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option(
    "--allow-host", "hosts", metavar="NAME", multiple=True, help="A name the server goes by; repeat for more."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=10.0, show_default=True, help="Seconds a question may take."
)
@click.option("--rows", type=click.IntRange(1), default=10_000, show_default=True, help="Rows an answer may have.")
@click.option(
    "--memory", type=click.IntRange(256), default=2048, show_default=True, help="Megabytes a worker may have."
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="one a core",
    help="Processes that answer.",
)
@click.option("--updates", is_flag=True, help="Take updates from those who show the token in REGIOGRAPH_TOKEN.")
@click.option("--review", is_flag=True, help="Let those decide what is in doubt who sign in with that token.")
@decisions_option()
def serve(
    store_path: Path,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    timeout: float,
    rows: int,
    memory: int,
    workers: int,
    updates: bool,
    review: bool,
    log: Path | None,
) -> None:
    """Serve the store: a SPARQL endpoint with an editor, and pages of entities and articles.

    It listens on this machine alone, and only reads. Each question has an end in time, in rows and in memory. With
    --updates, those who send the token of the environment variable REGIOGRAPH_TOKEN may write; what they write goes
    past the gate, so check it: regiograph validate.

    With --review, the page /review is for those who sign in there with the same token: they decide what is in doubt, as
    on a terminal by regiograph review, and the store follows. Decisions go into the same log.
    """
    from regiograph.rdf.vocabulary import PREFIXES
    from regiograph.serve.app import Settings, application
    from regiograph.serve.limits import Limits
    from regiograph.serve.server import config, run
    from regiograph.serve.wire import Review

    if not store_path.is_dir():
        raise StoreError(f"there is no store in {store_path}; make one with: regiograph build SOURCE...")
    limits = Limits(seconds=timeout, rows=rows, memory=memory * 2**20, workers=workers)
    token = _token() if updates or review else ""
    desk = (Review(str(log or default_log(store_path)), DOUBTED), token) if review else None
    settings = Settings(store_path, limits, token if updates else None, _names(host, hosts), desk)
    app = application(settings, PREFIXES)
    run(config(app, host, port), lambda address: say(f"Open {address} in a browser; Ctrl+C ends it"))


def _token() -> str:
    token = os.environ.get("REGIOGRAPH_TOKEN", "").strip()
    if len(token) < 16:
        raise click.UsageError("--updates and --review need a token of 16 characters or more in REGIOGRAPH_TOKEN")
    return token


def _names(host: str, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names by which the server may be called: any, where it is open to others and none are given."""
    if host in _LOOPBACK:
        return (*_LOOPBACK, *given)
    if not given:
        note(f"anyone who reaches {host} may ask; --allow-host NAME takes requests for that name alone")
    return given
