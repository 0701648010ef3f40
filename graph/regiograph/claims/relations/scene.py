"""A sentence as the relations see it: a row of units, each a word, a post ("deputy minister of transport") or a mark.

Marks stand for entities and literals, so that "Minister of Economy of the Tomsk region Ivan Petrov" reads
POST of Region Person whatever the names are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from regiograph.claims.relations.posts import Post, posts
from regiograph.claims.relations.stems import stem
from regiograph.model import Article, Entity, Literal, Sentence, Span

_TOKEN = re.compile(r"'s\b|’s\b|\w+(?:[-.&]\w+|['’](?!s\b)\w+)*|[^\w\s]")
_PRONOUNS = frozenset("he she it they we i you him her them us me this who which himself itself".split())
_LIST_ITEM = re.compile(r"\s*(?:[-–—•*·▪]|\(?\d{1,2}[.)]|[a-z]\))\s")
LONGEST = 400  # words of a sentence that are read; what follows is no prose


class Mark(NamedTuple):
    """Where an entity or a literal stands in a sentence; exactly one of the two is set.

    `unit` is its place in the scene's row; a literal within an entity's words shares the entity's (`inside`).
    """

    span: Span
    unit: int
    label: str  # the entity's type, or the literal's kind
    form: str  # "name", "description", "pronoun" or "literal"
    words: tuple[str, ...]
    entity: Entity | None = None
    literal: Literal | None = None
    inside: bool = False


_UNIT = attrgetter("unit")


class Unit(NamedTuple):
    """One place of a scene's row; `text` is the word in lower case, the label of the mark, or "POST".

    `stem` is what inflected forms of the word share; labels stand for themselves.
    """

    text: str
    stem: str
    span: Span
    mark: Mark | None = None
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its units and marks in order.

    `stems` are the different stems of its words; `item` says that it is a line of a list.
    """

    sentence: Sentence
    text: str
    units: tuple[Unit, ...]
    marks: tuple[Mark, ...]
    stems: tuple[str, ...]
    item: bool
    index: int

    @property
    def span(self) -> Span:
        """The sentence's span."""
        return self.sentence.span

    def between(self, low: int, high: int) -> tuple[Mark, ...]:
        """Return the marks at units from `low` to `high`."""
        start = bisect_left(self.marks, low, key=_UNIT)
        return self.marks[start : bisect_right(self.marks, high, key=_UNIT)]

    def said(self, start: int, end: int) -> str:
        """Return the article's text from unit `start` to before unit `end`."""
        if start >= end:
            return ""
        offset = self.span.start
        return self.text[self.units[start].span.start - offset : self.units[end - 1].span.end - offset]


def scenes(
    article: Article, sentences: Sequence[Sentence], entities: Sequence[Entity], literals: Sequence[Literal]
) -> tuple[Scene, ...]:
    """Return a scene for every sentence that is not furniture, in the order of the text."""
    read = [s for s in sentences if not s.furniture]
    named: list[tuple[Span, Entity | Literal]] = [(span, e) for e in entities for span in e.mentions]
    things = _by_sentence(read, named + [(x.span, x) for x in literals])
    return tuple(_scene(article.text, s, things[i], i) for i, s in enumerate(read))


def _by_sentence(
    sentences: Sequence[Sentence], things: Iterable[tuple[Span, Entity | Literal]]
) -> list[list[tuple[Span, Entity | Literal]]]:
    starts = [s.span.start for s in sentences]
    rows: list[list[tuple[Span, Entity | Literal]]] = [[] for _ in sentences]
    for span, thing in things:
        at = bisect_right(starts, span.start) - 1
        if at >= 0 and sentences[at].span.contains(span):
            rows[at].append((span, thing))
    return rows


def _scene(text: str, sentence: Sentence, things: list[tuple[Span, Entity | Literal]], index: int) -> Scene:
    outer, inner = _nested(things)
    said = text[sentence.span.start : sentence.span.end]
    tokens = [Span(*m.span()) for m in islice(_TOKEN.finditer(text, *sentence.span), LONGEST)]
    units = _units(text, tokens, outer)
    marks = [u.mark for u in units if u.mark is not None]
    places = {m.span: m.unit for m in marks}
    for span, literal, holder in inner:
        if holder in places:
            marks.append(_mark(text, span, literal, places[holder], inside=True))
    marks.sort(key=lambda m: (m.unit, m.inside, m.span))
    stems = tuple(dict.fromkeys(u.stem for u in units if u.mark is None and len(u.text) > 2))
    return Scene(sentence, said, tuple(units), tuple(marks), stems, _LIST_ITEM.match(said) is not None, index)


def _nested(
    things: list[tuple[Span, Entity | Literal]],
) -> tuple[list[tuple[Span, Entity | Literal]], list[tuple[Span, Literal, Span]]]:
    """Part what stands for itself from literals within an entity's words ("the {SAR 260m line}")."""
    outer: list[tuple[Span, Entity | Literal]] = []
    inner: list[tuple[Span, Literal, Span]] = []
    for span, thing in sorted(things, key=lambda t: (t[0].start, -t[0].end, isinstance(t[1], Literal))):
        if not outer or not outer[-1][0].overlaps(span):
            outer.append((span, thing))
        elif isinstance(thing, Literal) and outer[-1][0].contains(span):
            inner.append((span, thing, outer[-1][0]))
        elif isinstance(thing, Entity) and isinstance(outer[-1][1], Literal):
            outer[-1] = (span, thing)
    return outer, inner


def _units(text: str, tokens: Sequence[Span], outer: Sequence[tuple[Span, Entity | Literal]]) -> list[Unit]:
    holder: dict[int, int] = {}
    first = 0
    for place, (span, _) in enumerate(outer):
        while first < len(tokens) and tokens[first].end <= span.start:
            first += 1
        last = first
        while last < len(tokens) and tokens[last].start < span.end:
            holder[last] = place
            last += 1
        first = last
    words = [text[start:end] for start, end in tokens]
    offices = {p.start: p for p in posts(words, holder)}
    units: list[Unit] = []
    i = 0
    while i < len(tokens):
        if i in holder:
            span, thing = outer[place := holder[i]]
            mark = _mark(text, span, thing, len(units))
            units.append(Unit(mark.label, mark.label, span, mark=mark))
            while holder.get(i) == place:
                i += 1
        elif i in offices:
            post = offices[i]
            span = Span(tokens[i].start, tokens[post.end - 1].end)
            units.append(Unit("POST", "POST", span, post=post))
            i = post.end
        else:
            low = words[i].lower()
            units.append(Unit(low, stem(low), tokens[i]))
            i += 1
    return units


def _mark(text: str, span: Span, thing: Entity | Literal, unit: int, *, inside: bool = False) -> Mark:
    said = text[span.start : span.end]
    words = tuple(w.lower() for w in _TOKEN.findall(said))
    if isinstance(thing, Literal):
        return Mark(span, unit, thing.kind, "literal", words, literal=thing, inside=inside)
    return Mark(span, unit, thing.type.value, _form(said, words), words, entity=thing)


def _form(said: str, words: tuple[str, ...]) -> str:
    if len(words) == 1 and words[0] in _PRONOUNS:
        return "pronoun"
    named = any(w[:1].isupper() for w in said.split()[1:]) or (said[:1].isupper() and not said.startswith("The "))
    return "name" if named else "description"
