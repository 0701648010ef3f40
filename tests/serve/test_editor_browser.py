"""The editor and the pages that it leads to, in a browser, on a real server."""

from __future__ import annotations

import ast
import csv
import io
import json
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from accessibility import violations
from press import iri, press
from regiograph.rdf.store import Store
from regiograph.serve.site import static

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 90_000  # milliseconds; the machine may be busy
ROWS = 40
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
with_yasgui = pytest.mark.skipif("yasgui/yasgui.min.js" not in static(), reason="Yasgui is missing: run scripts/editor")
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o }"
NASTY = 'SELECT * { ?s ?p \'it\'\'s\', """two\n\\n "q" lines""", \'\\\\\', \'ünï 😀\' } # $HOME `id` "'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that serves the articles of the sample press."""
    path = tmp_path_factory.mktemp("served") / "store"
    with Store.open(path, min_confidence=0.5) as store:
        for draft in press():
            store.put(draft.extraction())
    command = [sys.executable, "-m", "regiograph", "serve", "--store", str(path), "--port", "0", "--workers", "1"]
    with subprocess.Popen([*command, "--rows", str(ROWS)], stderr=subprocess.PIPE, text=True) as server:
        try:
            yield server.stderr.readline().split()[1].rstrip("/")
        finally:
            server.terminate()


class Visit:
    """A tab, with what it said on the console and whom it asked."""

    def __init__(self, tab: Page, site: str) -> None:
        self.tab, self.site, self.problems, self.requests = tab, site, [], []
        tab.set_default_timeout(PATIENCE)
        tab.on("console", lambda message: self.problems.append(message.text))
        tab.on("pageerror", lambda error: self.problems.append(str(error)))
        tab.on("dialog", lambda dialog: (self.problems.append(dialog.message), dialog.dismiss()))
        tab.on("request", lambda request: self.requests.append(request.url))

    def go(self, path: str) -> Page:
        """Open a page of the site, and wait until its editor is there, if it has one."""
        self.tab.goto(self.site + path)
        if path.startswith("/sparql"):
            self.tab.wait_for_selector("#format-choice", state="hidden")
        return self.tab

    def asked(self, query: str, view: str = "table") -> Page:
        """Open a query by a link that has it asked at once."""
        self.go(f"/sparql?{urlencode({'query': query})}#{view}")
        self.tab.wait_for_selector(f"#tab-{view}[aria-selected=true]")
        return self.tab

    def written(self) -> str:
        """Return the text in the editor."""
        return self.tab.evaluate("""() => {
            const rich = document.querySelector(".CodeMirror");
            return rich ? rich.CodeMirror.getValue() : document.querySelector("#query").value;
        }""")

    def outside(self) -> list[str]:
        """Return the requests that went elsewhere."""
        return [url for url in self.requests if not url.startswith((self.site, "data:", "blob:"))]


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """A function that opens a fresh window, with options of a context."""
    expect.set_options(timeout=PATIENCE)
    contexts = []

    def opened(**options) -> Visit:
        contexts.append(browser.new_context(**options))
        return Visit(contexts[-1].new_page(), site)

    yield opened
    for context in contexts:
        context.close()


def refusing(status: int, route: Route) -> None:
    """Answer a request in the server's place."""
    route.fulfill(status=status, body="a reason")


def test_a_question_is_chosen_filled_and_asked_and_leads_to_the_sentence(visit: Open) -> None:
    """From the catalogue over a name to rows, to the entity's page, to the article, to the sentence; by keyboard."""
    here = visit()
    tab = here.go("/sparql")
    tab.click("[data-question=officials]")
    assert "VALUES ?place { UNDEF }" in here.written()
    tab.focus("#parameter-place")
    tab.keyboard.type("tomsk r")
    tab.wait_for_selector(".names-found [role=option][aria-selected=true]")
    tab.keyboard.press("Enter")
    assert f"VALUES ?place {{ <{iri('Tomsk region')}> }}" in here.written()
    tab.focus("#parameter-at")
    tab.keyboard.type("2015")
    year = '"2015"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    assert f"VALUES ?at {{ {year} }}" in here.written()
    tab.fill("#parameter-at", "")
    tab.keyboard.press("Enter")
    link = tab.locator("#panel-table tbody .name a", has_text="Anna Orlova").first
    assert link.get_attribute("href") == "/id/person/anna-orlova"
    link.click()
    expect(tab.locator("h1")).to_have_text("Anna Orlova")
    tab.locator("figcaption a").first.click()
    tab.wait_for_selector(".sentences")
    assert "#s-" in tab.url
    tab.locator(".sentences figcaption a").first.click()
    assert tab.locator("mark.lit, .place:target").count() > 0
    tab.go_back()
    tab.go_back()
    tab.go_back()
    expect(tab.locator("#panel-table tbody .name a", has_text="Anna Orlova").first).to_be_visible()
    assert tab.input_value("#parameter-place") == "Tomsk region"
    assert here.problems == []
    assert here.outside() == []


def test_a_name_that_nobody_chose_is_not_asked(visit: Open) -> None:
    """A needed field must hold an entity; the text stays unbound until it does."""
    here = visit()
    tab = here.go("/sparql")
    tab.click("[data-question=members]")
    tab.fill("#parameter-network", "Atlantis")
    expect(tab.locator(".names-found")).to_have_text("Nothing is called so")
    tab.keyboard.press("Escape")
    tab.keyboard.press("Enter")
    assert tab.locator("#results").is_hidden()
    assert "VALUES ?network { UNDEF }" in here.written()


def test_values_with_quotes_stay_one_term(visit: Open) -> None:
    """What is typed becomes a literal, whatever it holds, and comes back out of the text."""
    here = visit()
    tab = here.go("/sparql")
    tab.click("[data-question=investment]")
    tab.fill("#parameter-currency", 'E" } ?x \\')
    assert r'VALUES ?currency { "E\" } ?x \\" }' in here.written()
    address = f"/sparql?{urlencode({'query': here.written()})}"
    here.go(address)
    assert tab.input_value("#parameter-currency") == 'E" } ?x \\'


def test_the_address_tells_what_is_in_the_editor(visit: Open) -> None:
    """A deep link fills the editor, whatever the browser remembers, and nothing is kept in the browser."""
    here = visit()
    tab = here.go("/sparql")
    tab.evaluate("""() => {
        localStorage.setItem("triply_yasqe_editor_query", JSON.stringify({ value: "SELECT ?old {}" }));
        localStorage.setItem("triply_yasqe__query", JSON.stringify({ value: "SELECT ?old {}" }));
    }""")
    here.go(f"/sparql?query={quote('ASK { ?deep ?link ?here }')}")
    assert here.written() == "ASK { ?deep ?link ?here }"
    assert tab.locator("#results").is_hidden()
    assert tab.evaluate("localStorage.length") == 2


@with_yasgui
def test_terms_are_completed_from_the_ontology(visit: Open) -> None:
    """Properties and classes are offered with what they mean, and their prefixes are declared; no one else is asked."""
    here = visit()
    tab = here.go("/sparql")
    tab.get_by_text("Query", exact=True).click()
    tab.keyboard.press("Control+a")
    tab.keyboard.type("SELECT * { ?x rg:memberO")
    hint = tab.locator(".CodeMirror-hint-active")
    expect(hint).to_contain_text("The subject belongs to the network")
    tab.keyboard.press("Enter")
    tab.keyboard.type(" ?y . ?x a rg:Reg")
    expect(hint).to_contain_text("rg:Region")
    tab.keyboard.press("Enter")
    tab.keyboard.type(" }")
    declared = "PREFIX rg: <https://w3id.org/regiograph/ontology#>\n"
    assert here.written() == f"{declared}SELECT * {{ ?x rg:memberOf ?y . ?x a rg:Region }}"
    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector("#panel-table tbody tr")
    assert here.problems == []
    assert here.outside() == []
    assert tab.evaluate("localStorage.length") == 0


@with_yasgui
def test_the_keyboard_leaves_the_editor(visit: Open) -> None:
    """Tab goes on to the button, and arrows walk the views."""
    here = visit()
    tab = here.go("/sparql")
    tab.get_by_text("Query", exact=True).click()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "run"
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#tab-table")
    tab.focus("#tab-table")
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("document.activeElement.id") == "tab-graph"
    assert tab.get_attribute("#tab-graph", "aria-selected") == "true"
    assert tab.url.endswith("#graph")


def test_a_graph_a_timeline_and_bars_are_drawn(visit: Open) -> None:
    """Each view shows the rows in its way, entities with links to their pages."""
    here = visit()
    named = "?one rdfs:label ?oneLabel . ?two rdfs:label ?twoLabel"
    tab = here.asked(f"SELECT ?one ?oneLabel ?two ?twoLabel {{ ?one rg:memberOf ?two . {named} }}", "graph")
    node = tab.locator("svg.graph a", has_text="Asian Cities Network")
    assert node.get_attribute("href") == "/id/network/asian-cities-network"
    assert tab.locator("svg.graph .edge").count() >= 2

    tab = here.go("/sparql")
    tab.click("[data-question=timeline]")
    tab.click("#run")
    tab.click("#tab-timeline")
    times = tab.locator("#panel-timeline time")
    precisions = set(times.evaluate_all("all => all.map((each) => each.className)"))
    assert {"day", "year"} <= precisions
    years = [int(words) for words in tab.locator("#panel-timeline h3").all_inner_texts()]
    assert years == sorted(years)

    tab = here.asked("SELECT ?x ?xLabel ?n { ?x rg:articleCount ?n ; rdfs:label ?xLabel } LIMIT 9", "chart")
    widths = [
        float(width)
        for width in tab.locator(".bars rect").evaluate_all("all => all.map((r) => r.getAttribute('width'))")
    ]
    assert len(widths) == 9
    assert widths == sorted(widths, reverse=True)
    assert widths[0] == 100
    assert tab.locator(".bars th a").count() == 9
    assert here.problems == []


def test_triples_are_a_graph_and_a_table(visit: Open) -> None:
    """A CONSTRUCT shows its triples, named by the labels among them."""
    here = visit()
    query = "CONSTRUCT { ?a rg:memberOf ?b . ?a rdfs:label ?l } { ?a rg:memberOf ?b ; rdfs:label ?l }"
    tab = here.asked(query, "graph")
    assert tab.locator("svg.graph a", has_text="Tomsk region").count() == 1
    tab.click("#tab-table")
    assert tab.locator("#panel-table thead button").all_inner_texts() == ["subject", "predicate", "object"]
    here.asked("ASK { ?s ?p ?o }", "response")
    tab.click("#tab-truth")
    expect(tab.locator(".truth")).to_contain_text("Yes")


def test_only_pages_of_the_web_are_links(visit: Open) -> None:
    """HOSTILE 71: an IRI that would run a script is shown as text, in the table and in the graph."""
    here = visit()
    bad = 'BIND(IRI("javascript:alert(1)") AS ?bad) BIND("<img src=x onerror=alert(1)>" AS ?badLabel)'
    tab = here.asked(f'SELECT * {{ {bad} BIND(IRI("https://x.example/a") AS ?good) BIND("<b>" AS ?mark) }}')
    assert tab.locator("#panel-table tbody a").evaluate_all("all => all.map((a) => a.href)") == ["https://x.example/a"]
    assert tab.locator("#panel-table tbody a").get_attribute("rel") == "noopener noreferrer"
    assert "<img src=x" in tab.inner_text("#panel-table tbody")
    here.asked(f"CONSTRUCT {{ ?bad rg:within ?other }} {{ {bad} BIND(IRI('data:text/html,x') AS ?other) }}", "graph")
    assert tab.locator("svg.graph .node").count() == 2
    assert tab.locator("svg.graph a").count() == 0
    assert here.problems == []


def test_what_is_cut_off_says_so(visit: Open) -> None:
    """An answer that is not whole is marked as such."""
    tab = visit().asked(EVERYTHING)
    assert f"Cut off after {ROWS} rows." in tab.inner_text(".cut")
    assert tab.inner_text(".summary h2") == f"The first {ROWS} rows"


def test_errors_are_told_in_words(visit: Open) -> None:
    """A mistake is told with its line; so is a server that is busy, or a question that takes too long."""
    here = visit()
    tab = here.go(f"/sparql?query={quote('SELECT * {' + chr(10) + ' ?s ?p FILTR }')}")
    tab.click("#run")
    expect(tab.locator("#results .wrong")).to_contain_text("line 2")
    expect(tab.get_by_role("button", name="Go to line 2")).to_be_visible()
    for status, words in ((503, "too much to do"), (504, "too long")):
        tab.route("**/sparql", partial(refusing, status))
        tab.click("#run")
        expect(tab.locator("#results .wrong")).to_contain_text(words)
        expect(tab.locator("#results .wrong")).to_contain_text("a reason", ignore_case=True)
        tab.unroute("**/sparql")


def test_code_says_the_query_as_it_is(visit: Open) -> None:
    """The command and the programs hold the query, character by character, whatever quotes are in it."""
    tab = visit().go("/sparql")
    told = tab.evaluate(
        """async (query) => {
            const code = await import("/static/editor/code.js");
            return [code.curl, code.wrapper, code.opened].map((each) => each(query, "http://x.example/sparql", "rows"));
        }""",
        NASTY,
    )
    assert shlex.split(told[0])[-2:] == ["--data-urlencode", f"query={NASTY}"]
    for program in told[1:]:
        constants = [node.value for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Constant)]
        assert NASTY in constants
        assert "http://x.example/sparql" in constants


def test_the_program_shown_runs(visit: Open) -> None:
    """What the page shows for Python, with SPARQLWrapper, gives the rows that the page shows."""
    tab = visit().asked("SELECT ?name { ?x a rg:Country ; rdfs:label ?name } ORDER BY ?name", "code")
    program = tab.locator("section.code pre").nth(1).inner_text()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    rows = [ast.literal_eval(line)["name"] for line in done.stdout.splitlines()]
    tab.click("#tab-table")
    assert rows == tab.locator("#panel-table tbody tr td:nth-child(2)").all_inner_texts()


def test_answers_are_saved_in_formats(visit: Open) -> None:
    """CSV from the summary, any format from the response."""
    tab = visit().asked("SELECT ?name { ?x a rg:Country ; rdfs:label ?name } ORDER BY ?name")
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text())))
    assert [row[0] for row in rows] == ["name", "Germany", "Japan", "Russia"]
    tab.click("#tab-response")
    assert len(json.loads(tab.inner_text("#panel-response pre"))["results"]["bindings"]) == 3
    tab.select_option("#panel-response select", "tsv")
    expect(tab.locator("#panel-response pre")).to_contain_text("?name")


def test_a_table_is_sorted_and_searched(visit: Open) -> None:
    """A heading sorts, numbers as numbers; words leave the rows that hold them; IRIs stand below names if wished."""
    tab = visit().asked("SELECT ?x ?xLabel ?n { ?x rg:articleCount ?n ; rdfs:label ?xLabel } LIMIT 30")
    tab.get_by_role("button", name="n", exact=True).click()
    numbers = [int(words) for words in tab.locator("#panel-table td.number").all_inner_texts()]
    assert numbers == sorted(numbers)
    assert tab.get_attribute("#panel-table th.number", "aria-sort") == "ascending"
    tab.get_by_label("Search in the rows").fill("tomsk")
    names = tab.locator("#panel-table tbody .name").all_inner_texts()
    assert names
    assert all("omsk" in name for name in names)
    tab.get_by_label("IRIs").check()
    assert iri("Tomsk region") in tab.inner_text("#panel-table tbody")


def test_without_scripts_the_form_asks(visit: Open) -> None:
    """Without JavaScript there is a plain form, and questions are links that fill it."""
    here = visit(java_script_enabled=False)
    tab = here.tab
    tab.goto(f"{here.site}/sparql")
    tab.click("[data-question=timeline]")
    assert tab.input_value("#query").startswith("# Timeline\n")
    tab.fill("#query", "ASK { ?s ?p ?o }")
    tab.select_option("#format", "json")
    tab.click("#run")
    expect(tab.locator("body")).to_contain_text('"boolean":true')


def test_without_yasgui_the_plain_field_does_the_same(visit: Open) -> None:
    """Fields, answers and links work with a plain text field."""
    here = visit()
    here.tab.route("**/yasgui/*", lambda route: route.abort())
    tab = here.go("/sparql")
    tab.click("[data-question=members]")
    tab.fill("#parameter-network", "asian")
    tab.wait_for_selector(".names-found [role=option]")
    tab.keyboard.press("Enter")
    assert iri("Asian Cities Network") in tab.input_value("#query")
    tab.focus("#query")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector("#panel-table tbody a[href='/id/region/tomsk-region']")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [{}, PHONE], ids=["desktop", "phone"])
def test_every_page_is_accessible(visit: Open, scheme: str, window: dict) -> None:
    """axe finds nothing wrong, nothing is wider than the window, and no page asks another host or complains."""
    here = visit(color_scheme=scheme, **window)
    found = {}
    for path in ("/", "/find?name=tomsk", "/articles", "/id/region/tomsk-region", "/id/article/mission", "/sparql"):
        tab = here.go(path)
        found[path] = violations(tab)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    tab.click("[data-question=timeline]")
    tab.click("#run")
    for view in ("table", "graph", "timeline", "chart", "response", "code"):
        tab.click(f"#tab-{view}")
        found[view] = violations(tab)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert here.problems == []
    assert here.outside() == []
