"""Stems: what the inflected forms of an English word share, crudely."""

from __future__ import annotations

import re
from functools import lru_cache

_SUFFIX = re.compile(r"(?:ations?|itions?|ments?|ings?|ions?|ed|es|s|e|ly)$")
_LONGEST = 7


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a word in lower case: "investments" and "invested" give "invest", figures give "0"."""
    if len(word) <= 3 or not word.isalpha():
        return "0" if word[:1].isdigit() else word
    bare = _SUFFIX.sub("", word)
    return (bare if len(bare) >= 3 else word)[:_LONGEST]
