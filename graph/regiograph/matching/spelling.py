"""Names as they sound: one spelling for the many that transliteration gives a name."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

_WORD = re.compile(r"[A-Za-z0-9]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`´ʹʺ](?=\w)|[ьъЬЪʹʺ]")
# What romanisations of one sound have in common, in the order in which they are applied (BGN/PCGN, ISO 9, GOST, German,
# French and English habits for Slavic, Turkic, Arabic and Chinese names).
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|schtsch|chtch|sc(?=[eiy])|stsch", "sh"),
        (r"tsch|tch|cz|ch", "c"),
        (r"sch|sh|sz", "s"),
        (r"zh|dzh|dj|dsh|j(?=[aou])|g(?=[ei])", "j"),
        (r"kh|gh|ckh|h(?=[^aeiouy]|$)|ck|q|k", "k"),
        (r"ph|ff|v$|w$", "f"),
        (r"w", "v"),
        (r"tz|ts|c(?=[eiy])", "z"),
        (r"x|ks", "s"),
        (r"th", "t"),
        (r"ou|oo|u", "u"),
        (r"[iyj]+[aeo]|ea|ae", "a"),
        (r"[iyj]+u|eu", "u"),
        (r"yi|iy|ij|ii|ei|ai|ey|ay|ie|ee|y|j", "i"),
        (r"eo|io|yo|o", "o"),
    )
)


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in small ASCII letters, in any script: "Журавлев" is ("zhuravlev",)."""
    return tuple(word.lower() for word in cased(name))


@lru_cache(maxsize=65536)
def cased(name: str) -> tuple[str, ...]:
    """Return the words of a name in ASCII letters, as large and small as they are written."""
    return tuple(_WORD.findall(anyascii(_APOSTROPHE.sub("", name))))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return what spellings of one word share: "Zhuravlev", "Zhuravleff" and "Jouravlev" sound alike."""
    if not word.isalpha():
        return word
    found = word
    for pattern, instead in _SOUNDS:
        found = pattern.sub(instead, found)
    found = re.sub(r"(.)\1+", r"\1", found)
    return re.sub(r"(?<=..)e$", "", found) or word[0]
