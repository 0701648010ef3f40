"""The network as one HTML file that works offline, from `file://`, under a strict content security policy."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import networkx as nx

from regiograph.network.ranking import NOTHING, LeftOut
from regiograph.rdf.replacing import replacing
from regiograph.view.drawing import lines, spots
from regiograph.view.folding import folded
from regiograph.view.insight import insight
from regiograph.view.island import Island


def write(graph: nx.MultiDiGraph[str], target: str | Path | IO[str], *, title: str = "Regional investment") -> None:
    """Write the page of a graph that `network.projection.project` made; the same graph gives the same bytes.

    A file appears whole or not at all. The graph is not changed.

    Raises:
        OSError: the file cannot be written.
    """
    html = render(graph, title=title)
    if isinstance(target, str | Path):
        with replacing(Path(target)) as out:
            out.write(html.encode("utf-8"))
    else:
        target.write(html)


def render(graph: nx.MultiDiGraph[str], *, title: str) -> str:
    """Return the page as HTML."""
    from regiograph.view.canvas import Canvas  # pyvis imports IPython: a second that only the page should cost

    known = insight(graph)
    placed = spots(graph, known.importance)
    radii = {node: spot.radius for node, spot in placed.items()}
    large = any(spot.place is None and graph.degree(node) for node, spot in placed.items())
    island = Island(graph, placed, known, folded(graph, known.groups, radii) if large else None)
    canvas = Canvas()
    for node, spot in placed.items():
        canvas.place(island.numbers[node], spot.radius, spot.place)
    for line in lines(graph):
        ends = island.numbers[line.source], island.numbers[line.target]
        facts = [island.facts[key] for key in line.facts]
        canvas.join(*ends, facts=facts, articles=line.articles, planned=line.planned, bend=line.bend)
    data = island.data()
    return canvas.generate_html(
        title=title, data=data, summary=_summary(data, left_out(graph)), part=part(graph), empty=not graph
    )


def left_out(graph: nx.MultiDiGraph[str]) -> LeftOut:
    """Return what a graph leaves out of what it was asked for."""
    left: LeftOut = graph.graph.get("left_out", NOTHING)
    return left


def part(graph: nx.MultiDiGraph[str]) -> tuple[str, ...]:
    """Return what a page of the graph does not show, in sentences; none where it shows all."""
    left, said = left_out(graph), []
    if left.facts:
        others = f" and {left.entities:,} entities" if left.entities else ""
        said.append(f"{left.facts:,} facts{others} are left out, of which fewer articles tell.")
    if left.sentences is not None:
        said.append(f"Of a fact no more than {left.sentences:,} sentences are shown.")
    return tuple(said)


def _summary(data: Mapping[str, Any], left: LeftOut) -> str:
    words = (
        _counted(len(data["entities"]), left.entities, "entity", "entities"),
        _counted(len(data["facts"]), left.facts, "fact", "facts"),
        _counted(len(data["articles"]), 0, "article", "articles"),
    )
    return f"{' · '.join(words)}{_years(data['articles'])}"


def _counted(shown: int, left: int, one: str, many: str) -> str:
    of = f" of {shown + left:,}" if left else ""
    return f"{shown:,}{of} {one if shown + left == 1 else many}"


def _years(articles: Sequence[Sequence[str | None]]) -> str:
    years = sorted(year[0] for _, date, *_ in articles if date and (year := re.search(r"\b\d{4}$", date)))
    if not years:
        return ""
    return f" of {years[0]}" if years[0] == years[-1] else f" from {years[0]} to {years[-1]}"
