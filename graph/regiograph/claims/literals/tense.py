"""Whether the clause around a date tells what was or what will be: the nearest verb decides."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache


class Tense(Enum):
    """The time that a clause speaks of."""

    PAST = "past"
    FUTURE = "future"
    PRESENT = "present"
    UNKNOWN = "unknown"


_FUTURE = r"""(?:will|shall|would|should|must|may|might|could|can)\s(?:\w{1,12}ly\s|not\s|also\s|then\s)?(?:be\s)?
\w{1,20}|(?:is|are|due|set|plans?|planned|planning|going|expect(?:s|ed)?|scheduled|intends?|hopes?|wants?|aims?|promised?|agreed
|supposed|ready|likely|slated|bound|prepar(?:es|ing))\sto\s(?:be\s)?\w{1,20}
|(?:invit|plan|decision|decided|propos|intention|offer|promis|suggest|ask|consensus)\w{0,8}\s(?:\w{1,15}\s){0,2}to\s\w{1,20}
|(?:agreed|set|left|convened|fixed|called|slated|scheduled|planned|expected|prepared)\sfor(?:\s\w{1,15}ing)?
|(?:(?:is|are)\s)?(?:expected|planned|scheduled|slated|foreseen|due|billed)
|be\s\w{1,20}
|forthcoming|upcoming|next|plans?|starts|begins|falls|opens|takes\splace|invit(?:es|ed|ation)"""
_PRESENT = r"being\s\w{1,20}|(?:is|are)\s(?:now\s|still\s)?\w{1,20}|receives?|runs?|lasts?|works?"
_PAST = r"""was|were|had|has|have|did|been|began|begun|took|taken|went|gone|came|met|held|won|gave|given|made|brought
|bought|sold|built|left|became|got|saw|seen|spent|put|set\sup|broke|broken|cut|grew|grown|fell|fallen|rose|risen|paid
|sent|led|found|laid|drew|done|chosen|ago|earlier|last
|(?!need\b|speed\b|exceed\b|seed\b|feed\b|unit|based\b|named\b|limited\b|united\b)[a-z]{2,20}ed"""
# Verbs of saying tell when somebody spoke: that dates a weekday ("said on Tuesday"), not a month of the thing said.
_SAYING = frozenset("said told informed announced added noted stated reported recalled".split())
_REACH, _FAR, _NEW_CLAUSE = 160, 110.0, 60
_CLAUSE = re.compile(r"\b(?:that|which|who|whose|while|when|but|although|after)\b|[;:—–]")
_PAUSE = re.compile(r"[,()]|\band\b")


@cache
def _cues() -> re.Pattern[str]:
    kinds = (("future", _FUTURE), ("present", _PRESENT), ("past", _PAST))
    named = "|".join(f"(?P<{kind}>{words})" for kind, words in kinds).replace("\n", "")
    return re.compile(rf"\b(?:{named})\b", re.IGNORECASE)


def around(text: str, start: int, end: int, sentence: tuple[int, int], *, saying: bool = False) -> Tense:
    """Return the tense of the verb nearest to the date at `start` to `end`, UNKNOWN when none is near.

    A comma between counts as distance, a new clause as more of it; a verb after the date is a little farther than one
    before it. `saying` lets verbs of saying count.
    """
    left, right = max(sentence[0], start - _REACH), min(sentence[1], end + _REACH)
    nearest, tense = _FAR, Tense.UNKNOWN
    for cue in _cues().finditer(text, left, right):
        if (not saying and cue[0].casefold() in _SAYING) or (cue.start() < end and start < cue.end()):
            continue
        if (distance := _distance(text, cue.span(), (start, end))) < nearest:
            nearest = distance
            tense = Tense(cue.lastgroup)
    return tense


def _distance(text: str, cue: tuple[int, int], date: tuple[int, int]) -> float:
    before = cue[1] <= date[0]
    between = text[cue[1] : date[0]] if before else text[date[1] : cue[0]]
    pauses, clauses = len(_PAUSE.findall(between)), len(_CLAUSE.findall(between))
    return len(between) + 20 * pauses + _NEW_CLAUSE * clauses + (0 if before else 10 + 20 * pauses)
