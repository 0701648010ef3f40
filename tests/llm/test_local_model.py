"""What a real server of a local model does with the requests that the extractor sends."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from local import CONTEXT, local_model

pytestmark = pytest.mark.slow

Served = tuple[str, str]
PREDICATES = ["invests_in", "located_in", "owns"]
CLAIM = {
    "type": "object",
    "properties": {
        "subject": {"type": "string", "maxLength": 30},
        "predicate": {"type": "string", "enum": PREDICATES},
        "object": {"type": "string", "maxLength": 30},
        "quote": {"type": "string", "maxLength": 40},
    },
    "required": ["subject", "predicate", "object", "quote"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {"claims": {"type": "array", "items": CLAIM, "minItems": 1, "maxItems": 2}},
    "required": ["claims"],
    "additionalProperties": False,
}
STRICT = {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": SCHEMA}}
OBJECT = {"type": "json_object", "schema": SCHEMA}
MESSAGES = [
    {"role": "system", "content": "List the relations that the text states, as JSON."},
    {"role": "user", "content": "Brightwater Foods invests 12 million euros in a new plant in Millbrook."},
]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """The server's URL and the name of its model."""
    with local_model() as running:
        yield running


def test_a_chat_completion_is_answered(served: Served):
    """A plain request gets the assistant's text and the reason why it ended."""
    (choice,) = _asked(served, max_tokens=8)["choices"]
    assert choice["message"]["role"] == "assistant"
    assert choice["message"]["content"]
    assert choice["finish_reason"] == "length"


@pytest.mark.parametrize("form", [STRICT, OBJECT], ids=["json_schema", "json_object"])
def test_an_answer_keeps_to_the_schema(served: Served, form: dict[str, Any]):
    """Either way of giving a schema makes even a model this small answer by it."""
    (choice,) = _asked(served, response_format=form, max_tokens=300)["choices"]
    assert choice["finish_reason"] == "stop"
    jsonschema.validate(json.loads(choice["message"]["content"]), SCHEMA)


def test_an_answer_that_is_cut_off_says_so(served: Served):
    """Too few tokens leave half a document, under the status 200 and the finish reason "length"."""
    (choice,) = _asked(served, response_format=STRICT, max_tokens=10)["choices"]
    assert choice["finish_reason"] == "length"
    with pytest.raises(json.JSONDecodeError):
        json.loads(choice["message"]["content"])


def test_tokens_are_counted(served: Served):
    """The usage has the tokens of prompt and answer, and their sum."""
    usage = _asked(served, max_tokens=8)["usage"]
    assert usage["completion_tokens"] == 8
    assert usage["prompt_tokens"] > 20
    assert usage["total_tokens"] == usage["prompt_tokens"] + 8


def test_the_same_question_gets_the_same_answer(served: Served):
    """At temperature 0, whatever was asked in between, the text is the same."""
    first = _asked(served, response_format=STRICT, max_tokens=40)["choices"]
    _asked(served, messages=[{"role": "user", "content": "Who owns the harbour?"}], max_tokens=4)
    assert _asked(served, response_format=STRICT, max_tokens=40)["choices"] == first


def test_a_prompt_too_long_is_refused(served: Served):
    """A prompt beyond the context is an error of its own type, with both numbers."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        _asked(served, messages=[{"role": "user", "content": "word " * CONTEXT}])
    error = json.load(refused.value)["error"]
    assert (refused.value.code, error["type"]) == (400, "exceed_context_size_error")
    assert error["n_prompt_tokens"] > error["n_ctx"] == CONTEXT


def _asked(served: Served, **more: Any) -> dict[str, Any]:
    """Return the answer to a chat completion, at temperature 0."""
    url, model = served
    body = {"model": model, "messages": MESSAGES, "temperature": 0, "seed": 1, **more}
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/chat/completions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=120) as reply:
        return json.load(reply)
