"""How Wikidata is asked: in bounded batches, with pauses, and nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from wikidata_sample import Door, door, found

from regiograph.errors import EndpointError
from regiograph.linking import questions
from regiograph.linking.asking import Wikidata
from regiograph.linking.cache import Cache
from regiograph.linking.pace import Pace
from regiograph.linking.proposals import propose
from regiograph.linking.subjects import subjects
from regiograph.query.remote import Endpoint
from regiograph.rdf.store import Store

REQUESTS = 7  # three kinds of codes, names, classes, items, posts


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let the seconds pass at once."""
        self.slept.append(seconds)
        self.now += seconds


def test_a_second_run_asks_nothing(press_store: Store, wikidata: Door, tmp_path: Path):
    """Every answer of the first run is in the cache, and the proposals are the same."""
    first = found(press_store, wikidata.url, tmp_path)
    assert len(wikidata.asked) == REQUESTS
    assert found(press_store, wikidata.url, tmp_path) == first
    assert len(wikidata.asked) == REQUESTS


@pytest.mark.parametrize("harm", [lambda body: body[:-9], lambda body: body[:0], lambda body: body.replace(b"Q", b"P")])
def test_a_damaged_answer_is_asked_for_again(harm, press_store: Store, wikidata: Door, tmp_path: Path):
    """Cut off, empty, or changed: that question alone is asked once more, and mended."""
    first = found(press_store, wikidata.url, tmp_path)
    victim = max(tmp_path.iterdir(), key=lambda file: file.stat().st_size)
    whole = victim.read_bytes()
    victim.write_bytes(harm(whole))
    assert found(press_store, wikidata.url, tmp_path) == first
    assert len(wikidata.asked) == REQUESTS + 1
    assert victim.read_bytes() == whole


def test_answers_of_another_endpoint_do_not_count(press_store: Store, extract: str, tmp_path: Path):
    """The cache tells endpoints apart."""
    with door(extract) as one, door(extract) as other:
        found(press_store, one.url, tmp_path)
        found(press_store, other.url, tmp_path)
        assert len(one.asked) == len(other.asked) == REQUESTS


def test_requests_are_kept_apart(press_store: Store, wikidata: Door, tmp_path: Path):
    """Between two requests the whole pause passes; before the first, and for what the cache has, none."""
    clock = Clock()
    pace = Pace(1.5, clock=lambda: clock.now, sleep=clock.sleep)
    propose(subjects(press_store), Wikidata(Endpoint(wikidata.url), Cache(tmp_path), pace))
    assert clock.slept == [1.5] * (REQUESTS - 1)
    propose(subjects(press_store), Wikidata(Endpoint(wikidata.url), Cache(tmp_path), pace))
    assert len(clock.slept) == REQUESTS - 1


def test_a_pause_is_as_long_as_is_left_of_it():
    """Time that went by since the last request counts, and a failed request is one, too."""
    clock = Clock()
    pace = Pace(2.0, clock=lambda: clock.now, sleep=clock.sleep)
    with pytest.raises(EndpointError), pace:
        raise EndpointError("out of order")
    clock.now += 0.5
    with pace:
        clock.now += 10
    clock.now += 2
    with pace:
        assert clock.slept == [1.5]


def test_what_was_answered_before_a_failure_is_kept(press_store: Store, extract: str, tmp_path: Path):
    """When the endpoint fails midway, the next run asks only for the rest."""
    with door(extract, open_for=4) as wikidata:
        with pytest.raises(EndpointError, match=r"failed \(HTTP 500\): out of order"):
            found(press_store, wikidata.url, tmp_path)
        assert len(wikidata.asked) == 5
        wikidata.open_for = None
        assert found(press_store, wikidata.url, tmp_path)["Dresden"]
        assert len(wikidata.asked) == 5 + REQUESTS - 4


def test_an_answer_to_something_else_is_refused_and_not_kept(press_store: Store, wikidata: Door, tmp_path: Path):
    """Other columns than were asked for are an error that names the endpoint."""
    wikidata.instead = {"head": {"vars": ["a"]}, "results": {"bindings": []}}
    with pytest.raises(
        EndpointError, match=r"^http://127.0.0.1:\d+/query: the question about items by ISO 3166-1 code"
    ):
        found(press_store, wikidata.url, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "odd", ["http://example.org/Q1", "http://www.wikidata.org/entity/Q1x", "http://www.wikidata.org/entity/"]
)
def test_what_is_no_item_is_passed_over(odd: str, press_store: Store, wikidata: Door, tmp_path: Path):
    """An endpoint's other nodes are neither proposed nor asked about."""
    row = {"value": {"type": "literal", "value": "DE"}, "item": {"type": "uri", "value": odd}}
    wikidata.instead = {"head": {"vars": ["value", "item", "class"]}, "results": {"bindings": [row]}}
    germany = tuple(each for each in subjects(press_store) if each.name == "Germany")
    with pytest.raises(EndpointError):  # no item has the code, so it is asked for by name, and these are other columns
        propose(germany, Wikidata(Endpoint(wikidata.url), Cache(tmp_path), Pace(0)))
    assert len(wikidata.asked) == 2 and odd not in wikidata.asked[1]


def test_batches_are_bounded_in_number_and_size():
    """Neither many names nor long ones make a long question, and none is lost or asked twice."""
    names = [(f"Name {i:03} {'long ' * 40}", "en") for i in range(150)] + [("x" * 251, "en"), ("", "en")]
    asked = [each.sparql for each in questions.with_name([*names, *names])]
    assert all(len(each.encode()) < questions.MOST_BYTES + 1000 for each in asked)
    for i in range(150):
        assert sum(each.count(f'"Name {i:03} ') for each in asked) == 2  # in the article's language, and in all
    assert "xxx" not in "".join(asked)
    assert len(list(questions.with_code("P300", map(str, range(250))))) == 3


def test_a_name_stays_a_literal():
    """Quotes, backslashes and line ends of a name do not leave its string."""
    (asked,) = questions.with_name([('A" } DROP ALL #\\\n', "en")])
    assert r'"A\" } DROP ALL #\\\n"@en' in asked.sparql
