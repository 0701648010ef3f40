#!/usr/bin/env python3
"""Measure what regiograph adds to the store's own engine when it is asked from Python.

    python scripts/benchmarks/asking.py STORE [--copies N] [--rounds N]

Each query is asked in turns of `regiograph.open(store).query` and of pyoxigraph, all rows read into tuples; the store
is copied N times into one, under other names, so that some queries take long. Times are of the thread, the median of
the rounds: other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

import regiograph
from regiograph.query import catalogue
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import PREFIXES

NAMES = "https://w3id.org/regiograph/id/"
LONG = 50.0  # milliseconds: what takes longer may take 1.1 times as long, what takes less 0.3 ms longer
QUERIES = {
    "yes or no": "ASK { ?x a rg:Region }",
    "one network": "SELECT ?x { ?x a rg:Network } LIMIT 1",
    "regions": "SELECT ?x ?name { ?x a rg:Region ; rdfs:label ?name } LIMIT 50",
    "labels": "SELECT ?x ?name { ?x rdfs:label ?name }",
    "labels in order": "SELECT ?x ?name { ?x rdfs:label ?name } ORDER BY ?name ?x",
    "facts": "SELECT ?s ?p ?o ?sure { ?f a rg:Fact ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; "
    "rg:confidence ?sure }",
    "relations": "SELECT ?p { ?f a rg:Fact ; rdf:predicate ?p }",
    "counts": "SELECT ?p (COUNT(*) AS ?n) { ?f a rg:Fact ; rdf:predicate ?p } GROUP BY ?p",
    "knowledge": "SELECT ?s ?p ?o { ?s ?p ?o }",
    "everything": "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }",
    "everything, cut": "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } LIMIT 5000",
    "triples": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
}


def copied(source: Path, copies: int, path: Path) -> Path:
    """Make a store that holds another one several times, each time under other names."""
    with Store.open(source, read_only=True) as store:
        quads, base, sure = store.quads.dump(format=ox.RdfFormat.N_QUADS), store.base, store.min_confidence
    with Store.open(path, base=base, min_confidence=sure) as store:
        for i in range(copies):
            renamed = quads.replace(NAMES.encode(), f"{NAMES}{i}/".encode())
            store.quads.bulk_load(renamed, format=ox.RdfFormat.N_QUADS)
    return path


def bare(quads: ox.Store, sparql: str) -> object:
    """Ask pyoxigraph and read everything."""
    found = quads.query(sparql, prefixes=dict(PREFIXES))
    return bool(found) if isinstance(found, ox.QueryBoolean) else [tuple(each) for each in found]


def seconds(work: Callable[[], object]) -> float:
    """Return the time that a piece of work takes of this thread."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--copies", type=int, default=10, help="default 10")
    parser.add_argument("--rounds", type=int, default=9, help="default 9")
    options = parser.parse_args()
    own = {each.name: each.sparql for each in catalogue.questions() if all(p.optional for p in each.parameters)}
    with tempfile.TemporaryDirectory() as folder:
        path = copied(options.store, options.copies, Path(folder) / "store")
        with regiograph.open(path) as graph, Store.open(path, read_only=True) as store:
            print(f"{len(store.quads):,} quads\n{'':22} {'bare ms':>9} {'ours ms':>9} {'times':>6} {'more ms':>8}")
            for name, sparql in (QUERIES | own).items():
                times = [
                    (seconds(lambda q=sparql: bare(store.quads, q)), seconds(lambda q=sparql: graph.query(q)))
                    for _ in range(options.rounds)
                ]
                theirs, ours = (1000 * statistics.median(each) for each in zip(*times, strict=True))
                over = ours > theirs * 1.1 if theirs > LONG else ours > theirs + 0.3
                mark = "  too slow" if over else ""
                print(
                    f"{name:22} {theirs:9.2f} {ours:9.2f} {ours / theirs:6.2f} {ours - theirs:8.2f}{mark}", flush=True
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
