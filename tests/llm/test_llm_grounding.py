"""Of an answer stands what is in the text; all else is refused, with its cause."""

from __future__ import annotations

import copy
import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stub_model import stub
from told import FORUM, STORY, Making, is_grounded, said

from regiograph.articles.segmenting import sentences
from regiograph.claims.literals import literals
from regiograph.claims.llm import wording
from regiograph.claims.llm.answers import MOST, Answer, BrokenError, parse
from regiograph.claims.llm.assembling import assembled
from regiograph.claims.llm.causes import Cause
from regiograph.claims.llm.grounding import Grounded, ground
from regiograph.claims.llm.page import Page, page
from regiograph.claims.llm.prompt import examples
from regiograph.claims.llm.windows import windows
from regiograph.model import Article, Extraction, Span
from regiograph.terms import Predicate

ANSWER: dict[str, Any] = examples()[0]["answer"]


def opened(article: Article) -> Page:
    """Return the one window of an article, ready to be looked up in."""
    cut = sentences(article)
    (window,) = windows(article, cut)
    return page(window, literals(article, cut))


def grounded(answer: Any, article: Article = STORY) -> Grounded:
    """Return what of an answer stands."""
    return ground(opened(article), [parse(json.dumps(answer))])


def extraction(answer: Any, article: Article = STORY) -> Extraction:
    """Return the extraction that an answer makes."""
    parts = [grounded(answer, article)]
    return assembled(article, sentences(article), parts, trust=0.75, base="https://example.org/", version="llm/x/1")


def causes(found: Grounded) -> Counter[Cause]:
    """Return how often each cause of refusal occurs."""
    return Counter(fault.cause for fault in found.faults)


def changed(claim: int, **members: Any) -> dict[str, Any]:
    """Return the right answer with one claim changed."""
    answer = copy.deepcopy(ANSWER)
    answer["claims"][claim] |= members
    return answer


@pytest.mark.parametrize(("article", "number"), [(STORY, 0), (FORUM, 1)])
def test_the_examples_stand_whole(article: Article, number: int) -> None:
    """Nothing of the right answers is refused, and every claim of them is made."""
    answer = examples()[number]["answer"]
    assert not grounded(answer, article).faults
    made = extraction(answer, article)
    assert is_grounded(made)
    assert len(made.claims) == len(answer["claims"])


def test_literals_are_read_by_our_own_rules() -> None:
    """The model copies the words; number, currency, bound and year are ours."""
    made = extraction(ANSWER)
    (invests,) = (c for c in made.claims if c.predicate == "investsIn")
    assert dict(invests.qualifiers) == {
        "amount": "40000000", "currency": "EUR", "qualifier": "more than", "verbatim": "more than 40 million euros",
    }  # fmt: skip
    forum = extraction(examples()[1]["answer"], FORUM)
    assert ("Lindvar Forum", "eventDate", "2018-03-13") in said(forum)
    (exported,) = (c for c in forum.claims if c.predicate == "hasIndicator")
    assert dict(exported.qualifiers) == {"indicator": "timber exported", "period": "2017", "unit": "t"}


@pytest.mark.parametrize(
    ("predicate", "words", "value"),
    [
        ("createsJobs", "240", "240"),
        ("hasIndicator", "seventh", "7"),
        ("hasIndicator", "the 31st", "31"),
        ("createsJobs", "2031", None),
        ("createsJobs", "241", None),
        ("hasIndicator", "wharf", None),
        ("eventDate", "240", None),
    ],
)
def test_a_number_that_is_pointed_at_needs_no_noun(predicate: str, words: str, value: str | None) -> None:
    """Where our rules see nothing to count the words must be a number by themselves, and no part of a date or a sum."""
    text = "In 2031 the seventh wharf opens; it is the 31st of its kind, and 240 will unload there."
    window = opened(Article("wharf", text))
    found = wording.stated(window, Predicate(predicate), words, Span(0, len(text)))
    assert (None if found is None else found.value) == value


@pytest.mark.parametrize(
    ("name", "words", "holds"),
    [
        ("subject", "training of welders", True),
        ("role", "chair of the union", True),
        ("role", "head of the union", True),
        ("role", "owner of the union", False),
        ("subject", "sale of the union", False),
        ("subject", "head of welders", False),
    ],
)
def test_words_may_stand_in_another_form(name: str, words: str, holds: bool) -> None:
    """Plurals and verb forms are the article's words, so are links between them; what it does not say is refused."""
    text = "She chairs the union, which trained forty welders."
    found = wording.qualifier(opened(Article("union", text)), name, words, Span(0, len(text)))
    assert (found is not None) == holds


@pytest.mark.parametrize(
    ("claim", "members", "cause"),
    [
        (0, {"predicate": "owns"}, Cause.PREDICATE),
        (0, {"predicate": 7}, Cause.PREDICATE),
        (0, {"quote": "Elmira Tannhofer owns Brackwater"}, Cause.QUOTE),
        (0, {"quote": "of"}, Cause.QUOTE),
        (0, {"quote": None}, Cause.QUOTE),
        (0, {"object": "e99"}, Cause.ENTITY),
        (0, {"subject": "e99"}, Cause.ENTITY),
        (0, {"subject": None}, Cause.FORM),
        (0, {"subject": "e4"}, Cause.KINDS),
        (1, {"object": "e1"}, Cause.ITSELF),
        (4, {"value": "2010"}, Cause.VALUE),
        (4, {"value": None}, Cause.VALUE),
        (6, {"value": "40000000"}, Cause.VALUE),
        (8, {"value": "75 percent"}, Cause.VALUE),
        (8, {"value": "a blade factory"}, Cause.UNREAD),
        (1, {"qualifiers": [{"name": "date", "text": "deputy mayor of Brackwater"}]}, Cause.UNREAD),
        (0, {"qualifiers": [{"name": "role", "text": "archbishop"}]}, Cause.QUALIFIER),
        (0, {"qualifiers": [{"name": "amount", "text": "40 million euros"}]}, Cause.QUALIFIER),
        (0, {"qualifiers": ["role"]}, Cause.QUALIFIER),
        (1, {"qualifiers": [{"name": "date", "text": "13 March 2018"}]}, Cause.QUALIFIER),
        (9, {"qualifiers": [{"name": "share", "text": "2009"}]}, Cause.UNREAD),
    ],
)
def test_what_does_not_stand_is_refused_by_cause(claim: int, members: dict[str, Any], cause: Cause) -> None:
    """HOSTILE 21 and 22: each kind of fault costs its own item, and is counted once."""
    found = grounded(changed(claim, **members))
    assert causes(found) == {cause: 1}
    assert len(found.claims) == len(ANSWER["claims"]) - ("qualifiers" not in members)


def test_a_quote_counts_more_than_its_number() -> None:
    """A wrong sentence number is set right where the quote stands once; the evidence is the quote's own sentence."""
    found = grounded(changed(4, sentence=1))
    assert not found.faults
    assert STORY.text[slice(*found.claims[4].evidence)].endswith("founded in 2009.")


def test_a_name_must_be_in_its_sentence() -> None:
    """An entity whose every name is elsewhere falls, and its claims with it."""
    answer = copy.deepcopy(ANSWER)
    answer["entities"][8]["mentions"] = [
        {"sentence": 1, "text": "Hestra Holding"},
        {"sentence": 4, "text": "Hestra"[:3]},
    ]
    assert causes(grounded(answer)) == {Cause.NAME: 2, Cause.NAMELESS: 1, Cause.ENTITY: 1}


def test_an_unknown_type_falls() -> None:
    """A type that the ontology does not have is no type."""
    answer = copy.deepcopy(ANSWER)
    answer["entities"][8]["type"] = "Holding"
    assert causes(grounded(answer)) == {Cause.TYPE: 1, Cause.ENTITY: 1}


def test_names_that_occur_twice_take_one_place_each() -> None:
    """The same words of one sentence, listed twice, are two mentions; longer names choose before their parts."""
    article = Article("twice", "Castora met Castora Steel, and then Castora left for Castora County.")
    mentions = [{"sentence": 1, "text": "Castora"}] * 2
    rows = [("a", "Company", mentions), ("b", "Company", [{"sentence": 1, "text": "Castora Steel"}]),
            ("c", "Region", [{"sentence": 1, "text": "Castora County"}])]  # fmt: skip
    found = grounded({"entities": [{"key": k, "type": t, "mentions": m} for k, t, m in rows], "claims": []}, article)
    assert not found.faults
    spans = {each.key: [article.text[slice(*s)] for s in each.spans] for each in found.entities}
    assert spans == {"a": ["Castora", "Castora"], "b": ["Castora Steel"], "c": ["Castora County"]}
    assert [s.start for s in found.entities[0].spans] == [0, 36]


def test_a_part_of_a_name_is_no_mention_of_its_own(asking: Making) -> None:
    """A place within the name of a body is refused as that, and not worth another question."""
    answer = copy.deepcopy(ANSWER)
    answer["entities"][1]["mentions"].append({"sentence": 3, "text": "Brackwater"})
    assert causes(grounded(answer)) == {Cause.INSIDE: 1}
    with stub(lambda *_: answer) as server:
        assert len(asking(server.url).extract(STORY).claims) == 10
        assert len(server.asked) == 1


def test_a_circle_is_broken() -> None:
    """HOSTILE 22: of places that lie in each other the last one named does not."""
    article = Article("circle", "Arvenholm lies in Belstad. Belstad lies in Corvik. Corvik lies in Arvenholm.")
    names = ["Arvenholm", "Belstad", "Corvik"]
    entities = [{"key": n, "type": "City", "mentions": [{"sentence": i + 1, "text": n}]} for i, n in enumerate(names)]
    claims = [
        {"subject": a, "predicate": "locatedIn", "object": b, "value": None, "qualifiers": [], "modality": "asserted",
         "polarity": "positive", "sentence": i + 1, "quote": f"{a} lies in {b}."}
        for i, (a, b) in enumerate(zip(names, [*names[1:], names[0]], strict=True))
    ]  # fmt: skip
    made = assembled(
        article, sentences(article), [grounded({"entities": entities, "claims": claims}, article)],
        trust=0.75, base="https://example.org/", version="llm/x/1",
    )  # fmt: skip
    assert [c.predicate for c in made.claims] == ["locatedIn", "locatedIn"]
    assert [fault.cause for fault in made.faults] == [Cause.CIRCULAR]


def test_ten_thousand_claims_are_cut_short() -> None:
    """HOSTILE 22: what is beyond the number that is read is counted and not read."""
    found = grounded(ANSWER | {"claims": ANSWER["claims"] * 1000})
    assert causes(found)[Cause.EXTRA] == 10_000 - MOST
    assert found.stated == 37 - 10 + 10_000 + 5 * (MOST // 10 - 1)
    assert len(extraction(ANSWER | {"claims": ANSWER["claims"] * 1000}).claims) == 10


@pytest.mark.parametrize(
    "text",
    ["", " ", "I cannot help with that.", '{"entities": [', '{"entities": []}', "[1, 2]",
     '{"entities": 1, "claims": 2}', "{" * 100_000 + "}", '{"a": ' + "[" * 100_000,
     '{"entities": [NaN], "claims": []}', '{"entities": [], "claims": [}'],
)  # fmt: skip
def test_what_is_no_answer_is_broken(text: str) -> None:
    """HOSTILE 22: empty, cut off, of another form, too deep: no answer, and no crash."""
    with pytest.raises(BrokenError):
        parse(text)


@pytest.mark.parametrize("wrapped", ["```json\n{}\n```", "Here it is: {} Done.", "<think>{{}}</think>{}"])
def test_words_around_the_json_are_passed_over(wrapped: str) -> None:
    """Models that know no schema put fences, greetings and thoughts around their answer."""
    assert parse(wrapped.replace("{{}}", "{x}").replace("{}", json.dumps(ANSWER))).claims


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(
        ["e1", "e2", "memberOf", "locatedIn", "startedIn", "Person", "City", "Brackwater", "Port Ilsen", "2009",
         "Elmira Tannhofer, deputy mayor of Brackwater", "role", "planned"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["key", "type", "mentions", "sentence", "text", "subject", "predicate", "object", "value",
                         "qualifiers", "name", "quote", "modality", "polarity"]), inner, max_size=8),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(JUNK, max_size=6), st.lists(JUNK, max_size=6))
def test_nothing_that_a_model_says_breaks_it(entities: list[Any], claims: list[Any]) -> None:
    """HOSTILE 22: any items at all give an extraction that is grounded, and counts that add up."""
    given = Answer((*entities, *ANSWER["entities"]), (*claims, *ANSWER["claims"]))
    found = ground(opened(STORY), [given])
    made = assembled(STORY, sentences(STORY), [found], trust=0.75, base="https://example.org/", version="llm/x/1")
    assert is_grounded(made)
    assert 0 <= len(found.faults) <= found.stated
