"""Counts what an HTML source would cost before a parser is let at it."""

from __future__ import annotations

import re

_OPENING = re.compile(r"<(?:!--|[a-zA-Z])")
_NAME = re.compile(r"[^\s/>]*+")
_ATTRIBUTE = re.compile(r"[\s/]*+(?:[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?|=)")
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}


def exceeds(source: str, *, elements: int, attributes: int) -> str | None:
    """Return what the source has too much of, None if nothing: tags, or attributes in one tag.

    Parsers compare each attribute with all others of its element, so a hundred thousand of them take minutes. One
    pass, linear in the length of the source.
    """
    at = tags = 0
    while match := _OPENING.search(source, at):
        tags += 1
        if tags > elements:
            return f"more than {elements:,} elements"
        if match.group() == "<!--":
            at = _after(source.find("-->", match.start() + 2), source)
            continue
        name = _NAME.match(source, match.start() + 1)
        at, count = (name or match).end(), 0
        while attribute := _ATTRIBUTE.match(source, at):
            at, count = attribute.end(), count + 1
            if count > attributes:
                return f"more than {attributes:,} attributes in one element"
        raw = _RAW.get(name.group().lower()) if name else None
        closing = raw.search(source, at) if raw else None
        at = at if raw is None else closing.start() if closing else len(source)
    return None


def _after(found: int, source: str) -> int:
    """Return where to go on after what was found, at the end where nothing was."""
    return len(source) if found < 0 else found
