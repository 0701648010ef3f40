"""What all pages of the site share: the templates, escaped by themselves, and the files that they need."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import jinja2

from regiograph.view.looks import look

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def render(template: str, **known: Any) -> bytes:
    """Return a page as HTML in UTF-8."""
    return _environment().get_template(template).render(**known).encode("utf-8", "replace")


@cache
def static() -> dict[str, tuple[bytes, str]]:
    """Return the files below /static/ by their path: the bytes and the media type of each."""
    found: dict[str, tuple[bytes, str]] = {}
    palette = files("regiograph.view").joinpath("templates", "palette.css")
    found["palette.css"] = (palette.read_bytes(), _TYPES[".css"])
    todo = [("", files(__package__).joinpath("static"))]
    while todo:
        prefix, folder = todo.pop()
        for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if each.is_dir():
                todo.append((f"{prefix}{each.name}/", each))
            elif kind := next((t for ending, t in _TYPES.items() if each.name.endswith(ending)), None):
                found[prefix + each.name] = (each.read_bytes(), kind)
    return found


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PackageLoader(__package__)
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["look"] = look
    return made
