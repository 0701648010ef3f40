"""A window with what is looked up in it: where words stand, which literals they state."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from regiograph.claims.literals import counts, edtf
from regiograph.claims.llm.folding import Folded, fold
from regiograph.claims.llm.windows import Window
from regiograph.model import Literal, Span
from regiograph.terms import Bound

_WORD = re.compile(r"\w+")
_LINKS = frozenset("the a an of in for and to on at by with from".split())
_ENDING = re.compile(r"(?:ings?|ed|es|s|e)\Z")
_SHORTEST = 4  # letters of a word without its ending


@dataclass(frozen=True, slots=True)
class Page:
    """A window, its text as words are compared, its words in lower case, these without endings, and its literals."""

    window: Window
    folded: Folded
    words: frozenset[str]
    stems: frozenset[str]
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

    def number(self, words: str, near: Span) -> Literal | None:
        """Return the number that words near a stretch of the text say by themselves, where no literal stands."""
        value = counts.pointed(words)
        for span in self.find(words) if value is not None else ():
            if near.overlaps(span) and not any(x.span.overlaps(span) for x in self.literals):
                return Literal(span, "count", value or "", None, Bound.EXACTLY)
        return None

    def lacks(self, words: str) -> list[str]:
        """Return those of the words that the window has in no form: "chairs" has "chair", and "of" is no matter."""
        said = _WORD.findall(fold(words).text.casefold())
        return [w for w in said if w not in self.words and w not in _LINKS and _stem(w) not in self.stems]


def page(window: Window, literals: Sequence[Literal]) -> Page:
    """Return a window with those of its article's literals, given in the order of the text, that are in it."""
    folded = fold(window.article.text, window.span)
    words = frozenset(_WORD.findall(folded.text.casefold()))
    first = bisect_left(literals, window.span.start, key=lambda x: x.span.start)
    own = takewhile(lambda x: window.span.contains(x.span), islice(literals, first, None))
    stems = frozenset(map(_stem, words))
    return Page(window, folded, words, stems, tuple(replace(each, value=edtf.certain(each.value)) for each in own))


def _stem(word: str) -> str:
    """Return a word without the endings of plurals and verbs."""
    end = _ENDING.search(word)
    stem = word[: end.start()] if end is not None and end.start() >= _SHORTEST else word
    return stem[:-1] if stem != word and len(stem) > _SHORTEST and stem[-1] == stem[-2] else stem


def _shared(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _is_whole(text: str, span: Span) -> bool:
    """Whether no word goes on at either end; scripts that write no spaces have no such ends."""
    return not _joined(text[span.start - 1 : span.start], text[span.start]) and not _joined(
        text[span.end - 1], text[span.end : span.end + 1]
    )


def _joined(left: str, right: str) -> bool:
    return all(c.isdigit() or c.lower() != c.upper() for c in (left, right) if c) and bool(left and right)
