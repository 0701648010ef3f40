"""Ids that are safe as a file's name and in an IRI, whatever the input called its article."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LONGEST = 120  # characters
_HARMLESS = re.compile(r"\w[\w .,()'’&+=@!~-]*")
_HARMFUL = re.compile(r"[^\w.,()'’&+=@!~-]+|\.{2,}")
_LEADING = re.compile(r"^\W+")
_RESERVED = frozenset(
    "con prn aux nul".split() + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)  # names of devices on Windows


def article_id(name: str) -> str:
    """Return the name itself where it is harmless, else what is harmless of it and eight digits of its SHA-256.

    Two names that differ by more than their Unicode normalisation never get the same id.
    """
    normal = unicodedata.normalize("NFC", name).strip()
    if _is_harmless(normal):
        return normal
    digest = hashlib.sha256(normal.encode("utf-8", errors="surrogatepass")).hexdigest()[:8]
    readable = _LEADING.sub("", _HARMFUL.sub("-", normal))[: _LONGEST - 9].rstrip("-. ")
    return f"{readable}-{digest}" if any(c.isalnum() for c in readable) else f"article-{digest}"


def _is_harmless(name: str) -> bool:
    return (
        len(name) <= _LONGEST
        and _HARMLESS.fullmatch(name) is not None
        and ".." not in name
        and not name.endswith(".")
        and any(c.isalnum() for c in name)
        and name.split(".")[0].lower() not in _RESERVED
    )
