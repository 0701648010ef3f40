"""The grammar of place names: which part says "region", how romanisations differ, which forms are the same."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

# What an English text calls a subnational area, and the words of local languages that romanised names keep.
HEADS = frozenset(
    "region oblast krai kray territory province prefecture voivodeship voivodship state county governorate district"
    " republic okrug canton department regency raion rayon municipality emirate division land autonomous"
    " self governing metropolitan special administrative federal governorship vilayet aimag wilaya commune free"
    " principality".split()
)
# Parts of the world that texts speak of like regions, and that no code stands for.
MACRO_REGIONS = frozenset(
    "asia|europe|africa|america|north america|south america|latin america|central asia|southeast asia|south asia"
    "|east asia|central europe|eastern europe|western europe|northern europe|southern europe|north africa"
    "|west africa|east africa|southern africa|middle east|far east|siberia|urals|caucasus|balkans|baltics|scandinavia"
    "|arctic|caribbean|oceania|pacific|asia pacific|eurasia|benelux|gulf|maghreb|volga".split("|")
)
_SETTLEMENT = re.compile(
    r"(?:the )?(?:city|town|village|municipality|settlement|commune|port) (?:of )?(?=\S)", re.IGNORECASE
)
_LOCAL_HEADS = frozenset(
    "oblast oblasc oblys oblysy kray kraj krai respublika respublikasi sheng shi zizhiqu zhuangzu huizu uygur voblasc"
    " viloyati okrug avtonomnyy lan do gwangyeoksi teukbyeolsi teukbyeoljachido sar zupanija departamentul judet"
    " megye maakunta provinsi wilayah novads apskritis maakond provincia principado comunidad"
    " autonoma foral comunitat landskapet regione autonomous".split()
)
_DROPPED = str.maketrans({"'": "", "’": "", "‘": "", "`": "", "´": "", "ʻ": "", ".": "", "-": " ", "–": " ", ",": " "})
_BRACKETED = re.compile(r"\s*[\[(].*?[\])]")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Fold a place's name to its lookup key: ASCII, lower case, no apostrophes or full stops, no hyphens, no "the"."""
    plain = name if name.isascii() else anyascii(name)
    if plain.isalpha():
        return plain.lower()
    words = plain.lower().translate(_DROPPED).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def split_head(key: str) -> tuple[str, str]:
    """Split a folded name into what is left and its head words: "republic of tatarstan" gives "tatarstan", "republic".

    The head is empty where the name has none, or consists of nothing else.
    """
    words = key.split()
    start, end = 0, len(words)
    while end - start > 1 and words[end - 1] in HEADS:
        end -= 1
    if end == len(words):
        while end - start > 1 and words[start] in HEADS:
            start += 1
        if start and end - start > 1 and words[start] == "of":
            start += 1
    return " ".join(words[start:end]), " ".join(words[:start] + words[end:]).replace(" of", "")


def settlement(name: str) -> str:
    """Return a city's name without what says that it is one: "the city of Magdeburg" gives "Magdeburg"."""
    return _SETTLEMENT.sub("", name, count=1) or name


def local_stems(name: str) -> tuple[str, ...]:
    """Return the lookup keys that a native subdivision name stands for, likeliest first.

    "Tomskaya oblast'" gives "tomsk" and "tom"; "Adygeya, Respublika" gives "adygeya".
    """
    words = [w for w in fold(_BRACKETED.sub("", name)).split() if w not in _LOCAL_HEADS and w not in HEADS]
    if not words:
        return (fold(name),)
    stem = " ".join(words)
    found = re.fullmatch(r"(.+?)(s?k)(aya|aja|ij|iy|yy|yj|a|oye|y)", stem)
    if found is None:
        return (stem,)
    return (found[1] + found[2], found[1], found[1] + "a", stem)
