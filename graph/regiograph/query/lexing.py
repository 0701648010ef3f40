"""SPARQL cut into tokens: enough to see what a query is about to do before an engine does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    |(?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


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


def tokens(sparql: str) -> Iterator[Token]:
    """Yield the tokens of a query or an update, without white space and comments."""
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup not in (None, "gap"):
            yield Token(str(match.lastgroup), match.group(), match.start())


def is_ordered(sparql: str) -> bool:
    """Whether a query asks for an order of its rows, and not only a sub-SELECT for one of its own."""
    if "ORDER" not in sparql.upper():
        return False
    depth = 0
    for match in _TOKEN.finditer(sparql):  # no Token is made: this takes half the time
        if match.lastgroup == "mark":
            depth += (match[0] == "{") - (match[0] == "}")
        elif match.lastgroup == "word" and not depth and match[0].upper() == "ORDER":
            return True
    return False


def line_of(sparql: str, offset: int) -> int:
    """Return the number of the line, from 1, that an offset lies in."""
    return sparql.count("\n", 0, offset) + 1
