"""How much in focus a mention leaves what it names, for the pronoun or short description that comes next.

The factors are those of Lappin and Leass, An Algorithm for Pronominal Anaphora Resolution (1994): recency by
sentences, subjects before obliques. What is subject is told by position, as there is no parser.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

from regiograph.entities.clusters import Cluster
from regiograph.model import Span

_PREPOSITIONS = frozenset("in of at near from with by for to on into under between through against about via".split())
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\W{1,2}$")
_OPENER = re.compile(r"\b(?:that|whether|because|while|when|although|though|if|where)\W{1,3}$")
_REACH = 40  # mentions
_SENTENCES = 3
_RECENCY = (100.0, 70.0, 35.0, 10.0)
_SUBJECT, _CLAUSE_SUBJECT, _OBLIQUE, _REPEATED = 80.0, 40.0, -40.0, 5.0


@dataclass(frozen=True, slots=True)
class _Seen:
    cluster: Cluster
    sentence: int
    weight: float


class Focus:
    """The mentions passed so far, as far back as anything is referred to."""

    def __init__(self, text: str) -> None:
        """Start at the beginning of a text."""
        self._text = text
        self._seen: deque[_Seen] = deque(maxlen=_REACH)

    def pass_by(self, cluster: Cluster, span: Span, sentence: int) -> None:
        """Take note of the next mention of the text."""
        first = not self._seen or self._seen[-1].sentence != sentence
        before = self._text[max(0, span.start - 40) : span.start]
        word = _WORD_BEFORE.search(before)
        oblique = word is not None and word[1].lower() in _PREPOSITIONS
        weight = _OBLIQUE if oblique else _SUBJECT if first else _CLAUSE_SUBJECT if _OPENER.search(before) else 0.0
        self._seen.append(_Seen(cluster, sentence, weight))

    def ranked(self, sentence: int) -> list[Cluster]:
        """Return the clusters in focus in this sentence, the most salient first, of equals the last mentioned."""
        scores: dict[int, float] = {}
        clusters: dict[int, tuple[int, Cluster]] = {}
        for at, seen in enumerate(self._seen):
            back = sentence - seen.sentence
            if back <= _SENTENCES:
                score = _RECENCY[back] + seen.weight + _REPEATED * min(len(seen.cluster.spans), 5)
                scores[id(seen.cluster)] = max(score, scores.get(id(seen.cluster), score))
                clusters[id(seen.cluster)] = (at, seen.cluster)
        order = sorted(clusters, key=lambda key: (-scores[key], -clusters[key][0]))
        return [clusters[key][1] for key in order]
