"""Asks our server and others the same questions, in turns, and prints what they manage and the ratios of it."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from benchmarks import servers
from benchmarks.load import Load, Order, Taken
from benchmarks.servers import BARE, OURS, THREADS, Graph, Server

CORPUS = Path(__file__).parents[2] / "tests" / "corpus" / "articles"
CONNECTIONS = (1, 8)
_ROWS = 2_000  # of the large answer
_LONGEST = 10.0  # seconds of an answer, beyond which a server is not asked again
_WARM = 0.1  # seconds
_INSTALL = (
    "python -m venv VENV && VENV/bin/pip install rdflib-endpoint, then --rdflib-endpoint VENV/bin/rdflib-endpoint"
)
_KNOWN = """SELECT ?known { ?known <https://w3id.org/regiograph/ontology#articleCount> ?articles }
ORDER BY DESC(?articles) ?known LIMIT 1"""
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
Cell = tuple[str, int]


def questions(store: Path) -> dict[str, str]:
    """Return a tiny question, one of the catalogue that all servers answer within seconds, and one of many rows."""
    from regiograph.query.binding import bind
    from regiograph.query.catalogue import question

    ((known,),) = ox.Store.read_only(str(store / "quads")).query(_KNOWN)
    return {
        "small": f"SELECT ?label {{ {known} {_LABEL} ?label }}",
        "middle": bind(question("articles").sparql, {"about": known}, name="articles"),
        "large": f"SELECT * {{ ?subject ?predicate ?object }} LIMIT {_ROWS}",
    }


@dataclass(frozen=True, slots=True)
class First:
    """The first answer of a server to a question: its rows, and the seconds it took."""

    rows: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured by server, question and number of connections: a `Taken` a round, seconds of processor time."""

    rounds: dict[tuple[str, str, int], list[Taken]]
    spent: dict[tuple[str, str, int], float]

    def cost(self, server: str, cell: Cell) -> float:
        """Return the milliseconds of processor time that an answer took."""
        return 1_000 * self.spent[(server, *cell)] / sum(len(taken.each) for taken in self.rounds[(server, *cell)])

    def rates(self, server: str, cell: Cell) -> list[float]:
        """Return the answers in a second, a number a round."""
        return [taken.rate for taken in self.rounds[(server, *cell)]]

    def quantile(self, server: str, cell: Cell, share: float) -> float:
        """Return a quantile of the times of all rounds, in milliseconds."""
        return 1_000 * quantile([t for taken in self.rounds[(server, *cell)] for t in taken.each], share)

    def ratio(self, cell: Cell, others: Sequence[str]) -> float:
        """Return the median over the rounds of our rate by that of the best of others."""
        best = [max(rates) for rates in zip(*(self.rates(other, cell) for other in others), strict=True)]
        return statistics.median(ours / other for ours, other in zip(self.rates(OURS, cell), best, strict=True))


def quantile(times: Sequence[float], share: float) -> float:
    """Return the time within which that share of all lies."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def serving(options: argparse.Namespace) -> None:
    """Measure all servers and print a table."""
    with graph(options.store) as found, ExitStack() as stack:
        asked = questions(found.store)
        ways = servers.commands(found, _rdflib_endpoint(options.rdflib_endpoint))
        running = [stack.enter_context(servers.started(name, command)) for name, command in ways.items()]
        first = {(server.name, name): _first(server, text) for name, text in asked.items() for server in running}
        measured = _measured(running, asked, first, stack.enter_context(Load()), options)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end, {options.rounds} rounds")
    for name in asked:
        for connections in CONNECTIONS:
            _print(measured, (name, connections), [server.name for server in running], first)


def _measured(
    running: Sequence[Server],
    asked: dict[str, str],
    first: dict[tuple[str, str], First],
    load: Load,
    options: argparse.Namespace,
) -> Measured:
    taken: dict[tuple[str, str, int], list[Taken]] = defaultdict(list)
    spent: dict[tuple[str, str, int], float] = defaultdict(float)
    for number in range(options.rounds + 1):  # the first only warms up
        turn = number % len(running)
        for name, connections in itertools.product(asked, CONNECTIONS):
            for server in (*running[turn:], *running[:turn]):
                if first[server.name, name].seconds < _LONGEST:
                    seconds = options.seconds if number else _WARM
                    before = server.spent()
                    one = load.ask(Order(server.port, server.request(asked[name]), connections, seconds))
                    if set(one.statuses) != {"200"}:
                        raise SystemExit(f"{server.name} answers the {name} question with {one.statuses}")
                    if number:
                        taken[server.name, name, connections].append(one)
                        spent[server.name, name, connections] += server.spent() - before
    return Measured(taken, spent)


def _print(measured: Measured, cell: Cell, names: Sequence[str], first: dict[tuple[str, str], First]) -> None:
    """Print what was measured with a question and a number of connections."""
    question, connections = cell
    head = f"{question} question, {connections} connection{'s'[: connections > 1]}"
    print(f"\n{head:30}{'answers/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'CPU ms':>8}{'rows':>7}  ours are")
    for name in names:
        one = first[name, question]
        if (name, *cell) not in measured.rounds:
            print(f"{name:30}left out, as one answer took {one.seconds:.1f} s")
            continue
        rate = statistics.median(measured.rates(name, cell))
        p50, p99 = (measured.quantile(name, cell, share) for share in (0.5, 0.99))
        times = "" if name == OURS else f"{measured.ratio(cell, [name]):.2f} times as many"
        print(f"{name:30}{rate:>10.0f}{p50:>10.2f}{p99:>10.2f}{measured.cost(name, cell):>8.2f}{one.rows:>7}  {times}")
    print(f"{'the faster of both bare':30}{'':45}  {measured.ratio(cell, [BARE, THREADS]):.2f} times as many")


@contextmanager
def graph(store: Path | None) -> Iterator[Graph]:
    """Build the store of the sample articles unless there is one, and make its copies."""
    with tempfile.TemporaryDirectory() as folder:
        yield servers.copied(store or servers.built(CORPUS, Path(folder)), Path(folder))


def _first(server: Server, sparql: str) -> First:
    began = time.perf_counter()
    answer = server.answer(sparql)
    return First(len(json.loads(answer)["results"]["bindings"]), time.perf_counter() - began)


def _rdflib_endpoint(given: str | None) -> str | None:
    program = shutil.which(given or "rdflib-endpoint")
    if program is None:
        print(f"rdflib-endpoint is left out, as it is not installed: {_INSTALL}")
    return program


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    from benchmarks.isolation import isolation

    serve = commands.add_parser("serving", help="the endpoint against bare Starlette, rdflib-endpoint and Oxigraph")
    serve.add_argument("--rounds", type=int, default=5, help="default 5")
    serve.add_argument("--seconds", type=float, default=0.5, help="of each measurement, 30 a round (default 0.5)")
    serve.add_argument("--rdflib-endpoint", metavar="PROGRAM", help="where it is, if not on the path")
    serve.set_defaults(measure=serving)
    apart = commands.add_parser("isolation", help="small questions beside questions without end")
    apart.add_argument("--rounds", type=int, default=3, help="default 3")
    apart.add_argument("--seconds", type=float, default=12.0, help="of each measurement, two a round (default 12)")
    apart.add_argument("--limit", type=float, default=10.0, help="seconds a question may take (default 10)")
    apart.set_defaults(measure=isolation)
    for each in (serve, apart):
        each.add_argument("--store", type=Path, metavar="DIR", help="default: one built of the sample articles")
