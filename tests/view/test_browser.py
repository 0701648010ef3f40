"""The page in a browser: offline, under its policy, by mouse and by keyboard."""

from __future__ import annotations

import urllib.parse

import networkx as nx
import pytest

from regiograph.network.projection import Fact, Quotation

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

# How far each pixel of the canvas is from its ground: whether anything is drawn at all.
INK = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let i = 3; i < data.length; i += 4) inked += data[i] > 0;
  return inked / (data.length / 4);
}"""

# The row of the canvas with most ink, which two nodes and their line make, and where the ink on it begins and ends.
INKED_ROW = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let best = [0, 0, 0, 0];
  for (let y = 0; y < height; y++) {
    const inked = [...Array(width).keys()].filter((x) => data[4 * (y * width + x) + 3] > 200);
    if (inked.length > best[3]) best = [y, inked[0], inked.at(-1), inked.length];
  }
  const scale = width / canvas.clientWidth;
  return best.slice(0, 3).map((v) => v / scale);
}"""


def test_the_page_asks_for_nothing_and_breaks_no_rule(harbour, show):
    """No request but for the file itself, nothing on the console, and the picture is drawn."""
    opened = show(harbour)
    opened.find("Halden")
    opened.tab.click("#table summary")
    assert opened.requests == [opened.address]
    assert opened.problems == []
    assert 0.005 < opened.tab.evaluate(INK) < 0.5


def test_the_policy_stops_what_is_slipped_in(harbour, show):
    """HOSTILE 77: a script, a remote image or a request that is not the page's own is refused."""
    opened = show(harbour)
    opened.tab.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.pwned = 1";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src='https://x.example/a.png' onerror='window.pwned = 2'>");
        fetch("https://x.example/").catch(() => {});
    }""")
    opened.tab.wait_for_timeout(100)
    assert opened.tab.evaluate("window.pwned") is None
    assert sum("Content Security Policy" in problem for problem in opened.problems) >= 3
    assert opened.requests[1:] == opened.refused


def test_the_panel_shows_the_sentence_with_its_words_marked(harbour, show):
    """A fact stands with what qualifies it and the sentence it comes from, its names highlighted, its source linked."""
    opened = show(harbour)
    opened.find("ivo")
    panel = opened.panel()
    for words in (
        "Person",
        "Ivo Brandt",
        "Also: Brandt",
        "mayor",
        "Ivo Brandt, the mayor of Halden, spoke.",
        "87 % sure",
    ):
        assert words in panel
    figure = opened.tab.locator("#content figure", has_text="the mayor of Halden")
    assert figure.locator("mark").all_inner_texts() == ["Ivo Brandt", "mayor", "Halden"]
    href = figure.locator("a").get_attribute("href")
    assert href == "https://post.example/harbour#:~:text=Ivo%20Brandt%2C%20the%20mayor%20of%20Halden%2C%20spoke."
    assert figure.locator("a").get_attribute("rel") == "noopener noreferrer"


def test_what_is_planned_says_so_with_amount_and_date(harbour, show):
    """A plan is marked as one."""
    opened = show(harbour)
    opened.find("halden harbour")
    card = opened.tab.locator(".fact", has_text="more than 5 million euros")
    assert card.locator(".plan").inner_text() == "planned"
    assert "more than EUR\u00a05 million" in card.inner_text()
    assert "June 2024" in card.inner_text()
    assert "quay length: 800\u00a0m" in opened.panel()


def test_further_sources_open_on_demand(harbour, show):
    """Of several sentences the first is shown, the others are one step away."""
    opened = show(harbour)
    opened.find("nord")
    assert "met Brandt again" not in opened.panel()
    opened.tab.get_by_text("1 more source").click()
    opened.tab.locator("details.more[open]").wait_for()
    assert "Nord Kai met Brandt again." in opened.panel()


def test_search_goes_by_keyboard_alone(harbour, show):
    """The slash focuses, arrows move, Enter chooses, Escape closes the list, then clears the selection."""
    opened = show(harbour)
    keys = opened.tab.keyboard
    keys.press("/")
    assert opened.tab.evaluate("document.activeElement.id") == "search"
    keys.type("hálden")
    assert opened.tab.locator("#found li").count() == 2
    marked = opened.tab.locator("#found li[aria-selected=true] .name")
    assert marked.inner_text() == "Halden Harbour"
    keys.press("ArrowDown")
    assert marked.inner_text() == "Halden"
    assert opened.tab.get_attribute("#search", "aria-activedescendant") == "found-1"
    keys.press("Enter")
    assert opened.tab.inner_text("#content h2") == "Halden"
    keys.press("Escape")
    assert "Who, where, what" in opened.panel()
    assert "#" not in opened.tab.url
    keys.press("/")
    keys.type("zzz")
    assert opened.tab.inner_text("#found") == "Nothing found"
    keys.press("Escape")
    assert opened.tab.input_value("#search") == ""
    assert opened.problems == []


def test_the_list_of_entities_can_be_walked_by_keyboard(harbour, show):
    """Tab reaches an entity, Enter opens it, and the names of its neighbours lead on."""
    opened = show(harbour)
    opened.tab.focus("#content .row")
    opened.tab.keyboard.press("Tab")
    opened.tab.keyboard.press("Enter")
    first = opened.tab.inner_text("#content h2")
    opened.tab.locator("#content .fact .what button").first.focus()
    opened.tab.keyboard.press("Enter")
    assert opened.tab.inner_text("#content h2") != first


def test_the_legend_counts_and_filters(harbour, show):
    """A chip names a type with its number and sign; pressing it by keyboard hides and shows the type."""
    opened = show(harbour)
    chip = opened.tab.locator("#legend button", has_text="People")
    assert chip.inner_text().split() == ["People", "1"]
    assert chip.locator("svg path").count() == 1
    drawn = opened.tab.evaluate(INK)
    chip.focus()
    opened.tab.keyboard.press("Enter")
    assert opened.tab.locator("#legend button", has_text="People").get_attribute("aria-pressed") == "false"
    assert "Ivo Brandt" not in opened.panel()
    opened.tab.wait_for_timeout(100)
    assert opened.tab.evaluate(INK) < drawn
    assert opened.tab.evaluate("document.activeElement.dataset.type") == "Person"
    opened.tab.keyboard.press("Enter")
    assert "Ivo Brandt" in opened.panel()


def test_each_type_has_a_sign_of_its_own(sketch, show):
    """No two types share a colour or a shape."""
    for (
        kind
    ) in "Person Country Region City GovernmentBody Company Network Organization Project Site Event Sector".split():
        sketch.entity(f"https://x.example/{kind}", kind, kind)
    opened = show(sketch.graph)
    paths = opened.tab.locator("#legend svg path")
    signs = [(path.get_attribute("d"), path.get_attribute("fill")) for path in paths.all()]
    assert len(signs) == len({d for d, _ in signs}) == len({fill for _, fill in signs}) == 12


def test_a_click_on_a_node_or_an_edge_opens_it(sketch, show):
    """What is drawn can be pointed at: a node opens its facts, a line the facts behind it, empty ground clears."""
    one = sketch.entity("https://x.example/1", "Nord Kai", "Company")
    two = sketch.entity("https://x.example/2", "Halden Harbour", "Project")
    sketch.fact(one, "implements", two)
    tab = show(sketch.graph).tab
    box = tab.locator("#canvas canvas").bounding_box()
    row, left, right = tab.evaluate(INKED_ROW)
    headings = []
    for column in (left + 6, (left + right) / 2, right - 6):
        tab.mouse.click(box["x"] + column, box["y"] + row)
        tab.wait_for_timeout(350)
        headings.append(tab.inner_text("#content h2"))
    assert headings[1] == "implements"
    assert {headings[0], headings[2]} == {"Nord Kai", "Halden Harbour"}
    tab.mouse.click(box["x"] + 5, box["y"] + 5)
    assert "Who, where, what" in tab.inner_text("#content")


def test_a_deep_link_keeps_the_selection(harbour, show):
    """The address names the entity, opens it again, and goes back."""
    opened = show(harbour)
    opened.find("nord")
    address = opened.tab.url
    assert urllib.parse.unquote(address).endswith("#e=https://w3id.org/regiograph/id/company/nord-kai")
    opened.tab.goto("about:blank")
    opened.tab.goto(address)
    assert opened.tab.inner_text("#content h2") == "Nord Kai"
    opened.find("brandt")
    opened.tab.go_back()
    assert opened.tab.inner_text("#content h2") == "Nord Kai"


@pytest.mark.parametrize(
    "payload",
    ["#e=%3Cimg src=x onerror=window.pwned=1%3E", "#e=%", "#e=__proto__", "#e=constructor", "#javascript:alert(1)"],
)
def test_a_deep_link_with_a_payload_selects_nothing(harbour, show, payload):
    """HOSTILE 80: an address that names no entity shows the overview."""
    opened = show(harbour)
    opened.tab.goto(opened.address + payload)
    opened.tab.wait_for_timeout(50)
    assert "Who, where, what" in opened.panel()
    assert opened.tab.evaluate("window.pwned") is None
    assert opened.problems == []


def test_the_table_holds_every_fact(harbour, show):
    """The accessible twin of the picture: as many rows as facts, each with its sentence."""
    opened = show(harbour)
    opened.tab.click("#table summary")
    rows = opened.tab.locator("#table tbody tr")
    rows.first.wait_for()
    assert rows.count() == 5
    assert "planned" in rows.filter(has_text="5 million euros").inner_text()
    opened.tab.locator("#table tbody button").first.click()
    assert "facts" in opened.panel()


NASTY = [
    '<img src="https://x.example/a.png" onerror="window.pwned=1">',
    "<svg onload=window.pwned=1>",
    "</script><script>window.pwned=1</script>",
    "<!--<script>",
    "</title><style>*{display:none}</style>",
    "${window.pwned=1}",
    "{{constructor.constructor('window.pwned=1')()}}",
    "\u2028\u2029 a line \x00 and a control \x07",
    "__proto__",
    "constructor",
    "\u202egnitsevni",
    "مدينة الرياض الصناعية الثانية",
    "東京都港区六本木ヒルズ森タワー四十七階",
    "👩‍👩‍👧‍👦🏭🇯🇵",
    "x" * 200,
    "Very " * 40 + "long",
    "[a-z]+(.*)\\",
]
LINKS = ["javascript:window.pwned=1", "java\tscript:window.pwned=1", "data:text/html,<script>1</script>", " vbscript:1"]


@pytest.fixture
def hostile(sketch):
    """Every field of every kind filled with what should not be there."""
    for i, text in enumerate(NASTY):
        iri = text if text in ("__proto__", "constructor") else f"https://x.example/{i}"
        source = Quotation(f"{i}", text, text, LINKS[i % 4], text, f"It says {text} here.", 0, 9)
        fact = Fact("hasIndicator", text, (("indicator", text), ("unit", text)), text, "asserted", 0.5, (source,))
        sketch.entity(iri, text, "Company" if i % 2 else "Person", fact, names=(f"{text} again",))
    nodes = list(sketch.graph)
    for i, (one, two) in enumerate(zip(nodes, nodes[1:] + nodes[:1], strict=True)):
        source = Quotation(f"{i}", NASTY[i], NASTY[i], LINKS[i % 4], NASTY[i], NASTY[i], 0, 9)
        sketch.fact(one, "metWith", two, source, role=NASTY[i], date=NASTY[i])
    sketch.fact(nodes[0], "ownedBy", nodes[0])
    return sketch.graph


def test_hostile_text_is_text_and_runs_nothing(hostile, show):
    """HOSTILE 73, 74, 75, 76, 79: nothing runs, loads or breaks, whatever names, titles, quotes, links and ids hold."""
    opened = show(hostile, title=NASTY[2])
    for i in range(len(NASTY)):
        opened.tab.locator("#content .row").nth(i).click()
        assert opened.tab.locator("#content h2").count() == 1
        opened.tab.locator("#content .close").click()
    opened.tab.click("#table summary")
    opened.tab.locator("#table tbody tr").first.wait_for()
    assert opened.tab.locator("#table tbody tr").count() == hostile.number_of_edges() + len(NASTY)
    assert opened.tab.evaluate("window.pwned") is None
    assert opened.tab.evaluate("({}).label") is None
    assert opened.problems == []
    assert opened.requests == [opened.address]
    assert opened.tab.locator("main a, #table a").count() == 0


def test_long_and_foreign_names_stay_inside_the_page(hostile, show):
    """HOSTILE 79: names of 200 characters, RTL, emoji and CJK do not widen the page, on a phone neither."""
    for options in ({}, PHONE):
        tab = show(hostile, **options).tab
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert tab.evaluate(
            "document.getElementById('content').scrollWidth <= document.getElementById('panel').clientWidth"
        )


def test_an_empty_graph_says_what_to_do(show):
    """HOSTILE 78: no entity, no picture, but the command that makes one."""
    opened = show(nx.MultiDiGraph())
    assert "regiograph build" in opened.tab.inner_text("main")
    assert opened.problems == []


def test_one_entity_is_a_picture(sketch, show):
    """HOSTILE 78: a single node without a fact."""
    sketch.entity("https://x.example/1", "Only", "City")
    opened = show(sketch.graph)
    assert opened.tab.evaluate(INK) > 0
    opened.find("only")
    assert "0 facts" in opened.panel()
    assert opened.problems == []


def test_five_thousand_entities_load_and_are_found(sketch, show):
    """HOSTILE 78: groups are folded into signs and open; what is not drawn comes up when it is searched for."""
    for i, (one, two) in enumerate(nx.barabasi_albert_graph(5000, 2, seed=1).edges()):
        for n in (one, two):
            sketch.entity(f"https://x.example/{n}", f"Entity number {n}", "Company")
        key = f"https://x.example/fact/{i}"
        told = {"predicate": "metWith", "modality": "asserted", "confidence": 1.0, "qualifiers": (), "date": None}
        sketch.graph.add_edge(f"https://x.example/{one}", f"https://x.example/{two}", key, evidence=(), **told)
    opened = show(sketch.graph)
    assert "5,000 entities are folded into groups" in opened.panel()
    opened.tab.click("#stage-switch")
    assert "300 best connected of 5,000" in opened.panel()
    opened.tab.click("#stage-switch")
    opened.tab.locator("#content .row", has_text="entities").first.click()
    assert "80 most important are drawn" in opened.panel()
    assert opened.tab.evaluate(INK) > 0.005
    opened.find("number 4999")
    assert "Entity number 4999" in opened.tab.inner_text("#content h2")
    assert opened.problems == []


def test_a_phone_gets_the_panel_as_a_sheet(harbour, show):
    """The sheet peeks at the bottom, rises with a selection, and the handle lowers it."""
    opened = show(harbour, **PHONE)
    top = "document.getElementById('panel').getBoundingClientRect().top"
    assert opened.tab.evaluate(top) > 700
    opened.find("brandt")
    opened.tab.wait_for_timeout(400)
    assert opened.tab.evaluate(top) < 420
    opened.tab.click("#sheet")
    opened.tab.wait_for_timeout(400)
    assert opened.tab.evaluate(top) > 700


def test_light_and_dark_follow_the_system(harbour, show):
    """Both schemes keep text at a contrast of 4.5 to 1 or more (WCAG 2.2 AA)."""
    contrast = """() => {
      const light = (rgb) => {
        const [r, g, b] = rgb.match(/[\\d.]+/g).slice(0, 3).map((v) => {
          const c = v / 255;
          return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = (e) => {
        for (let at = e; at; at = at.parentElement) {
          const colour = getComputedStyle(at).backgroundColor;
          if (!/, 0\\)$/.test(colour)) return colour;
        }
        return getComputedStyle(document.body).backgroundColor;
      };
      const texts = [...document.querySelectorAll("body *")].filter((e) => e.offsetParent && [...e.childNodes]
        .some((n) => n.nodeType === 3 && n.textContent.trim()) && !/SCRIPT|STYLE/.test(e.tagName));
      return Math.min(...texts.map((e) => {
        const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      }));
    }"""
    grounds = set()
    for scheme in ("light", "dark"):
        opened = show(harbour, color_scheme=scheme)
        opened.find("halden")
        opened.tab.click("#table summary")
        assert opened.tab.evaluate(contrast) >= 4.5
        grounds.add(opened.tab.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2
