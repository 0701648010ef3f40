"""All literals of an article: each kind in the order in which it may claim the words."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from regiograph.claims.literals import counts, dates, money, percentages, periods, runs, sequels, shares
from regiograph.claims.literals.anchor import Anchor
from regiograph.claims.literals.currencies import Wallet
from regiograph.model import Article, Literal, Sentence, Span


def literals(article: Article, sentences: Sequence[Sentence]) -> tuple[Literal, ...]:
    """Return the dates, periods, amounts, percentages and counts of `article`, sorted, none overlapping another.

    Relative dates are resolved against `article.published` as precisely as that is known; furniture is not read.
    """
    return _Reading(article).of(tuple(s.span for s in sentences if not s.furniture))


_REMEMBERED = 12  # dates that "two days later" may go back to


class _Reading:
    """The literals found so far in one article, and the characters that they claim."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._anchor = Anchor.of(article.published)
        self._taken = bytearray(len(article.text))
        self._found: list[Literal] = []
        self._dates: deque[Literal] = deque(maxlen=_REMEMBERED)
        self._currency: str | None = None
        self._wallet = Wallet(article.text)

    def of(self, spans: Iterable[Span]) -> tuple[Literal, ...]:
        for span in spans:
            for stage in self._stages(span):
                self._claim(stage, span)
        return tuple(sorted(self._found, key=lambda literal: literal.span))

    def _stages(self, span: Span) -> Iterator[Iterator[Literal]]:
        """Yield the readers: what wears a unit before dates, and dates before numbers with any other noun."""
        text = self._text
        yield money.find(text, span, self._wallet)
        yield percentages.find(text, span)
        yield counts.measures(text, span)
        yield counts.find(text, span, known=True)
        yield dates.find(text, span, self._anchor)
        yield sequels.find(text, span, tuple(self._dates))
        yield runs.find(text, span, self._here("date", span))
        yield periods.find(text, span)
        yield counts.ratios(text, span)
        yield counts.ranks(text, span)
        if self._currency:
            yield money.find_bare(text, span, self._currency)
        yield counts.find(text, span, known=False)
        yield shares.find(text, span, self._here("percent", span))
        yield counts.bare(text, span)

    def _here(self, kind: str, sentence: Span) -> list[Literal]:
        here = itertools.takewhile(lambda f: sentence.contains(f.span), reversed(self._found))
        return sorted((f for f in here if f.kind == kind), key=lambda f: f.span)

    def _claim(self, stage: Iterator[Literal], sentence: Span) -> None:
        for literal in stage:
            start, end = literal.span
            if sentence.contains(literal.span) and self._taken.find(1, start, end) < 0:
                self._taken[start:end] = b"\1" * (end - start)
                self._found.append(literal)
                self._note(literal)

    def _note(self, literal: Literal) -> None:
        if literal.kind in {"date", "period"}:
            self._dates.append(literal)
        elif literal.kind == "money":
            self._currency = literal.unit
