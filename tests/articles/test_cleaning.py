"""Clean text: what goes, what stays, and that cleaning twice changes nothing."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.articles.cleaning import clean


@pytest.mark.parametrize(
    "raw, cleaned",
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb\xa0c\u3000d", "a b c d"),
        ("\ufefftext", "text"),
        ("  text \n", "text"),
    ],
)
def test_line_ends_and_spaces_are_unified(raw: str, cleaned: str) -> None:
    """HOSTILE 6: a byte order mark is no part of a text."""
    assert clean(raw) == cleaned


def test_control_characters_go() -> None:
    """HOSTILE 7: NUL, C0 and C1 controls leave no trace."""
    assert clean("a\x00b\x07c\x1bd\x9be") == "abcde"


def test_invisible_characters_go_and_look_alikes_stay() -> None:
    """HOSTILE 8: bidirectional controls, zero width and tag characters go; a Cyrillic letter is what the text says."""
    assert clean("a\u202eb\u200bc\u2066d\u00ade\U000e0041f") == "abcdef"
    assert clean("р") == "р"


def test_lone_surrogates_become_replacement_characters() -> None:
    """HOSTILE 9: what JSON can smuggle in can be encoded afterwards."""
    assert clean("a\ud800b").encode("utf-8") == "a\ufffdb".encode()


def test_decomposed_letters_are_composed() -> None:
    """HOSTILE 10: NFD and NFC give the same text."""
    assert clean(unicodedata.normalize("NFD", "Łódź é")) == clean("Łódź é") == "Łódź é"


def test_hard_wrapped_paragraphs_become_one_line_of_the_same_length() -> None:
    """Offsets stay: one line end becomes one space."""
    wrapped = (
        "The governor of the region met investors from Japan on\n"
        "Monday and showed them the new industrial park in which\n"
        "twelve companies from five countries work already.\n\nNext paragraph."
    )
    assert clean(wrapped) == wrapped.replace("\n", " ").replace("  ", "\n\n")


def test_lists_and_headings_keep_their_lines() -> None:
    """Lines that nobody wrapped stay apart."""
    text = "New residents\nAcme Ltd, tyres, 40 jobs\nBolt AG, screws, 60 jobs\nCord SA, ropes"
    assert clean(text) == text


@given(st.text(max_size=300))
def test_cleaning_is_idempotent_and_leaves_nothing_odd(raw: str) -> None:
    """Clean text is clean."""
    once = clean(raw)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in once)


@pytest.mark.parametrize("unit", ["\n", " \n", "a\n", "\r\n", "e\u0301", "\n \n\n", "word wrapped\n"])
def test_no_text_takes_more_than_linear_time(unit: str) -> None:
    """HOSTILE 25: repeated line ends and marks."""
    begun = time.perf_counter()
    clean("x" + unit * 100_000 + "y")
    assert time.perf_counter() - begun < 5
