"""The page in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page

from regiograph.view import page


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

    def find(self, words: str) -> None:
        """Search by keyboard, and choose what is found first."""
        self.tab.keyboard.press("/")
        self.tab.keyboard.type(words)
        self.tab.wait_for_selector("#found li")
        self.tab.keyboard.press("Enter")

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
