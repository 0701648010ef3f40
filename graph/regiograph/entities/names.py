"""How the names of people and bodies vary within an article: short forms, initials, acronyms, legal forms, quotes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from regiograph.entities import gazetteer
from regiograph.entities.vocabulary import classes
from regiograph.terms import EntityType

_WORD = re.compile(r"[^\W_]++(?:['’`-][^\W_]++)*")
_DETERMINER = re.compile(r"^\W*(?:the|an?|its|their|his|her|this|that|these|those|our)\s+(?=\W*\w)", re.IGNORECASE)
_CAPITAL_DETERMINER = re.compile(
    r"^(?:The|A|An|Its|Their|This|That|These|Those|His|Her|Our|Another|Some|Each|One|Both"
    r"|Two|Three|First|Second|Next|New)\b"
)
_LEGAL = re.compile(
    r"(?:[,\s]+(?:co|corp|inc|ltd|llc|plc|ooo|oao|zao|pao|jsc|ojsc|pjsc|cjsc|gmbh|ag|se|kg|s\.?a|s\.?p\.?a|s\.?r\.?l|n\.?v|b\.?v|ab|a\.?s"
    r"|asa|oy|oyj|aps|a/s|sas|s\.?r\.?o|d\.?o\.?o|kft|zrt|limited|tbk|bhd|sdn bhd|pvt|pte|pty|k\.?k|lda|ltda"
    r"|sp\. z ?o\.? ?o|llp)\b\.?)+$"
    r"|^(?:jsc|ojsc|pjsc|cjsc|llc|ooo|oao|zao|pao|ao|pt|tov|uab|sia|jv|ltd)\s+(?=\W*\w)",
    re.IGNORECASE,
)
_PROJECT = re.compile(r"^(?:project|program(?:me)?)\s+|\s+(?:project|program(?:me)?)$", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"(?:[Tt]he |[Aa]n? |[Ii]ts |[Tt]heir )?(?:[A-Z][a-z]+ )?(?:[a-z][\w-]* ){0,3}"
    r"(?:company|firm|group|holding|consortium|maker|producer|manufacturer|developer|operator|concern|enterprise|giant"
    r"|trader|investor|supplier|builder|shipbuilder|shipyard|insurer|bank|startup|subsidiary|institute"
    r"|association|cooperative|agency|chamber|fund|corporation|retailer|carrier|airline|distributor|partner) "
    r"([\"“«„]?[A-ZÀ-Þ][^\n]*)$"
)
_SITE_WORDS = frozenset("the of type industrial production priority development territory".split())
_QUOTES = str.maketrans("", "", '"“”„«»‘`')


@lru_cache(maxsize=16384)
def words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without possessives and without a determiner at its start."""
    said = _DETERMINER.sub("", re.sub(r"['’]s\b", "", name))
    folded = unicodedata.normalize("NFKD", said).casefold()
    return tuple(_WORD.findall("".join(c for c in folded if not unicodedata.combining(c))))


@lru_cache(maxsize=16384)
def body_words(name: str) -> tuple[str, ...]:
    """Return the words of a body's name, its legal form left out: "JSC "Titan"" and "Titan" are the same."""
    return words(bare(name)) or words(name)


def bare(name: str) -> str:
    """Return a name without quotes, article, description and legal form: what a reader would call it.

    "The Korean car maker Hyundai Motor" is Hyundai Motor; "the port of Lianyungang" stays whole.
    """
    described = _DESCRIBED.match(name)
    plain = re.sub(r"^[Tt]he ", "", (described[1] if described else name).translate(_QUOTES).strip())
    shorter = _LEGAL.sub("", plain).strip(" ,")
    return shorter if _WORD.search(shorter) else plain


def person_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name without titles."""
    found = words(name)
    while len(found) > 1 and {"title", "post"} & set(classes(found[0])):
        found = found[1:]
    return found


def same_person(short: str, full: str) -> bool:
    """Whether one of two names can be a short form of the other: surname, given name, or initials and surname."""
    a, b = person_words(short), person_words(full)
    if len(a) > len(b):
        a, b = b, a
    if not a or (len(b) < 2 and a != b):
        return False
    if len(a) == 1:
        return a[0] in b and len(a[0]) > 1
    if a[-1] != b[-1]:
        return set(a) <= set(b)
    rest = list(b[:-1])
    return all(
        any(g == r or (len(g) == 1 and r.startswith(g)) or (len(r) == 1 and g.startswith(r)) for r in rest)
        for g in a[:-1]
    )


@lru_cache(maxsize=16384)
def acronyms(name: str) -> frozenset[str]:
    """Return the initials that a name of several words can be shortened to, with and without its small words."""
    parts = [p for p in re.split(r"[\s\-–/]+", bare(name)) if p and p[0].isalnum()]
    if len(parts) < 2 or len(parts) > 12:
        return frozenset()
    every = "".join(p[0] for p in parts).upper()
    capitals = "".join(p[0] for p in parts if p[0].isupper())
    content = "".join(
        p[0] for p in parts if p.lower() not in {"of", "the", "and", "for", "in", "on", "de", "to"}
    ).upper()
    return frozenset(a for a in (every, capitals, content) if len(a) > 1)


def is_acronym(name: str) -> bool:
    """Whether a name looks like initials: one word, mostly capitals."""
    plain = bare(name)
    return plain.isalnum() and 1 < len(plain) <= 8 and sum(c.isupper() for c in plain) >= max(2, len(plain) - 2)


def is_short_form(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether one name runs through the other, in one piece or with words left out between its first and its last.

    "Baiterek" can stand for "Baiterek Holding", "Yantai Affairs Office" for "Yantai Foreign Affairs Office".
    """
    if not short or len(short) >= len(full):
        return False
    if any(full[i : i + len(short)] == short for i in range(len(full) - len(short) + 1)):
        return True
    rest = iter(full)
    return len(short) > 2 and short[0] == full[0] and short[-1] == full[-1] and all(word in rest for word in short)


def site_core(name: str) -> tuple[str, ...]:
    """Return what is proper to a site's name: "Kendal zone" and "the Kendal Industrial Park" have the same core."""
    return tuple(word for word in words(name) if word not in _SITE_WORDS and "site" not in classes(word))


@lru_cache(maxsize=512)  # an article asks for each of its mentions several times
def is_generic(name: str) -> bool:
    """Whether a noun phrase has no proper name in it: "the region", "a second stage", "the Deputy Governor"."""
    plain = _CAPITAL_DETERMINER.sub("", name.strip()).strip()
    capitals = [w for w in re.findall(r"[^\W\d_][\w'’-]*", plain) if not w[0].islower()]
    if all("post" in classes(word.lower()) for word in capitals):
        return True
    inside = words(plain)
    if "company" in classes(inside[-1] if inside else "") and plain[-1:].islower():
        return all(gazetteer.demonym(word) for word in capitals)
    return len(inside) == 1 and not is_acronym(plain) and bool(classes(inside[0]))


def identifying(kind: EntityType, name: str) -> str:
    """Return what of a name tells one entity of its type from another: "the Breakthrough project" is "Breakthrough"."""
    if kind is not EntityType.PROJECT:
        return name
    core = _PROJECT.sub("", name)
    return core if core and not is_generic(core) else name
