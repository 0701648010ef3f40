"""Finds words in a text that a model has copied, and says where they stand to the character.

Models change what does not matter. Two stretches of text are the same here if they are after this: white space of any
length is one space, quotation marks and apostrophes are of one kind, so are dashes, "…" is three dots, characters that
cannot be seen (Unicode's Cf) are nothing, and letters are composed with their marks (NFC). Case and everything else
count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from regiograph.model import Span

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″＂", '"'),
        **dict.fromkeys("‘’‚‛`´′＇", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)
_CLUSTER = re.compile(r"\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Folded:
    """A stretch of text as it is compared, and for each of its characters the characters that it comes from."""

    text: str
    spans: tuple[Span, ...]

    def find(self, words: str) -> Iterator[Span]:
        """Yield where the words stand in the text that was folded, none overlapping the one before."""
        wanted = fold(words).text.strip()
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if self._begins(at) and self._begins(end):
                yield Span(self.spans[at].start, self.spans[end - 1].end)
                at = self.text.find(wanted, end)
            else:
                at = self.text.find(wanted, at + 1)

    def _begins(self, at: int) -> bool:
        """Whether a character of the text begins here, and not the second of the three dots that "…" becomes."""
        return at in (0, len(self.spans)) or self.spans[at] != self.spans[at - 1]


def fold(text: str, span: Span | None = None) -> Folded:
    """Return a stretch of text, by default the whole, as it is compared; its spans are those of `text`."""
    found: list[str] = []
    spans: list[Span] = []
    for start, end in _clusters(text, span or Span(0, len(text))):
        piece = _alike(text[start:end])
        if piece == " " and found and found[-1] == " ":
            spans[-1] = Span(spans[-1].start, end)
            continue
        found.extend(piece)
        spans.extend([Span(start, end)] * len(piece))
    return Folded("".join(found), tuple(spans))


def _clusters(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the ends of each run of white space, and of each other character with the marks that follow it."""
    start = at = span.start
    for match in _CLUSTER.finditer(text, *span):
        if match.start() > start and not unicodedata.combining(text[match.start()]):
            yield start, at
            start = match.start()
        at = match.end()
    if at > start:
        yield start, at


def _alike(cluster: str) -> str:
    if cluster.isspace():
        return " "
    seen = "".join(c for c in cluster if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", seen).translate(_ALIKE)
