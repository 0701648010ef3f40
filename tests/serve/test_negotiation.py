"""Which format a client gets: what it likes best of what there is."""

from __future__ import annotations

import pytest

from regiograph.serve import media

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "results", "graph"),
    [
        (None, "application/sparql-results+json", "text/turtle"),
        ("", "application/sparql-results+json", "text/turtle"),
        ("*/*", "application/sparql-results+json", "text/turtle"),
        ("text/csv", "text/csv", None),
        ("application/json", "application/sparql-results+json", "application/ld+json"),
        ("text/*", "text/csv", "text/turtle"),
        ("application/n-triples, text/turtle;q=0.9", None, "application/n-triples"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.4", "application/sparql-results+xml", None),
        ("*/*;q=0", None, None),
        ("*/*;q=0.1, text/csv;q=0", "application/sparql-results+json", "text/turtle"),
        ("image/png", None, None),
        ("TEXT/CSV ; Q=1", "text/csv", None),
        ("text/csv;q=bad", None, None),
        ("nonsense", None, None),
        ("a/b," * 5_000, None, None),
    ],
)
def test_the_best_liked_format_is_taken(accept: str | None, results: str | None, graph: str | None) -> None:
    """HOSTILE 65: weights count, the most specific range decides, what comes first wins a tie; nothing may fit."""
    found = media.accepted(accept, media.RESULTS), media.accepted(accept, media.GRAPHS)
    assert tuple(each and each.type for each in found) == (results, graph)


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (BROWSER, True),
        ("text/html", True),
        (None, False),
        ("*/*", False),
        ("text/turtle, text/html;q=0.5", False),
        ("text/html;q=0", False),
        ("application/sparql-results+json, text/html", True),
    ],
)
def test_a_browser_is_shown_a_page(accept: str | None, wanted: bool) -> None:
    """HTML has to be named, and liked no less than what programs read."""
    assert media.page_wanted(accept) is wanted
