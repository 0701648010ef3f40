"""SPARQL is cut into tokens without losing a character that matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.query.lexing import line_of, tokens


@pytest.mark.parametrize(
    ("sparql", "kinds"),
    [
        ("SELECT ?x { }", "word variable mark mark"),
        ("# { ?x }\nASK", "word"),
        ('"a # \\" b" ?x', "string variable"),
        ('"""a "quoted" {\n}""" ?x', "string variable"),
        ("'''it''s''' 'it\\'s'", "string string"),
        ("<http://x/#a> e:b.c. :d _:e", "iri name mark name name"),
        ("?a <1 && ?b> 2", "variable mark digits mark mark variable mark digits"),
        ('"never closed { ?x\n?y', "string variable"),
    ],
)
def test_each_token_has_its_kind(sparql: str, kinds: str) -> None:
    """Strings and comments hide what they hold; names may have dots within."""
    assert [token.kind for token in tokens(sparql)] == kinds.split()


@given(st.text(alphabet="SELECT{}()<>'\"\\#?x:. \n\u00e9", max_size=60))
def test_tokens_lie_where_they_say_and_do_not_overlap(sparql: str) -> None:
    """Offsets point into the query, in order; only white space and comments lie between."""
    at = 0
    for token in tokens(sparql):
        assert sparql[token.start : token.end] == token.text
        assert not sparql[at : token.start].strip() or "#" in sparql[at : token.start]
        at = token.end


def test_a_line_is_counted_from_one() -> None:
    """As editors count."""
    assert [line_of("a\nb\nc", offset) for offset in (0, 2, 4)] == [1, 2, 3]
