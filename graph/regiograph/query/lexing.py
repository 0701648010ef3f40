"""SPARQL cut into tokens: enough to see what a query is about to do before an engine does it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

# Every run of characters is possessive and every string may lack its end, so that no text takes more than one pass.
# No repeated group is: Python before 3.11.5 does not take back what such a group matched in part (gh-106052).
_TOKEN = re.compile(
    r"""
    (?P<gap>\s+|\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\x00-\x20]*+>)
    |(?P<string>
        "{3}(?:[^"\\]++|\\.|"(?!""))*(?:"{3}|\Z) | '{3}(?:[^'\\]++|\\.|'(?!''))*(?:'{3}|\Z)
        |"(?:[^"\\\n\r]++|\\.)*"? | '(?:[^'\\\n\r]++|\\.)*'?
    )
    |(?P<variable>[?$]\w+)
    |(?P<name>(?:[^\W\d]\w*+)?:(?:[\w:%-]++|\.(?=[\w:%-])|\\.)*)
    |(?P<word>[^\W\d]\w*+)
    |(?P<digits>\d++)
    |(?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING, _CLOSING, _OPERATORS = frozenset("{(["), frozenset("})]"), frozenset("!+-*/|&^")


class Token(NamedTuple):
    """A word of SPARQL: its kind (a group of the pattern above), its text, its offset."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)

    def says(self, *keywords: str) -> bool:
        """Whether it is one of these keywords (upper case)."""
        return self.kind == "word" and self.text.upper() in keywords


@lru_cache(maxsize=16)  # one check after the other asks for those of the same query
def tokens(sparql: str) -> tuple[Token, ...]:
    """Return the tokens of a query or an update, without white space and comments."""
    return tuple(
        Token(str(match.lastgroup), match.group(), match.start())
        for match in _TOKEN.finditer(sparql)
        if match.lastgroup not in (None, "gap")
    )


@dataclass(frozen=True, slots=True)
class Outline:
    """How deep the brackets of a query go and where, how many operators it has, whether it orders its own rows."""

    depth: int
    deepest: int
    operators: int
    ordered: bool


@lru_cache(maxsize=128)  # of the last queries, for most are asked again
def outline(sparql: str) -> Outline:
    """Return the outline of a query, in one pass that makes no tokens."""
    depth = greatest = deepest = operators = 0
    ordered = False
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup == "mark":
            mark = match[0]
            if mark in _OPENING:
                depth += 1
                if depth > greatest:
                    greatest, deepest = depth, match.start()
            elif mark in _CLOSING:
                depth -= 1
            elif mark in _OPERATORS:
                operators += 1
        elif match.lastgroup == "word" and depth == 0 and match[0].upper() == "ORDER":
            ordered = True
    return Outline(greatest, deepest, operators, ordered)


def line_of(sparql: str, offset: int) -> int:
    """Return the number of the line, from 1, that an offset lies in."""
    return sparql.count("\n", 0, offset) + 1
