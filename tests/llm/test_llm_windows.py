"""A long article is read in pieces, and what is named in several of them is one thing."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from stub_model import stub
from told import Making, is_grounded

from regiograph.articles.segmenting import sentences as cut
from regiograph.claims.llm.windows import LONGEST, windows
from regiograph.model import Article, Extraction

FILLER = "Nothing much happened in the meantime, and the papers wrote about the weather and the price of bread. " * 12
LONG = Article(
    "long",
    f"Elmira Tannhofer is deputy mayor of Brackwater.\n{FILLER}\n{FILLER}\n"
    f"Tannhofer visited Port Ilsen in May 2018.\n{FILLER}",
)


def numbered(body: dict[str, Any]) -> dict[str, int]:
    """Return the numbers of the sentences of a question that name somebody."""
    lines = body["messages"][-1]["content"].splitlines()[1:-1]
    found = [line for line in lines if "Tannhofer" in line]
    return {line.partition("] ")[2]: int(line[1:].partition("]")[0]) for line in found}


def reading(body: dict[str, Any], _: int) -> dict[str, Any]:
    """Return what each window says of the deputy mayor, with keys that begin anew in each."""
    entities: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for words, number in numbered(body).items():
        first = words.startswith("Elmira")
        name, place = ("Elmira Tannhofer", "Brackwater") if first else ("Tannhofer", "Port Ilsen")
        named = (("x", "Person", name), ("y", "City", place))
        entities = [{"key": k, "type": t, "mentions": [{"sentence": number, "text": n}]} for k, t, n in named]
        qualifier = {"name": "role", "text": "deputy mayor"} if first else {"name": "date", "text": "in May 2018"}
        claims = [{"subject": "x", "predicate": "holdsPost" if first else "visited", "object": "y", "value": None,
                   "qualifiers": [qualifier], "modality": "asserted", "polarity": "positive", "sentence": number,
                   "quote": words}]  # fmt: skip
    return {"entities": entities, "claims": claims}


def test_what_two_windows_name_is_one(asking: Making) -> None:
    """A short name in a later window is the person whose full name an earlier one has."""
    with stub(reading) as server:
        made = asking(server.url).extract(LONG)
    assert len(server.asked) == len(windows(LONG, cut(LONG))) > 1
    assert is_grounded(made)
    assert [c.predicate for c in made.claims] == ["holdsPost", "visited"]
    assert len({c.subject for c in made.claims}) == 1
    assert [e.name for e in made.entities] == ["Elmira Tannhofer", "Brackwater", "Port Ilsen"]


def test_an_article_of_which_one_window_fails_is_refused_whole(asking: Making) -> None:
    """Nothing half-read is stored; what was read stays in the cache, and is not asked for again."""
    with stub(lambda body, n: "well" if "Tannhofer visited" in str(body["messages"][-3:]) else reading(body, n)) as ill:
        (outcome,) = asking(ill.url).outcomes([LONG])
    assert "cannot be used" in str(outcome)
    with stub(reading) as server:
        (outcome,) = asking(server.url).outcomes([LONG])
    assert isinstance(outcome, Extraction)
    assert len(server.asked) < len(windows(LONG, cut(LONG)))


@given(st.lists(st.text("ab .\n", max_size=400), max_size=12))
def test_windows_hold_every_sentence_once(parts: list[str]) -> None:
    """Whole sentences in order, none lost, none twice, none longer than allowed unless a sentence is."""
    article = Article("any", "\n".join(parts))
    found = windows(article, cut(article), longest=200)
    assert [s for w in found for s in w.sentences] == [s for s in cut(article) if not s.furniture]
    sizes = [(sum(s.span.end - s.span.start for s in w.sentences), len(w.sentences)) for w in found]
    assert all(size <= 200 or number == 1 for size, number in sizes)
    assert LONGEST > 200
