"""What the page leaves out on demand: each filter by its control, by its result, and by its address."""

from __future__ import annotations

import pytest

from sketching import quotation

pytestmark = pytest.mark.browser


def told(opened) -> list[str]:
    """Return the facts of the table, each as subject, relation and object or value."""
    if not opened.tab.locator("#table[open]").count():
        opened.tab.click("#table > summary")
    opened.tab.wait_for_selector("#table table")
    rows = opened.tab.locator("#table tbody tr").all()
    return sorted(" ".join(cell.inner_text() for cell in row.locator("td").all()[:3]) for row in rows)


def opened_filters(show, graph):
    """Open a page and its filters."""
    opened = show(graph)
    opened.tab.click("[data-do=filters]")
    return opened


def again(opened):
    """Load the page anew at its present address."""
    address = opened.tab.url
    opened.tab.goto("about:blank")
    opened.tab.goto(address)
    return opened


ALL = 8
PLANS = ["Kystlinje invests in Vik Harbour", "Os cooperates with Halden"]


def choose(tab, label: str, option: str) -> None:
    """Choose an option of a field."""
    tab.locator("#filters label", has_text=label).locator("select").select_option(label=option)


def slide(tab, label: str, value: int) -> None:
    """Move a slider."""
    slider = tab.get_by_label(label)
    slider.evaluate("(e, v) => { e.value = v; e.dispatchEvent(new Event('input', { bubbles: true })); }", value)


CASES = {
    "status": (lambda tab: choose(tab, "Status", "planned or proposed"), "status=planned", PLANS),
    "confidence": (lambda tab: slide(tab, "At least as sure as", 60), "sure=60", ALL - 1),
    "article": (lambda tab: choose(tab, "Article", "A harbour for Halden (3) (2 May 2024)"), "article=", 3),
    "words": (lambda tab: tab.fill("#filters input[type=search]", "JOINED the harbour"), "text=JOINED", 1),
    "years from": (lambda tab: slide(tab, "From year", 2024), "years=2024%2F", 4),
    "years to": (lambda tab: slide(tab, "To year", 2018), "years=%2F2018", 2),
    "relation": (lambda tab: (tab.click("#relations summary"), tab.uncheck("[data-relation=memberOf]")), "without=", 6),
    "type": (lambda tab: tab.click("#legend [data-type=Person]"), "hide=Person", 5),
}


@pytest.mark.parametrize("name", CASES)
def test_a_filter_leaves_what_it_says_and_stays_in_the_address(coast, show, name):
    """Each filter narrows picture and table alike; a reload of the address gives the same; clearing gives all back."""
    use, words, expected = CASES[name]
    opened = opened_filters(show, coast)
    assert len(told(opened)) == ALL
    use(opened.tab)
    opened.tab.wait_for_function("words => location.hash.includes(words)", arg=words)
    left = told(opened)
    assert left == expected if isinstance(expected, list) else len(left) == expected
    assert f"{len(left)} of {ALL} facts" in opened.tab.inner_text("#outcome")
    assert told(again(opened)) == left
    opened.tab.click("[data-do=filters]")
    opened.tab.click("#wipe")
    assert len(told(opened)) == ALL
    assert "#" not in opened.tab.url
    assert opened.problems == []


def test_what_is_left_out_is_told_on_the_entity_and_in_the_list(coast, show):
    """A panel says how many facts the filters hide, and the list names only who is left."""
    opened = opened_filters(show, coast)
    choose(opened.tab, "Status", "planned or proposed")
    assert "Ada Lund" not in opened.tab.locator("#content .row bdi").all_inner_texts()
    assert opened.tab.inner_text("#badge") == "1"
    opened.tab.locator("#content .row", has_text="Vik Harbour").click()
    assert "1 fact is left out by the filters" in opened.panel()


def test_the_bars_count_facts_by_year_and_open_a_year(coast, show):
    """The timeline tells a year's facts; the bar is a button; the address keeps the year."""
    opened = show(coast)
    bar = opened.tab.locator('.bar[data-from="2021"]')
    assert bar.get_attribute("aria-label") == "2021: 3 facts"
    assert "1 planned" in opened.tab.locator('.bar[data-from="2026"]').get_attribute("aria-label")
    bar.focus()
    opened.tab.keyboard.press("Enter")
    assert "3 facts" in opened.panel()
    assert "Ivo Brandt met Ada Lund on 4 May 2021." in opened.panel()
    assert "Ivo Brandt met Ada Lund" in again(opened).panel()
    assert opened.problems == []


def test_a_fact_far_ahead_does_not_press_the_others_together(sketch, show):
    """One of two hundred that is forty years later stands in the last bar, which says so and opens it."""
    for name in "ab":
        sketch.entity(name, name, "Person")
    for n in range(200):
        sketch.fact("a", "metWith", "b", quotation(f"They met, {n}."), date=str(2010 + n % 8))
    sketch.fact("a", "metWith", "b", quotation("They will meet."), date="2057", modality="planned")
    opened = show(sketch.graph)
    bars = opened.tab.locator(".bar")
    assert bars.count() == 8
    assert bars.last.get_attribute("aria-label") == "2017 and after: 26 facts, 1 planned or proposed"
    bars.last.click()
    assert "26 facts" in opened.panel()
    assert opened.problems == []


@pytest.mark.parametrize(
    "payload",
    ["years=%3Cimg/2000", "sure=1e9", "hide=__proto__,constructor", "without=<svg onload=1>", "article=__proto__",
     "status=<script>", "text=%3Cimg src=x onerror=window.pwned=1%3E", "group=99999&step=-1",
     "line=a b c&year=NaN&steps=9"],
)  # fmt: skip
def test_an_address_with_a_payload_breaks_nothing(coast, show, payload):
    """HOSTILE 80: filters that the page does not know are passed over, words are looked for as words."""
    opened = show(coast)
    opened.tab.goto("about:blank")
    opened.tab.goto(f"{opened.address}#{payload}")
    opened.tab.wait_for_timeout(50)
    assert "Who, where, what" in opened.panel()
    assert opened.tab.evaluate("window.pwned") is None
    assert opened.problems == []
