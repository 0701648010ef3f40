"""`network`: measures of the network, as tables."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regiograph.cli.codes import PARTLY
from regiograph.cli.console import complain, out, say, table
from regiograph.cli.options import opened, store_option

if TYPE_CHECKING:
    import networkx as nx

    from regiograph.query.results import Table
    from regiograph.rdf.store import Store

F = TypeVar("F", bound=Callable[..., Any])

_FORMATS = ("table", "csv", "tsv", "json", "jsonl")
_TYPES = (
    "Person", "Country", "Region", "City", "GovernmentBody", "Company", "Network", "Organization", "Project", "Site",
    "Event", "Sector",
)  # fmt: skip


@click.group()
def network() -> None:
    """Measure the network: who matters, who ties whom, who hangs together.

    \b
    regiograph network brokers --type Person
    regiograph network path "Tomsk Region" Tokyo
    regiograph network pairs --from 2015 --to 2020 --format csv

    Facts that rest on enough confidence are counted, by the period in which they hold, else in which they are told.
    """


def _options(command: F) -> F:
    """Add what all measures share."""
    shared = (
        click.option("--type", "types", type=click.Choice(_TYPES), multiple=True, help="Only these types; repeat."),
        click.option("--from", "first", type=click.IntRange(1, 9999), metavar="YEAR", help="Only what holds since."),
        click.option("--to", "last", type=click.IntRange(1, 9999), metavar="YEAR", help="Only what holds until."),
        click.option("--format", "syntax", type=click.Choice(_FORMATS), help="Default: table on a terminal, else csv."),
        click.option("--limit", type=click.IntRange(1), help="That many rows at most; says so if there are more."),
        store_option(),
    )
    for option in reversed(shared):
        command = option(command)
    return command


@network.command()
@_options
def importance(types: tuple[str, ...], limit: int | None, syntax: str | None, **part: Any) -> None:
    """Entities by importance: PageRank over ties, as a share of the greatest."""
    from regiograph.network.importance import importance as measured
    from regiograph.network.importance import ranked
    from regiograph.network.ties import ties

    graph = _part(**part)
    rank, simple = measured(graph), ties(graph)
    rows = (
        (node, _label(graph, node), graph.nodes[node]["type"], rank[node], simple.degree(node))
        for node in ranked(graph)
        if not types or graph.nodes[node]["type"] in types
    )
    _print(("entity", "entityLabel", "type", "importance", "neighbours"), rows, syntax, limit)


@network.command()
@_options
def communities(types: tuple[str, ...], limit: int | None, syntax: str | None, **part: Any) -> None:
    """Entities that hang together more than with the rest, community by community (Louvain)."""
    from regiograph.network.communities import communities as measured

    graph = _part(**part)
    rows = (
        (number, _label(graph, members[0]), node, _label(graph, node), graph.nodes[node]["type"], len(members))
        for number, members in enumerate(measured(graph), 1)
        for node in members
        if not types or graph.nodes[node]["type"] in types
    )
    _print(("community", "around", "entity", "entityLabel", "type", "size"), rows, syntax, limit)


@network.command()
@_options
@click.option("--communities", "grouped", is_flag=True, help="Tying communities instead of regions.")
def brokers(types: tuple[str, ...], limit: int | None, syntax: str | None, grouped: bool, **part: Any) -> None:
    """People and bodies that tie two regions or more, a row for each side, with what ties them and a sentence.

    A tie is a fact told as done with a place, or with somebody or something that has a post, a seat or is there.
    For who ties two regions of your choice ask: regiograph query brokers
    """
    from regiograph.network.brokers import BROKERS, bridges
    from regiograph.network.brokers import brokers as measured
    from regiograph.network.communities import communities as communities_of
    from regiograph.view.walking import through

    graph = _part(**part)
    found = bridges(graph, communities_of(graph), types=types) if grouped else measured(graph, types=types or BROKERS)
    rows = (
        (
            each.entity,
            _label(graph, each.entity),
            graph.nodes[each.entity]["type"],
            each.betweenness,
            tie.side,
            tie.name,
            through(graph, tie.ways),
            *_sources(graph, tie),
        )
        for each in found
        for tie in each.ties
    )
    columns = ("entity", "entityLabel", "type", "betweenness", "side", "sideLabel", "through")
    _print((*columns, "facts", "sentence", "source"), rows, syntax, limit)


def _sources(graph: nx.MultiDiGraph[str], tie: Any) -> tuple[str, str | None, str | None]:
    """Return the IRIs of the facts of a tie, and a sentence for the best way there with where it stands."""
    from regiograph.view.walking import fact_of

    facts = dict.fromkeys(step.fact for way in tie.ways for step in way)
    best = [fact_of(graph, step).evidence[0] for way in tie.ways[:1] for step in way if fact_of(graph, step).evidence]
    quotes = dict.fromkeys(" ".join(quotation.quote.split()) for quotation in best)
    return " ".join(facts), " … ".join(quotes) or None, best[0].url if best else None


@network.command()
@_options
@click.option(
    "--sharing",
    type=click.Choice(_TYPES),
    multiple=True,
    help="What they share.  [default: networks, events, projects, sites]",
)
def pairs(types: tuple[str, ...], limit: int | None, syntax: str | None, sharing: tuple[str, ...], **part: Any) -> None:
    """Pairs that take part in the same networks, events, projects, sites; small circles tie closer than large ones."""
    from regiograph.network.coparticipation import ACTORS, OCCASIONS
    from regiograph.network.coparticipation import pairs as measured

    graph = _part(**part)
    rows = (
        (
            each.one,
            _label(graph, each.one),
            each.other,
            _label(graph, each.other),
            each.weight,
            "; ".join(_label(graph, thing) for thing in each.shared),
            *(each.years or (None, None)),
        )
        for each in measured(graph, types=types or ACTORS, occasions=sharing or OCCASIONS)
    )
    _print(("one", "oneLabel", "other", "otherLabel", "weight", "shared", "firstYear", "lastYear"), rows, syntax, limit)


@network.command()
@click.argument("source", metavar="ENTITY")
@click.argument("target", metavar="ENTITY")
@click.option("--paths", "at_most", type=click.IntRange(1, 20), default=3, show_default=True, help="How many.")
@click.option("--steps", type=click.IntRange(1, 12), help="Only paths of so many steps and fewer.")
@_options
def path(
    source: str,
    target: str,
    at_most: int,
    steps: int | None,
    types: tuple[str, ...],
    limit: int | None,
    syntax: str | None,
    **part: Any,
) -> None:
    """How two entities, given by name or IRI, are tied: the best paths, each step with its sentence."""
    from regiograph.cli.viewing import entities
    from regiograph.network.paths import paths
    from regiograph.network.ties import of_types

    ends: list[str] = []
    graph = _part(found=lambda store: ends.extend(entities(store, (source, target), "ENTITY")), keep=ends, **part)
    kept = of_types(graph, (*types, *(graph.nodes[end]["type"] for end in ends if end in graph))) if types else graph
    found = [[_step(graph, step) for step in way] for way in paths(kept, *ends, at_most=at_most, steps=steps)]
    if not found:
        say(f"Nothing ties {source} and {target}{f' by so few as {steps}' if steps else ''}")
    if _shown_as_table(syntax):
        for number, way in enumerate(found, 1):
            click.echo(_prose(number, way))
        return
    rows = [(number, *step) for number, way in enumerate(found, 1) for step in way]
    columns = (
        "path",
        "entity",
        "entityLabel",
        "relation",
        "next",
        "nextLabel",
        "details",
        "fact",
        "sentence",
        "source",
    )
    _print(columns, rows, syntax, limit)


@network.command()
@_options
def story(types: tuple[str, ...], limit: int | None, syntax: str | None, **part: Any) -> None:
    """A few steps told by the data, as on the page, with a sentence for each."""
    from regiograph.network.ties import of_types
    from regiograph.view.insight import insight

    steps = insight(of_types(_part(**part), types)).story
    rows = ((number, step.title, step.text, _sentence(step.facts)) for number, step in enumerate(steps, 1))
    _print(("step", "title", "text", "sentence"), rows, syntax, limit)


def _part(
    store_path: Path,
    first: int | None,
    last: int | None,
    found: Callable[[Store], None] | None = None,
    keep: Sequence[str] = (),
) -> nx.MultiDiGraph[str]:
    """Return the network of a store in a period and what to `keep`, after `found` has looked into the store."""
    from regiograph.network.period import within
    from regiograph.network.projection import ALL_FACTS, project

    if first is not None and last is not None and first > last:
        raise click.UsageError(f"--from {first} comes after --to {last}")
    with opened(store_path, read_only=True) as store:
        if found is not None:
            found(store)
        return within(project(store.quads, facts_at_most=ALL_FACTS), first, last, keep=keep)


def _label(graph: nx.MultiDiGraph[str], node: str) -> str:
    return str(graph.nodes[node]["label"])


def _step(graph: nx.MultiDiGraph[str], step: Any) -> tuple[Any, ...]:
    from regiograph.view.walking import fact_of, words

    evidence = fact_of(graph, step).evidence
    best = evidence[0] if evidence else None
    how, details = words(graph, step)
    near = (step.source, _label(graph, step.source), how, step.target, _label(graph, step.target))
    return (*near, details, step.fact, best.quote if best else None, best.url if best else None)


def _prose(number: int, steps: Sequence[tuple[Any, ...]]) -> str:
    """Return a path as a line, with the sentences that bear it out below."""
    (_, first, *_), *_ = steps
    chain = [first] + [
        f"– {', '.join(filter(None, (words, details)))} – {there}" for _, _, words, _, there, details, *_ in steps
    ]
    quotes = [f"   “{' '.join(quote.split())}”" for *_, quote, _ in steps if quote]
    return "\n".join([f"{number}. {' '.join(chain)}", *dict.fromkeys(quotes)])


def _shown_as_table(syntax: str | None) -> bool:
    return syntax == "table" or (syntax is None and sys.stdout.isatty())


def _sentence(facts: Sequence[Any]) -> str | None:
    return next((quotation.quote for each in facts for quotation in each.fact.evidence), None)


def _print(columns: Sequence[str], rows: Iterable[Sequence[Any]], syntax: str | None, limit: int | None) -> None:
    """Print rows in a format, at most so many, and say so if there are more."""
    found = list(rows)
    shown = _table(columns, found if limit is None else found[:limit])
    if _shown_as_table(syntax):
        readable = shown.readable()
        out().print(table(None, readable.columns, readable.texts()))
        say(f"{len(shown)} row{'' if len(shown) == 1 else 's'}")
    else:
        from regiograph.query.writing import write

        click.echo(write(shown, syntax or "csv").encode("utf-8"), nl=False)
    if len(shown) < len(found):
        complain(f"only the first {limit} of {len(found):,} rows are shown")
        click.get_current_context().exit(PARTLY)


def _table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    from regiograph.query.results import Table

    return Table(tuple(columns), tuple(tuple(map(_term, row)) for row in rows))


def _term(value: Any) -> Any:
    """Return a value as the RDF term that formats of query results know."""
    from regiograph.errors import TermError
    from regiograph.rdf.nodes import decimal, integer, iri, text

    match value:
        case None:
            return None
        case int():
            return integer(str(value))
        case float():
            return decimal(f"{value:f}")
    try:
        return iri(value) if value.startswith(("https://", "http://")) else text(value)
    except TermError:  # a name or a sentence that begins like an address
        return text(value)
