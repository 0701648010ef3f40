"""Review in a browser: who may decide, what reaches the log, and how the graph follows."""

from __future__ import annotations

import html
import http.client
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, expect
from served import FORM, JSON, PATIENCE, TOKEN, Answer, Served, serving

from accessibility import violations
from commandline import run
from press import Draft, iri, press
from regiograph.rdf.store import Store
from regiograph.terms import Predicate

PAYLOAD = '<img src=x onerror="alert(1)">'
SEAL, NAME = "regiograph-review", "regiograph-reviewer"


@dataclass
class Visitor:
    """Someone whose browser keeps cookies and says from which page it sends a form."""

    served: Served
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str = "/review") -> Answer:
        """Open a page."""
        return self._sent("GET", path)

    def post(self, path: str, form: object, **headers: str) -> Answer:
        """Send a form."""
        return self._sent("POST", path, urlencode(form).encode(), {"Content-Type": FORM} | headers)

    def decides(self, act: str, *said: str) -> Answer:
        """Send a decision; a good one leads back to the page."""
        return self.post("/review/decide", [("act", act), *(("said", each) for each in said)])

    def _sent(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=PATIENCE)
        shown = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            line.request(method, path, body, shown | (headers or {}))
            got = line.getresponse()
            for each in got.headers.get_all("Set-Cookie", ()):
                name, _, value = each.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        finally:
            line.close()


def signed_in(served: Served, who: str = "Ada") -> Visitor:
    """Return someone who has signed in."""
    visitor = Visitor(served)
    assert visitor.post("/review/sign-in", {"who": who, "token": TOKEN}).status == 303
    return visitor


def words(answer: Answer) -> str:
    """Return what a page says, with single spaces."""
    assert answer.headers["content-type"].startswith("text/html"), answer
    assert "Traceback" not in answer.text
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def said(log: Path) -> list[tuple[str, ...]]:
    """Return what each line of a log says, without its time."""
    if not log.exists():
        return []
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [(each["act"], *each["about"], each["who"]) for each in lines]


def pressed(folder: Path) -> Path:
    """Make a store of the sample press, in which two claims are in doubt, one of them an attack."""
    with Store.open(folder / "store") as store:
        for draft in press():
            store.put(draft.extraction())
        attack = Draft("attack", "2020", source=PAYLOAD)
        attack.says("Oleg Petrov", Predicate.HOLDS_POST, "Tomsk region", role=PAYLOAD, confidence=0.65)
        store.put(attack.extraction())
    return folder / "store"


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose log stays empty."""
    folder = tmp_path_factory.mktemp("calm")
    with serving(pressed(folder), folder, "--review") as served:
        yield served
    assert not (folder / "decisions.jsonl").exists()


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Served]:
    """A server that nobody has decided at."""
    with serving(pressed(tmp_path), tmp_path, "--review") as served:
        yield served


def test_without_the_option_there_is_no_such_page(server: Served) -> None:
    """A server that was not told to be reviewed knows nothing of it, and its first page does not link it."""
    visitor = Visitor(server)
    assert visitor.get().status == 404
    assert visitor.post("/review/sign-in", {"who": "Ada", "token": TOKEN}).status == 404
    assert "/review" not in visitor.get("/").text


def test_who_has_not_signed_in_sees_the_form_and_decides_nothing(calm: Served) -> None:
    """Without the token no page of what is in doubt, and every form is refused, with plain words."""
    visitor = Visitor(calm)
    assert 'href="/review"' in visitor.get("/").text
    for page in ("/review", "/review?at=1", "/review/history"):
        assert "Sign in to review" in words(visitor.get(page))
        assert "in doubt" not in words(visitor.get(page))
    for path, form in (("decide", {"act": "merge", "said": "Tokyo"}), ("follow", {})):
        refused = visitor.post(f"/review/{path}", form)
        assert refused.status == 403
        assert "Only those decide who have signed in" in words(refused)


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ключ"])
def test_a_wrong_token_lets_nobody_in(calm: Served, token: str) -> None:
    """HOSTILE 72: a page with status 403 says so; the name stays in the form, the token does not."""
    visitor = Visitor(calm)
    refused = visitor.post("/review/sign-in", {"who": "Ada", "token": token})
    assert refused.status == 403
    assert "not the token of this server" in words(refused)
    assert 'value="Ada"' in refused.text
    assert token not in refused.text or not token
    assert not visitor.cookies


def test_the_cookie_is_for_this_alone(calm: Served) -> None:
    """No script reads it, no other site sends it, and it does not tell the token; a forged one opens nothing."""
    answer = Visitor(calm).post("/review/sign-in", {"who": "Ada", "token": TOKEN})
    kept = answer.headers["set-cookie"]
    assert all(word in kept for word in ("HttpOnly", "SameSite=strict", "Path=/review"))
    visitor = signed_in(calm)
    assert TOKEN not in str(visitor.cookies)
    assert "You are Ada" in words(visitor.get())
    for forged in ("", TOKEN, "0" * 64, "ü"):
        assert "Sign in to review" in words(Visitor(calm, {SEAL: forged.encode().hex(), NAME: "Ada"}).get())
    assert "Sign in to review" in words(Visitor(calm, {SEAL: visitor.cookies[SEAL]}).get()), "nobody decides nameless"


def test_the_token_opens_the_review_and_not_the_updates(calm: Served) -> None:
    """Each is allowed by an option of its own."""
    assert calm.update("INSERT DATA { <a:b> <a:c> 1 }").refused(403)


def test_forms_of_other_sites_and_under_other_names_are_not_taken(calm: Served) -> None:
    """HOSTILE 67: Origin and Host are checked as for updates, whoever has signed in."""
    visitor = signed_in(calm)
    form = [("act", "merge"), ("said", "Tokyo"), ("said", "Tomsk region")]
    for origin in ("https://elsewhere.example", "null", "http://127.0.0.1:1"):
        assert visitor.post("/review/decide", form, Origin=origin).status == 403
        assert visitor.post("/review/sign-in", {"who": "Ada", "token": TOKEN}, Origin=origin).status == 403
    assert visitor.post("/review/decide", form, Host="elsewhere.example").status == 421


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({}, "there is no decision ''"),
        ([("act", "burn"), ("said", "Tokyo")], "there is no decision 'burn'; there are: accept"),
        ([("act", "merge"), ("said", "Tokyo")], "merge is not about 1 things"),
        ([("act", "merge"), ("said", "Tokyo"), ("said", "Atlantis")], "nothing is called 'Atlantis'"),
        ([("act", "merge"), ("said", "Tokyo"), ("said", "")], "nothing is called ''"),
        ([("act", "merge"), ("said", "Tokyo"), ("said", "tokyo")], "the same entity already"),
        ([("act", "split"), ("said", "Tokyo"), ("said", f"{iri('Tokyo')} > <x>")], "not an IRI"),
        ([("act", "reject"), ("said", "https://x.example/claim")], "there is no claim"),
        ([("act", "accept"), ("said", "no IRI")], "not an IRI"),
        ([("act", "rename"), ("said", "Tokyo"), ("said", " \u2028 ")], "a name has 1 to"),
        ([("act", "rename"), ("said", "Tokyo"), ("said", "a\0b")], "no control characters"),
        ([("act", "rename"), ("said", "Tokyo"), ("said", "x" * 10_000)], "this one has 10000"),
        ([("act", "undo"), ("said", PAYLOAD)], "there is no decision"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_told_and_not_kept(calm: Served, form: object, why: str) -> None:
    """Status 400, a page that says why, and no line in the log."""
    refused = signed_in(calm).post("/review/decide", form)
    assert refused.status == 400
    assert why in words(refused)
    assert "<img" not in refused.text


def test_what_is_no_form_is_refused(calm: Served) -> None:
    """HOSTILE 64: another type, a coding, bytes that are no UTF-8, too many; nobody's name; another method."""
    visitor = signed_in(calm)
    for headers, status in (({"Content-Type": "text/plain"}, 415), ({"Content-Encoding": "gzip"}, 415)):
        assert visitor.post("/review/decide", {"act": "undo"}, **headers).status == status
    assert visitor.post("/review/decide", {"act": b"\xff"}).status == 400
    assert visitor.post("/review/decide", {"act": "x" * 300_000}).status == 413
    for who in ("", "  ", "a\0b", "x" * 201):
        refused = visitor.post("/review/sign-in", {"who": who, "token": TOKEN})
        assert refused.status == 400
        assert "a name has" in words(refused)
    assert visitor.get("/review/decide").status == 405


@pytest.mark.parametrize(
    "query", ["at=-1", "at=x", "at=9999999999999", "at=٣", "made=x", f"made={PAYLOAD}", "at=1&at=0"]
)
def test_any_address_of_the_page_shows_it(calm: Served, query: str) -> None:
    """A place that is none is the first, or after the last."""
    shown = signed_in(calm).get(f"/review?{quote(query, safe='=&')}")
    assert shown.status == 200
    assert "2 claims left to decide" in words(shown)


def test_hostile_names_stay_words(busy: Served) -> None:
    """HOSTILE 73: what an article says, how an entity is called, and who decides: shown, and never run."""
    visitor = signed_in(busy, PAYLOAD)
    assert visitor.decides("rename", "Tokyo", PAYLOAD).status == 303
    assert visitor.decides("rename", "Tokyo", "one\u2028two").status == 303
    claim = re.search(r'name="said" value="(https[^"]*)"', visitor.get("/review?at=1").text)
    assert claim is not None
    for page in ("/review", "/review?at=1", "/review?at=9", "/review/history"):
        shown = visitor.get(page)
        assert shown.status == 200
        assert "<img" not in shown.text
    assert PAYLOAD in words(visitor.get("/review?at=1")) and "onerror" in visitor.get("/review?at=1").text
    assert visitor.decides("accept", claim[1]).status == 303
    assert [line[-1] for line in said(busy.folder / "decisions.jsonl")] == [PAYLOAD] * 3


@pytest.mark.slow
def test_decisions_are_kept_at_once_and_the_graph_follows_the_last(busy: Served) -> None:
    """Of two claims the first waits, which the page says; after the second nothing is left, and both are believed."""
    visitor, log = signed_in(busy), busy.folder / "decisions.jsonl"
    accepted = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?claim rg:reviewStatus rg:accepted } FILTER(?g != ?claim) }"
    for left in (2, 1):
        page = visitor.get()
        assert f"{left} claim{'s' if left > 1 else ''} left to decide" in words(page)
        claim = re.search(r'name="said" value="(https[^"]*)"', page.text)
        assert claim is not None
        assert visitor.decides("accept", claim[1]).status == 303
        assert len(said(log)) == 3 - left
        waits = "not yet in the graph: what is believed of 1 claim" in words(visitor.get())
        assert waits == (left == 2)
    assert "Nothing is left to decide" in words(visitor.get())
    assert busy.works()
    assert b'"value":"2"' in busy.ask(accepted, JSON).body


@pytest.mark.slow
def test_while_another_process_reads_decisions_are_kept_and_the_graph_follows_later(busy: Served) -> None:
    """The store has one writer: who asks too early is told so, and loses nothing."""
    visitor = signed_in(busy)
    visitor.decides("merge", "Tokyo Government", "Asian Cities Network")
    with Store.open(busy.folder / "store", read_only=True):
        refused = visitor.post("/review/follow", {})
        assert refused.status == 503
        assert "All decisions are kept, but the graph does not follow them yet" in words(refused)
    assert busy.works()
    assert visitor.post("/review/follow", {}).headers["location"] == "/review?at=0&followed=1"
    assert "The graph follows all decisions" in words(visitor.get("/review?followed=1"))


def test_a_log_that_cannot_be_read_is_told(busy: Served) -> None:
    """File and line are named; nothing is decided on top of what nobody understands."""
    visitor, log = signed_in(busy), busy.folder / "decisions.jsonl"
    log.write_text("no decision\n", encoding="utf-8")
    assert "decisions.jsonl, line 1: this is no decision" in words(visitor.get())
    assert visitor.decides("rename", "Tokyo", "Edo").status == 400
    assert log.read_text(encoding="utf-8") == "no decision\n"


def test_signing_out_forgets_the_token_and_not_the_name(busy: Served) -> None:
    """The form has the name when it is seen again."""
    visitor = signed_in(busy, "Ada Ä")
    assert visitor.post("/review/sign-out", {}).status == 303
    assert "Sign in to review" in words(visitor.get())
    assert 'value="Ada Ä"' in visitor.get().text


def test_both_ends_write_the_same_lines(busy: Served, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is decided by a form is decided by command: the same acts about the same things, by the same name."""
    other = tmp_path_factory.mktemp("terminal")
    store = pressed(other)
    with Store.open(store, read_only=True) as opened:
        asked = "SELECT ?c { GRAPH ?g { ?c a rg:Claim ; rg:confidence ?n } FILTER(?n < 0.7) } ORDER BY ?c LIMIT 1"
        claim = next(iter(opened.quads.query(asked, prefixes={"rg": "https://w3id.org/regiograph/ontology#"})))[0].value
    visitor, terminal = signed_in(busy), ("review", "--store", store, "--who", "Ada")
    for act, *about in (
        ("merge", "Tokyo Government", "Asian Cities Network"),
        ("split", iri("Tokyo"), iri("Tomsk region")),
        ("rename", "Tokyo", "  Tokyo  Metropolis "),
        ("reject", claim),
        ("accept", claim),
    ):
        assert visitor.decides(act, *about).status == 303
        assert run(*terminal, act, *about).exit_code == 0
    web, typed = busy.folder / "decisions.jsonl", other / "decisions.jsonl"
    for log, undo in ((web, visitor.decides), (typed, lambda *said: run(*terminal, *said))):
        undo("undo", json.loads(log.read_text(encoding="utf-8").splitlines()[0])["id"])
    *first, (_, undone, who) = said(web)
    *second, (_, undone_there, who_there) = said(typed)
    assert first == second
    assert (who, who_there) == ("Ada", "Ada")
    assert undone != undone_there, "an id tells the time"


@pytest.fixture
def sample(built: Path, tmp_path: Path) -> Iterator[Served]:
    """A server on a copy of what a build of the sample articles wrote."""
    out = shutil.copytree(built, tmp_path / "out")
    with serving(out / "store", tmp_path, "--review", "--decisions", str(tmp_path / "kept.jsonl")) as served:
        yield served


def press_key(tab: Page, key: str) -> None:
    """Press a key once the page heeds keys."""
    expect(tab.locator(".keys")).to_be_visible()
    tab.keyboard.press(key)


@pytest.mark.browser
@pytest.mark.slow
def test_in_a_browser_by_key_and_by_button(sample: Served, browser: Browser) -> None:
    """Signed in, a pair is merged by key, a claim rejected and taken back by button; the log and the graph follow."""
    expect.set_options(timeout=PATIENCE * 1000)
    named = "ASK { ?e skos:altLabel|rdfs:label %s }"
    for scheme, width in (("light", 1280), ("dark", 390)):
        tab = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 844}).new_page()
        problems: list[str] = []
        tab.on("console", lambda message, problems=problems: problems.append(message.text))
        tab.on("pageerror", lambda error, problems=problems: problems.append(str(error)))
        tab.goto(f"http://127.0.0.1:{sample.port}/")
        tab.click("text=Review")
        assert violations(tab) == []
        tab.fill("#who", "Ada Example")
        tab.fill("#token", TOKEN)
        tab.click("text=Sign in >> nth=-1")
        expect(tab.locator(".lead")).to_contain_text("You are Ada Example")
        assert violations(tab) == []
        if scheme == "light":
            names = [name.strip() for name in tab.locator(".sides h3").all_inner_texts()]
            one = named % ", ".join(json.dumps(name) for name in names)
            assert all(b"true" in sample.ask(named % json.dumps(name), JSON).body for name in names)
            assert b"false" in sample.ask(one, JSON).body
            press_key(tab, "s")
            expect(tab.locator("[role=status]")).to_contain_text(f"{names[1]} are one")
            pairs = int(tab.locator(".lead").inner_text().split()[0])
            for place in range(2, pairs + 2):
                press_key(tab, "n")
                expect(tab.locator("#item")).to_contain_text(f"{place} of")
            expect(tab.locator(".claim")).to_be_visible()
            claim = tab.locator(".item input[name=said]").get_attribute("value")
            assert violations(tab) == []
            tab.locator(".choices button", has_text="Reject").click()
            expect(tab.locator("[role=status]")).to_contain_text("not believed")
            tab.locator(".decided li").first.locator("button", has_text="Undo").click()
            expect(tab.locator("[role=status]")).to_contain_text("Taken back")
            assert tab.locator(".item input[name=said]").get_attribute("value") == claim, "it is shown again"
            expect(tab.locator(".behind")).to_contain_text("who is who in")
            tab.click("text=Bring the graph up to date")
            expect(tab.locator("[role=status]")).to_contain_text("The graph follows all decisions")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert violations(tab) == []
        assert problems == []
        tab.context.close()
    acts = said(sample.folder / "kept.jsonl")
    assert [line[0] for line in acts] == ["merge", "reject", "undo"]
    assert {line[-1] for line in acts} == {"Ada Example"}
    assert acts[1][1] == claim
    assert sample.works()
    assert b"true" in sample.ask(one, JSON).body
