"""Days told by their number and one end: "ended a two-day summit on Saturday" is Friday to Saturday."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache

from regiograph.claims.literals import numbers
from regiograph.claims.literals.anchor import shifted
from regiograph.model import Literal, Span

_EVENT = (
    r"(?:visit|mission|tour|trip|summit|forum|conference|fair|exhibition|expo|meeting|stay|session|gathering|roadshow|seminar"
    r"|festival|swing|congress|workshop|convention|assembly|journey|event|show|conclave|talks|course|training|program(?:me)?)s?\b"
)
_ENDING = (
    r"end(?:ed|s|ing)|clos(?:ed|es|ing)|conclud(?:ed|es|ing)|complet(?:ed|es|ing)|wrapp?(?:ed|s|ing)\sup|wound\sup|finish\w*"
    r"|return(?:ed|s)|c[ao]me\s(?:home|back|to\s(?:an|the)\send)|the\s(?:close|end)\sof|back\sfrom|last\sday"
)
_BEGINNING = (
    r"beg[ai]ns?|open(?:s|ed)|start(?:s|ed)|arriv(?:ed|es)|kick(?:s|ed)\soff|left|leaves|crossed"
    r"|(?:start|beginning)\sof"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST = 31


@cache
def _days() -> re.Pattern[str]:
    count = rf"(?P<n>\d{{1,2}}|{numbers.WORDS})"
    return re.compile(
        rf"\b(?:(?:an?|the|his|her|its|their)\s)?{count}-days?(?=\s(?:[\w-]{{1,20}}\s){{0,3}}{_EVENT})"
        rf"|\b(?:for|after)\s(?P<m>\d{{1,2}}|{numbers.WORDS})\sdays\b(?!\sof)",
        re.IGNORECASE,
    )


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"\b(?:(?P<ending>{_ENDING})|(?P<beginning>{_BEGINNING}))\b", re.IGNORECASE)


def find(text: str, sentence: Span, told: Sequence[Literal]) -> Iterator[Literal]:
    """Yield the run of days that "a two-day summit" took, its other end being the one day `told` in the sentence."""
    dates = [d.value for d in told if _DAY.fullmatch(d.value)]
    if len(set(dates)) != 1 or (verb := _verb().search(text, *sentence)) is None:
        return
    for match in _days().finditer(text, *sentence):
        count = int(numbers.parse(match["n"] or match["m"]))
        if 1 < count <= _MOST and (value := around(dates[0], count, ending=verb["ending"] is not None)):
            yield Literal(Span(*match.span()), "date", value)


def around(day: str, count: int, *, ending: bool) -> str | None:
    """Return the interval of `count` days that ends with `day` ("2018-11-17"), or begins with it."""
    known = dt.date.fromisoformat(day)
    other = shifted(known, 1 - count if ending else count - 1)
    if other is None:
        return None
    begin, end = sorted((known, other))
    return f"{begin.isoformat()}/{end.isoformat()}"
