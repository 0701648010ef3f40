"""A window with what is looked up in it: where words stand, which literals they state."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from regiograph.claims.literals import edtf
from regiograph.claims.llm.folding import Folded, fold
from regiograph.claims.llm.windows import Window
from regiograph.model import Literal, Span

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A window, its text as words are compared, its words in lower case, and its literals."""

    window: Window
    folded: Folded
    words: frozenset[str]
    literals: tuple[Literal, ...]

    def find(self, words: str) -> Iterator[Span]:
        """Yield where the words stand in the window, not as a part of longer words."""
        text = self.window.article.text
        return (span for span in self.folded.find(words) if _is_whole(text, span))

    def literal(self, words: str, kinds: Sequence[str], near: Span, *, within: bool = False) -> Literal | None:
        """Return the literal of one of these kinds that the words state, rather one near a stretch of the text.

        Of several kinds the first goes first; of several literals that of which the words hold most. `within` takes
        only words that stand near.
        """
        for span in sorted(self.find(words), key=lambda s: not near.overlaps(s)):
            if within and not near.overlaps(span):
                return None
            stated = [x for x in self.literals if x.kind in kinds and x.span.overlaps(span)]
            if stated:
                return min(stated, key=lambda x: (kinds.index(x.kind), -_shared(x.span, span), x.span))
        return None

    def says(self, words: str) -> bool:
        """Whether every word of these is one of the window's."""
        return set(_WORD.findall(fold(words).text.casefold())) <= self.words


def page(window: Window, literals: Sequence[Literal]) -> Page:
    """Return a window with those of its article's literals, given in the order of the text, that are in it."""
    folded = fold(window.article.text, window.span)
    words = frozenset(_WORD.findall(folded.text.casefold()))
    first = bisect_left(literals, window.span.start, key=lambda x: x.span.start)
    own = takewhile(lambda x: window.span.contains(x.span), islice(literals, first, None))
    return Page(window, folded, words, tuple(replace(each, value=edtf.certain(each.value)) for each in own))


def _shared(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _is_whole(text: str, span: Span) -> bool:
    """Whether no word goes on at either end; scripts that write no spaces have no such ends."""
    return not _joined(text[span.start - 1 : span.start], text[span.start]) and not _joined(
        text[span.end - 1], text[span.end : span.end + 1]
    )


def _joined(left: str, right: str) -> bool:
    return all(c.isdigit() or c.lower() != c.upper() for c in (left, right) if c) and bool(left and right)
