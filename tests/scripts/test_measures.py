"""What scripts/evaluate and scripts/compare measure beyond the scorer, which is no part of the project."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pytest

from commandline import CHECKOUT


@dataclass
class Item:
    """An entity as the scorer has it."""

    key: str
    type: str
    name: str
    names: set[str] = field(default_factory=set)
    spans: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class Claim:
    """A claim or a fact as the scorer has it."""

    s: str
    p: str
    o: str
    literal: bool = False
    confidence: float = 1.0


@dataclass
class Doc:
    """An article as the scorer has it."""

    id: str
    entities: dict[str, Item]
    claims: list[Claim]


def align(pred: Doc, gold: Doc) -> dict[str, str]:
    """Align entities of one name."""
    keys = {item.name: key for key, item in gold.entities.items()}
    return {key: keys[item.name] for key, item in pred.entities.items() if item.name in keys}


def same_claim(claim: Claim, fact: Claim, aligned: dict[str, str]) -> bool:
    """Compare by the aligned ends, in either order."""
    return claim.p == fact.p and {aligned.get(claim.s), aligned.get(claim.o)} == {fact.s, fact.o}


@pytest.fixture
def measures(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The measures, with a small scorer."""
    scorer = ModuleType("score")
    members = (Item, Doc, align, same_claim)
    vars(scorer).update({each.__name__: each for each in members}, norm=str.casefold)
    monkeypatch.setitem(sys.modules, "score", scorer)
    monkeypatch.syspath_prepend(CHECKOUT / "scripts" / "training")
    monkeypatch.syspath_prepend(CHECKOUT / "scripts" / "alternatives")
    import measures

    return measures


@pytest.fixture
def tools(measures: Any) -> Any:
    """The off-the-shelf tools."""
    import tools

    return tools


def doc(*claims: Claim, **entities: str) -> Doc:
    """Make an article of entities by key: "Type name"."""
    items = {key: Item(key, *each.split(" ", 1)) for key, each in entities.items()}
    return Doc("a", items, list(claims))


def test_entities_are_counted_by_type(measures):
    """Right is what has the type of its gold entity; a mistyped one counts against both types."""
    pred = doc(p="Person Ana Roth", c="City Elm", x="Company Orb")
    gold = doc(P="Person Ana Roth", R="Region Elm")
    counts = measures.entity_counts([pred], [gold])
    assert counts.right == {"Person": 1}
    assert counts.found == {"Person": 1, "City": 1, "Company": 1}
    assert counts.gold == {"Person": 1, "Region": 1}


def test_errors_of_entities_are_told_apart(measures):
    """False, mistyped and missed entities each have their line."""
    pred = doc(c="City Elm", x="Company Orb")
    gold = doc(R="Region Elm", P="Person Ana Roth")
    kinds = [line.split()[2] for line in measures.entity_errors([pred], [gold])]
    assert sorted(kinds) == ["false", "missed", "mistyped"]


def test_an_article_without_predictions_is_all_missed(measures):
    """What was refused counts as gold."""
    assert measures.entity_counts([], [doc(P="Person Ana Roth")]).gold == {"Person": 1}


def test_claims_meet_facts_one_to_one_the_surest_first(measures):
    """A second claim of the same ends does not count; a symmetric one has one pair of ends."""
    names = {"a": "City Elm", "b": "City Oak"}
    claims = (Claim("b", "cooperatesWith", "a", confidence=0.4), Claim("a", "cooperatesWith", "b", confidence=0.9))
    gold = doc(Claim("a", "cooperatesWith", "b"), **names)
    assert list(measures.judged([doc(*claims, **names)], [gold])) == [(0.9, True)]


def test_a_fact_is_met_once(measures):
    """Of two claims that tell the same fact the less sure one is wrong."""
    gold = doc(Claim("a", "visited", "b"), a="City Elm", b="City Oak")
    pred = doc(
        Claim("a", "visited", "b", confidence=0.5),
        Claim("c", "visited", "b", confidence=0.7),
        a="City Elm",
        b="City Oak",
        c="Region Elm",
    )
    assert list(measures.judged([pred], [gold])) == [(0.7, True), (0.5, False)]


def test_predicates_that_gold_lacks_do_not_count(measures):
    """As in the scorer."""
    names = {"a": "City Elm", "b": "City Oak"}
    assert list(measures.judged([doc(Claim("a", "visited", "b"), **names)], [doc(**names)])) == []


def test_bands_hold_their_lower_bound(measures):
    """A claim is in the band that begins with its confidence; certainty is in the last."""
    low, high = measures.bands([(0.3, False), (0.39, True), (0.9, True), (1.0, True)])
    assert (low.low, low.high, low.claims, low.right) == (0.3, 0.4, 2, 0.5)
    assert (low.claims_from, low.right_from) == (4, 0.75)
    assert (high.low, high.claims, high.right_from) == (0.9, 2, 1.0)


def test_bands_count_what_is_below_them_all(measures):
    """No claim is lost."""
    rows = [(n / 100, True) for n in range(101)]
    assert sum(band.claims for band in measures.bands(rows)) == len(rows)


def test_coarse_types_leave_out_what_tools_do_not_know(measures):
    """Events are never entities here; sectors only go where three types are asked for."""
    article = doc(a="City Elm", b="Network Oak", c="Sector timber", d="Event fair")
    assert {e.type for e in measures.coarse(article, only=True).entities.values()} == {"Place", "Organization"}
    assert set(measures.coarse(article, only=False).entities) == {"a", "b", "c"}
    assert article.entities["a"].type == "City"


def test_claims_tie_pairs_whatever_they_say(measures):
    """Direction and predicate do not matter; events are no end."""
    gold = doc(
        Claim("a", "visited", "b"), Claim("a", "participatedIn", "e"), a="City Elm", b="City Oak", e="Event fair"
    )
    pred = doc(Claim("b", "investsIn", "a"), Claim("a", "visited", "b"), a="City Elm", b="City Oak")
    assert measures.stated(gold) == {frozenset("ab")}
    assert measures.related([(measures.claimed(pred, gold), measures.stated(gold))]) == (1.0, 1.0, 1.0)


def test_spans_tie_what_is_named_within_them(measures):
    """A relation counts once, and not where gold knows only one of its ends."""
    gold = doc(Claim("a", "visited", "c"), a="Person Ana Roth", b="City Elm", c="City Oak")
    for key, span in {"a": (0, 8), "b": (12, 15), "c": (30, 33)}.items():
        gold.entities[key].spans = {span}
    relations = [[[0, 15], [25, 35]], [[0, 8], [12, 15]], [[0, 8], [50, 60]]]
    ends = measures.touched(relations, gold)
    assert measures.related([(ends, measures.stated(gold))]) == (0.5, 1.0, 2 / 3)


def test_namings_of_a_tool_become_entities(tools):
    """One name and type is one entity, and a surname is its person; a city of that name is not."""
    text = "Ana Roth met Roth in Roth. Ana Roth left."
    row = {
        "id": "a",
        "entities": [
            {"type": "Person", "spans": [[0, 8], [13, 17]]},
            {"type": "Place", "spans": [[21, 25]]},
            {"type": "Person", "spans": [[27, 35]]},
        ],
    }
    person, place = tools.document(row, text).entities.values()
    assert (person.type, person.spans) == ("Person", {(0, 8), (13, 17), (27, 35)})
    assert (place.type, place.spans) == ("Place", {(21, 25)})


def test_what_cannot_be_installed_is_unavailable(tools, tmp_path, monkeypatch):
    """The reason is the last line that the installer says."""
    failing = [sys.executable, "-c", "raise SystemExit('nothing of that name')"]
    monkeypatch.setattr(tools, "_installation", lambda *_: [failing])
    tool = tools.TOOLS["compromise"]
    with pytest.raises(tools.UnavailableError, match="nothing of that name"):
        tools.install(tool, tmp_path / "new")
    assert not (tmp_path / "new" / "installed").exists()


@pytest.mark.parametrize(
    ("adapter", "reason"),
    [
        ("print('no JSON')", "no JSON Lines"),
        ("raise SystemExit('broken')", "broken"),
        ("import time; time.sleep(60)", "longer"),
    ],
)
def test_a_tool_that_fails_is_unavailable(tools, tmp_path, adapter, reason):
    """Whatever goes wrong in an adapter costs its own row only."""
    with pytest.raises(tools.UnavailableError, match=reason):
        tools.read(_tool(tools, tmp_path, adapter), tmp_path, [{"id": "a", "text": "Elm"}], timeout=2)


def test_a_tool_reads_and_prints_json_lines(tools, tmp_path):
    """One line an article, text of any script."""
    adapter = "import json, sys\nfor line in sys.stdin: print(json.dumps({**json.loads(line), 'entities': []}))"
    rows = tools.read(_tool(tools, tmp_path, adapter), tmp_path, [{"id": "a", "text": "Žilina"}] * 2, timeout=30)
    assert rows == [{"id": "a", "text": "Žilina", "entities": []}] * 2


def _tool(tools: Any, folder: Any, adapter: str) -> Any:
    (folder / "adapter.py").write_text(adapter, encoding="utf-8")
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(sys.executable)
    return tools.Tool("own", str(folder / "adapter.py"), ())
