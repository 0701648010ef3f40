"""When something told of happened: the date in its sentence, else the date that the story has reached by then."""

from __future__ import annotations

from collections.abc import Sequence

from regiograph.claims.relations.scene import Mark, Scene

_BOUNDARIES = frozenset("since from by until till before after through of".split())
_MONTH = len("2015-06")
_HOLDS = 2  # sentences for which a date goes on to hold
_RECENT = 1  # years between what the story tells and the day it was published


def story_dates(scenes: Sequence[Scene], published: str | None) -> tuple[str | None, ...]:
    """Return for each scene the latest day or month told of shortly before its end that has passed when published.

    Days of long ago are history and not the story; without a day of publication nothing is known of that.
    """
    reached: list[str | None] = []
    told = [[m.literal.value for m in s.marks if m.literal is not None and _is_story(m, s, published)] for s in scenes]
    for i in range(len(scenes)):
        recent = [value for values in told[max(0, i - _HOLDS) : i + 1] for value in values]
        reached.append(recent[-1] if recent else None)
    return tuple(reached)


def happened(scene: Scene, low: int, high: int, published: str | None) -> str | None:
    """Return the date in a sentence of what it tells between units `low` and `high`: the nearest that fits, or None.

    Days and months go before bare years, what has passed before what is to come.
    """

    def rank(mark: Mark) -> tuple[bool, bool, int]:
        value = mark.literal.value if mark.literal is not None else ""
        outside = max(low - mark.unit, mark.unit - high, 0)
        return len(value) < _MONTH, _is_future(value, published), outside

    dates = [m for m in scene.marks if m.label == "date" and not _is_boundary(m, scene)]
    best = min(dates, key=rank, default=None)
    return best.literal.value if best is not None and best.literal is not None else None


def _is_story(mark: Mark, scene: Scene, published: str | None) -> bool:
    value = mark.literal.value if mark.literal is not None and mark.label == "date" else ""
    if published is None or len(value) < _MONTH or not value[:4].isdigit() or _is_boundary(mark, scene):
        return False
    return not _is_future(value, published) and int(published[:4]) - int(value[:4]) <= _RECENT


def _is_future(value: str, published: str | None) -> bool:
    start = value.split("/")[0]
    return published is not None and start[: len(published)] > published[: len(start)]


def _is_boundary(mark: Mark, scene: Scene) -> bool:
    return mark.unit > 0 and scene.units[mark.unit - 1].text in _BOUNDARIES
