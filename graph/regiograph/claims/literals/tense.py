"""Whether the clause around a date tells what was or what will be: the nearest verb decides."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache


class Tense(Enum):
    """The time that a clause speaks of."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


_FUTURE = r"""(?:will|shall|would|should|must|may|might|could|can|'ll)\s(?:\w{1,12}ly\s|not\s|also\s|then\s)?(?:be\s)?\w{1,20}
|(?:is|are|due|set|plans?|planned|planning|going|expect(?:s|ed)?|scheduled|intends?|hopes?|wants?|aims?|promised?|agreed
|supposed|ready|likely|slated|invited|bound|prepar(?:es|ing))\sto\s(?:be\s)?\w{1,20}|to\sbe\s\w{1,20}
|(?:is|are)\s(?:being\s)?(?:expected|planned|scheduled|slated|foreseen|due|set|billed)|expected|scheduled|slated|foreseen
|planned|due|forthcoming|upcoming|next|plans?|starts|begins|falls|opens|takes\splace|invited"""
_PAST = r"""was|were|had|did|been|began|took|went|came|met|held|won|gave|made|brought|bought|sold|built|left|became|got
|saw|spent|put|set\sup|broke|cut|grew|fell|rose|paid|sent|led|found|visited|(?!need|speed|exceed|seed|feed|unit)[a-z]{2,20}ed
|ago|earlier|last"""
# Verbs of saying tell when somebody spoke, not when the thing happens.
_SAYING = frozenset(
    "said told informed announced added noted stated reported recalled named based united limited".split()
)
_REACH = 160


@cache
def _cues() -> re.Pattern[str]:
    future, past = (re.sub(r"\n", "", p) for p in (_FUTURE, _PAST))
    return re.compile(rf"\b(?:(?P<future>{future})|(?P<past>{past}))\b", re.IGNORECASE)


def around(text: str, start: int, end: int, sentence_start: int, sentence_end: int) -> Tense:
    """Return the tense of the verb nearest to the date at `start` to `end`, within its sentence.

    Commas and semicolons between count as distance, and a verb after the date is a little farther than one before it.
    """
    left, right = max(sentence_start, start - _REACH), min(sentence_end, end + _REACH)
    nearest, tense = float(_REACH * 3), Tense.UNKNOWN
    for cue in _cues().finditer(text, left, right):
        if cue[0].casefold() in _SAYING or (cue.start() < end and start < cue.end()):
            continue
        before = cue.end() <= start
        between = text[cue.end() : start] if before else text[end : cue.start()]
        marks = len(re.findall(r"[,;:()—–]", between))
        distance = (len(between) + 15 * marks) * (1 if before else 1.3)
        if distance < nearest:
            nearest, tense = distance, Tense.FUTURE if cue["future"] else Tense.PAST
    return tense
