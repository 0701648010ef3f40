"""`export`, `validate`: what the store holds, for others to load, to check."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from regiograph.cli.codes import FAILED
from regiograph.cli.console import say
from regiograph.cli.options import opened, store_option

if TYPE_CHECKING:
    from regiograph.rdf.store import Store

_FORMATS = {
    "ttl": (".ttl", "Turtle, the union of all graphs"),
    "trig": (".trig", "TriG, graph by graph"),
    "nq": (".nq", "N-Quads, graph by graph"),
    "jsonld": (".jsonld", "JSON-LD, graph by graph"),
    "graphml": (".graphml", "the network, for Gephi, yEd, igraph, networkx"),
    "gexf": (".gexf", "the network, for Gephi"),
    "csv": (".zip", "tables of entities, facts, evidence and articles, a Data Package"),
    "ftm": (".ftm.json", "FollowTheMoney, JSON lines, for Aleph"),
    "void": (".void.ttl", "what the dataset holds, in VoID and DCAT"),
}
_LISTED = "\n".join(f"{name:8} {suffix:10} {meaning}" for name, (suffix, meaning) in _FORMATS.items())
_RDF = ("ttl", "trig", "nq", "jsonld")
_ALL_FACTS = 10**9


@click.command(
    help=f"""Write the store for other programs. The same store gives the same bytes.

    \b
    FORMAT   FILE       WHAT
    {_LISTED.replace(chr(10), chr(10) + "    ")}
    """
)
@click.argument("file", metavar="FILE|-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--format", "syntax", type=click.Choice(list(_FORMATS)), help="Default: by the ending of FILE.")
@click.option("--claims/--no-claims", default=True, show_default=True, help="RDF with the claims and their sentences.")
@store_option()
def export(file: Path, syntax: str | None, claims: bool, store_path: Path) -> None:
    """Write the store in one of the formats."""
    from regiograph.rdf.replacing import replacing

    chosen = syntax or _fitting(file)
    with opened(store_path, read_only=True) as store:
        if str(file) == "-":
            left_out = _write(store, sys.stdout.buffer, chosen, claims=claims)
        else:
            with replacing(file) as out:
                left_out = _write(store, out, chosen, claims=claims)
    if left_out:
        told = ", ".join(f"{count:,} {name}" for name, count in left_out.items())
        say(f"Left out, for FollowTheMoney has no place for it: {told}")
    if str(file) != "-":
        say(f"Wrote {file}")


def _fitting(file: Path) -> str:
    """Return the format that a file's name ends in, by the longest ending."""
    endings = {suffix: name for name, (suffix, _) in _FORMATS.items()}
    for suffix in sorted(endings, key=len, reverse=True):
        if file.name.endswith(suffix):
            return endings[suffix]
    raise click.UsageError(f"the ending of {file} is none of {', '.join(endings)}; say which with --format")


def _write(store: Store, out: IO[bytes], syntax: str, *, claims: bool) -> Mapping[str, int]:
    """Write one format, and return what it has no place for."""
    if syntax in _RDF:
        from regiograph.rdf.export import Format, write

        write(store, out, Format(syntax), claims=claims)
        return {}
    if syntax == "void":
        from regiograph.publishing import void

        void.write(store.quads, store.base, out)
        return {}
    from regiograph.network import flat, ftm, tables
    from regiograph.network.projection import project

    graph = project(store.quads, facts_at_most=_ALL_FACTS)
    match syntax:
        case "ftm":
            return ftm.entities(graph, out)
        case "graphml":
            flat.graphml(graph, out)
        case "gexf":
            flat.gexf(graph, out)
        case _:
            tables.tables(graph, out)
    return {}


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
