"""What is mended in what the tagger says."""

from __future__ import annotations

import pytest

from regiograph.claims.neural.mending import mended
from regiograph.claims.recognition.tokens import tokenise
from regiograph.model import Span


def spans(text: str, tags: str) -> list[str]:
    """Return the mentions of a text that tags such as "B I O" leave after mending."""
    tokens = tokenise(text, Span(0, len(text)))
    labels = [{"B": "B-Sector", "I": "I-Sector", "O": "O"}[tag] for tag in tags.split()]
    found: list[list[str]] = []
    for token, tag in zip(tokens, mended(tokens, labels), strict=True):
        if tag.startswith("B-"):
            found.append([])
        if tag != "O":
            found[-1].append(token.text)
    return [" ".join(words) for words in found]


@pytest.mark.parametrize(
    ("text", "tags", "left"),
    [
        ("pulp and paper chemicals", "B I B I", ["pulp", "paper chemicals"]),
        ("of timber", "B I", ["timber"]),
        ("the", "B", []),
        ("of the", "B I", []),
        ("they", "B", ["they"]),
        ("food and drink", "B I I", ["food and drink"]),
    ],
)
def test_ends_are_no_joints(text: str, tags: str, left: list[str]) -> None:
    """A mention begins and ends with a word of its own, and function words alone are none."""
    assert spans(text, tags) == left
