"""`build`, `extract`, `withdraw`: from articles to the store."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regiograph.cli.codes import FAILED, PARTLY
from regiograph.cli.console import complain, err, note, out, progress, say, table, tell_refused
from regiograph.cli.extracting import Reader, reader_options
from regiograph.cli.options import OUT, base_option, decisions_option, default_log, published_option, store_option
from regiograph.cli.workers import workers_option
from regiograph.errors import StoreError
from regiograph.terms import Modality, Polarity

if TYPE_CHECKING:
    from regiograph.articles.reading import Refusal
    from regiograph.claims.cluster import Cluster
    from regiograph.matching.settling import Settled
    from regiograph.model import Article, Claim, Extraction
    from regiograph.report import Report


_sources = click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)


def _read(sources: Iterable[str], published: str | None) -> Iterator[Article | Refusal]:
    from regiograph.articles.reading import read

    return read(tuple(sources), published=published, note=lambda place, words: note(f"{place}: {words}"))


def _files(_context: click.Context, _option: click.Parameter, names: str | None) -> tuple[str, ...] | None:
    """Return the names of a list of files; None stands for all.

    Raises:
        BadParameter: a build writes no file of such a name.
    """
    from regiograph.pipeline import FILES

    if names is None:
        return None
    chosen = tuple(name.strip() for name in names.split(","))
    for name in chosen:
        if name not in FILES:
            raise click.BadParameter(f"{name!r} is none of {', '.join(FILES)}")
    return chosen


@click.command()
@_sources
@click.option("--out", "out_path", type=click.Path(file_okay=False, path_type=Path), default=OUT, show_default=True,
              help="Folder for graph.html, graph.ttl, dataset.trig and report.json.")  # fmt: skip
@click.option("--files", metavar="NAME,...", callback=_files,
              help="Only these of them.  [default: all four]")  # fmt: skip
@click.option("--no-files", is_flag=True, help="None of them: the store alone, as when few articles join many.")
@click.option("--store", "store_path", type=click.Path(file_okay=False, path_type=Path), envvar="REGIOGRAPH_STORE",
              show_default="OUT/store", help="The store, a folder.")  # fmt: skip
@published_option()
@base_option()
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), help="Claims below it make no fact.  [default: the store's]"
)
@decisions_option()
@reader_options()
@workers_option()
@click.pass_context
def build(
    context: click.Context,
    sources: tuple[str, ...],
    out_path: Path,
    files: tuple[str, ...] | None,
    no_files: bool,
    store_path: Path | None,
    published: str | None,
    base: str,
    min_confidence: float | None,
    log: Path | None,
    reader: Callable[[str], Reader],
    workers: int | Cluster,
) -> None:
    """Read articles, extract what they say, and write the graph: the main job.

    SOURCE is a file (.txt .md .html .jsonl .csv .rss .xml, .zip .gz .tar), a folder of them, or - for standard input.
    A second build adds to the first: an article that has not changed costs nothing, a changed one replaces its own
    claims. `NAME.meta.json` beside an article sets its title, published, source, url and language.
    """
    from regiograph.pipeline import FILES, ingest, publish, settle
    from regiograph.rdf.store import Store

    if files and no_files:
        raise click.UsageError("--files and --no-files do not go together")
    names = () if no_files else files or FILES
    chosen = reader(base)
    chosen.goes_with(workers)
    if chosen.dry:
        chosen.tell_cost(_unread(_read(sources, published), store_path or out_path / "store", chosen.extractor.version))
        return
    with Store.open(store_path or out_path / "store", base=base, min_confidence=min_confidence) as store:
        with progress("Reading", chosen.spent) as tick:
            run = ingest(_read(sources, published), store, chosen.extractor, workers=workers, tick=tick)
        settled = settle(store, log or default_log(store_path or out_path / "store"))
        with progress("Writing"):
            written = publish(store, out_path, run.refused, names)
    tell_refused(run.refused)
    chosen.tell()
    if written.report is not None:
        _tell(written.report, run.changes)
    else:
        say(f"Articles: {_done(run.changes)}")
    if written.report is None or written.report.articles:
        _tell_files(names, out_path, written.left_out)
    tell_settled(settled)
    context.exit(PARTLY if run.refused or settled.unfit else 0)


def _unread(items: Iterable[Article | Refusal], store: Path, version: str) -> Iterator[Article | Refusal]:
    """Yield what a build would read: what the store, if there is one, does not hold as this extractor read it."""
    from regiograph.articles.reading import Refusal
    from regiograph.cli.options import opened

    if not store.is_dir():
        yield from items
        return
    with opened(store, read_only=True) as known:
        for item in items:
            if isinstance(item, Refusal) or not known.is_current(item, version):
                yield item


def _done(changes: Counter[str]) -> str:
    return ", ".join(f"{n} {what}" for what, n in sorted(changes.items())) or "none read"


def _tell_files(names: Collection[str], folder: Path, left_out: Iterable[str]) -> None:
    if not names:
        say("Files: none; the store is up to date. They are written by build without --no-files, by export and by view")
        return
    say("Files:")
    for name in names:
        say(f"  {folder / name}")
    tell_left_out(folder / "graph.html", left_out)
    if "graph.html" in names:
        say(f"Open {folder / 'graph.html'} in a browser, or ask: regiograph queries")


def tell_left_out(page: Path, sentences: Iterable[str]) -> None:
    """Say what a page does not show, and how that is seen."""
    if said := " ".join(sentences):
        say(f"{page} shows a part: {said} For the rest: regiograph view --focus or --query, regiograph serve")


def _tell(report: Report, changes: Counter[str]) -> None:
    console = err()
    say(f"Articles: {report.articles} in the store ({_done(changes)})")
    if not report.articles:
        return
    for same in report.duplicates:
        say(f"  the same text, one source and not several: {', '.join(same)}")
    console.print(table("Entities", ("type", "number"), _told(report.entities), numbers=True))
    console.print(table("Claims", ("predicate", "number"), _told(report.claims), numbers=True))
    modalities = ", ".join(f"{n} {name}" for name, n in report.modalities) or "none"
    say(f"Claims by modality: {modalities}")
    say(f"Facts: {report.facts} rest on claims of confidence {report.min_confidence:g} and more")


def tell_settled(settled: Settled) -> None:
    """Say who was found to be one, what is left to decide, and which decisions fit nothing."""
    outcome = settled.outcome
    if outcome.firsts:
        say(f"Who is who: {len(outcome.firsts)} names are {len(set(outcome.firsts.values()))} entities")
    if outcome.proposals:
        say(f"To decide: {len(outcome.proposals)} pairs that may be one; see: regiograph review")
    for words in settled.unfit:
        complain(f"this decision fits nothing any more: {words}")


def _told(counts: Iterable[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    return ((name, str(n)) for name, n in counts)


@click.command()
@_sources
@click.option("--format", "syntax", type=click.Choice(["jsonl", "table"]), default="jsonl", show_default=True,
              help="JSON Lines, an article a line, or a table to read.")  # fmt: skip
@published_option()
@base_option()
@reader_options()
@workers_option()
@click.pass_context
def extract(
    context: click.Context,
    sources: tuple[str, ...],
    syntax: str,
    published: str | None,
    base: str,
    reader: Callable[[str], Reader],
    workers: int | Cluster,
) -> None:
    """Print what articles say, with the sentences, and store nothing."""
    from regiograph.articles.reading import Refusal
    from regiograph.claims import batches, jsonl

    chosen = reader(base)
    chosen.goes_with(workers)
    if chosen.dry:
        chosen.tell_cost(_read(sources, published))
        return
    refused = []
    with nullcontext(lambda: None) if sys.stdout.isatty() else progress("Reading", chosen.spent) as tick:
        for outcome in batches.extract(_read(sources, published), chosen.extractor, workers=workers):
            if isinstance(outcome, Refusal):
                refused += [] if outcome.repeated else [outcome]
            elif syntax == "jsonl":
                click.echo(json.dumps(jsonl.to_object(outcome), ensure_ascii=False))
            else:
                _show(outcome)
            tick()
    tell_refused(refused)
    chosen.tell()
    context.exit(PARTLY if refused else 0)


def _show(extraction: Extraction) -> None:
    """Print the claims of an article as a table."""
    names = {entity.id: entity.name for entity in extraction.entities}
    rows = [
        (
            names[claim.subject],
            claim.predicate,
            names[claim.object] if claim.object else claim.value.value if claim.value else "",
            ", ".join([f"{name} {value}" for name, value in claim.qualifiers] + _how(claim)),
            f"{claim.confidence:.2f}",
            " ".join(claim.evidence.quote.split()),
        )
        for claim in extraction.claims
    ]
    head = ("subject", "predicate", "object", "qualifiers", "confidence", "sentence")
    out().print(table(extraction.article.title or extraction.article.id, head, rows))


def _how(claim: Claim) -> list[str]:
    """Return what is not plainly asserted of a claim."""
    said = [claim.modality, claim.polarity]
    return [str(each) for each in said if each not in (Modality.ASSERTED, Polarity.POSITIVE)]


@click.command()
@click.argument("article_ids", metavar="ARTICLE...", nargs=-1, required=True)
@store_option()
@decisions_option()
@click.pass_context
def withdraw(context: click.Context, article_ids: tuple[str, ...], store_path: Path, log: Path | None) -> None:
    """Remove articles from the store: exactly what only they supported disappears.

    ARTICLE is an article's id, as `regiograph query articles` prints it. Run `regiograph build` or
    `regiograph export` afterwards to write the files anew.
    """
    from regiograph.entities.decisions import read
    from regiograph.matching.settling import follow
    from regiograph.rdf.store import Store

    if not store_path.is_dir():
        raise StoreError(f"there is no store in {store_path}; make one with: regiograph build")
    with Store.open(store_path) as store:
        unknown = [each for each in article_ids if not store.withdraw(each)]
        follow(store, read(log or default_log(store_path)))
        say(f"Withdrawn: {len(article_ids) - len(unknown)}; {len(list(store.articles()))} articles left")
    for each in unknown:
        complain(f"the store in {store_path} has no article {each!r}")
    context.exit(FAILED if len(unknown) == len(article_ids) else PARTLY if unknown else 0)
