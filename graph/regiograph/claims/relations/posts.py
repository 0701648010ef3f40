"""The grammar of posts: "first deputy minister of economic development", "Economy Minister", "general director".

A post is a noun of office with what stands before it (rank, field) and, joined by "of" or "for", the field it is for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from regiograph.claims.relations.stems import stem

_OFFICES = frozenset(
    """
    governor mayor mayoress head president director minister chairman chairwoman chairperson chair ambassador executive
    secretary manager commissioner premier akim akimat consul founder co-founder ceo cfo coo cto rector councillor
    councilor officer hokim khokim marshal chief prefect counsellor counselor administrator adviser advisor wali vali
    partner treasurer representative leader deputy mec mep mp senator dean professor spokesman spokeswoman spokesperson
    envoy undersecretary economist provost superintendent ombudsman speaker coordinator regent delegate voivode starost
    voivodeship attache attaché convener emir intendant chancellor owner commander envoy plenipotentiary landrat
    oberbürgermeister bürgermeister burgomaster alderman reeve bailiff hakim rais provost principal supervisor engineer
    economist researcher analyst trustee ombudsperson mufti sheriff judge inspector member entrepreneur gov lecturer
    premier-minister landeshauptmann lehendakari minister-counsellor minister-counselor minister-president general
    """.split()
)
_COMPOUND = re.compile(
    r"(?:vice|deputy|director|secretary|governor|consul|managing|co|pro|first|minister|ex|sub|under)-"
    r"(?:governor|mayor|president|premier|minister|chairman|chairwoman|chair|director|general|chancellor|rector|head|"
    r"speaker|marshal|prefect|secretary|counsellor|counselor|president|owner|founder|akim|vice-chancellor|manager)"
)
_BEFORE = frozenset(
    """
    acting interim former ex first second deputy vice senior junior chief executive general managing regional district
    county state provincial municipal city town federal national foreign prime lord honorary commercial trade finance
    financial economic economy economics industry industries investment investments development transport energy
    agriculture agricultural health education culture tourism labour labor defence defense interior justice environment
    environmental climate infrastructure digital science technical technology marketing sales export exports operations
    operating strategy communications press information plant factory project programme program branch country group
    board supervisory management principal permanent private under assistant associate founding incoming outgoing new
    newly elected then current then-current local area cluster port harbour zone business corporate international
    external public social urban planning rural innovation research works union party parliamentary commission committee
    council administration office department division section mining mines petroleum oil gas water forestry housing
    construction water industrial union longtime long-time long-serving sub
    """.split()
)
_STATUS_ACTING = frozenset({"acting", "interim"})
_STATUS_FORMER = frozenset({"former", "ex", "outgoing", "past", "late"})
_JOINERS = frozenset({"of", "for", "on", "in"})
_AFTER = frozenset({"general", "extraordinary", "emeritus", "elect", "plenipotentiary", "officer", "executive"})
_PLAIN = frozenset({"new", "newly", "elected", "then", "current", "incoming", "longtime", "long-time", "long-serving"})
_LONGEST_BEFORE, _LONGEST_AFTER = 5, 9
_FIELD_STOPS = frozenset(
    "who whom which that said says told has had have is was were are will would also and or to at by with from"
    " as".split()
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post by token positions [start, end), its role as the text has it, and its status ("acting", "former")."""

    start: int
    end: int
    role: str
    status: str | None

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of the role's words."""
        return tuple(dict.fromkeys(stem(w) for w in re.findall(r"\w+", self.role.lower())))


def posts(words: Sequence[str], taken: Collection[int]) -> tuple[Post, ...]:
    """Return the posts among a sentence's words, left to right; `taken` positions belong to entities or literals."""
    found: list[Post] = []
    at = 0
    while at < len(words):
        post = (
            None if at in taken or not _is_office(words[at]) else _post(words, at, taken, found[-1].end if found else 0)
        )
        if post is not None:
            found.append(post)
        at = post.end if post is not None else at + 1
    return tuple(found)


def _is_office(word: str) -> bool:
    low = word.lower().rstrip(".")
    return low in _OFFICES or _COMPOUND.fullmatch(low) is not None


def _post(words: Sequence[str], at: int, taken: Collection[int], floor: int) -> Post | None:
    end = _office_end(words, at, taken)
    start = _start(words, at, taken, floor)
    if end - start == 1 and words[at].lower() in {"general", "executive"}:
        return None
    end = _field_end(words, end, taken)
    said = list(words[start:end])
    status = _status(said)
    role = [w for w in said if w.lower() not in _STATUS_ACTING | _STATUS_FORMER | _PLAIN]
    return Post(start, end, _join(role), status) if role else None


def _office_end(words: Sequence[str], at: int, taken: Collection[int]) -> int:
    """Walk over offices in a row: "deputy general director", "consul general", "president and CEO"."""
    end = at + 1
    while end < len(words) and end not in taken:
        if _is_office(words[end]) or words[end].lower() in _AFTER or (words[end] == "." and words[end - 1] == "Gov"):
            end += 1
        elif (
            words[end].lower() in {"and", "-", "/"}
            and end + 1 < len(words)
            and end + 1 not in taken
            and (_is_office(words[end + 1]))
        ) or (
            words[end].lower() in _BEFORE
            and end + 1 < len(words)
            and end + 1 not in taken
            and _is_office(words[end + 1])
        ):
            end += 2
        else:
            break
    return end


def _start(words: Sequence[str], at: int, taken: Collection[int], floor: int) -> int:
    start = at
    while start > floor and at - start < _LONGEST_BEFORE and start - 1 not in taken:
        before = words[start - 1]
        if (
            before.lower() in _BEFORE
            or (before == "-" and start - 2 >= floor and words[start - 2].lower() in {"ex", "vice"})
            or (before[:1].isupper() and words[at][:1].isupper() and start - 1 > floor and before.isalpha())
        ):
            start -= 1
        elif before.lower() in {"and", "&"} and _field_before(words, start - 2, taken, floor):
            start -= 2
        else:
            break
    return start


def _field_before(words: Sequence[str], at: int, taken: Collection[int], floor: int) -> bool:
    """Whether "and" joins two fields ("Trade and Industry Minister"), not two things told of."""
    return at > floor and at not in taken and words[at].lower() in _BEFORE


def _field_end(words: Sequence[str], end: int, taken: Collection[int]) -> int:
    """Take in "of economic development and trade", and stop before "of the Tomsk region"."""
    if end >= len(words) or words[end].lower() not in _JOINERS or end in taken:
        return end
    at = end + 1
    while at < len(words) and at not in taken and at - end < _LONGEST_AFTER and _continues(words, at):
        at += 1
    while at > end + 1 and words[at - 1].lower() in {"the", "of", "for", "and", "in", ",", "on", "a", "an", "'s"}:
        at -= 1
    if at < len(words) and at in taken and words[end + 1 : at] in ([], ["the"]):
        return end
    return at if at > end + 1 else end


def _continues(words: Sequence[str], at: int) -> bool:
    low = words[at].lower()
    if low in {"and", "of", "the", "for", "&"}:
        return True
    return low.replace("-", "").isalpha() and low not in _FIELD_STOPS and not _is_office(low)


def _status(said: Sequence[str]) -> str | None:
    lows = {w.lower() for w in said}
    if lows & _STATUS_ACTING:
        return "acting"
    return "former" if lows & _STATUS_FORMER else None


def _join(words: Sequence[str]) -> str:
    return re.sub(r"\s+([-/.])\s*", r"\1", " ".join(words)).strip()
