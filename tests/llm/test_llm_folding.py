"""Words that a model has copied are found at their exact place, or not at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.claims.llm.folding import fold
from regiograph.model import Span

TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("  \n\t\u00a0\u200b\u00ad“”«»‘’'\"–—-….ée\u0301ñn\u0303ab"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("He said “it – the plant – opens”.", '"it - the plant - opens"', "“it – the plant – opens”"),
        ("The\u00a0plant  of\nYork", "The plant of York", "The\u00a0plant  of\nYork"),
        ("the mayor’s office", "the mayor's office", "the mayor’s office"),
        ("Cafe\u0301 Central", "Café Central", "Cafe\u0301 Central"),
        ("Café Central", "Cafe\u0301 Central", "Café Central"),
        ("and so on… he left", "on... he", "on… he"),
        ("co\u00adoperation", "cooperation", "co\u00adoperation"),
    ],
)
def test_what_does_not_matter_does_not_hinder(text: str, words: str, found: str) -> None:
    """White space, quotation marks, dashes, dots, invisible characters and composition are alike."""
    (span,) = fold(text).find(words)
    assert text[slice(*span)] == found


@pytest.mark.parametrize("words", ["The Plant", "the plants", "plan t", "", "  ", "\u200b", "on.. he", "…"])
def test_everything_else_counts(words: str) -> None:
    """Another case, another letter, half of a character, nothing at all: none of them is found."""
    assert list(fold("so on… he saw the plant").find(words)) in ([], [Span(5, 6)] if words == "…" else [])


@given(TEXT, st.data())
def test_a_quote_leads_back_to_its_own_place(text: str, data: st.DataObject) -> None:
    """Any stretch of whole characters is found, and one of the places is where it was taken from."""
    whole = fold(text)
    if not whole.spans:
        return
    first = data.draw(st.integers(0, len(whole.spans) - 1))
    last = data.draw(st.integers(first, len(whole.spans) - 1))
    stretch = Span(whole.spans[first].start, whole.spans[last].end)
    if not fold(text[slice(*stretch)]).text.strip():
        return
    places = list(whole.find(text[slice(*stretch)]))
    assert places
    for place in places:
        assert fold(text[slice(*place)]).text.strip() == fold(text[slice(*stretch)]).text.strip()


@given(TEXT, TEXT)
def test_what_is_found_is_what_was_asked_for(text: str, words: str) -> None:
    """Whatever is asked for, a place that is found holds those words and no others."""
    for span in fold(text).find(words):
        assert fold(text[slice(*span)]).text == fold(words).text.strip()


@given(TEXT)
def test_other_compositions_of_a_text_are_the_same_text(text: str) -> None:
    """A model that answers in decomposed letters, or composed ones, has still copied."""
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    if fold(apart).text == fold(composed).text and fold(text).text.strip():
        assert [*fold(composed).find(apart)]
