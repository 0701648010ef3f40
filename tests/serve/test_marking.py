"""A text in pieces: nothing of it is lost, and each piece knows its quotes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regiograph.serve.marking import paragraphs

TEXT = st.text(alphabet="ab. \n", max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """Draw a text and quotes of it."""
    text = draw(TEXT)
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: (min(pair), max(pair)))
    return text, draw(st.lists(ends.filter(lambda pair: pair[0] < pair[1]), max_size=5))


@given(marked())
def test_every_word_of_the_text_is_there_once(drawn: tuple[str, list[tuple[int, int]]]) -> None:
    """Joined again, the pieces are the lines that hold more than white space."""
    text, quotes = drawn
    lines = ["".join(piece.text for piece in pieces) for pieces in paragraphs(text, quotes)]
    assert lines == [line.rstrip() for line in text.split("\n") if line.strip()]


@given(marked())
def test_a_piece_knows_the_quotes_that_it_lies_in(drawn: tuple[str, list[tuple[int, int]]]) -> None:
    """Each character of a line belongs to exactly the quotes that hold it."""
    text, quotes = drawn
    found = [
        (character, piece.within) for pieces in paragraphs(text, quotes) for piece in pieces for character in piece.text
    ]
    at = [i for line in _lines(text) for i in line]
    assert found == [(text[i], tuple(n for n, (start, end) in enumerate(quotes) if start <= i < end)) for i in at]


def _lines(text: str) -> list[range]:
    starts = [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]
    lines = [(start, text[start:].split("\n")[0].rstrip()) for start in starts]
    return [range(start, start + len(line)) for start, line in lines if line]


def test_a_quote_begins_and_ends_once() -> None:
    """A quote over two paragraphs has one beginning, in the first, and one end, in the last."""
    first, second = paragraphs("One.\nTwo. Three.", [(0, 9), (5, 9)])
    assert [(p.text, p.within, p.begins, p.ends) for p in first] == [("One.", (0,), (0,), ())]
    assert [(p.text, p.within, p.begins, p.ends) for p in second] == [
        ("Two.", (0, 1), (1,), (0, 1)),
        (" Three.", (), (), ()),
    ]
