"""Plain text and Markdown: one article a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from regiograph.articles.drafts import Draft, Metadata

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"(title|date|published|source|url|language|lang)[ \t]*:[ \t]*(.+)", re.IGNORECASE)
_NAMES = {"date": "published", "lang": "language"}
_GAP = re.compile(r"\n{3,}")
_DEEPEST = 20


def text(place: str, name: str, content: str) -> Draft:
    """Return the draft of a plain text file."""
    return Draft(place, name, content)


def markdown(place: str, name: str, content: str) -> Draft:
    """Return the draft of a Markdown file: its words without markup, pictures and HTML; front matter as metadata."""
    from markdown_it import MarkdownIt  # only Markdown needs it

    unified = content.replace("\r\n", "\n").lstrip("\ufeff")
    front = _FRONT_MATTER.match(unified)
    body = unified[front.end() :] if front else unified
    tokens = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable("table").parse(body)
    return Draft(
        place, name, _GAP.sub("\n\n", "".join(_words(tokens))), _front_matter(front[1]) if front else Metadata()
    )


def _front_matter(lines: str) -> Metadata:
    found = {}
    for line in lines.split("\n"):
        if match := _FIELD.fullmatch(line.strip()):
            key = match[1].lower()
            found[_NAMES.get(key, key)] = match[2].strip().strip("\"'")
    return Metadata(**found)


def _words(tokens: list[Token]) -> Iterator[str]:
    """Yield the text of block tokens, blocks set apart by blank lines, list items and table rows by line ends."""
    in_list = 0
    for token in tokens:
        in_list += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "inline":
            yield from (_inline(child) for child in token.children or ())
        elif token.type in {"code_block", "fence"}:
            yield token.content + "\n"
        elif token.type in {"td_close", "th_close"}:
            yield " | "
        elif token.type in {"tr_close", "list_item_close"}:
            yield "\n"
        elif token.type in {"paragraph_close", "heading_close"} and not in_list:
            yield "\n\n"


def _inline(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " " if token.type == "softbreak" else "\n"
    return token.content if token.type in {"text", "code_inline"} else ""
