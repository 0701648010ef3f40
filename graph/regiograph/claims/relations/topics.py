"""What an agreement is about, and what is proposed: the words that follow the cue, up to the end of the clause."""

from __future__ import annotations

from regiograph.claims.relations.pairs import Pair
from regiograph.claims.relations.scene import Scene
from regiograph.claims.relations.stems import stem

_PAPERS = frozenset(
    stem(w)
    for w in "agreement memorandum contract protocol declaration letter treaty convention deal accord pact plan roadmap"
    " cooperate cooperation collaborate collaboration partnership partner work talks negotiations".split()
)
_ABOUT = frozenset({"on", "about", "regarding", "concerning", "for", "in", "of"})
_OFFERS = frozenset(
    stem(w)
    for w in "proposed offered invited suggested asked urged called requested proposes offers invites suggests asks"
    " recommended addressed appealed proposal offer invitation request".split()
)
_CLAUSE_ENDS = frozenset(
    {",", ";", ":", ".", "(", ")", "—", "–", '"', "”", "which", "who", "that", "while", "but", "said"}
)
_LONGEST = 16


def topic(pair: Pair) -> str | None:
    """Return what two sides agreed or cooperate on, or None."""
    units = pair.scene.units
    for at, unit in enumerate(units):
        if unit.mark is None and stem(unit.text) in _PAPERS:
            for start in range(at + 1, min(at + 5, len(units))):
                if units[start].text in _ABOUT:
                    said = _clause(pair.scene, start + 1)
                    if said and not _is_date(pair.scene, start + 1):
                        return said
    sectors = [m for m in pair.scene.marks if m.label == "Sector"]
    return ", ".join(pair.scene.said(m.unit, m.unit + 1) for m in sectors) or None


def proposal(pair: Pair) -> str | None:
    """Return what is proposed to someone: the words from "to" on, else those after the cue; or None."""
    units = pair.scene.units
    cue = next((i for i, u in enumerate(units) if u.mark is None and stem(u.text) in _OFFERS), None)
    if cue is None:
        return None
    start = next((i for i in range(cue + 1, min(cue + 10, len(units))) if units[i].text in {"to", "that"}), cue)
    if start + 1 < len(units) and units[start + 1].mark is pair.obj:
        start += 1
    return _clause(pair.scene, start + 1)


def _is_date(scene: Scene, at: int) -> bool:
    return at < len(scene.units) and scene.units[at].text in {"date", "period"}


def _clause(scene: Scene, start: int) -> str | None:
    units = scene.units
    end = start
    while end < len(units) and end - start < _LONGEST and units[end].text not in _CLAUSE_ENDS:
        end += 1
    if any(u.span.start < scene.span.start for u in units[start:end]):
        return None
    return scene.said(start, end) or None
