"""Times the page from its making to its first picture, and looks at what a reader would: labels, overlap, room used."""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx
from benchmarks import press
from playwright.sync_api import Browser, sync_playwright

from regiograph.errors import GateError
from regiograph.network.projection import project
from regiograph.rdf.store import Store
from regiograph.view import page

SIZES = (60, 300, 5_000, 20_000)
_WINDOW = {"width": 1400, "height": 900}
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")

# What is drawn on the canvas in its last frame: boxes of labels with the size of their letters, and discs; CSS pixels.
_WATCH = """() => {
  const drawn = window.drawn = { labels: [], nodes: [] };
  const of = CanvasRenderingContext2D.prototype;
  const { clearRect, fillText, fill } = of;
  const ratio = (ctx) => ctx.canvas.width / ctx.canvas.clientWidth || 1;
  of.clearRect = function (...box) {
    if (this.canvas.isConnected) Object.assign(drawn, { labels: [], nodes: [] });
    return clearRect.apply(this, box);
  };
  of.fillText = function (text, x, y) {
    const { a, d, e, f } = this.getTransform(), pixel = ratio(this);
    const size = (parseFloat(this.font.match(/([\\d.]+)px/)[1]) * d) / pixel;
    const half = (this.measureText(text).width * a) / pixel / 2;
    const [left, top] = [(x * a + e) / pixel, (y * d + f) / pixel];
    drawn.labels.push([left - half, top - size / 2, left + half, top + size / 2, size, text]);
    return fillText.call(this, text, x, y);
  };
  of.fill = function (...given) {
    const { a, e, f } = this.getTransform(), pixel = ratio(this);
    if (given[1] === "evenodd") drawn.nodes.push([e / pixel, f / pixel, a / pixel]);
    return fill.apply(this, given);
  };
}"""
_SEEN = """() => {
  const { clientWidth, clientHeight } = document.querySelector("#canvas canvas");
  return { ...window.drawn, width: clientWidth, height: clientHeight };
}"""
_FIRST = "performance.getEntriesByName('picture')[0].startTime"


class Seen(NamedTuple):
    """What the first picture is like: letters in pixels, covered share of the label area, shares of the window used."""

    labels: int
    smallest: float
    covered: float
    wide: float
    high: float


class Shown(NamedTuple):
    """A page: seconds to make it, megabytes, milliseconds to the first picture (median), and what is seen."""

    made: float
    size: float
    first: float
    seen: Seen


def register(commands: Any) -> None:
    """Add the sub-command `page`."""
    parser = commands.add_parser("page", help="making and opening the page in headless Chromium, and its labels")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="entities (default 60 300 …)")
    parser.add_argument("--rounds", type=int, default=5, help="times that each page is opened (default 5)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the pages there")
    parser.set_defaults(measure=measure)


def measure(options: argparse.Namespace) -> None:
    """Make a page of each size, open it, and print what was found."""
    print(
        f"{'entities':>9}{'facts':>8}{'made s':>8}{'MB':>7}{'picture ms':>12}{'labels':>8}{'px':>6}{'covered':>9}  used"
    )
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        kept = options.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        for size in options.sizes:
            graph = network(size)
            made = shown(graph, kept / f"{size}.html", browser, options.rounds)
            look = made.seen
            print(
                f"{len(graph):>9,}{graph.number_of_edges():>8,}{made.made:>8.2f}{made.size:>7.2f}{made.first:>12.0f}"
                f"{look.labels:>8}{look.smallest:>6.1f}{look.covered:>9.1%}  {look.wide:.0%} x {look.high:.0%}",
                flush=True,
            )


def network(size: int) -> nx.MultiDiGraph[str]:
    """Return the network of the first generated articles that make `size` entities which a fact ties to another."""
    with Store.open(None) as store:
        numbers, held, wanted = count(), 0, size // 16 + 1
        while True:
            held += sum(_put(store, number, size) for number in islice(numbers, wanted - held))
            if len(graph := _tied(store)) >= size:
                return nx.MultiDiGraph(graph.subgraph(_nearest(graph, size)))
            wanted = held + held // 4 + 1


def _put(store: Store, number: int, size: int) -> int:
    with suppress(GateError):
        store.put(press.extraction(number, max(1, size // 4)))
    return 1


def _tied(store: Store) -> nx.MultiDiGraph[str]:
    graph = project(store.quads, facts_at_most=100_000)
    return nx.MultiDiGraph(graph.subgraph([node for node in graph if graph.degree(node)]))


def _nearest(graph: nx.MultiDiGraph[str], size: int) -> list[str]:
    """Return so many nodes, component by component from the largest, each from its best connected node outwards."""
    plain = nx.Graph(graph)
    parts = sorted(map(sorted, nx.connected_components(plain)), key=lambda part: (-len(part), part))
    found = [node for part in parts for node in nx.bfs_tree(plain, max(part, key=plain.degree), sort_neighbors=sorted)]
    return found[:size]


def shown(graph: nx.MultiDiGraph[str], path: Path, browser: Browser, rounds: int) -> Shown:
    """Write the page of a graph, open it so many times, and return what it took."""
    began = time.perf_counter()
    page.write(graph, path)
    made = time.perf_counter() - began
    firsts = [_opened(browser, path)[0] for _ in range(rounds)]
    return Shown(made, path.stat().st_size / 1e6, statistics.median(firsts), _opened(browser, path, watch=True)[1])


def _opened(browser: Browser, path: Path, *, watch: bool = False) -> tuple[float, Seen]:
    context = browser.new_context(offline=True, viewport=_WINDOW, reduced_motion="reduce")
    tab = context.new_page()
    if watch:
        tab.add_init_script(f"({_WATCH})()")
    tab.goto(path.absolute().as_uri())
    # The policy of the page lets nothing poll in it.
    while not tab.evaluate("performance.getEntriesByName('picture').length"):
        tab.wait_for_timeout(50)
    tab.wait_for_timeout(200)
    seen = _seen(tab.evaluate(_SEEN)) if watch else Seen(0, 0, 0, 0, 0)
    first = tab.evaluate(_FIRST)
    context.close()
    return first, seen


def _seen(drawn: Mapping[str, Any]) -> Seen:
    boxes = [label[:4] for label in drawn["labels"]]
    discs = [(x - r, y - r, x + r, y + r) for x, y, r in drawn["nodes"]]
    covered = sum(_covered(box, boxes[:i] + boxes[i + 1 :] + discs) for i, box in enumerate(boxes))
    area = sum((right - left) * (low - top) for left, top, right, low in boxes)
    across = [at for box in boxes + discs for at in (box[0], box[2])]
    down = [at for box in boxes + discs for at in (box[1], box[3])]
    used = (max(across) - min(across)) / drawn["width"], (max(down) - min(down)) / drawn["height"]
    return Seen(len(boxes), min(label[4] for label in drawn["labels"]), covered / area, *used)


def _covered(box: tuple[float, ...], others: list[Any]) -> float:
    """Return how much of a box others lie on, in square pixels, each spot once."""
    left, top, right, low = box
    near = [o for o in others if o[0] < right and left < o[2] and o[1] < low and top < o[3]]
    spots = {
        (x, y)
        for o in near
        for x in range(int(max(left, o[0])), int(min(right, o[2])) + 1)
        for y in range(int(max(top, o[1])), int(min(low, o[3])) + 1)
    }
    return float(len(spots))


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(_FLAGS))
        yield browser
        browser.close()
