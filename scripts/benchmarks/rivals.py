"""Compares the store's engine with rdflib's memory store, question by question on the same quads."""

from __future__ import annotations

import math
import multiprocessing
import time
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

import pyoxigraph as ox
from rdflib import Dataset

from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import PREFIXES

_LATE, _FAILED = -1, -2  # in the place of a number of rows


def compare(store: Store, names: Sequence[str], texts: Sequence[str], rounds: int, limit: float) -> None:
    """Print how many times as fast the engine is, each question within `limit` seconds, and the geometric mean."""
    other = Dataset(default_union=False)
    other.parse(data=store.quads.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    print(f"processor milliseconds, the least of {rounds} rounds; rdflib once, at most {limit:g} s")
    print("  rows  engine     rdflib    times as fast")
    ratios = []
    for name, text in zip(names, texts, strict=True):
        ours, count = min(_timed(partial(_ask, store.quads, text)) for _ in range(rounds))
        theirs, rows = _within(limit, partial(_ask_rdflib, other, text))
        if rows == _FAILED:
            print(f"{count:>6} {ours:>7.1f}      fails             {name}", flush=True)
            continue
        ratios.append(theirs / ours)
        more = "more than " if rows == _LATE else "          "
        said = "" if rows in (count, _LATE) else f" (rdflib: {rows} rows)"
        print(f"{count:>6} {ours:>7.1f} {theirs:>10.0f} {more}{ratios[-1]:>6.0f}  {name}{said}", flush=True)
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"geometric mean: {mean:.0f} times as fast; the least: {min(ratios):.1f}")


def _timed(work: Callable[[], Any]) -> tuple[float, int]:
    began = time.process_time()
    rows = len(work())
    return (time.process_time() - began) * 1_000, rows


def _ask(store: ox.Store, text: str) -> list[Any]:
    return list(store.query(text, prefixes=dict(PREFIXES)))


def _ask_rdflib(dataset: Dataset, text: str) -> list[Any]:
    return list(dataset.query(text, initNs=dict(PREFIXES)))


def _within(limit: float, work: Callable[[], Any]) -> tuple[float, int]:
    """Return milliseconds and rows of some work, done in a process that is ended after `limit` seconds."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(there, work))
    process.start()
    found = here.recv() if here.poll(limit) else (limit * 1_000, _LATE)
    process.terminate()
    process.join()
    return found


def _tell(there: Connection, work: Callable[[], Any]) -> None:
    try:
        there.send(_timed(work))
    except TypeError:  # rdflib cannot order by what is unbound in two rows
        there.send((0.0, _FAILED))
