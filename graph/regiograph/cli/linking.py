"""`link`: what the entities of the store may be in Wikidata, for people to review."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regiograph.cli.console import PIPED, out, progress, say, table
from regiograph.cli.options import opened, store_option
from regiograph.errors import EndpointError
from regiograph.terms import EntityType

if TYPE_CHECKING:
    from rich.table import Table

    from regiograph.linking.asking import Wikidata
    from regiograph.linking.proposals import Proposal
    from regiograph.linking.subjects import Subject

_URL = "https://query.wikidata.org/sparql"


@click.command()
@store_option()
@click.option("--endpoint", "url", metavar="URL", default=_URL, show_default=True, help="Where Wikidata is asked.")
@click.option("--type", "types", type=click.Choice([each.value for each in EntityType], case_sensitive=False),
              multiple=True, help="Only entities of this type; repeat for more.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help="Only that many entities, those of which most articles speak.")
@click.option("--min-score", "least", type=click.FloatRange(0, 1), default=0.0, help="Only proposals as sure as that.")
@click.option("--out", "out_path", metavar="FILE|-", default="-", help="Default: standard output.",
              type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))  # fmt: skip
@click.option("--format", "syntax", type=click.Choice(["jsonl", "table"]), default="jsonl", show_default=True,
              help="JSON Lines, a proposal a line, or a table to read.")  # fmt: skip
@click.option("--cache", "cache_path", type=click.Path(file_okay=False, path_type=Path),
              show_default="the user's cache folder", help="Answers are kept here; remove it to ask anew.")  # fmt: skip
@click.option("--pause", type=click.FloatRange(0), default=1.0, show_default=True,
              help="Seconds between requests; an endpoint of your own needs none.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Send nothing; say how many requests it would take.")
def link(
    store_path: Path,
    url: str,
    types: tuple[str, ...],
    limit: int | None,
    least: float,
    out_path: Path,
    syntax: str,
    cache_path: Path | None,
    pause: float,
    dry_run: bool,
) -> None:
    """Propose items of Wikidata for the entities of the store.

    \b
    regiograph link --type Region --type City --out proposals.jsonl
    regiograph link --type Person --min-score 0.6 --format table

    Nothing is merged and nothing is written to the store: each proposal has a score and its reasons, for people to
    review. The names and codes of entities are sent to the endpoint, in batches, one request at a time.
    """
    from regiograph.linking.proposals import propose
    from regiograph.linking.subjects import subjects

    wikidata = _wikidata(url, cache_path, pause, dry=dry_run)
    with opened(store_path, read_only=True) as store:
        wanted = subjects(store, types=tuple(map(EntityType, types)) or tuple(EntityType), limit=limit)
    try:
        with progress("Asking"):
            found = propose(wanted, wikidata)
    except EndpointError:
        say(f"What was answered is kept in {wikidata.cache.folder}; the same command goes on from there.")
        raise
    if dry_run:
        _forecast(wikidata)
        return
    kept = tuple(each for each in found if each.score >= least)
    _write(kept, out_path, syntax)
    _tell(wanted, found, kept, wikidata)


def _write(found: Sequence[Proposal], path: Path, syntax: str) -> None:
    if syntax == "table" and str(path) == "-":
        out().print(_laid_out(found))
        return
    text = _drawn(found) if syntax == "table" else "".join(f"{each.to_json()}\n" for each in found)
    if str(path) == "-":
        click.echo(text.encode("utf-8"), nl=False)
        return
    from regiograph.rdf.replacing import replacing

    with replacing(path) as file:
        file.write(text.encode("utf-8"))
    say(f"Wrote {path}")


def _laid_out(found: Sequence[Proposal]) -> Table:
    head = ("entity", "type", "score", "item", "label", "description", "reasons")
    rows = (
        (each.name, each.type, f"{each.score:.2f}", each.wikidata.rpartition("/")[2], each.label, each.description,
         "; ".join(each.reasons))
        for each in found
    )  # fmt: skip
    return table(None, head, rows)


def _drawn(found: Sequence[Proposal]) -> str:
    from rich.console import Console

    drawn = io.StringIO()
    Console(file=drawn, width=PIPED, highlight=False).print(_laid_out(found))
    return drawn.getvalue()


def _tell(wanted: Sequence[Subject], found: Sequence[Proposal], kept: Sequence[Proposal], wikidata: Wikidata) -> None:
    with_any, with_kept = (len({each.entity for each in group}) for group in (found, kept))
    say(f"Entities: {len(wanted)}; {with_any} with candidates, {len(wanted) - with_any} without")
    below = f"; {len(found) - len(kept)} are less sure than asked for" if len(kept) < len(found) else ""
    say(f"Proposals: {len(kept)} for {with_kept} entities{below}")
    say(f"{_counted(wikidata)}; the cache is {wikidata.cache.folder}")


def _forecast(wikidata: Wikidata) -> None:
    click.echo(_counted(wikidata))
    if wikidata.sent:
        say("What these find is asked about in further requests.")


def _counted(wikidata: Wikidata) -> str:
    return f"Requests: {wikidata.sent}, answers from the cache: {wikidata.kept}"


def _wikidata(url: str, folder: Path | None, pause: float, *, dry: bool) -> Wikidata:
    from regiograph.linking.asking import TIMEOUT, Wikidata
    from regiograph.linking.cache import Cache, default_folder
    from regiograph.linking.pace import Pace
    from regiograph.query.remote import Endpoint

    return Wikidata(Endpoint(url, timeout=TIMEOUT), Cache(folder or default_folder()), Pace(pause), dry)
