"""The order of the stages: read, extract, store, export. The only module that knows all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regiograph.articles.reading import Refusal
from regiograph.claims import batches
from regiograph.claims.batches import Workers
from regiograph.claims.extractor import Extractor
from regiograph.errors import GateError, TermError
from regiograph.model import Article, Extraction
from regiograph.rdf import export
from regiograph.rdf.inference import infer
from regiograph.rdf.replacing import replacing
from regiograph.rdf.store import Store
from regiograph.report import Report, survey

if TYPE_CHECKING:
    from regiograph.matching.settling import Settled


FILES = (TURTLE, TRIG, PAGE, REPORT) = ("graph.ttl", "dataset.trig", "graph.html", "report.json")


@dataclass(slots=True)
class Run:
    """What one run did: how many articles were added, unchanged, replaced and refused."""

    changes: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, refusal: Refusal) -> None:
        """Count and list what was left out; a mere repetition is counted alone, for nothing of it is lost."""
        self.changes["repeated" if refusal.repeated else "refused"] += 1
        if not refusal.repeated:
            self.refused.append(refusal)


def ingest(
    items: Iterable[Article | Refusal],
    store: Store,
    extractor: Extractor,
    *,
    workers: int | Workers = 1,
    tick: Callable[[], object] = lambda: None,
) -> Run:
    """Extract from the articles that the store does not hold already, and store what the gate lets in.

    Each article is one transaction. `tick` is called once an item.
    """
    run = Run()
    for outcome in batches.extract(_news(items, store, extractor, run, tick), extractor, workers=workers):
        if isinstance(outcome, Refusal):
            run.refuse(outcome)
        else:
            _put(outcome, store, run)
        tick()
    return run


def _news(
    items: Iterable[Article | Refusal], store: Store, extractor: Extractor, run: Run, tick: Callable[[], object]
) -> Iterator[Article | Refusal]:
    """Pass on what is not stored as it is."""
    for item in items:
        try:
            known = isinstance(item, Article) and store.is_current(item, extractor.version)
        except TermError as e:
            yield Refusal(item.id if isinstance(item, Article) else item.place, str(e))
            continue
        if known:
            run.changes["unchanged"] += 1
            tick()
        else:
            yield item


def _put(extraction: Extraction, store: Store, run: Run) -> None:
    """Store an extraction, without the claims that the gate rejects; refuse the article if more than they is wrong."""
    article = extraction.article.id
    try:
        run.changes[store.put(extraction)] += 1
    except TermError as e:
        run.refuse(Refusal(article, str(e)))
    except GateError as e:
        wrong = {violation.claim for violation in e.violations}
        right = tuple(claim for claim in extraction.claims if claim.id not in wrong)
        run.refused.extend(Refusal(article, str(violation)) for violation in e.violations)
        if None in wrong or len(right) == len(extraction.claims):
            run.changes["refused"] += 1
        else:  # under another name, so that the article counts as not read yet, and its refusals are told again
            _put(replace(extraction, claims=right, extractor=f"{extraction.extractor}-in-part"), store, run)


def settle(store: Store, log: Path) -> Settled:
    """Bring who is who in line with the articles and with what people have decided, by the log of decisions `log`.

    Raises:
        InputError: the log cannot be read.
        StoreError: the store cannot be written.
    """
    from regiograph.entities import decisions
    from regiograph.matching import settling

    return settling.settle(store, decisions.read(log))


@dataclass(frozen=True, slots=True)
class Published:
    """What was written of a store: the report, if it was, and in sentences what the page does not show."""

    report: Report | None = None
    left_out: tuple[str, ...] = ()


def publish(store: Store, out: Path, refused: Iterable[Refusal], names: Collection[str] = FILES) -> Published:
    """Write the files of such names, of FILES, into the folder `out`, made if missing.

    In a store that has not kept up what follows from its knowledge, that is inferred before. Each file appears whole or
    not at all; the same store and refusals give the same bytes.

    Raises:
        OSError: a file cannot be written.
        StoreError: what is inferred cannot be kept.
    """
    infer(store)
    if not names:
        return Published()
    out.mkdir(parents=True, exist_ok=True)
    if TURTLE in names:
        export.write(store, out / TURTLE, export.Format.TURTLE)
    if TRIG in names:
        export.write(store, out / TRIG, export.Format.TRIG)
    left_out = _page(store, out / PAGE) if PAGE in names else ()
    if REPORT not in names:
        return Published(None, left_out)
    report = survey(store, refused=list(refused), files=[out / name for name in FILES if name in names])
    with replacing(out / REPORT) as stream:
        stream.write(report.to_json().encode("utf-8"))
    return Published(report, left_out)


def _page(store: Store, file: Path) -> tuple[str, ...]:
    """Write the page, and return what it does not show."""
    from regiograph.network.projection import project  # networkx and what the page needs cost a second
    from regiograph.view import page

    graph = project(store.quads)
    page.write(graph, file)
    return page.part(graph)
