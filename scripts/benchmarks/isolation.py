"""Times small questions alone, and beside a client whose questions have no end and are stopped at their limit."""

from __future__ import annotations

import argparse
import os
import statistics

from benchmarks import servers
from benchmarks.load import Load, Order, Taken

_CLIENTS = 4
_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) }"


def isolation(options: argparse.Namespace) -> None:
    """Measure and print."""
    from benchmarks.serving import graph, quantile, questions

    with graph(options.store) as found, Load() as small, Load() as endless:
        sparql = questions(found.store)["small"]
        command = [*servers.commands(found, None)[servers.OURS], "--timeout", str(options.limit)]
        with servers.started(servers.OURS, command) as server:
            many = Order(server.port, server.request(sparql), _CLIENTS, options.seconds)
            one = Order(server.port, server.request(_ENDLESS), 1, options.seconds)
            alone, beside, late = [], [], []
            for _ in range(options.rounds):
                alone.append(_checked(small.ask(many), "200"))
                endless.begin(one)
                beside.append(_checked(small.ask(many), "200"))
                late += [1_000 * (each - options.limit) for each in _checked(endless.end(), "504").each]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end")
    for name, rounds in (("alone", alone), ("beside a question without end", beside)):
        rate = statistics.median(taken.rate for taken in rounds)
        p50, p99 = (statistics.median(1_000 * quantile(taken.each, share) for taken in rounds) for share in (0.5, 0.99))
        print(f"{_CLIENTS} clients {name:30}{rate:>8.0f} answers/s, p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    ratio = statistics.median(
        quantile(b.each, 0.99) / quantile(a.each, 0.99) for a, b in zip(alone, beside, strict=True)
    )
    print(f"p99 beside it is {ratio:.2f} times that alone, median of {options.rounds} rounds")
    print(f"from the limit to the answer: median {statistics.median(late):.0f} ms, longest {max(late):.0f} ms")


def _checked(taken: Taken, status: str) -> Taken:
    if set(taken.statuses) != {status}:
        raise SystemExit(f"regiograph answers with {taken.statuses}, not {status}")
    return taken
