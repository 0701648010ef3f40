"""Compares the store's engine with rdflib's memory store, question by question on the same quads."""

from __future__ import annotations

import math
import multiprocessing
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

import pyoxigraph as ox
from rdflib import Dataset

from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import PREFIXES


def compare(store: Store, names: Sequence[str], texts: Sequence[str], rounds: int, limit: float) -> None:
    """Print how many times as fast the engine is, each question within `limit` seconds, and the geometric mean."""
    other = Dataset(default_union=False)
    other.parse(data=store.quads.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    print(f"processor milliseconds, the least of {rounds} rounds; rdflib once, at most {limit:g} s")
    print("  rows  engine     rdflib  times as fast")
    ratios = []
    for name, text in zip(names, texts, strict=True):
        ours = min(
            _timed(lambda text=text: list(store.quads.query(text, prefixes=dict(PREFIXES)))) for _ in range(rounds)
        )
        theirs = _within(limit, lambda text=text: list(other.query(text, initNs=dict(PREFIXES))))
        spent, rows = theirs or (limit * 1_000, -1)
        ratios.append(spent / ours[0])
        said = "" if rows in (ours[1], -1) else f" (rdflib: {rows} rows)"
        more = "" if theirs else "more than "
        print(f"{ours[1]:>6} {ours[0]:>7.1f} {spent:>10.0f}  {more}{ratios[-1]:.0f}  {name}{said}", flush=True)
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"geometric mean: {mean:.0f} times as fast; the least: {min(ratios):.1f}")


def _timed(work: Callable[[], Any]) -> tuple[float, int]:
    began = time.process_time()
    rows = len(work())
    return (time.process_time() - began) * 1_000, rows


def _within(limit: float, work: Callable[[], Any]) -> tuple[float, int] | None:
    """Return milliseconds and rows of some work, done in a process that is ended after `limit` seconds."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(there, work))
    process.start()
    found = here.recv() if here.poll(limit) else None
    process.terminate()
    process.join()
    return found


def _tell(there: Connection, work: Callable[[], Any]) -> None:
    there.send(_timed(work))
