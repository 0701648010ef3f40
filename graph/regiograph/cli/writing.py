"""`export`, `validate`: what the store holds, for others to load, to check."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from regiograph.cli.codes import FAILED
from regiograph.cli.console import say
from regiograph.cli.options import opened, store_option

_SUFFIXES = {".ttl": "ttl", ".trig": "trig", ".nq": "nq", ".jsonld": "jsonld"}


@click.command()
@click.argument("file", metavar="FILE|-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--format", "syntax", type=click.Choice(list(_SUFFIXES.values())), help="Default: by the ending of FILE.")
@click.option("--claims/--no-claims", default=True, show_default=True, help="With the claims and their sentences.")
@store_option()
def export(file: Path, syntax: str | None, claims: bool, store_path: Path) -> None:
    """Write the store as Turtle, TriG, N-Quads or JSON-LD.

    Sorted: the same store gives the same bytes. Turtle is the union of all graphs, the others keep graphs apart.
    """
    from regiograph.rdf.export import Format, write

    chosen = syntax or _SUFFIXES.get(file.suffix)
    if chosen is None:
        raise click.UsageError(f"the ending of {file} is none of {', '.join(_SUFFIXES)}; say which with --format")
    with opened(store_path, read_only=True) as store:
        write(store, sys.stdout.buffer if str(file) == "-" else file, Format(chosen), claims=claims)
    if str(file) != "-":
        say(f"Wrote {file}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@store_option()
@click.pass_context
def validate(context: click.Context, file: Path | None, store_path: Path) -> None:
    """Check an RDF file, or the store, against the shapes of the ontology."""
    from regiograph.rdf.validation import validate as check

    if file is not None:
        report = check(file)
    else:
        with opened(store_path, read_only=True) as store:
            report = check(store.quads)
    where = file or store_path
    if report.conforms:
        say(f"{where} conforms to the shapes")
        return
    for violation in report.violations:
        click.echo(str(violation))
    say(f"{where} does not conform: {len(report.violations)} violations")
    context.exit(FAILED)
