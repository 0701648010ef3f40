"""Which marks are weighed against each other: those of one sentence, and those of a sentence and the one it leans on.

Bounded: a mark meets no more than `REACH` marks on either side, so a sentence of 500 names costs 500 times as much as
one name, not 250,000 times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from regiograph.claims.literals import edtf
from regiograph.claims.relations.cues import cues
from regiograph.claims.relations.scene import Mark, Scene, Unit
from regiograph.model import Span
from regiograph.terms import SIGNATURES, EntityType, Predicate

REACH = 14
_FAR = 4  # sentences between an event and the last one that tells who was there
_STOP = "."
_GATHERING = EntityType.EVENT.value
_KINDS = {
    Predicate.HAS_AMOUNT: ("money",),
    Predicate.HAS_INDICATOR: ("money", "percent", "count"),
    Predicate.CREATES_JOBS: ("count",),
    Predicate.EVENT_DATE: ("date",),
    Predicate.STARTED_IN: ("date", "period"),
    Predicate.COMPLETED_IN: ("date", "period"),
}
# Counted, and yet no measure of anything: how often, how long.
_UNMEASURED = frozenset("times time years year months month weeks week days day hours decades decade centuries".split())
# What is told over two sentences often enough to be worth looking for there.
LEANING = frozenset({Predicate.PARTICIPATED_IN, Predicate.MEMBER_OF, Predicate.RESIDENT_OF})

_Key = tuple[str, str]


class Pair(NamedTuple):
    """Two marks that may stand in a relation, the scene that holds both, and how far apart their sentences are.

    `scene` is the sentence, or a run made of two; `back` is 0 in one sentence, 1 for neighbours, and so on.
    """

    subject: Mark
    obj: Mark
    scene: Scene
    back: int
    leaning: frozenset[Predicate] = LEANING

    @property
    def key(self) -> _Key:
        """What is paired: the IRIs, or an IRI and the literal's value."""
        return _identity(self.subject), _identity(self.obj)

    @property
    def run(self) -> Span:
        """From the first of the two marks, or the beginning of the scene before it, to the end of the scene."""
        return Span(min(self.scene.span.start, self.subject.span.start, self.obj.span.start), self.scene.span.end)

    @property
    def ends(self) -> tuple[str, str]:
        """What a fact of the pair is about, wherever it is told: the IRIs, or an IRI and a literal's kind and value."""
        literal = self.obj.literal
        obj = _identity(self.obj) if literal is None else f"{literal.kind}:{literal.value}"
        return _identity(self.subject), obj

    def predicates(self) -> tuple[Predicate, ...]:
        """Return what the types allow; a symmetric predicate is asked for once, in the order of the text."""
        if self.subject.entity is None:
            return ()
        kind = self.obj.entity.type if self.obj.entity is not None else None
        in_order = self.subject.unit <= self.obj.unit
        legal = _told(self.subject.entity.type, kind, in_order, min(self.back, 2), self.leaning)
        return legal if kind is not None else tuple(filter(self._fits, legal))

    def _fits(self, predicate: Predicate) -> bool:
        literal = self.obj.literal
        if literal is None:
            return True
        measured = literal.kind in _KINDS.get(predicate, ()) and literal.unit not in _UNMEASURED
        return measured and self.value(predicate) is not None

    def value(self, predicate: Predicate) -> str | None:
        """Return the literal's value as the predicate takes it: of a period ("by 2020") the date it ends or begins."""
        literal = self.obj.literal
        if literal is None:
            return None
        if literal.kind != "period":
            return literal.value
        return edtf.point(literal.value, closing=predicate is Predicate.COMPLETED_IN)

    def cues(self) -> Iterator[str]:
        """Yield the cues of the pair, those of another sentence marked by "+"."""
        if self.back == 0:
            yield from cues(self.scene, self.subject, self.obj)
            return
        yield f"back={self.back}"
        for cue in cues(self.scene, self.subject, self.obj):
            yield "+" + cue


@cache
def _legal(subject: EntityType, obj: EntityType | None, in_order: bool) -> tuple[Predicate, ...]:
    """Return the predicates between these types (None: a literal); symmetric ones in the order of the text only."""
    return tuple(p for p, s in SIGNATURES.items() if s.allows(subject, obj) and (in_order or not s.symmetric))


@cache
def _told(
    subject: EntityType, obj: EntityType | None, in_order: bool, back: int, leaning: frozenset[Predicate]
) -> tuple[Predicate, ...]:
    """Return the legal predicates that are looked for so far back (0, 1, or 2 for farther)."""
    legal = _legal(subject, obj, in_order)
    if back == 0:
        return legal
    return tuple(p for p in legal if p in leaning and (back == 1 or p is Predicate.PARTICIPATED_IN))


def pairs(scenes: Sequence[Scene], leaning: frozenset[Predicate] = LEANING) -> Iterator[Pair]:
    """Yield the pairs that may stand in a relation: of every sentence in order, then those that reach back from it.

    `leaning` are the predicates that are looked for over two sentences.
    """
    for scene in scenes:
        own = _nearest(scene.marks)
        yield from filter(Pair.predicates, (Pair(*ends, scene, 0, leaning) for ends in own.values()))
        yield from _reaching_back(scenes, scene, set(own), leaning)


def _reaching_back(
    scenes: Sequence[Scene], scene: Scene, known: set[_Key], leaning: frozenset[Predicate]
) -> Iterator[Pair]:
    for back, lead in _leads(scenes, scene) if scene.marks else ():
        if not lead.marks:
            continue
        if back > 1 and not any(m.label == _GATHERING for s in (lead, scene) for m in s.marks):
            continue
        run, border = joined(lead, scene)
        for key, (subject, obj) in _nearest(run.marks).items():
            across = (subject.unit < border) != (obj.unit < border)
            if across and key not in known and (pair := Pair(subject, obj, run, back, leaning)).predicates():
                known.add(key)
                yield pair


def _leads(scenes: Sequence[Scene], scene: Scene) -> Iterator[tuple[int, Scene]]:
    """Yield the sentences that this one leans on: what opens its list, else the one before; then farther ones."""
    at = scene.index - 1
    while scene.item and at > 0 and scenes[at].item and scene.index - at < 60:
        at -= 1
    for back in range(1, _FAR + 1):
        if at < 0:
            return
        yield back, scenes[at]
        at -= 1


def joined(lead: Scene, scene: Scene) -> tuple[Scene, int]:
    """Return a run of two sentences as one scene, and the unit at which the second begins."""
    border = len(lead.units) + 1
    # by identity: the hash of a mark is that of its entity, which goes over all its mentions
    moved = {
        id(m): Mark(m.span, m.unit + border, m.label, m.form, m.words, m.entity, m.literal, m.inside)
        for m in scene.marks
    }
    stop = Unit(_STOP, _STOP, Span(lead.span.end, lead.span.end))
    own = (Unit(u.text, u.stem, u.span, moved[id(u.mark)]) if u.mark else u for u in scene.units)
    units = (*lead.units, stop, *own)
    stems = tuple(dict.fromkeys((*lead.stems, *scene.stems)))
    return replace(scene, units=units, marks=(*lead.marks, *moved.values()), stems=stems), border


def _nearest(marks: Sequence[Mark]) -> dict[_Key, tuple[Mark, Mark]]:
    """Pair the marks within reach; of two things named several times, the two namings that are closest."""
    best: dict[_Key, tuple[Mark, Mark]] = {}
    gaps: dict[_Key, int] = {}
    told = [(_identity(m), m.entity.type if m.entity is not None else None, m) for m in marks]
    for i, (name, kind, subject) in enumerate(told):
        if kind is None:
            continue
        for other, other_kind, obj in told[max(0, i - REACH) : i + REACH + 1]:
            if name == other or not _legal(kind, other_kind, True):
                continue
            key, gap = (name, other), abs(subject.unit - obj.unit)
            if key not in best or gap < gaps[key]:
                best[key], gaps[key] = (subject, obj), gap
    return best


def _identity(mark: Mark) -> str:
    if mark.entity is not None:
        return mark.entity.id
    literal = mark.literal
    return f"{literal.kind}:{literal.value}:{literal.span.start}" if literal is not None else ""
