"""Times the questions of the catalogue on a large graph, and on a small one against rdflib's memory store."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import press, rivals
from benchmarks.cases import Case, cases

from regiograph.entities.identity import BASE
from regiograph.errors import GateError
from regiograph.query import local
from regiograph.query.asking import answer, terms
from regiograph.query.binding import bind
from regiograph.query.catalogue import question
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import PREFIXES

_GOAL = 50.0  # milliseconds
_LOOK = 20  # articles after which the quads are counted
_SIZE = 1_000  # quads of an article, about: tells how large a world is needed


class Spent(NamedTuple):
    """What one answer took: milliseconds by the clock and of the processor, and its rows."""

    clock: float
    processor: float
    rows: int

    def __str__(self) -> str:
        """Write both times in columns."""
        return f"{self.clock:>7.1f} {self.processor:>9.1f}"


def questions(options: argparse.Namespace) -> None:
    """Fill the stores, ask, and print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = options.store or Path(folder) / "store"
        with Store.open(path) as store:
            fill(store, options.quads)
        with Store.open(path, read_only=True) as store:
            large(store, _chosen(store, options.questions), options.rounds)
    if options.rdflib:
        with Store.open(None) as store:
            fill(store, options.rdflib)
            chosen = _chosen(store, options.questions)
            texts = [bound(store, case) for case in chosen]
            rivals.compare(store, [str(case) for case in chosen], texts, options.rounds, options.limit)


def fill(store: Store, quads: int) -> None:
    """Put generated articles into a store until it holds that many quads; those that it has stay."""
    began, number = time.monotonic(), sum(1 for _ in store.articles())
    first, before, refused = number, len(store.quads), 0
    held = before
    while held < quads:
        for _ in range(_LOOK):
            try:
                store.put(press.extraction(number, max(1, quads // _SIZE)))
            except GateError:
                refused += 1
            number += 1
        held = len(store.quads)
    spent = time.monotonic() - began
    print(f"{number:,} articles, {held:,} quads", end="")
    print(f"; {(held - before) / spent:,.0f} quads/s, {refused} articles refused" if number > first else "", flush=True)


def large(store: Store, chosen: Sequence[Case], rounds: int) -> None:
    """Time each question as it is asked, the look-up of its names, and the engine alone, in turns."""
    ways = [_ways(store, case) for case in chosen]
    times = [[[_timed(way) for way in three] for three in ways] for _ in range(rounds + 1)][1:]  # the first warms up
    print(
        f"milliseconds of {rounds} rounds in turns, by the clock and of the processor (which does not wait for others)"
    )
    print("        asked as people do         names   engine alone")
    print("  rows  median   least processor           least processor")
    slow = []
    for i, case in enumerate(chosen):
        asked, names, engine = ([lap[i][way] for lap in times] for way in range(3))
        if _least(asked).processor >= _GOAL:
            slow.append(str(case))
        median = sorted(spent.clock for spent in asked)[rounds // 2]
        figures = f"{median:>7.1f} {_least(asked)} {_least(names).processor:>5.1f} {_least(engine)}"
        print(f"{asked[0].rows:>6} {figures}  {case}{' (whole graph)' if case.whole else ''}")
    print(
        f"{len(chosen) - len(slow)} of {len(chosen)} under {_GOAL:.0f} ms of the processor; longer:", *slow, sep="\n  "
    )


def _least(spent: Sequence[Spent]) -> Spent:
    return Spent(min(s.clock for s in spent), min(s.processor for s in spent), spent[0].rows)


def bound(store: Store, case: Case) -> str:
    """Return the text that the engine gets."""
    asked = question(case.question)
    return bind(asked.sparql, _named(store, case), name=asked.name)


def _chosen(store: Store, names: Sequence[str]) -> tuple[Case, ...]:
    return tuple(case for case in cases(store) if not names or case.question in names)


def _ways(store: Store, case: Case) -> tuple[Callable[[], Any], ...]:
    run, asked = partial(local.run, store), question(case.question)
    return (
        lambda: answer(run, asked, case.given),
        lambda: _named(store, case),
        partial(_bare, store, bound(store, case)),
    )


def _named(store: Store, case: Case) -> dict[str, Any]:
    return terms(question(case.question), case.given, partial(local.select, store), base=BASE)


def _bare(store: Store, sparql: str) -> list[Any]:
    return list(store.quads.query(sparql, prefixes=dict(PREFIXES)))


def _timed(work: Callable[[], Any]) -> Spent:
    clock, processor = time.perf_counter(), time.process_time()
    rows = len(work())
    return Spent((time.perf_counter() - clock) * 1_000, (time.process_time() - processor) * 1_000, rows)
