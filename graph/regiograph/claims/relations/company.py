"""The company that a relation keeps: what else is likely of the same two, of its subject and of its object.

Who builds a plant that costs 20 million most likely invests the 20 million in it; a figure measures one thing and not
two. Each such tie is a weight that was measured on annotated articles, after the sentences had been weighed alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from regiograph.terms import SIGNATURES, Predicate

Fact = tuple[str, str, str]  # predicate, subject, object: an IRI, or a literal's kind and value
FLOOR = 0.03  # what is less likely than that is no candidate
_SURE = 0.999
_TIES = {
    kind: {p.value: f"{kind}:{p.value}" for p in Predicate}
    for kind in ("same", "back", "also", "rival", "object", "subject")
}
_SYMMETRIC = frozenset(p.value for p in Predicate if SIGNATURES[p].symmetric)


class Company:
    """The facts that an article may state, each with how likely its sentence alone makes it."""

    __slots__ = ("_by_object", "_by_pair", "_by_subject")

    def __init__(self, likely: Mapping[Fact, float]) -> None:
        """Index the facts; symmetric ones hold in both directions."""
        self._by_pair: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        self._by_subject: dict[str, dict[str, list[tuple[float, str]]]] = defaultdict(dict)
        self._by_object: dict[str, dict[str, list[tuple[float, str]]]] = defaultdict(dict)
        for (predicate, subject, obj), chance in sorted(likely.items()):
            self._add(predicate, subject, obj, chance)
            if predicate in _SYMMETRIC:
                self._add(predicate, obj, subject, chance)

    def _add(self, predicate: str, subject: str, obj: str, chance: float) -> None:
        self._by_pair[subject, obj][predicate] = chance
        for rows, key, other in ((self._by_subject, subject, obj), (self._by_object, obj, subject)):
            best = rows[key].setdefault(predicate, [])
            best.append((chance, other))
            best.sort(reverse=True)
            del best[2:]

    def ties(self, fact: Fact, chance: float) -> list[tuple[str, float]]:
        """Return (name, strength) of what speaks for or against a fact, its own log-odds first."""
        predicate, subject, obj = fact
        own = min(chance, _SURE)
        ties = [("own", math.log(own / (1 - own))), ("bias", 1.0)]
        here, back = self._by_pair.get((subject, obj), {}), self._by_pair.get((obj, subject), {})
        ties += [(_TIES["same"][name], strength) for name, strength in here.items() if name != predicate]
        if predicate not in _SYMMETRIC:
            ties += [(_TIES["back"][name], strength) for name, strength in back.items()]
        ties += _best("also", self._by_subject.get(subject, {}), obj)
        ties += _best("rival", self._by_object.get(obj, {}), subject)
        ties += _best("object", self._by_subject.get(obj, {}), subject)
        ties += _best("subject", self._by_object.get(subject, {}), obj)
        return ties


def _best(kind: str, rows: Mapping[str, list[tuple[float, str]]], besides: str) -> list[tuple[str, float]]:
    """Return for each predicate the likeliest fact that does not lead back to the other end."""
    names = _TIES[kind]
    found = []
    for name, best in rows.items():
        for chance, other in best:
            if other != besides:
                found.append((names[name], chance))
                break
    return found
