"""Whether the clause around a date tells what was or what will be: the nearest verb decides."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum
from functools import cache, cached_property


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
|sent|led|found|laid|drew|done|chosen|said|told|ago|earlier|last
|(?!need\b|speed\b|exceed\b|seed\b|feed\b|unit|based\b|named\b|limited\b|united\b)[a-z]{2,20}ed"""
# Verbs of saying tell when somebody spoke: that dates a weekday ("said on Tuesday"), not a month of the thing said.
_SAYING = frozenset("said told informed announced added noted stated reported recalled".split())
_FAR, _NEW_CLAUSE = 110, 60  # in characters
_MOST = 12  # verbs looked at on either side
_CLAUSE = re.compile(r"\b(?:that|which|who|whose|while|when|but|although|after)\b|[;:—–]")
_PAUSE = re.compile(r"[,()]|\band\b")


@cache
def _cues() -> re.Pattern[str]:
    kinds = (("future", _FUTURE), ("present", _PRESENT), ("past", _PAST))
    named = "|".join(f"(?P<{kind}>{words})" for kind, words in kinds).replace("\n", "")
    return re.compile(rf"\b(?:{named})\b", re.IGNORECASE)


class Clauses:
    """The verbs of a sentence, found when first asked for."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """Take the sentence that stands at `start` to `end` of `text`."""
        self._text, self._start, self._end = text, start, end

    @cached_property
    def _found(self) -> list[tuple[int, int, Tense, bool]]:
        cues = _cues().finditer(self._text, self._start, self._end)
        return [(*m.span(), Tense(m.lastgroup), m[0].casefold() in _SAYING) for m in cues]

    def tense(self, start: int, end: int, *, saying: bool = False) -> Tense:
        """Return the tense of the verb nearest to the date at `start` to `end`, UNKNOWN when none is near.

        A comma between counts as distance, a new clause as more of it; a verb after the date is a little farther than
        one before it. `saying` lets verbs of saying count.
        """
        nearest, tense = _FAR, Tense.UNKNOWN
        at = bisect_left(self._found, (start,))
        for cues in (reversed(self._found[max(0, at - _MOST) : at]), self._found[at : at + _MOST]):
            for cue_start, cue_end, cue_tense, says in cues:
                if max(start - cue_end, cue_start - end) >= nearest:
                    break
                if (says and not saying) or (cue_start < end and start < cue_end):
                    continue
                if (distance := self._distance((cue_start, cue_end), (start, end))) < nearest:
                    nearest, tense = distance, cue_tense
        return tense

    def _distance(self, cue: tuple[int, int], date: tuple[int, int]) -> int:
        before = cue[1] <= date[0]
        between = self._text[cue[1] : date[0]] if before else self._text[date[1] : cue[0]]
        pauses, clauses = len(_PAUSE.findall(between)), len(_CLAUSE.findall(between))
        return len(between) + 20 * pauses + _NEW_CLAUSE * clauses + (0 if before else 10 + 20 * pauses)
