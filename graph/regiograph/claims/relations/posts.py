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
_ACTING = frozenset({"acting", "interim"})
_FORMER = frozenset({"former", "ex", "outgoing", "past", "late"})
_JOINERS = frozenset({"of", "for", "on", "in"})
_AFTER = frozenset({"general", "extraordinary", "emeritus", "elect", "plenipotentiary", "officer", "executive"})
_PLAIN = frozenset({"new", "newly", "elected", "then", "current", "incoming", "longtime", "long-time", "long-serving"})
_LOOSE = frozenset({"the", "of", "for", "and", "in", ",", "on", "a", "an", "'s"})
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
    line = _Line(words, taken)
    found: list[Post] = []
    at = 0
    while at < len(words):
        post = line.post(at, found[-1].end if found else 0) if line.office(at) else None
        if post is not None:
            found.append(post)
        at = post.end if post is not None else at + 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Line:
    """The words of a sentence, some of them taken."""

    words: Sequence[str]
    taken: Collection[int]

    def low(self, at: int) -> str:
        """The word in lower case; nothing where there is none, or where it is taken."""
        return self.words[at].lower() if 0 <= at < len(self.words) and at not in self.taken else ""

    def office(self, at: int) -> bool:
        """Whether the word is a noun of office."""
        low = self.low(at).rstrip(".")
        return low in _OFFICES or ("-" in low and _COMPOUND.fullmatch(low) is not None)

    def post(self, at: int, floor: int) -> Post | None:
        """Read the post around an office; `floor` is where the post before it ended."""
        start, end = self._start(at, floor), self._offices(at)
        if end - start == 1 and self.low(at) in {"general", "executive"}:
            return None
        end = self._field_end(end)
        said = {self.words[i].lower() for i in range(start, end)}
        status = "acting" if said & _ACTING else "former" if said & _FORMER else None
        role = [w for w in self.words[start:end] if w.lower() not in _ACTING | _FORMER | _PLAIN]
        return Post(start, end, _join(role), status) if role else None

    def _offices(self, at: int) -> int:
        """Walk over offices in a row: "deputy general director", "consul general", "president and CEO"."""
        end = at + 1
        while low := self.low(end):
            if self.office(end) or low in _AFTER or (low == "." and self.low(end - 1) == "gov"):
                end += 1
            elif low in {"and", "-", "/"} | _BEFORE and self.office(end + 1):
                end += 2
            else:
                break
        return end

    def _start(self, at: int, floor: int) -> int:
        """Walk back over rank and field: "first deputy", "Economic Development", "Trade and Industry"."""
        start = at
        while start > floor and at - start < _LONGEST_BEFORE and (low := self.low(start - 1)):
            if low in _BEFORE or self._is_prefix(start - 1, floor) or self._is_title(start - 1, at, floor):
                start -= 1
            elif low in {"and", "&"} and start - 2 > floor and self.low(start - 2) in _BEFORE:
                start -= 2
            else:
                break
        return start

    def _is_prefix(self, at: int, floor: int) -> bool:
        return self.low(at) == "-" and at - 1 >= floor and self.words[at - 1].lower() in {"ex", "vice"}

    def _is_title(self, at: int, office: int, floor: int) -> bool:
        """Whether a capitalised word belongs to a capitalised office: "Bureau Chief", not the sentence's first word."""
        word = self.words[at]
        return word[:1].isupper() and self.words[office][:1].isupper() and at > floor and word.isalpha()

    def _field_end(self, end: int) -> int:
        """Take in "of economic development and trade", and stop before "of the Tomsk region"."""
        if self.low(end) not in _JOINERS:
            return end
        at = end + 1
        while at - end < _LONGEST_AFTER and self._continues(at):
            at += 1
        while at > end + 1 and self.words[at - 1].lower() in _LOOSE:
            at -= 1
        return at if at > end + 1 else end

    def _continues(self, at: int) -> bool:
        low = self.low(at)
        if low in {"and", "of", "the", "for", "&"}:
            return True
        return low.replace("-", "").isalpha() and low not in _FIELD_STOPS and not self.office(at)


def _join(words: Sequence[str]) -> str:
    return re.sub(r"\s+([-/.])\s*", r"\1", " ".join(words)).strip()
