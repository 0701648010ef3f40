"""What keeps people from using a page, as axe-core finds it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from playwright.sync_api import Page


def violations(tab: Page) -> list[str]:
    """Return what is wrong with a page, each with the first element that has it."""
    tab.evaluate(_axe())
    found = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['target']} ({len(each['nodes'])})" for each in found]


def _axe() -> str:
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-core is missing; it comes with pip install -e .[dev]")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
