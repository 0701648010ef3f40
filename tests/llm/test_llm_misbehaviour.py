"""A server that misbehaves costs its own articles at most: nothing ungrounded, nothing lost, counts add up."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from stub_model import Raw, completion, is_second, sentences, stub
from told import FORUM, STORY, Making, is_grounded, right, said

from regiograph.articles.reading import Refusal
from regiograph.claims.llm.address import Address
from regiograph.claims.llm.causes import Cause
from regiograph.errors import ModelError
from regiograph.model import Article, Extraction
from servers import free_port

TROUBLE = Article("trouble", f"Trouble is brewing in Castellane Bay.\n{STORY.text}", published="2018-03-15")
ARTICLES = (STORY, TROUBLE, FORUM)


def troubled(body: dict[str, Any]) -> bool:
    """Whether a question is about the article that the server misbehaves on."""
    return sentences(body)[0].startswith("Trouble")


def wrong(**members: Any) -> dict[str, Any]:
    """Return an answer whose one claim is changed."""
    entity = {"key": "e1", "type": "City", "mentions": [{"sentence": 1, "text": "Castellane Bay"}]}
    other = {"key": "e2", "type": "City", "mentions": [{"sentence": 2, "text": "Brackwater"}]}
    claim = {"subject": "e1", "predicate": "locatedIn", "object": "e2", "value": None, "qualifiers": [],
             "modality": "asserted", "polarity": "positive", "sentence": 1,
             "quote": "Trouble is brewing in Castellane Bay."}  # fmt: skip
    return {"entities": [entity, other], "claims": [claim | members]}


# What the server does, and the words of the refusal; where there are none the article is read, without what was wrong.
DEEDS: dict[str, tuple[Any, str]] = {
    "empty": ("", "it is empty"),
    "no content": (Raw(body=completion(None)), "it is empty"),
    "words": ("I am sorry, but I cannot do that.", "no JSON"),
    "broken": ('{"entities": [{"key": "e1", ', "no JSON"),
    "cut off": (Raw(body=completion('{"entities": [', finish="length")), "cut off"),
    "other form": ({"triples": [["a", "owns", "b"]]}, "no lists"),
    "a list": ([1, 2, 3], "no JSON object"),
    "too deep": ('{"entities": ' + "[" * 100_000 + "}", "no JSON"),
    "huge": (Raw(body=b" " * 5_000_000), "larger than"),
    "bomb": (Raw(body=gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"}), "larger than"),
    "no completion": (Raw(body=b'{"choices": []}'), "no completion"),
    "a page": (Raw(body=b"<html>Log in</html>", headers={"Content-Type": "text/html"}), "no completion"),
    "not text": (Raw(body=b"\xff\xfe\x00"), "no completion"),
    "cut connection": (Raw(body=b'{"choices": [', cut=True), "breaks off"),
    "500": (Raw(500, b"<h1>Oops</h1>"), "HTTP 500"),
    "503": (Raw(503, b"loading model"), "loading model"),
    "429": (Raw(429, b"slow down", {"Retry-After": "0"}), "HTTP 429"),
    "429 for long": (Raw(429, b"slow down", {"Retry-After": "86400"}), "asks to wait 86,400 seconds"),
    "400": (Raw(400, b"context too long"), "context too long"),
    "huge refusal": (Raw(400, b"no " * 3_000_000), "HTTP 400"),
    "unknown predicate": (wrong(predicate="rules"), ""),
    "unknown type": (wrong() | {"entities": [{"key": "e1", "type": "Alien", "mentions": []}]}, ""),
    "false quote": (wrong(quote="Castellane Bay lies in Brackwater."), ""),
    "false name": ({"entities": [{"key": "e1", "type": "City", "mentions": [{"sentence": 1, "text": "Omsk"}]}],
                    "claims": []}, ""),
    "numbers for text": (wrong(quote=7, subject=3, object=[]), ""),
    "surrogates": ('{"entities": [], "claims": [{"subject": "\\ud800", "quote": "\\udfff"}]}', ""),
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_a_misbehaving_server_costs_no_other_article(deed: str, asking: Making) -> None:
    """HOSTILE 22: whatever comes back for one article, the others are read, and it is refused or read without it."""
    answer, words = DEEDS[deed]
    with stub(lambda body, _: answer if troubled(body) else right(body)) as server:
        reader = asking(server.url)
        outcomes = list(reader.outcomes(ARTICLES))
    assert len(outcomes) == len(ARTICLES)
    read = [each for each in outcomes if isinstance(each, Extraction)]
    assert all(map(is_grounded, read))
    assert [len(each.claims) for each in read if each.article.id != "trouble"] == [10, 5]
    if words:
        (refused,) = (each for each in outcomes if isinstance(each, Refusal))
        assert refused.place == "trouble"
        assert words in refused.reason
    counts = reader.tally.counts
    assert counts["stated"] == counts["kept"] + sum(reader.tally.refused.values())


@pytest.mark.parametrize("deed", [name for name, (_, words) in DEEDS.items() if not words])
def test_what_is_wrong_is_asked_for_once_more_with_the_reason(deed: str, asking: Making) -> None:
    """A fault costs one more question, which names it; what is mended then stands."""
    answer, _ = DEEDS[deed]
    with stub(lambda body, _: wrong() if is_second(body) else answer) as server:
        reader = asking(server.url)
        made = reader.extract(TROUBLE)
    assert said(made) == {("Castellane Bay", "locatedIn", "Brackwater")}
    assert len(server.asked) == 2
    assert any(cause in server.asked[1]["messages"][-1]["content"] for cause in map(str, Cause))
    assert reader.tally.counts["again"] == 1


def test_a_broken_answer_is_asked_for_once_more_and_no_more(asking: Making) -> None:
    """Of two answers without JSON none is taken, and there is no third."""
    with stub(lambda *_: "well") as server:
        with pytest.raises(ModelError, match="cannot be used"):
            asking(server.url).extract(STORY)
        assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (Raw(401, b"bad key"), "another key"),
        (Raw(403, b"no"), "refuses"),
        (Raw(404, b"no such model"), "no such model"),
        (Raw(307, b"", {"Location": "http://127.0.0.1:9/steal?x=1"}), "redirects to http://127.0.0.1/steal"),
        (Raw(302, b"", {"Location": "http://elsewhere.invalid/"}), "redirects to http://elsewhere.invalid/"),
    ],
)
def test_a_server_that_will_not_is_asked_no_more(raw: Raw, words: str, asking: Making) -> None:
    """What cannot get better is told once, and every article left is refused by name without another question."""
    with stub(lambda *_: raw) as server:
        outcomes = list(asking(server.url, parallel=1).outcomes(ARTICLES))
        assert len(server.asked) == 1
    assert [each.place for each in outcomes if isinstance(each, Refusal)] == [a.id for a in ARTICLES]
    assert all(words in str(each) for each in outcomes)


def test_a_server_that_is_not_there_is_given_up(asking: Making) -> None:
    """After some articles in a row that got no answer the others are refused at once."""
    many = [Article(f"a{n}", STORY.text) for n in range(40)]
    outcomes = list(asking(f"http://127.0.0.1:{free_port()}/v1").outcomes(many))
    assert [each.place for each in outcomes if isinstance(each, Refusal)] == [a.id for a in many]
    assert sum("not asked any more" in str(each) for each in outcomes) > 30


def test_a_late_answer_is_no_answer(asking: Making) -> None:
    """A question has an end in time, also where the answer, or its headers, come bit by bit."""
    done = threading.Event()

    def late(body: dict[str, Any], n: int) -> Any:
        done.wait(3)
        return right(body)

    with stub(late) as server:
        (outcome,) = asking(server.url, timeout=0.2).outcomes([STORY])
        done.set()
    assert "no answer within 0.2 seconds" in str(outcome)
    with stub(lambda *_: Raw(body=completion("well"), drip=0.05)) as server:
        (outcome,) = asking(server.url, timeout=0.3).outcomes([STORY])
    assert "takes too long" in str(outcome)
    with stub(lambda *_: Raw(headers={f"X-{n}": "slow" for n in range(40)}, late=0.05)) as server:
        (outcome,) = asking(server.url, timeout=0.3).outcomes([STORY])
    assert "no answer within 0.3 seconds" in str(outcome)


def test_a_late_answer_is_waited_for_once_more_and_no_more(asking: Making) -> None:
    """A slow model would have all of it to do again, at the same pace."""
    with stub(lambda *_: Raw(body=completion("well"), drip=0.05)) as server:
        (_,) = asking(server.url, timeout=0.3).outcomes([STORY])
        assert len(server.asked) == 2


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_passes_is_waited_for(status: int, asking: Making) -> None:
    """An answer that comes at the third attempt is as good as one at the first."""
    with stub(lambda body, n: Raw(status, b"wait", {"Retry-After": "0.01"}) if n < 2 else right(body)) as server:
        assert len(asking(server.url).extract(STORY).claims) == 10
        assert len(server.asked) == 3


def test_a_pause_that_is_asked_for_holds_for_all(asking: Making) -> None:
    """While the server asks one call to wait, no other call goes."""
    at: list[float] = []

    def busy(body: dict[str, Any], n: int) -> Any:
        at.append(time.monotonic())
        return Raw(429, b"wait", {"Retry-After": "0.4"}) if n == 0 else right(body)

    with stub(busy) as server:
        assert all(isinstance(each, Extraction) for each in asking(server.url).outcomes([STORY, *[FORUM] * 5]))
    assert all(later - at[0] >= 0.35 or later - at[0] < 0.1 for later in at[1:])
    assert sum(later - at[0] < 0.1 for later in at[1:]) <= 1


DIALECTS: dict[str, tuple[Callable[[dict[str, Any]], bool], bytes]] = {
    "no json_schema": (lambda body: body.get("response_format", {}).get("type") == "json_schema", b"unknown format"),
    "no format": (lambda body: "response_format" in body, b"unsupported"),
    "other bound": (lambda body: "max_tokens" in body, b"use max_completion_tokens instead of max_tokens"),
    "own temperature": (lambda body: "temperature" in body, b"temperature must be 1"),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_server_of_another_dialect_is_understood(dialect: str, asking: Making) -> None:
    """What a server does not take is left out or put otherwise, once, and from then on."""
    objects, words = DIALECTS[dialect]
    with stub(lambda body, _: Raw(400, words) if objects(body) else right(body)) as server:
        reader = asking(server.url, parallel=1)
        assert [len(each.claims) for each in reader.outcomes((STORY, FORUM)) if isinstance(each, Extraction)] == [10, 5]
    assert not objects(server.asked[-1])
    assert sum(map(objects, server.asked)) <= 2


def test_an_article_that_is_refused_changes_no_dialect(asking: Making) -> None:
    """One that is too long for the model is tried in every form; the next one gets the full schema again."""
    with stub(
        lambda body, _: Raw(400, b"too long") if sentences(body)[0].startswith("On 12") else right(body)
    ) as server:
        outcomes = list(asking(server.url, parallel=1).outcomes((STORY, FORUM)))
    assert [isinstance(each, Refusal) for each in outcomes] == [True, False]
    assert server.asked[-1]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("form", ["json_schema", "json_object"])
def test_the_schema_is_sent_in_the_form_that_is_named(form: str, asking: Making) -> None:
    """Both forms carry the same schema; the question is the same to the byte, temperature 0 and a fixed seed."""
    with stub(right) as server:
        asking(server.url, form=form).extract(STORY)
    (body,) = server.asked
    sent = body["response_format"]
    assert sent["type"] == form
    assert "claims" in (sent["json_schema"]["schema"] if form == "json_schema" else sent["schema"])["properties"]
    assert (body["temperature"], body["seed"], body["model"]) == (0, 1, "stub")


@pytest.mark.parametrize(
    "url", ["ftp://x/v1", "file:///etc/passwd", "x", "http://", "http://u:p@x/v1", "https://u@x/", "http://x:99999/",
            "http://[::1/"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """Only http and https, and no password in it, which messages would show."""
    with pytest.raises(ModelError) as e:
        Address(url, "m")
    assert "u:p" not in str(e.value)


@pytest.mark.parametrize(
    ("url", "key", "exposed"),
    [
        ("http://example.org/v1", "k", True),
        ("http://example.org/v1", None, False),
        ("https://example.org/v1", "k", False),
        ("http://127.0.0.1:8080/v1", "k", False),
        ("http://[::1]:8080/v1", "k", False),
        ("http://localhost/v1", "k", False),
        ("http://127.0.0.1.example.org/v1", "k", True),
    ],
)
def test_a_key_in_the_clear_is_known(url: str, key: str | None, exposed: bool) -> None:
    """A key over plain http leaves this machine unprotected; to itself it may."""
    assert Address(url, "m", key).exposes_key is exposed


def test_the_environment_sets_nothing(asking: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and organisations that other programs use are not sent; without a key there is no authorization."""
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.invalid/v1")
    with stub(right) as server:
        asking(server.url).extract(STORY)
        asking(server.url, key="sk-mine").extract(FORUM)
    assert "somebody" not in json.dumps(server.headers)
    assert "authorization" not in server.headers[0]
    assert server.headers[1]["authorization"] == "Bearer sk-mine"
