"""Which post a person holds: the post that stands beside the person's name, as the text has it."""

from __future__ import annotations

from regiograph.claims.relations.pairs import Pair
from regiograph.claims.relations.posts import Post, posts
from regiograph.claims.relations.scene import Scene

_REACH = 12


def role(pair: Pair) -> str | None:
    """Return the words of the post ("Minister of Economy"), or None where the sentence has none."""
    post = _post(pair)
    return post.role if post is not None else None


def status(pair: Pair) -> str | None:
    """Return "acting" or "former" where the text says so."""
    post = _post(pair)
    return post.status if post is not None else None


def _post(pair: Pair) -> Post | None:
    person, body = pair.subject, pair.obj
    if person.form == "description" and (named := _within(pair.scene, person.span.start, person.span.end)):
        return named
    low, high = sorted((person.unit, body.unit))
    best: tuple[int, Post] | None = None
    for at, unit in enumerate(pair.scene.units):
        if unit.post is None or abs(at - person.unit) > _REACH:
            continue
        cost = abs(at - person.unit) + 6 * _others_between(pair.scene, at, person.unit, "Person")
        cost -= 2 if low < at < high else 0
        if best is None or cost < best[0]:
            best = cost, unit.post
    return best[1] if best is not None else None


def _within(scene: Scene, start: int, end: int) -> Post | None:
    words = scene.text[start - scene.span.start : end - scene.span.start].split() if start >= scene.span.start else []
    return next(iter(posts(words, ())), None)


def _others_between(scene: Scene, a: int, b: int, label: str) -> int:
    low, high = sorted((a, b))
    return sum(m.label == label for m in scene.marks if low < m.unit < high)
