"""A rule of the date grammar: a pattern and what its match means at an article's time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from regiograph.claims.literals.anchor import Anchor
from regiograph.claims.literals.calendar_words import year_shift
from regiograph.claims.literals.signs import Sign
from regiograph.claims.literals.tense import Clauses, Tense
from regiograph.model import Span

_AHEAD = re.compile(r"\b(?:by|until|till|through|beginning(?: in| from)?|starting(?: in| from)?|before)\s(?:the\s)?\Z")
_BEHIND = re.compile(r"\bsince\s(?:the\s)?\Z")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a match is read: the text, its sentence and the verbs of that, the article's publication date."""

    text: str
    sentence: Span
    anchor: Anchor
    clauses: Clauses

    def tense(self, match: re.Match[str], *, saying: bool = False) -> Tense:
        """Return the time that `match` is told in: its preposition says so, else the verb nearest to it."""
        before = self.text[max(self.sentence.start, match.start() - 14) : match.start()].casefold()
        if _BEHIND.search(before):
            return Tense.PAST
        told = self.clauses.tense(match.start(), match.end(), saying=saying)
        return Tense.FUTURE if told is not Tense.PAST and _AHEAD.search(before) else told

    def year(self, words: str | None) -> int | None:
        """Return the year that "2015" or "last year" is; None for no words, or where it cannot be known."""
        if not words:
            return None
        if words[0].isdigit():
            return int(words)
        told = self.anchor.year_off(year_shift(words.casefold()))
        return int(told) if told else None

    def nearest_year(self, words: str | None, match: re.Match[str], month: int, day: int | None = None) -> int | None:
        """Return the year that `words` say, else the one that a day or month without a year most likely is in."""
        return self.year(words) if words else self.anchor.year_of(month, day, self.tense(match))


Reader = Callable[[re.Match[str], Scene], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the reader that turns its match into an EDTF value, or None when it is no date after all.

    The pattern is compiled when first tried: most texts hold few forms of dates. `run` says that the words state both
    ends ("from 8 to 10 June"), so that "from" before them opens nothing. Nothing matches in a sentence that lacks one
    of the signs that the rule `needs`.
    """

    pattern: str
    reader: Reader
    flags: re.RegexFlag = re.NOFLAG
    run: bool = False
    needs: frozenset[Sign] = frozenset()

    def read(self, scene: Scene) -> Iterator[tuple[Span, str | None]]:
        """Yield where the pattern matches in the scene's sentence, and the value; None: words that are no date."""
        for match in _compiled(self.pattern, self.flags).finditer(scene.text, *scene.sentence):
            yield Span(*match.span()), self.reader(match, scene)


@cache
def _compiled(pattern: str, flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def rule(
    needs: Sign | tuple[Sign, ...], pattern: str, reader: Reader, flags: re.RegexFlag = re.NOFLAG, *, run: bool = False
) -> Rule:
    """Return the rule for a pattern and the signs that it needs."""
    return Rule(pattern, reader, flags, run, frozenset(needs if isinstance(needs, tuple) else (needs,)))
