"""Cues: the signs in a sentence that speak for a relation between two of its marks.

A cue is a short readable string such as ">core=, POST of" (what stands from subject to object once lists are folded),
"<has=visited by", "near=inside". What each is worth for each predicate was measured on annotated articles.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from regiograph.claims.relations.scene import Mark, Scene, Unit
from regiograph.claims.relations.stems import stem

_LISTING = frozenset({",", "and", "&", ";", "or", "/", "the", "with"})
_ENDS = frozenset({*';:—–"“”()', *"but while whereas although which who where whose".split()})
_ARTICLES = frozenset({"the", "a", "an"})
_GAPS = (0, 1, 3, 7, 15)  # words between two marks, at most
_OFTEN = (1, 2, 4, 8)  # mentions of an entity, at most


def folded(units: Sequence[Unit], first: int, second: int) -> tuple[int, int]:
    """Move both ends of (first, second) inwards over the lists that they belong to: "A, B and C joined D"."""
    a, b = first, second
    while (following := _next_in_list(units, a, 1)) is not None and following < b:
        a = following
    while (previous := _next_in_list(units, b, -1)) is not None and previous > a:
        b = previous
    return a, b


def _next_in_list(units: Sequence[Unit], at: int, step: int) -> int | None:
    """Find the neighbour of the same label beyond nothing but commas and "and"."""
    for seen in range(1, 5):
        i = at + seen * step
        if not 0 <= i < len(units):
            return None
        if units[i].mark is not None:
            return i if units[i].text == units[at].text and seen > 1 else None
        if units[i].text not in _LISTING:
            return None
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
        yield f"inside={types}"
    yield from _between(units, first.unit, second.unit, way, types)
    yield from _around(units, first.unit, second.unit, way)
    yield from _rivals(scene, subject, obj, way)
    for who, mark in (("subject", subject), ("object", obj)):
        yield from _self(scene, who, mark)
    if scene.item:
        yield f"{way}item"
    if scene.index == 0:
        yield "headline"
    yield from (f"said={s}" for s in scene.stems)


def _between(units: Sequence[Unit], first: int, second: int, way: str, types: str) -> Iterator[str]:
    a, b = folded(units, first, second)
    yield f"{way}listed={a != first},{b != second}"
    row = units[a + 1 : b]
    yield f"{way}gap={bisect_right(_GAPS, len(row))}"
    yield f"{way}breaks={min(sum(u.text in _ENDS for u in row), 3)}"
    yield f"{way}marks={min(sum(u.mark is not None for u in row), 5)}"
    stems = [u.stem for u in row if u.text not in _ARTICLES]
    yield from _row(stems, way, types)
    yield from (f"{way}office={o}" for u in _near(units, first, second) if u.post for o in u.post.stems)
    near = stems[:14] + stems[-14:] if len(stems) > 28 else stems
    for s in dict.fromkeys(near):
        yield f"{way}has={s}"
    for x, y in dict.fromkeys(pairwise(stems[:13])):
        yield f"{way}has={x} {y}"


def _near(units: Sequence[Unit], first: int, second: int) -> Sequence[Unit]:
    return units[max(0, first - 2, second - 40) : second + 4]


def _row(stems: Sequence[str], way: str, types: str) -> Iterator[str]:
    """Yield what a row of words is as a whole, and how it starts and ends."""
    if len(stems) <= 6:
        yield f"{way}core={' '.join(stems)}"
        yield f"{way}core={' '.join(stems)}|{types}"
    if stems:
        yield f"{way}starts={stems[0]}"
        yield f"{way}starts={' '.join(stems[:2])}|{types}"
        yield f"{way}ends={stems[-1]}"
        yield f"{way}ends={' '.join(stems[-2:])}|{types}"


def _around(units: Sequence[Unit], first: int, second: int, way: str) -> Iterator[str]:
    before = [u.stem for u in units[max(0, first - 3) : first]]
    after = [u.stem for u in units[second + 1 : second + 4]]
    yield from (f"{way}before={s}" for s in before)
    yield from (f"{way}after={s}" for s in after)
    yield f"{way}before1={before[-1] if before else '^'}"
    yield f"{way}after1={after[0] if after else '$'}"
    yield f"{way}before2={' '.join(before[-2:])}"
    yield f"{way}after2={' '.join(after[:2])}"


def _rivals(scene: Scene, subject: Mark, obj: Mark, way: str) -> Iterator[str]:
    """Say whether another mark of the subject's or the object's kind stands nearer, or between."""
    low, high = sorted((subject.unit, obj.unit))
    near = scene.between(low - (high - low), high + (high - low))
    subjects = [abs(m.unit - obj.unit) for m in near if m.label == subject.label and m is not subject]
    objects = [abs(m.unit - subject.unit) for m in near if m.label == obj.label and m is not obj]
    yield f"nearer-subjects={min(sum(d < high - low for d in subjects), 2)}"
    yield f"nearer-objects={min(sum(d < high - low for d in objects), 2)}"
    inside = [m.label for m in near if low < m.unit < high]
    yield f"{way}rivals={min(inside.count(subject.label), 2)},{min(inside.count(obj.label), 2)}"


def _self(scene: Scene, who: str, mark: Mark) -> Iterator[str]:
    yield f"{who}-form={mark.form}|{mark.label}"
    if mark.entity is not None:
        yield f"{who}-head={mark.label}:{stem(mark.words[-1])}"
        opening = mark.words[1] if mark.words[0] in _ARTICLES and len(mark.words) > 1 else mark.words[0]
        yield f"{who}-opens={mark.label}:{stem(opening)}"
        yield f"{who}-often={mark.label},{bisect_right(_OFTEN, len(mark.entity.mentions))}"
    if mark.literal is not None:
        yield f"{who}-unit={mark.label}:{mark.literal.unit}"
        yield f"{who}-bound={mark.literal.bound}"
    if mark.label == "Person":
        yield f"{who}-post={_post_beside(scene.units, mark.unit)}"
    if scene.marks[0] is mark:
        yield f"{who}-first"


def _post_beside(units: Sequence[Unit], at: int) -> str:
    if any(u.text == "POST" for u in units[max(0, at - 2) : at]):
        return "before"
    return "after" if any(u.text == "POST" for u in units[at + 1 : at + 4]) else "none"
