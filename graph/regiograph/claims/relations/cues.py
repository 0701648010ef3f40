"""Cues: the signs in a sentence that speak for a relation between two of its marks.

A cue is a short readable string such as ">core=, POST of" (what stands from subject to object once lists are folded),
"<has=visited by", "near=inside". What each is worth for each predicate was measured on annotated articles.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from regiograph.claims.relations.scene import Mark, Scene, Unit

_SUFFIX = re.compile(r"(?:ations?|itions?|ments?|ings?|ions?|ed|es|s|e|ly)$")
_LISTING = frozenset({",", "and", "&", ";", "or", "/", "the", "with"})
_ENDS = frozenset({*';:—–"“”()', *"but while whereas although which who where whose".split()})
_STEM = 7
_GAPS = (0, 1, 3, 7, 15)  # words between two marks, at most


def stem(word: str) -> str:
    """Return what inflected forms of an English word share, crudely: "investments" and "invested" give "invest"."""
    if len(word) <= 3 or not word.isalpha():
        return "0" if word[:1].isdigit() else word
    bare = _SUFFIX.sub("", word)
    return (bare if len(bare) >= 3 else word)[:_STEM]


def folded(units: Sequence[Unit], first: int, second: int) -> tuple[int, int]:
    """Move both ends of (first, second) inwards over the lists that they belong to: "A, B and C joined D"."""
    a, b = first, second
    while (nxt := _next_in_list(units, a, units[first].text, 1)) is not None and nxt < b:
        a = nxt
    while (nxt := _next_in_list(units, b, units[second].text, -1)) is not None and nxt > a:
        b = nxt
    return a, b


def _next_in_list(units: Sequence[Unit], at: int, label: str, step: int) -> int | None:
    """Find the neighbour of the same label beyond nothing but commas, "and", or a bracket that explains the first."""
    i, seen = at + step, 0
    while 0 <= i < len(units) and seen < 4:
        if units[i].mark is not None:
            return i if units[i].text == label and seen else None
        if units[i].text not in _LISTING:
            return None
        i, seen = i + step, seen + 1
    return None


def cues(scene: Scene, subject: Mark, obj: Mark) -> Iterator[str]:
    """Yield the cues for `subject` having some relation to `obj`, both of this scene."""
    units = scene.units
    way = ">" if (subject.unit, subject.span) < (obj.unit, obj.span) else "<"
    first, second = (subject, obj) if way == ">" else (obj, subject)
    types = f"{subject.label}-{obj.label}"
    yield "bias"
    yield f"types={types}"
    yield f"{way}types={types}"
    if first.unit == second.unit:
        yield "inside"
        yield f"inside={types}"
    yield from _between(units, first.unit, second.unit, way, types)
    yield from _around(units, first.unit, second.unit, way)
    yield from _rivals(scene, subject, obj, way)
    yield from _selves(scene, subject, obj)
    yield from _sentence(scene, way)


def _between(units: Sequence[Unit], first: int, second: int, way: str, types: str) -> Iterator[str]:
    a, b = folded(units, first, second)
    row = [u.text for u in units[a + 1 : b]]
    core = [t for t in row if t not in {"the", "a", "an"}]
    gap = len(row)
    yield f"{way}gap={bisect_right(_GAPS, gap)}"
    if len(core) <= 6:
        said = " ".join(stem(t) for t in core)
        yield f"{way}core={said}"
        yield f"{way}core={said}|{types}"
    if (a, b) != (first, second):
        yield f"{way}listed"
        yield f"{way}listed={'both' if a != first and b != second else 'first' if a != first else 'second'}"
    stems = [stem(t) for t in core]
    for s in dict.fromkeys(stems[:14] + stems[-14:] if len(stems) > 28 else stems):
        yield f"{way}has={s}"
    for x, y in dict.fromkeys(pairwise(stems[:13])):
        yield f"{way}has={x} {y}"
    if core:
        yield f"{way}starts={stems[0]}"
        yield f"{way}starts={' '.join(stems[:2])}|{types}"
        yield f"{way}ends={stems[-1]}"
        yield f"{way}ends={' '.join(stems[-2:])}|{types}"
    breaks = sum(t in _ENDS for t in row)
    yield f"{way}breaks={min(breaks, 3)}"
    marks = sum(u.mark is not None for u in units[a + 1 : b])
    yield f"{way}marks={min(marks, 5)}"


def _around(units: Sequence[Unit], first: int, second: int, way: str) -> Iterator[str]:
    before = [stem(u.text) for u in units[max(0, first - 3) : first]]
    after = [stem(u.text) for u in units[second + 1 : second + 4]]
    for i, s in enumerate(reversed(before)):
        yield f"{way}before={s}"
        if i == 0:
            yield f"{way}before1={s}"
    if len(before) >= 2:
        yield f"{way}before2={' '.join(before[-2:])}"
    if not before:
        yield f"{way}before1=^"
    for i, s in enumerate(after):
        yield f"{way}after={s}"
        if i == 0:
            yield f"{way}after1={s}"
    if len(after) >= 2:
        yield f"{way}after2={' '.join(after[:2])}"


def _rivals(scene: Scene, subject: Mark, obj: Mark, way: str) -> Iterator[str]:
    """Say whether another mark of the subject's or the object's kind stands nearer."""
    low, high = sorted((subject.unit, obj.unit))
    inside = [m for m in scene.marks if low < m.unit < high]
    subjects = sum(m.label == subject.label for m in inside)
    objects = sum(m.label == obj.label for m in inside)
    yield f"{way}rivals={min(subjects, 2)},{min(objects, 2)}"
    distance = high - low
    nearer = sum(
        m.label == subject.label and m is not subject and abs(m.unit - obj.unit) < distance for m in scene.marks
    )
    yield f"nearer-subjects={min(nearer, 2)}"
    nearer = sum(m.label == obj.label and m is not obj and abs(m.unit - subject.unit) < distance for m in scene.marks)
    yield f"nearer-objects={min(nearer, 2)}"


def _selves(scene: Scene, subject: Mark, obj: Mark) -> Iterator[str]:
    for who, mark in (("subject", subject), ("object", obj)):
        yield f"{who}-form={mark.form}|{mark.label}"
        if mark.entity is not None:
            yield f"{who}-head={mark.label}:{stem(mark.words[-1])}"
            yield f"{who}-opens={mark.label}:{stem(_opening(mark.words))}"
        if mark.literal is not None:
            yield f"{who}-unit={mark.label}:{mark.literal.unit}"
            yield f"{who}-bound={mark.literal.bound}"
    if scene.marks and scene.marks[0] is subject:
        yield "subject-first"
    if scene.marks and scene.marks[0] is obj:
        yield "object-first"


def _opening(words: Sequence[str]) -> str:
    return words[1] if words[0] in {"the", "a", "an"} and len(words) > 1 else words[0]


def _sentence(scene: Scene, way: str) -> Iterator[str]:
    if scene.item:
        yield f"{way}item"
    if scene.index == 0:
        yield "headline"
    for s in dict.fromkeys(stem(u.text) for u in scene.units if u.mark is None and len(u.text) > 2):
        yield f"said={s}"
