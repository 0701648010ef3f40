"""Graphs to draw, and a browser to look at them with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from regiograph.network.projection import Fact, Quotation
from regiograph.view import page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
MISSING = "no test looked at the page in a browser: chromium is missing; get it by `apt-get install chromium`"
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()

IRI = "https://w3id.org/regiograph/id/"


def quotation(text: str, *, url: str | None = "https://post.example/harbour", number: int = 1) -> Quotation:
    """Return a quotation of article `number`."""
    title, date = f"A harbour for Halden ({number})", "2024-03-01"
    return Quotation(f"{IRI}article/{number}", title, date, url, "The Post", text, 0, len(text))


class Sketch:
    """Builds graphs of the form that `network.projection.project` returns."""

    def __init__(self) -> None:
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def entity(self, iri: str, label: str, kind: str, *facts: Fact, names: tuple[str, ...] = ()) -> str:
        """Add a node and return its IRI."""
        self.graph.add_node(iri, label=label, type=kind, articles=1, names=names, facts=facts)
        return iri

    def fact(
        self, source: str, predicate: str, target: str, *evidence: Quotation, modality: str = "asserted", **said: str
    ) -> None:
        """Add an edge."""
        key = f"{IRI}fact/{self.graph.number_of_edges()}"
        told = {"qualifiers": tuple(sorted(said.items())), "date": said.get("date"), "evidence": evidence}
        self.graph.add_edge(source, target, key, predicate=predicate, modality=modality, confidence=0.87, **told)


@pytest.fixture
def sketch() -> Sketch:
    """An empty sketch."""
    return Sketch()


@pytest.fixture
def harbour(sketch: Sketch) -> nx.MultiDiGraph[str]:
    """Five entities, four edges and an indicator out of two invented articles."""
    mayor = sketch.entity(f"{IRI}person/ivo-brandt", "Ivo Brandt", "Person", names=("Brandt",))
    town = sketch.entity(f"{IRI}city/halden", "Halden", "City")
    length = quotation("The quay of Halden Harbour is 800 m long.")
    quay = Fact("hasIndicator", "800", (("indicator", "quay length"), ("unit", "m")), None, "asserted", 0.9, (length,))
    project = sketch.entity(f"{IRI}project/halden-harbour", "Halden Harbour", "Project", quay)
    sketch.entity(f"{IRI}sector/fishing", "fishing", "Sector")
    company = sketch.entity(f"{IRI}company/nord-kai", "Nord Kai", "Company")
    sketch.fact(mayor, "holdsPost", town, quotation("Ivo Brandt, the mayor of Halden, spoke."), role="mayor")
    money = {"amount": "5000000", "currency": "EUR", "qualifier": "more than", "date": "2024-06"}
    plan = quotation("Halden plans to put more than 5 million euros into Halden Harbour.")
    sketch.fact(town, "investsIn", project, plan, modality="planned", **money)
    both = quotation("Brandt met Nord Kai in June."), quotation("Nord Kai met Brandt again.", number=2)
    sketch.fact(mayor, "metWith", company, *both)
    sketch.fact(company, "implements", project, quotation("Nord Kai builds Halden Harbour."))
    return sketch.graph


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was left out."""
    if not Path(CHROMIUM).exists():
        terminalreporter.section("LEFT OUT", red=True, bold=True)
        terminalreporter.write_line(MISSING, red=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless chromium; without it the tests that ask for it are skipped, and say how to get it."""
    if not Path(CHROMIUM).exists():
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


class Opened:
    """A page in a browser, with everything that went wrong on it and everything that it asked the network for."""

    def __init__(self, tab: Page, path: Path) -> None:
        self.tab, self.problems, self.requests, self.refused = tab, [], [], []
        tab.on("console", lambda message: self.problems.append(message.text))
        tab.on("pageerror", lambda error: self.problems.append(str(error)))
        tab.on("dialog", lambda dialog: (self.problems.append(dialog.message), dialog.dismiss()))
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("requestfailed", lambda request: self.refused.append(request.url) if request.failure == "csp" else None)
        self.address = path.as_uri()
        tab.goto(self.address)

    def panel(self) -> str:
        """Return what the panel says."""
        return self.tab.inner_text("#content")


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """A function that writes a graph's page and opens it in a fresh offline window, with options of a context."""
    contexts = []

    def show(graph: nx.MultiDiGraph[str], *, title: str = "Halden", **options) -> Opened:
        path = tmp_path / "graph.html"
        page.write(graph, path, title=title)
        contexts.append(browser.new_context(offline=True, **options))
        return Opened(contexts[-1].new_page(), path)

    yield show
    for context in contexts:
        context.close()
