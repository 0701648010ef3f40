"""The shared corpus, the graph that a build makes of it, and a browser to look at pages with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, sync_playwright

import sketching
from commandline import ARTICLES, run


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the sample articles."""
    return ARTICLES


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a build of the sample articles wrote; not to be changed."""
    out = tmp_path_factory.mktemp("built")
    result = run("build", ARTICLES, "--out", out, "--workers", "1")
    assert result.exit_code == 0, result.stderr
    return out


@pytest.fixture
def sketch() -> sketching.Sketch:
    """An empty sketch."""
    return sketching.Sketch()


@pytest.fixture
def harbour(sketch: sketching.Sketch) -> nx.MultiDiGraph[str]:
    """Five entities, four edges and an indicator."""
    return sketching.harbour(sketch)


@pytest.fixture
def coast(sketch: sketching.Sketch) -> nx.MultiDiGraph[str]:
    """Eight entities and facts of several years, some planned, some doubtful."""
    return sketching.coast(sketch)


CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
MISSING = "no test looked at a page in a browser: chromium is missing; get it by `apt-get install chromium`"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless chromium; without it the tests that ask for it are skipped, and say how to get it.

    It ends with the module, for beside it no other event loop runs in the process.
    """
    if not Path(CHROMIUM).exists():
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was left out."""
    if not Path(CHROMIUM).exists():
        terminalreporter.section("LEFT OUT", red=True, bold=True)
        terminalreporter.write_line(MISSING, red=True)
