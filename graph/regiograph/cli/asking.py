"""`query`, `queries`: questions to the store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regiograph.cli.codes import PARTLY
from regiograph.cli.console import complain, out, say, table
from regiograph.cli.options import opened, store_option
from regiograph.errors import QueryError

if TYPE_CHECKING:
    from regiograph.query.asking import Run
    from regiograph.query.results import Answer

_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "ttl")


@click.command()
@click.argument("question", metavar="NAME|FILE|SPARQL|-")
@click.option("--param", "-p", "params", metavar="NAME=VALUE", multiple=True, help="A parameter; repeat for more.")
@click.option("--format", "syntax", type=click.Choice(_FORMATS), help="Default: table on a terminal, else csv or ttl.")
@click.option("--limit", type=click.IntRange(1), help="Print that many rows at most, and say so if there are more.")
@store_option()
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL 1.1 endpoint, and no store of this machine.")
@click.option("--user", envvar="REGIOGRAPH_USER", help="Its user; the password is read from REGIOGRAPH_PASSWORD.")
@click.option("--timeout", type=click.FloatRange(0.1), default=60.0, show_default=True, help="Seconds it may take.")
@click.pass_context
def query(
    context: click.Context,
    question: str,
    params: tuple[str, ...],
    syntax: str | None,
    limit: int | None,
    store_path: Path,
    endpoint: str | None,
    user: str | None,
    timeout: float,
) -> None:
    """Ask the store: a question of the catalogue by name, a file, or any SPARQL.

    \b
    regiograph query members --param "network=Association of Innovative Regions of Russia"
    regiograph query 'SELECT ?region { ?region a rg:Region }' --format csv
    regiograph query officials --endpoint http://localhost:7878/query

    Entities are given by name or IRI. The prefixes of the ontology need no declaration.
    """
    with _source(endpoint, user, timeout, store_path) as (run, base):
        answer = answered(run, base, question, params, limit=limit)
    if syntax is None:
        syntax = _fitting(answer)
    if syntax == "table":
        _show(answer)
    else:
        from regiograph.query.writing import write

        click.echo(write(answer, syntax).encode("utf-8"), nl=False)
    if getattr(answer, "truncated", False):
        complain(f"only the first {limit} rows are shown; there are more")
        context.exit(PARTLY)


@contextmanager
def _source(endpoint: str | None, user: str | None, timeout: float, store_path: Path) -> Iterator[tuple[Run, str]]:
    """Yield what runs queries, there or here, and the namespace of its IRIs."""
    if endpoint is not None:
        from regiograph.query.remote import Endpoint

        there = Endpoint(endpoint, user, os.environ.get("REGIOGRAPH_PASSWORD"), timeout=timeout)
        yield there.run, there.base
        return
    from regiograph.query import local

    with opened(store_path, read_only=True) as store:
        yield partial(local.run, store), store.base


def answered(run: Run, base: str, question: str, given: Sequence[str], *, limit: int | None = None) -> Answer:
    """Return the answer to a question of the catalogue, of a file, or written out, with parameters as NAME=VALUE.

    Raises:
        QueryError: it cannot be read, asked, or given these parameters.
    """
    from regiograph.query import asking, catalogue

    params = _parameters(given)
    path = Path(question)
    if question == "-" or asking.is_sparql(question):
        if params:
            raise QueryError("parameters need a question with a header that declares them; see: regiograph queries")
        sparql = sys.stdin.read() if question == "-" else question
        return run(sparql, limit=limit)
    if path.suffix in (".rq", ".sparql") or path.is_file():
        if not params:
            return run(_text(path), name=question, limit=limit)
        return asking.answer(run, catalogue.read(path), params, base=base, limit=limit)
    return asking.answer(run, catalogue.question(question), params, base=base, limit=limit)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise QueryError(f"{path}: {e}") from e


def _parameters(given: Sequence[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if wrong := [name for name, equals, _ in pairs if not (equals and name)]:
        raise click.BadParameter(f"{wrong[0]!r} is not NAME=VALUE", param_hint="--param")
    return {name.strip(): value for name, _, value in pairs}


def _fitting(answer: Answer) -> str:
    from regiograph.query.results import Graph

    if isinstance(answer, Graph):
        return "ttl"
    return "table" if sys.stdout.isatty() else "csv"


def _show(answer: Answer) -> None:
    from regiograph.query.results import Graph, Table, Verdict

    match answer:
        case Verdict():
            click.echo("yes" if answer.value else "no")
        case Graph():
            raise QueryError("a graph is no table; take --format ttl, csv, tsv, json or jsonl")
        case Table():
            shown = answer.readable()
            out().print(table(None, shown.columns, shown.texts()))
            say(f"{len(answer)} row{'' if len(answer) == 1 else 's'}")


@click.command()
@click.argument("name", required=False)
def queries(name: str | None) -> None:
    """List the questions of the catalogue, or tell all about one of them."""
    from regiograph.query import catalogue

    if name is None:
        for each in catalogue.questions():
            click.echo(f"{click.style(each.name, bold=True)}: {each.title}\n    {each.example}")
        say("All about one, with its SPARQL: regiograph queries NAME")
    else:
        click.echo(catalogue.question(name).sparql, nl=False)
