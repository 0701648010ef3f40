"""The pyvis network behind the page: its own autoescaping template, no CDN, no file but the one asked for."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pyvis
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from regiograph.view.island import sealed

_LIBRARY = Path(pyvis.__file__).parent / "lib"
_NAMES = "facts filters stages years focus labels picture finding panel paths table filtering saving address page"
_SCRIPTS = tuple(f"{name}.js" for name in _NAMES.split())
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {style}; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


class Canvas(Network):  # type: ignore[misc]
    """A directed pyvis network with fixed positions that renders to one self-contained page.

    pyvis's `add_node` and `add_edge` look through all nodes each time; these do not.
    """

    def __init__(self) -> None:
        """Start with no node, physics off."""
        super().__init__(height="100%", width="100%", directed=True)
        self.templateEnv = _environment()
        self.toggle_physics(False)

    def place(self, number: int, radius: float, position: tuple[int, int] | None) -> None:
        """Add the node `number`; without a position it is hidden until it is searched for."""
        x, y = position or (0, 0)
        node = Node(number, "custom", "", size=radius, x=x, y=y, hidden=position is None).options
        self.nodes.append(node)
        self.node_ids.append(number)
        self.node_map[number] = node

    def join(self, source: int, target: int, **options: Any) -> None:
        """Add an edge; parallel ones are kept."""
        self.edges.append(Edge(source, target, directed=True, **options).options)

    def generate_html(self, *, title: str, data: dict[str, Any], summary: str, part: Sequence[str], empty: bool) -> str:
        """Return the page as HTML, the same for the same nodes, edges and data."""
        style = _style()
        scripts = (_vis(), _script())
        kind, island = sealed({**data, "nodes": self.nodes, "edges": self.edges})
        return self.templateEnv.get_template("page.html.j2").render(
            title=title,
            summary=summary,
            part=part,
            empty=empty,
            policy=_POLICY.format(scripts=" ".join(map(_hash, scripts)), style=_hash(style)),
            style=style,
            scripts=scripts,
            story=bool(data["story"]),
            island_type=kind,
            island=island,
        )


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PackageLoader("regiograph.view")
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)


@cache
def _vis() -> str:
    """Return vis-network as pyvis carries it, as a browser reads it: with LF line ends and no source map."""
    newest = max(_LIBRARY.glob("vis-*/vis-network.min.js"))
    text = newest.read_text(encoding="utf-8").replace("\r\n", "\n")
    return re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", text)


@cache
def _script() -> str:
    parts = "\n".join(_source(name) for name in _SCRIPTS)
    return f'"use strict";\n(async () => {{\n{parts}\n}})();\n'


@cache
def _style() -> str:
    return _source("palette.css") + _source("page.css")


def _source(name: str) -> str:
    source, _, _ = _environment().loader.get_source(_environment(), name)  # type: ignore[union-attr]
    return source


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
