"""Sentences: where they end, that they cover the text, and that no text makes them slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regiograph.articles.segmenting import sentences
from regiograph.model import Article


def cut(text: str, title: str | None = None) -> list[str]:
    """Return the words of the sentences of a text."""
    return [text[s.span.start : s.span.end] for s in sentences(Article("a", text, title=title))]


@pytest.mark.parametrize(
    "first, second",
    [
        ("Mr. Ivanov met Dr. S. A. Petrov of Acme Inc. in St. Gallen.", "They signed."),
        ("The U.S. firm pays $1.5 bn. for No. 4 in the list.", "It is large."),
        ("The plant opened on January 5.", "The guests left."),
        ("It happened in 2012.", "In 2013 nothing did."),
        ("Growth was 4.5 percent, e.g. in Jan. 2015 and on Oct. 3.", "Later it fell."),
        ('"We will build it."', "He left."),
        ('He said: "We will build it."', "Then he left."),
        ("Will it be built?", "Nobody knows."),
        ("They waited…", "Nobody came."),
        ("The M/s. Sharma works employ 40.", "More follow."),
        ("Governors Ts. Bat and Yu. Kim came.", "Both spoke."),
        ("He joined Foo Ltd.", "The firm grew."),
        ("Talks ended at 5 p.m.", "On Tuesday they go on."),
    ],
)
def test_a_full_stop_ends_a_sentence_only_where_it_is_one(first: str, second: str) -> None:
    """Abbreviations, initials, decimals and dates do not end a sentence; real ends do."""
    assert cut(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "OMSK. The delegation came.",
        "Khovd, October 24. The delegation came.",
        "BLAGOVESHCHENSK, October 9. The minister spoke.",
        "HOPKINSVILLE, Ky. — The plant opened.",
        "1. The first contract",
        "Edmonton... The minister spoke.",
    ],
)
def test_datelines_and_numbers_of_items_belong_to_what_follows(text: str) -> None:
    """What only introduces a sentence is part of it."""
    assert cut(text) == [text]


def test_every_line_ends_a_sentence_and_counts_as_a_paragraph() -> None:
    """Headings and list items need no full stop."""
    found = sentences(Article("a", "A heading\n\nOne came. Two left.\n- item one\n- item two"))
    assert [(s.number, s.paragraph) for s in found] == [(1, 0), (2, 1), (3, 1), (4, 2), (5, 3)]


def test_list_items_that_run_on_in_one_line_are_sentences() -> None:
    """Items after a semicolon or a colon begin anew."""
    text = "The council approved: - a mill, 40 jobs; - a port, 60 jobs."
    assert cut(text) == ["The council approved:", "- a mill, 40 jobs;", "- a port, 60 jobs."]


def test_the_title_is_one_sentence_wherever_it_stands() -> None:
    """A title beside other words of its line is set apart, and never cut."""
    title = "What is a zone for? Notes from the forum"
    assert cut(f"Home / News {title} The forum opened today.", title) == [
        "Home / News",
        title,
        "The forum opened today.",
    ]


def test_a_label_in_a_line_begins_something_new() -> None:
    """ "Read also:" and its like are never inside a sentence."""
    assert cut("The plant opened. Read also: Weather Photo: archive") == [
        "The plant opened.",
        "Read also: Weather",
        "Photo: archive",
    ]


@given(st.text(alphabet=st.sampled_from('ab Z.!?…"”«»\n-;:()1 2•é東。'), max_size=200))
def test_sentences_cover_the_text_in_order_and_are_trimmed(text: str) -> None:
    """Nothing but white space lies between two sentences, at the beginning and at the end."""
    at = 0
    for number, sentence in enumerate(sentences(Article("a", text)), start=1):
        words = text[sentence.span.start : sentence.span.end]
        assert sentence.number == number
        assert words == words.strip() != ""
        assert text[at : sentence.span.start].strip() == ""
        at = sentence.span.end
    assert text[at:].strip() == ""


@settings(max_examples=20)
@given(st.text(max_size=60))
def test_sentences_depend_on_nothing_but_the_article(text: str) -> None:
    """The same article gives the same sentences."""
    assert sentences(Article("a", text)) == sentences(Article("b", text))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "." * 200_000,
        ". " * 100_000,
        '."' * 100_000,
        '."' + '"' * 200_000 + "x",
        " " * 200_000 + "x",
        "a." + " " * 200_000 + "B",
        "; - A" * 40_000,
        "Share " * 40_000,
        "A. " * 60_000,
        "Photo" * 40_000,
        "x" * 1_000_000,
        "a\n" * 60_000,
        "(" * 200_000,
        "Aa, 1 " * 40_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_text_takes_more_than_linear_time(text: str) -> None:
    """HOSTILE 24, 25: a paragraph of a million characters, and texts built against the rules."""
    begun = time.perf_counter()
    longest = max(s.span.end - s.span.start for s in sentences(Article("a", text, title="word word word word")))
    assert time.perf_counter() - begun < 10
    assert longest <= 4000
