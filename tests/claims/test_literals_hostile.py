"""What holds for the literals of any text whatever, and for text built against the grammar."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_reading import read

from regiograph.claims.literals import literals
from regiograph.model import Article, Sentence, Span
from regiograph.terms import LITERAL_KINDS

DAY = r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?|--\d\d(?:-\d\d)?)"
SHAPES = {
    "date": rf"{DAY}(?:/{DAY})?",
    "period": rf"P\d+[YMWD]|annual|monthly|weekly|daily|\.\./{DAY}|{DAY}/\.\.|\d{{4}}/\d{{4}}",
    "money": r"-?\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)?",
}
SHAPES |= dict.fromkeys(("percent", "count"), SHAPES["money"])
VOCABULARY = (
    "one two hundred million and of the in from to by until since May June 8 10 2015 2015-16 1990s $ € US$ 1,000 "
    "1.5 ½ % per cent half quarter first second year last this next Monday jobs tonnes ha a day ago later more than "
    "up to about ( ) , . ; - – / : th st bn m will was held rest own share two-day summit ended Q1 FY2019 Rs crore "
    "−3 1e400 30 February 31.02.2015 three days earlier twenty-five thousand euros people 60:40 same eve annual 5th "
    "place\u00a0 \u2009 \n billion dollars won"
).split(" ")
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=40).map(" ".join) | st.text(max_size=80)
DATES = st.sampled_from([None, "2015-06-10", "2015-06", "2015", "9999-12-31", "1000-01-01", "0000", "2016-02-29", "x"])


@settings(max_examples=400, deadline=None)
@given(TEXTS, DATES)
def test_literals_are_sorted_apart_and_well_formed(text: str, published: str | None) -> None:
    """HOSTILE 23: whatever the text, spans are exact, in order and apart, and values have the shape of their kind."""
    found = read(text, published)
    for literal in found:
        assert 0 <= literal.span.start < literal.span.end <= len(text)
        assert literal.kind in LITERAL_KINDS
        assert re.fullmatch(SHAPES[literal.kind], literal.value), literal
        assert (literal.bound is None) == (literal.kind in {"date", "period"})
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@settings(max_examples=200, deadline=None)
@given(TEXTS, DATES)
def test_literals_are_the_same_every_time(text: str, published: str | None) -> None:
    """Reading is a function of the article alone."""
    assert read(text, published) == read(text, published)


def test_furniture_is_not_read() -> None:
    """Nothing is extracted from menus and bylines, and what is read keeps its place in the article."""
    text = "Most read: 5 jobs.\nIt creates 7 jobs."
    cut = (Sentence(1, 0, Span(0, 18), furniture=True), Sentence(2, 1, Span(19, len(text))))
    assert [(x.value, x.span) for x in literals(Article("a", text), cut)] == [("7", Span(30, 36))]


def test_no_literal_crosses_the_end_of_its_sentence() -> None:
    """A number at the end of one sentence does not take its noun from the next."""
    text = "They came in 2015 5 million euros"
    cut = (Sentence(1, 0, Span(0, 23)), Sentence(2, 0, Span(24, len(text))))
    assert all(any(s.span.contains(x.span) for s in cut) for x in literals(Article("a", text), cut))


ATTACKS = [
    "1", "1 ", "1,000", "111 111 ", "1,", "1.", "1-", "1 - ", "1 and ", "10, ", "½", "1 ½ ", "1e", "$", "$1",
    "US$ ", "two ", "twenty-", "two and ", "hundred ", "1 million ", "May ", "May 1-", "10 May ", "from 1 to ",
    "2015-", "the year of ", "Monday to ", "the first half of ", "more than ", "the total of ", " ", "\n", "a",
    "a-", "1 big and small and ", "a year ", "ended a two-day big big ", "two days later ",
    "1 June two days later ", "in equal ", "own the rest 51% ", "1st ", "ranked only the 1st ", "will be in May ",
    "1\u00a0", "1%-", "60:40 ", "1 twenty-foot ", "1 sq. ", "$1 Canada ",
]  # fmt: skip


@pytest.mark.parametrize("piece", ATTACKS)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """HOSTILE 25: four times the attack takes about four times as long, for each piece repeated against the grammar."""

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(500)  # compiles the patterns
    short, long = seconds(2000), seconds(8000)
    assert long < 8 * short + 0.3


def test_a_hundred_thousand_characters_are_read_at_once() -> None:
    """HOSTILE 25: a paragraph of one repeated date, the densest in literals, stays a matter of seconds."""
    start = time.process_time()
    assert len(read("June 8 " * 14_000)) == 14_000
    assert time.process_time() - start < 20
