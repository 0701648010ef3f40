"""Ways through the network: neighbours, steps, paths, groups, the story; by mouse, by keyboard, by address."""

from __future__ import annotations

import pytest

from sketching import IRI, quotation

pytestmark = pytest.mark.browser

CHOSEN = "document.querySelector('#content h2').textContent"


def test_a_path_is_told_as_a_sentence_with_the_facts_behind_it(coast, show):
    """From one entity to another: each step with its words, then each fact with its sentence; kept in the address."""
    opened = show(coast)
    opened.find("os")
    opened.tab.fill(".to input", "kyst")
    opened.tab.locator("#path-found li").first.wait_for()
    opened.tab.keyboard.press("Enter")
    chain = opened.tab.inner_text(".chain")
    stops = [chain.index(name) for name in ("Os", "Halden", "Vik", "Vik Harbour", "Kystlinje")]
    assert stops == sorted(stops)
    assert "receives investment from, more than USD\u00a04 billion, 2026" in chain
    assert "Os works with Halden." in opened.panel()
    address = opened.tab.url
    opened.tab.goto("about:blank")
    opened.tab.goto(address)
    assert opened.tab.inner_text(".chain") == chain
    assert opened.problems == []


def test_a_path_goes_only_by_what_the_filters_leave(coast, show):
    """Without the plans there is no way to who only plans."""
    opened = show(coast)
    opened.tab.goto(
        f"{opened.address}#e=https://w3id.org/regiograph/id/city/os"
        "&to=https://w3id.org/regiograph/id/company/kystlinje&status=told"
    )
    assert "No path among what the filters leave" in opened.panel()


def test_arrows_walk_from_neighbour_to_neighbour(coast, show):
    """In the picture an arrow goes to the neighbour that lies that way and says who it is; Enter leads to the facts."""
    opened = show(coast)
    opened.tab.focus("#canvas")
    opened.tab.keyboard.press("ArrowRight")
    first = opened.tab.evaluate(CHOSEN)
    met = {first}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp") * 3:
        opened.tab.keyboard.press(key)
        heard = opened.tab.inner_text("#heard")
        assert heard == "No neighbour that way" or heard.startswith(f"{opened.tab.evaluate(CHOSEN)}, ")
        met.add(opened.tab.evaluate(CHOSEN))
    assert len(met) >= 3
    opened.tab.keyboard.press("Enter")
    assert opened.tab.evaluate("document.activeElement.id") == "panel"
    opened.tab.keyboard.press("Escape")
    assert "Who, where, what" in opened.panel()
    assert opened.problems == []


def test_more_steps_keep_more_of_the_picture_bright(coast, show):
    """One, two or three steps around an entity; the address keeps how many."""
    opened = show(coast)
    opened.find("kystlinje")
    bright = "new Set([...document.querySelectorAll('.steps [aria-pressed=true]')].map((e) => e.textContent)).size"
    assert opened.tab.evaluate(bright) == 1
    opened.tab.locator(".steps button", has_text="2").click()
    assert "steps=2" in opened.tab.url
    assert opened.tab.evaluate("document.activeElement.textContent") == "2"
    opened.tab.reload()
    assert opened.tab.locator(".steps [aria-pressed=true]").inner_text() == "2"


def test_the_story_is_read_step_by_step(coast, show):
    """Each step has words and the sentences that bear it out; the address keeps the step."""
    opened = show(coast)
    opened.tab.click("[data-do=story]")
    titles = [opened.tab.evaluate(CHOSEN)]
    while opened.tab.locator(".turn", has_text="Next").is_enabled():
        assert opened.tab.locator("#content blockquote").count() > 0
        opened.tab.locator(".turn", has_text="Next").click()
        titles.append(opened.tab.evaluate(CHOSEN))
    assert 3 <= len(titles) <= 7
    assert len(set(titles)) == len(titles)
    opened.tab.reload()
    assert opened.tab.evaluate(CHOSEN) == titles[-1]
    assert opened.problems == []


def test_who_ties_regions_is_told_with_the_facts_that_do(coast, show):
    """A broker's row opens a sentence and the facts; the address keeps it; filters leave it out."""
    opened = show(coast)
    opened.tab.locator("#content .row", has_text="Halden and Vik").first.click()
    told = "Ada Lund ties Halden and Vik: holds a post in Vik (mayor); met with Ivo Brandt"
    assert told in opened.panel()
    assert "Ivo Brandt met Ada Lund on 4 May 2021." in opened.panel()
    assert "#broker=1" in opened.tab.url
    opened.tab.reload()
    assert told in opened.panel()
    opened.tab.click("#legend [data-type=Person]")
    opened.tab.click(".close")
    assert "Who ties regions" not in opened.panel()
    assert opened.problems == []


def test_where_articles_differ_is_shown_side_by_side(coast, show):
    """A badge on a fact opens all that differ, each with its sentence and article; the address keeps it."""
    said = quotation("Tor Vik, mayor of Vik, came.", number=9, date="2021-06-01")
    coast.add_node("tor", label="Tor Vik", type="Person", articles=1, names=(), facts=())
    told = {"qualifiers": (("role", "Mayor"),), "date": None, "evidence": (said,)}
    coast.add_edge("tor", f"{IRI}city/vik", "other", predicate="holdsPost", modality="asserted", confidence=0.9, **told)
    opened = show(coast)
    opened.find("Ada Lund")
    opened.tab.locator("#content .differs").click()
    assert "Vik, mayor: Ada Lund or Tor Vik" in opened.panel()
    assert {"Ada Lund, mayor of Vik, spoke.", "Tor Vik, mayor of Vik, came."} <= set(quotes(opened))
    assert "#differing=1" in opened.tab.url
    opened.tab.reload()
    assert len(quotes(opened)) == 2
    opened.tab.click(".close")
    opened.tab.locator("#content .row", has_text="Ada Lund or Tor Vik").click()
    assert len(quotes(opened)) == 2
    assert opened.problems == []


def quotes(opened) -> list[str]:
    """Return the sentences that the panel shows."""
    return opened.tab.locator("#content blockquote").all_inner_texts()


def test_groups_are_listed_coloured_on_demand_and_opened(coast, show):
    """Colour tells the type until the groups are asked for; a group lists its members."""
    opened = show(coast)
    opened.tab.click("#paint")
    assert "colour=groups" in opened.tab.url
    assert opened.tab.inner_text("#paint") == "Colour by type"
    opened.tab.locator("#content .row", has_text="entities").first.click()
    assert "more tied to one another" in opened.panel()
    opened.tab.reload()
    assert "more tied to one another" in opened.panel()
    assert opened.problems == []


def test_who_wants_no_motion_gets_none(coast, show):
    """With prefers-reduced-motion the view jumps: the picture stands at once as it stands later, and nothing slides."""
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    slides = "getComputedStyle(document.getElementById('panel')).transitionDuration"
    assert show(coast, **phone).tab.evaluate(slides) != "0s"
    still = show(coast, reduced_motion="reduce", **phone).tab
    assert still.evaluate(slides) == "0s"
    shot = "document.querySelector('#canvas canvas').toDataURL()"
    still.click("[data-do=in]")
    still.wait_for_timeout(60)
    at_once = still.evaluate(shot)
    still.wait_for_timeout(400)
    assert still.evaluate(shot) == at_once
