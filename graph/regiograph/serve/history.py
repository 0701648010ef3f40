"""What was decided, by whom and when, in words, and how each can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from regiograph.entities.decisions import Act, Decision, ordered, undone
from regiograph.entities.identity import article_iri
from regiograph.reviewing.pending import Bench, Doubt, claim
from regiograph.serve import links
from regiograph.serve.site import render
from regiograph.view import wording
from regiograph.view.looks import relation

_WHEN = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\+00:00", re.ASCII)
_MOST = 500  # decisions on one page
Part = tuple[str | None, str]
"""A link, or none, and what it says."""


@dataclass(frozen=True, slots=True)
class Made:
    """By whom and when something was decided: `when` in words, `iso` for programs where it is a time."""

    who: str
    when: str
    iso: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A decision in words; `back` tells who has taken it back, `undo` is the id of what its button undoes."""

    id: str
    act: Act
    words: tuple[Part, ...]
    made: Made
    back: Made | None
    undo: str


def page(bench: Bench, decisions: Sequence[Decision]) -> bytes:
    """Return the page of all that was decided, the latest first."""
    found = lines(bench, decisions, _MOST)
    more = sum(each.act is not Act.UNDO for each in ordered(decisions)) - len(found)
    return render("history.html.j2", lines=found, more=more)


def lines(bench: Bench, decisions: Sequence[Decision], most: int) -> tuple[Line, ...]:
    """Return the latest decisions, `most` of them, the latest first."""
    back = undone(decisions)
    made = [each for each in reversed(ordered(decisions)) if each.act is not Act.UNDO]
    return tuple(line(bench, each, back.get(each.id)) for each in made[:most])


def line(bench: Bench, decision: Decision, back: Decision | None) -> Line:
    """Return a decision in words; `back` is the undo that takes it back."""
    return Line(
        id=decision.id,
        act=decision.act,
        words=tuple(_words(bench, decision)),
        made=_made(decision),
        back=None if back is None else _made(back),
        undo=decision.id if back is None else back.id,
    )


def _words(bench: Bench, decision: Decision) -> Iterator[Part]:
    named = partial(_named, bench)
    match decision.act, decision.about:
        case ((Act.MERGE | Act.SPLIT), (one, other)):
            yield from (named(one), (None, " and "), named(other))
            yield None, " are one" if decision.act is Act.MERGE else " are not one"
        case Act.RENAME, (entity, name):
            yield from (named(entity), (None, f" is called “{name}”"))
        case ((Act.ACCEPT | Act.REJECT), about):
            yield from _claim(bench, about)
            yield None, ": believed" if decision.act is Act.ACCEPT else ": not believed"


def _claim(bench: Bench, about: tuple[str, ...]) -> Iterator[Part]:
    """Yield a claim in words; as the log has it, where its article is gone or read otherwise now."""
    node, article, subject, predicate, obj = about
    graph = article_iri(bench.store.base, article)
    found = claim(bench.store, Doubt(node, graph))
    if found is None:
        yield from (_named(bench, subject), (None, f" {relation(predicate)[0]} "), _named(bench, obj))
        return
    said, local = found[1], partial(links.local, bench.store.base)
    yield local(said.subject.iri), said.subject.label
    yield None, " not " if said.denied else " "
    yield links.sentence(bench.store.base, graph, said.start, said.end), said.relation
    yield None, " "
    yield (local(said.obj.iri), said.obj.label) if said.obj is not None else (None, said.value or "")


def _named(bench: Bench, entity: str) -> Part:
    name = bench.name(entity)
    return (None, name) if name == entity else (links.local(bench.store.base, entity), name)


def _made(decision: Decision) -> Made:
    match = _WHEN.fullmatch(decision.when)
    if match is None:
        return Made(decision.who, decision.when, None)
    return Made(decision.who, f"{wording.date(match[1])}, {match[2]} UTC", decision.when)
