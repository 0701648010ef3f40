"""The catalogue reads every question's header, and refuses those that say too little."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from regiograph.errors import QueryError
from regiograph.query import local
from regiograph.query.asking import answer
from regiograph.query.binding import holes
from regiograph.query.catalogue import Question, question, questions, read
from regiograph.rdf.store import Store

CATALOGUE = questions()


@pytest.fixture(params=CATALOGUE, ids=lambda q: q.name)
def asked(request: pytest.FixtureRequest) -> Question:
    """Each question in turn."""
    return request.param


def test_there_are_the_questions_that_people_were_promised() -> None:
    """The catalogue covers officials, meetings, networks, projects, money, zones, evidence, time, ties and doubts."""
    assert {q.name for q in CATALOGUE} >= {
        "officials", "meetings", "members", "shared-networks", "projects", "investment", "investors", "residents",
        "entity", "evidence", "timeline", "brokers", "paths", "contradictions", "articles", "weak-claims", "planned",
    }  # fmt: skip


def test_a_question_is_documented(asked: Question) -> None:
    """A title, a description of a sentence or more, and a description of each parameter and column."""
    assert asked.title
    assert asked.description.endswith(".")
    assert all(p.description and p.example for p in asked.parameters)
    assert all(c.description for c in asked.columns)


def test_a_question_declares_the_parameters_that_it_takes(asked: Question) -> None:
    """The header's parameters are those of the data blocks, no more and no fewer."""
    assert {hole.name for hole in holes(asked.sparql)} == {p.name for p in asked.parameters}


def test_a_question_answers_with_the_columns_that_it_declares(asked: Question, store: Store) -> None:
    """The file runs as it is, nothing bound, and gives the columns of its header in their order."""
    table = local.select(store, asked.sparql, name=asked.name)
    assert table.columns == tuple(column.name for column in asked.columns)


def test_a_question_orders_its_answer(asked: Question) -> None:
    """The last clause is an ORDER BY, so that equal stores give equal bytes."""
    assert re.search(r"^\}\s*(GROUP BY [^\n]+\n)?ORDER BY [^\n]+\n$", asked.sparql, re.MULTILINE) is not None


def test_a_question_asks_for_evidence_only_by_graph(asked: Question) -> None:
    """Questions read the default graph; FROM and SERVICE have no place in them."""
    assert not re.search(r"\b(FROM|SERVICE)\b", re.sub(r"#.*", "", asked.sparql))


def test_an_unknown_name_offers_names_like_it() -> None:
    """A misspelt name is answered with those that come near."""
    with pytest.raises(QueryError, match=r"no question is called 'oficials'; did you mean officials"):
        question("oficials")


def test_a_name_is_not_a_path() -> None:
    """HOSTILE 66 in small: a name that climbs out of the folder names no question."""
    with pytest.raises(QueryError, match="no question is called"):
        question("../queries/officials")


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ("SELECT * { ?s ?p ?o }", "line 1: no title"),
        ("# Title\n# param place planet? Mars - where\nSELECT * { ?s ?p ?o }", "line 2: unknown type 'planet'"),
        ("# Title\n# param place entity\nSELECT * { ?s ?p ?o }", "line 2: not understood"),
        ("", "line 1: no title"),
    ],
)
def test_an_incomplete_header_is_refused_with_file_and_line(tmp_path: Path, header: str, complaint: str) -> None:
    """A question that does not say what it is cannot join the catalogue."""
    path = tmp_path / "broken.rq"
    path.write_text(header, encoding="utf-8")
    with pytest.raises(QueryError, match=rf"broken\.rq, {complaint}"):
        read(path)


def test_an_example_is_a_command_line() -> None:
    """The example quotes what a shell would split, and gives no more parameters than it takes to see something."""
    assert (
        question("members").example
        == "regiograph query members --param network='Association of Innovative Regions of Russia'"
    )
    assert question("meetings").example == "regiograph query meetings --param who='Rustam Minnikhanov'"


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({}, "members needs the parameter 'network'; for example: regiograph query members"),
        ({"networks": "x"}, "members has no parameter 'networks'; it has: network"),
    ],
)
def test_parameters_are_those_of_the_header(store: Store, given: dict[str, str], complaint: str) -> None:
    """A missing and an unknown parameter are told apart."""
    with pytest.raises(QueryError, match=re.escape(complaint)):
        answer(store, question("members"), given)
