"""`export`, `view`, `validate`: what the store holds, for others to load, to look at, to check."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from regiograph.cli.codes import FAILED
from regiograph.cli.console import note, say
from regiograph.cli.options import opened, store_option
from regiograph.exporting.formats import FORMATS, Format, ending, named

_LISTED = "\n".join(f"{each.name:8} {each.ending or 'FOLDER':11} {each.title}: {each.holds}" for each in FORMATS)


@click.command(epilog=f"Formats, each with the ending by which it is known:\n\n\b\n{_LISTED}")
@click.argument("file", metavar="FILE|-", type=click.Path(allow_dash=True, path_type=Path))
@click.option(
    "--format",
    "name",
    type=click.Choice([each.name for each in FORMATS]),
    help="Default: by the ending of FILE. csv is always said, and its FILE is a folder.",
)
@click.option(
    "--claims/--no-claims", default=True, show_default=True, help="With the claims and their sentences, where RDF."
)
@store_option()
def export(file: Path, name: str | None, claims: bool, store_path: Path) -> None:
    """Write the store for others: as RDF, as a network, as tables, for FollowTheMoney, for a catalogue.

    Sorted: the same store gives the same bytes. What a format cannot hold is counted. For example:

    \b
    regiograph export graph.ttl
    regiograph export network.gexf
    regiograph export tables --format csv
    """
    from regiograph.exporting.writing import write

    form, streamed = _format(file, name), str(file) == "-"
    _fitting(file, form, claims)
    with opened(store_path, read_only=True) as store:
        remarks = write(store, sys.stdout.buffer if streamed else file, form, claims=claims)
    if remarks.replaced:
        note(f"{remarks.replaced} characters that XML cannot hold are U+FFFD in {file}")
    if remarks.left_out:
        note(f"{form.title} has no place for all; left out: {', '.join(f'{n} {what}' for what, n in remarks.left_out)}")
    if not streamed:
        say(f"Wrote {file}")


def _format(file: Path, name: str | None) -> Format:
    found = ending(file.name) if name is None else named(name)
    if found is None:
        known = ", ".join(each.ending for each in FORMATS if each.ending)
        raise click.UsageError(f"the ending of {file} is none of {known}; say which with --format")
    return found


def _fitting(file: Path, form: Format, claims: bool) -> None:
    """Check that the options go together.

    Raises:
        UsageError: they do not.
    """
    if not form.streamed and str(file) == "-":
        raise click.UsageError(f"{form.name} is a folder of files: name it in place of -")
    if not form.streamed and file.exists() and not file.is_dir():
        raise click.UsageError(f"{form.name} is a folder of files, and {file} is a file")
    if form.streamed and file.is_dir():
        raise click.UsageError(f"{form.name} is one file, and {file} is a folder")
    if not claims and not form.claims:
        having = ", ".join(each.name for each in FORMATS if each.claims)
        raise click.UsageError(f"--no-claims goes with {having}; {form.name} has no claims to leave out")


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
