"""What a request asks for, by each way that the SPARQL 1.1 Protocol has to ask."""

from __future__ import annotations

import time
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.serve.protocol import FORM, QUERY, UPDATE, RefusedError, Request, job
from regiograph.serve.wire import Job, Task

ANY = {"results": "application/sparql-results+json", "graph": "text/turtle"}


def get(query_string: str, accept: str | None = None) -> Request:
    """Return a GET request."""
    return Request(query_string, None, None, accept, None)


def post(kind: str | None, body: str, query_string: str = "", encoding: str | None = None) -> Request:
    """Return a POST request."""
    return Request(query_string, kind, encoding, None, body.encode())


def refusal(request: Request) -> int:
    """Return the status by which a request is refused."""
    with pytest.raises(RefusedError) as refused:
        job(request)
    return refused.value.status


@pytest.mark.parametrize(
    "request_",
    [
        get("query=ASK%7B%7D"),
        get("query=ASK%7B%7D&unknown=x&default-graph-uri-=y"),
        post(FORM, "query=ASK%7B%7D"),
        post(FORM, "query=ASK{}"),
        post(f"{FORM}; charset=UTF-8", "query=ASK%7B%7D"),
        post(FORM.upper(), "query=ASK%7B%7D"),
        post(QUERY, "ASK{}"),
        post(f'{QUERY};charset="utf-8"', "ASK{}"),
        post(QUERY, "ASK{}", encoding="identity"),
    ],
)
def test_a_query_comes_in_three_ways(request_):
    """By GET, as a form, or as it is; other parameters are ignored."""
    assert job(request_) == Job(Task.QUERY, "ASK{}", **ANY)


@pytest.mark.parametrize("request_", [post(FORM, "update=CLEAR+ALL"), post(UPDATE, "CLEAR ALL")])
def test_an_update_comes_in_two_ways(request_):
    """As a form or as it is, and by POST only."""
    assert job(request_) == Job(Task.UPDATE, "CLEAR ALL", (), ())


def test_the_dataset_of_a_query_may_be_named():
    """Several graphs of each kind; a default graph without named ones leaves none of those."""
    named = "default-graph-uri=a:b&default-graph-uri=a:c&named-graph-uri=a:d"
    expected = Job(Task.QUERY, "ASK{}", ("a:b", "a:c"), ("a:d",), **ANY)
    assert job(get(f"query=ASK{{}}&{named}")) == expected
    assert job(post(QUERY, "ASK{}", named)) == expected
    assert job(post(FORM, f"query=ASK{{}}&{named}")) == expected
    assert job(get("query=ASK{}&default-graph-uri=a:b")) == Job(Task.QUERY, "ASK{}", ("a:b",), (), **ANY)


def test_the_dataset_of_an_update_may_be_named():
    """By using-graph-uri and using-named-graph-uri, beside the text or in the form."""
    named = "using-graph-uri=a:b&using-named-graph-uri=a:c&using-named-graph-uri=a:d"
    expected = Job(Task.UPDATE, "CLEAR ALL", ("a:b",), ("a:c", "a:d"))
    assert job(post(UPDATE, "CLEAR ALL", named)) == expected
    assert job(post(FORM, f"update=CLEAR+ALL&{named}")) == expected


def test_without_a_question_the_service_is_described():
    """A bare GET asks for nothing else; an empty query is a query."""
    assert job(get("")) is None
    assert job(get("format=ttl")) is None
    asked = job(get("query="))
    assert asked is not None
    assert asked.text == ""


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (get("query=ASK{}&query=ASK{}"), 400),
        (get("update=CLEAR+ALL"), 400),
        (get("query=ASK{}&update=CLEAR+ALL"), 400),
        (get("query=%ff"), 400),
        (get("query=%ed%a0%80"), 400),
        (get("&".join(["a=b"] * 1_001)), 400),
        (get("query=ASK{}&format=pdf"), 400),
        (post(FORM, ""), 400),
        (post(FORM, "query=ASK{}&update=CLEAR+ALL"), 400),
        (post(FORM, "query=ASK{}&query=ASK{}"), 400),
        (post(FORM, "update=CLEAR+ALL&update=CLEAR+ALL"), 400),
        (post(FORM, "update=CLEAR+ALL", "query=ASK{}"), 400),
        (post(QUERY, "ASK{}", "query=ASK{}"), 400),
        (post(QUERY, "ASK{}", "update=CLEAR+ALL"), 400),
        (post(UPDATE, "CLEAR ALL", "update=CLEAR+ALL"), 400),
        (post(None, "ASK{}"), 415),
        (post("", "ASK{}"), 415),
        (post("text/plain", "ASK{}"), 415),
        (post("nonsense", "ASK{}"), 415),
        (post(f"{QUERY}; charset=utf-16", "ASK{}"), 415),
        (post(QUERY, "ASK{}", encoding="gzip"), 415),
        (Request("", QUERY, None, None, b"ASK{}\xff"), 400),
        (Request("", QUERY, None, None, "ASK{}".encode("utf-16")), 400),
    ],
)
def test_what_the_protocol_does_not_have_is_refused(request_, status):
    """Two questions, questions in two places, updates by GET, other types and other characters."""
    assert refusal(request_) == status


def test_a_form_says_which_format_it_wants():
    """The parameter goes before the header; what is no format of graphs leaves none for those."""
    assert job(get("query=ASK{}&format=csv", "text/turtle")) == Job(Task.QUERY, "ASK{}", results="text/csv")
    assert job(get("query=ASK{}", "image/png")) == Job(Task.QUERY, "ASK{}")


def test_a_content_type_costs_no_time():
    """HOSTILE 64: the parser of its parameters is quadratic, so no long one gets there."""
    began = time.process_time()
    assert refusal(post(f'{QUERY}; a="' + ";" * 400_000, "ASK{}")) == 415
    assert time.process_time() - began < 10


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["query", "update", "default-graph-uri", "using-graph-uri", "format", "x"]),
            st.text(max_size=9),
        ),
        max_size=5,
    ),
    st.sampled_from([FORM, QUERY, UPDATE, "text/plain", "a;b=c", ""]),
    st.binary(max_size=40),
)
def test_any_request_is_a_job_or_refused(parameters, kind, body):
    """Nothing else is raised, whatever comes; and an update is never made of a GET."""
    query_string = urlencode(parameters, errors="replace")
    for request in (get(query_string), Request(query_string, kind, None, "x/y", body)):
        try:
            asked = job(request)
        except RefusedError as e:
            assert 400 <= e.status < 500
        else:
            assert asked is None or asked.task is Task.QUERY or request.body is not None
