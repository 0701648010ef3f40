"""Ids of articles: readable where they can be, harmless always."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.articles.naming import article_id


@pytest.mark.parametrize("name", ["000_cb951d82", "My article (2)", "статья-1", "a.b", "News & views"])
def test_a_harmless_name_is_its_own_id(name: str) -> None:
    """A file's name without its ending is the id."""
    assert article_id(name) == name


@pytest.mark.parametrize(
    "name",
    ["../x", "CON", "con.txt", "a/b", "a\\b", "%00", "x" * 300, "🎉🎉", "", ".hidden", "a\x00b", "a..b", "\ud800"],
)
def test_a_hostile_name_is_made_harmless(name: str) -> None:
    """HOSTILE 16: paths, devices, escapes, 300 characters, only emoji."""
    made = article_id(name)
    assert made != name
    assert 0 < len(made) <= 120
    assert not set(made) & set("/\\%\x00")
    assert ".." not in made
    assert made[0].isalnum()
    assert made.encode("utf-8")


@given(st.text(max_size=150), st.text(max_size=150))
def test_different_names_get_different_ids(one: str, other: str) -> None:
    """Nothing but Unicode normalisation and white space at the ends is overlooked."""
    same = unicodedata.normalize("NFC", one).strip() == unicodedata.normalize("NFC", other).strip()
    assert (article_id(one) == article_id(other)) == same


@given(st.text(max_size=150))
def test_an_id_is_its_own_id(name: str) -> None:
    """Naming twice changes nothing."""
    assert article_id(article_id(name)) == article_id(name)
