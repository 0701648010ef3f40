"""The page of what is in doubt: one item at a time, what was decided last, and forms to decide on any entity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from regiograph.entities.decisions import Act, Decision, undone
from regiograph.errors import QueryError
from regiograph.matching.resolution import Proposal
from regiograph.matching.settling import Behind
from regiograph.rdf.nodes import iri
from regiograph.reviewing.pending import Bench, Doubt, Item, Pending, Side, claim
from regiograph.serve import history, links
from regiograph.serve.facts import Quote
from regiograph.serve.site import render
from regiograph.view.links import sentence_url
from regiograph.view.said import Said, Telling
from regiograph.view.wording import counted, listed

_SHOWN = 3  # articles of an entity
_LATEST = 10  # decisions


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone is: who, at which item, the id of the decision made last, whether the store has just followed."""

    who: str
    at: int
    made: str | None
    followed: bool
    log: str  # its name


@dataclass(frozen=True, slots=True)
class Entity:
    """One of a pair: what it is, with links to those with whom it stands, and what some of its articles say of it."""

    side: Side
    link: str | None
    near: tuple[history.Part, ...]
    quotes: tuple[Quote, ...]


def page(bench: Bench, decisions: Sequence[Decision], place: Place) -> bytes:
    """Return the page."""
    pending = bench.pending(decisions)
    back = undone(decisions)
    made = next((each for each in decisions if each.id == place.made), None)
    at = _at(pending, decisions, made, place.at)
    item = pending.items[at] if at < len(pending.items) else None
    return render(
        "review.html.j2",
        place=place,
        at=at,
        count=len(pending.items),
        told=listed([*_told(pending)]),
        item=None if item is None else _shown(bench, item),
        made=None if made is None or made.act is Act.UNDO else history.line(bench, made, back.get(made.id)),
        undone=made is not None and made.act is Act.UNDO,
        behind=listed([*_behind(pending.behind)]),
        unfit=pending.unfit,
        lines=history.lines(bench, decisions, _LATEST),
        decisions=sum(each.act is not Act.UNDO for each in decisions),
        latest=_latest(decisions, back, place.who),
        local=partial(links.local, bench.store.base),
    )


def _at(pending: Pending, decisions: Sequence[Decision], made: Decision | None, at: int) -> int:
    """Return the number of the item to show: what was taken back is shown again."""
    if made is None or made.act is not Act.UNDO:
        return at
    again = next((each for each in decisions if each.id == made.about[0]), made)
    return at if (found := pending.place(again.about)) is None else found


def _latest(decisions: Sequence[Decision], back: dict[str, Decision], who: str) -> str | None:
    """Return the id of the latest decision that this person can take back."""
    own = (d for d in reversed(decisions) if d.who == who and d.act is not Act.UNDO and d.id not in back)
    return next((each.id for each in own), None)


def _told(pending: Pending) -> Iterator[str]:
    pairs = sum(isinstance(item, Proposal) for item in pending.items)
    if pairs:
        yield counted(pairs, "pair")
    if claims := len(pending.items) - pairs:
        yield counted(claims, "claim")


def _behind(far: Behind) -> Iterator[str]:
    if far.mentions:
        yield f"who is who in {counted(far.mentions, 'mention')}"
    if far.claims:
        yield f"what is believed of {counted(far.claims, 'claim')}"
    if far.names:
        yield counted(far.names, "name")


def _shown(bench: Bench, item: Item) -> dict[str, Any]:
    if isinstance(item, Proposal):
        sides = tuple(_entity(bench, side) for side in bench.sides(item))
        return {"pair": asdict(item) | {"sides": sides}, "claim": None}
    return {"pair": None, "claim": _claim(bench, item)}


def _entity(bench: Bench, side: Side) -> Entity:
    local = partial(links.local, bench.store.base)
    near = tuple((local(entity), name) for entity, name in side.near)
    return Entity(side, local(side.entity), near, tuple(_quotes(bench, side)))


def _quotes(bench: Bench, side: Side) -> Iterator[Quote]:
    """Yield from some articles of an entity the sentence that says something of it most surely; "" if none does."""
    for each in side.articles[:_SHOWN]:
        if (article := Telling.read(bench.store.quads, iri(each))) is None:
            continue
        ends = ((said, {said.subject.iri, said.obj.iri if said.obj else ""}) for said in article.claims())
        best = max((said for said, near in ends if side.entity in near), key=_sure, default=None)
        yield _quote(bench, article, best)


def _sure(said: Said) -> tuple[float, str]:
    return said.confidence, said.iri


def _quote(bench: Bench, article: Telling, said: Said | None) -> Quote:
    base = bench.store.base
    if said is None:
        return Quote("", article.title, article.told, links.local(base, article.iri) or "", None)
    here = links.sentence(base, article.iri, said.start, said.end)
    return Quote(said.words, article.title, article.told, here, sentence_url(article.url, said.words))


def _claim(bench: Bench, doubt: Doubt) -> dict[str, Any]:
    found = claim(bench.store, doubt)
    if found is None:
        raise QueryError(f"the claim <{doubt.claim}> is gone")
    article, said = found
    return {"said": said, "quote": _quote(bench, article, said)}
