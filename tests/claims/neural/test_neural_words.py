"""Words, flags, windows: what the encoder is given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regiograph.articles.segmenting import sentences
from regiograph.claims.literals import literals
from regiograph.claims.neural.words import FLAGS, LONGEST_WINDOW, Words, words
from regiograph.model import Article

NEWS = "Governor Olga Lebed met partners from Japan.\nHollin LLC will invest 20 million euros in Tomsk by 2020."


def read(text: str) -> Words:
    """Return the words of a text."""
    article = Article("a", text)
    cut = sentences(article)
    return words(article, cut, literals(article, cut))


def flags(text: str, word: str) -> set[str]:
    """Return the flags of the first such word of a text."""
    seen = read(text)
    at = [token.text for token in seen.tokens].index(word)
    return {FLAGS[i] for i in seen.flags[at].nonzero()[0]}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Governor", {"title", "post", "opens", "head"}),
        ("Japan", {"title", "B-country"}),
        ("LLC", {"upper", "legal"}),
        ("20", {"figure", "B-money"}),
        ("million", {"lower", "I-money"}),
        ("Tomsk", {"title", "B-region"}),
    ],
)
def test_flags_tell_what_the_pieces_cannot(word: str, expected: set[str]) -> None:
    """Case, gazetteer, vocabulary, literals and the place in the line become flags of the word."""
    assert expected <= flags(NEWS, word)


def test_words_are_found_by_characters() -> None:
    """A span of characters gives the words that it touches, an empty stretch none."""
    seen = read(NEWS)
    start = NEWS.index("Olga")
    first, last = seen.within(start, start + len("Olga Lebed")) or (0, 0)
    assert [token.text for token in seen.tokens[first : last + 1]] == ["Olga", "Lebed"]
    assert seen.within(len(NEWS) + 5, len(NEWS) + 9) is None


def test_sentences_stay_whole_where_they_fit() -> None:
    """A window ends where a sentence ends."""
    seen = read("\n".join(f"{NEWS}" for _ in range(40)))
    ends = {end for _, end in seen.rows}
    assert len(seen.windows) > 1
    assert all(end in ends for _, end in seen.windows)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=3000), st.integers(1, 40))
def test_windows_cover_all_words_and_none_is_too_long(text: str, times: int) -> None:
    """Every word is read once, in order, and the encoder never gets more than it can take."""
    seen = read(text * times)
    assert [w for start, end in seen.windows for w in range(start, end)] == list(range(len(seen.tokens)))
    for start, end in seen.windows:
        high = seen.first[end] if end < len(seen.first) else len(seen.pieces)
        assert high - seen.first[start] + 2 <= LONGEST_WINDOW
