"""Words, numbers and marks of a sentence, with their offsets into the article."""

from __future__ import annotations

import re
from typing import NamedTuple

from regiograph.model import Span

_TOKEN = re.compile(
    r"[A-Za-z]++(?=[\s,;:()]|\.\s)"  # what most words are, found faster
    r"|(?:[^\W\d_]\.){2,}"  # U.S., S.A.
    r"|\d++(?:[.,]\d++)*[^\W\d_]*+"
    r"|[^\W_]++(?:['’`\-‐‑./&][^\W_]++)*(?:-(?=\s))?"
    r"|\S"
)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$")
_TAIL = re.compile(
    r"^(.*?)([-‐‑])([a-z]+(?:ed|wide|led|born|style|owned|side|only|like|made|run|bound|friendly|listed))$"
)


class Token(NamedTuple):
    """A word, number or mark; `glued` says that no white space comes before it."""

    text: str
    span: Span
    glued: bool

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


def tokenise(text: str, span: Span) -> tuple[Token, ...]:
    """Cut the part of `text` at `span` into tokens: clitics ("'s") and tails ("-based") stand alone."""
    found: list[Token] = []
    end = -1  # of the token before
    for match in _TOKEN.finditer(text, span.start, span.end):
        at = match.start()
        for part in _parts(match.group()):
            glued = at == end
            end = at + len(part)
            found.append(Token(part, Span(at, end), glued))
            at = end
    return tuple(found)


def _parts(word: str) -> tuple[str, ...]:
    if word.isalnum():
        return (word,)
    if possessive := _POSSESSIVE.search(word):
        return (word[: possessive.start()], possessive.group())
    if word[0].isupper() and len(word) < 60 and (tail := _TAIL.match(word)):
        return (tail[1], tail[2], tail[3])
    return (word,)
