"""Page furniture: what is flagged, and above all what is not."""

from __future__ import annotations

import time

import pytest

from regiograph.articles.furniture import flags
from regiograph.articles.segmenting import sentences
from regiograph.model import Article

PROSE = "The governor of the region met the investors and showed them the new industrial park."


@pytest.mark.parametrize(
    "line",
    [
        "Home / News / 2019 / July",
        "Main page > Press center > News > August 2021",
        "You are here: Home >> International Exchange",
        "News | Markets | Machinery | Subscribe",
        "LV RU EN | Search",
        "26.04.2018 10:42 | Views: 318",
        "Friday, December 18, 2020 - 14:11 GMT+7",
        "12 – 13 October 2017",
        "By Anna Smith, trade correspondent",
        "By staff | Nov. 23, 2018 | 4 comments",
        "Share: Facebook Twitter E-mail",
        "Facebook Twitter Copy URL",
        "Reading time: 3 minutes    Comments (7)",
        "- Information Center -",
    ],
)
def test_what_stands_above_the_prose_is_flagged(line: str) -> None:
    """Menus, paths, dates and bylines before the first sentence."""
    assert flags((line, PROSE)) == (True, False)


@pytest.mark.parametrize(
    "line",
    [
        "Source: Press Service of the Regional Administration",
        "Printable version",
        "You can mark you interesting snippets of text that will be available through a unique link in your browser.",
        "Read also: Farmers receive new tractors",
        "Photo: press service",
        "[Print] [Close] [Add to Favorites]",
        "Comments are closed.",
        "Subscribers only",
        "We use cookies to improve this site.",
        "Copyright © 2015. All rights reserved.",
        "Tags: investment, forum",
        "Log in to comment | Report an error",
        "If you notice an error, select it and press Ctrl+Enter",
        "#forum #investment",
        "Back to list | Subscribe to news",
    ],
)
def test_what_stands_below_the_prose_is_flagged(line: str) -> None:
    """Sources, captions, tool bars and notices after the last sentence."""
    assert flags((PROSE, line)) == (False, True)


@pytest.mark.parametrize(
    "line",
    [
        "New industrial park opened in the region",
        "Logistics.",
        "Textil Norte / Tetouan Park / 61 / 550",
        "08:05 | Tel Aviv: robotics company sold to an investment fund, price undisclosed",
        "Investor: Acme Ltd",
        "Location: Kaluga region",
        "Partners: the city, the bank and the fund",
        "- a greenhouse complex, 3.8 billion rubles, 280 jobs",
        "Share: 49 percent",
        "By 2025 the zone will have forty residents.",
        "From Tokyo the delegation went on to Osaka.",
        "The source of the money was not named.",
        "Photo: Governor Smith and the mayor of the city signed the agreement on the new port here yesterday.",
        "Related investments: a port",
        "Next year the zone grows.",
        "$20 million | 300 jobs",
    ],
)
def test_what_may_tell_a_fact_is_not_flagged(line: str) -> None:
    """Headings, table rows, items, fields of a record and sentences stay."""
    assert flags((PROSE, line, PROSE)) == (False, False, False)


def test_everything_below_most_read_is_flagged() -> None:
    """Headlines of other articles end a page."""
    lines = (PROSE, "MOST READ", "1. Rain at the weekend", "2. Car park closes")
    assert flags(lines) == (False, True, True, True)


def test_a_page_of_furniture_only_has_no_sentence_of_an_article() -> None:
    """No prose at all is no reason to keep a menu."""
    assert flags(("Home / News", "Print | Share")) == (True, True)


def test_furniture_keeps_its_offsets() -> None:
    """Flagged sentences are sentences like others."""
    found = sentences(Article("a", f"Home / News / 2019\n{PROSE}\nSource: Agency"))
    assert [s.furniture for s in found] == [True, False, True]


@pytest.mark.parametrize("unit", ["| ", "A-", "> a ", "By A ", "photo ", "a" * 9 + ": ", "#a "])
def test_no_line_takes_long(unit: str) -> None:
    """HOSTILE 25: lines built against the shapes of furniture."""
    begun = time.perf_counter()
    flags(tuple((unit * 100)[:319] for _ in range(200)))
    assert time.perf_counter() - begun < 5
