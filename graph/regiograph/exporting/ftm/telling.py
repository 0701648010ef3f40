"""Facts as FollowTheMoney has them: a relation, a property of one of the ends, or neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from regiograph.exporting.ftm.book import ASSETS, BODIES, PARTIES, Book
from regiograph.exporting.ftm.entities import Entity
from regiograph.exporting.measures import measured
from regiograph.network.facts import Stated
from regiograph.rdf.vocabulary import properties
from regiograph.terms import Modality
from regiograph.terms import Predicate as P  # noqa: N817

_OF_NUMBERS = frozenset({"bound", "currency", "unit", "verbatim"})  # say nothing without the number
_DATES = frozenset({"date", "period"})
_ENDED = MappingProxyType({"former": "ended"})


def tell(book: Book, facts: Iterable[Stated]) -> None:
    """Add facts to the book, or count them as left out: FollowTheMoney knows no plans and no proposals.

    Of a project's several amounts none is told: they would lie in one list, and their currencies in another.
    """
    asserted = []
    for said in facts:
        if said.fact.modality == Modality.ASSERTED:
            asserted.append(said)
        else:
            book.leave(f"{said.fact.modality} {said.fact.predicate}")
    amounts = Counter(said.subject for said in asserted if said.fact.predicate == P.HAS_AMOUNT)
    for said in sorted(asserted, key=lambda each: book.is_place(each.subject)):  # last, where addresses lie
        several = said.fact.predicate == P.HAS_AMOUNT and amounts[said.subject] > 1
        if several or not _RULES.get(said.fact.predicate, _linked)(book, said):
            book.leave(said.fact.predicate)


def _post(book: Book, said: Stated) -> bool:
    if said.object is None or book.schema(said.subject) != "Person":
        return False
    post = book.position(said.qualifiers.get("role"), said.object)
    book.prove(post, said)
    held = book.link(said, "Occupancy")
    held.add("holder", book.of(said.subject).id)
    held.add("post", post.id)
    _qualify(book, held, said, told={"role"})
    return True


def _member(book: Book, said: Stated) -> bool:
    return _related(book, said, "Membership", ("member", PARTIES), ("organization", BODIES))


def _represents(book: Book, said: Stated) -> bool:
    return _related(book, said, "Representation", ("agent", PARTIES), ("client", PARTIES))


def _owned(book: Book, said: Stated) -> bool:
    if _related(book, said, "Ownership", ("asset", ASSETS), ("owner", PARTIES)):
        return True
    return _linked(book, said)


def _takes_part(book: Book, said: Stated) -> bool:
    if _related(book, said, "ProjectParticipant", ("participant", PARTIES), ("project", {"Project"})):
        return True
    return _linked(book, said)


def _linked(book: Book, said: Stated) -> bool:
    if said.object is None or not (book.schema(said.subject) and book.schema(said.object)):
        return False
    anyone = {str(book.schema(said.subject)), str(book.schema(said.object))}
    return _related(book, said, "UnknownLink", ("subject", anyone), ("object", anyone))


def _related(
    book: Book,
    said: Stated,
    schema: str,
    subject: tuple[str, AbstractSet[str]],
    obj: tuple[str, AbstractSet[str]],
) -> bool:
    """Add a relation if both ends are of the schemata that it may have there."""
    if said.object is None or book.schema(said.subject) not in subject[1] or book.schema(said.object) not in obj[1]:
        return False
    link = book.link(said, schema)
    link.add(subject[0], book.of(said.subject).id)
    link.add(obj[0], book.of(said.object).id)
    if schema in ("UnknownLink", "ProjectParticipant"):
        link.add("role", properties()[said.fact.predicate].label)
    _qualify(book, link, said)
    return True


def _qualify(book: Book, link: Entity, said: Stated, told: AbstractSet[str] = frozenset()) -> None:
    """Add what a relation says beside its ends, and count what FollowTheMoney has no property for."""
    for name, value in sorted(said.qualifiers.items()):
        if name not in told and name not in _OF_NUMBERS and not _qualified(link, name, value, said):
            book.leave(f"{name} of {said.fact.predicate}")


def _qualified(link: Entity, name: str, value: str, said: Stated) -> bool:
    if name in _DATES:
        return link.date(value)
    if name in ("since", "until"):
        return link.date(value, on="startDate" if name == "since" else "endDate")
    if name == "share" and link.schema == "Ownership":
        link.add("percentage", f"{said.qualifiers.get('bound', '')} {value.replace('/', '-')}")
    elif name in ("role", "status"):
        link.add(name, _ENDED.get(value, value))
    elif name == "topic":
        link.add("description", value)
    else:
        return False
    return True


def _place(book: Book, said: Stated) -> bool:
    if said.object is None or not book.is_place(said.object):
        return _linked(book, said)
    if book.is_place(said.subject):
        return book.surround(said.subject, said.object)
    there = book.of(said.subject)
    there.add("addressEntity", book.address(said.object).id)
    return _proven(book, there, said)


def _took_part(book: Book, said: Stated) -> bool:
    if said.object is None or book.schema(said.subject) not in PARTIES:
        return False
    event = book.of(said.object)
    event.add("involved", book.of(said.subject).id)
    return _proven(book, event, said)


def _sector(book: Book, said: Stated) -> bool:
    if said.object is None or book.schema(said.subject) not in PARTIES:
        return False
    body = book.of(said.subject)
    body.add("sector", book.label(said.object))
    return _proven(book, body, said)


def _event_date(book: Book, said: Stated) -> bool:
    event = book.of(said.subject)
    return event.date(said.fact.value) and _proven(book, event, said)


def _started(book: Book, said: Stated) -> bool:
    name = "startDate" if book.schema(said.subject) == "Project" else "incorporationDate"
    return book.schema(said.subject) != "RealEstate" and _one_date(book, said, name)


def _completed(book: Book, said: Stated) -> bool:
    return book.schema(said.subject) == "Project" and _one_date(book, said, "endDate")


def _one_date(book: Book, said: Stated, name: str) -> bool:
    entity = book.of(said.subject)
    return "/" not in said.fact.value and entity.date(said.fact.value, on=name) and _proven(book, entity, said)


def _amount(book: Book, said: Stated) -> bool:
    """Add an amount if it is exact: "more than 4 billion" is no 4 billion."""
    exact = None if "bound" in said.qualifiers else measured(said.fact.value, None).number
    if exact is None or book.schema(said.subject) not in ("Project", "RealEstate"):
        return False
    entity = book.of(said.subject)
    entity.add("amount", exact)
    entity.add("currency", said.qualifiers.get("currency"))
    return _proven(book, entity, said)


def _proven(book: Book, entity: Entity, said: Stated) -> bool:
    book.prove(entity, said)
    for name in sorted(said.qualifiers.keys() - _OF_NUMBERS):
        book.leave(f"{name} of {said.fact.predicate}")
    return True


_RULES: Mapping[str, Callable[[Book, Stated], bool]] = MappingProxyType(
    {
        P.HOLDS_POST: _post,
        P.MEMBER_OF: _member,
        P.REPRESENTS: _represents,
        P.OWNED_BY: _owned,
        P.INVESTS_IN: _takes_part,
        P.IMPLEMENTS: _takes_part,
        P.SUPPORTS: _takes_part,
        P.LOCATED_IN: _place,
        P.EVENT_PLACE: _place,
        P.PARTICIPATED_IN: _took_part,
        P.OPERATES_IN_SECTOR: _sector,
        P.EVENT_DATE: _event_date,
        P.STARTED_IN: _started,
        P.COMPLETED_IN: _completed,
        P.HAS_AMOUNT: _amount,
    }
)
