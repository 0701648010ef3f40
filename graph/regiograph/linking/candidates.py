"""Finds the items of Wikidata that an entity may be: by equal codes, and where there are none by equal names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from regiograph.linking import questions
from regiograph.linking.asking import Wikidata
from regiograph.linking.classes import classes
from regiograph.linking.questions import ITEM
from regiograph.linking.scoring import How
from regiograph.linking.subjects import Code, Subject
from regiograph.rdf.nodes import LABEL
from regiograph.terms import EntityType

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item found for a subject: its IRI, how it was found, the equal code in words, and the class that fits."""

    subject: Subject
    item: str
    how: How
    code: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Hit:
    """An item that has a code or a name, with the classes that it is stated to be of."""

    item: str
    how: How
    classes: frozenset[str]


_Above = Mapping[str, frozenset[str]]
_Row = tuple[Key, How, str, str]


def candidates(subjects: tuple[Subject, ...], wikidata: Wikidata) -> tuple[Candidate, ...]:
    """Return what is found for the subjects.

    A place that an equal code finds is not sought by name. What only a name finds, and is of another type, is left out.

    Raises:
        EndpointError: the endpoint gives no answer.
    """
    coded = _coded(subjects, wikidata)
    nameless = {each.iri for each in subjects if any(code in coded for code in each.codes)}
    others = tuple(each for each in subjects if each.iri not in nameless)
    named = _named(others, wikidata)
    hits = (hit for group in (*coded.values(), *named.values()) for hit in group)
    above = _above({each for hit in hits for each in hit.classes}, wikidata)
    return _surest((*_by_code(subjects, coded, above), *_by_name(others, named, above)))


def spellings(subject: Subject) -> tuple[str, ...]:
    """Return what Wikidata may call the subject: with a capital letter, too, and a sector without one."""
    found = {*subject.names, *(name[:1].upper() + name[1:] for name in subject.names)}
    if subject.type is EntityType.SECTOR:
        found.update(name[:1].lower() + name[1:] for name in subject.names)
    return tuple(sorted(found))


def _coded(subjects: tuple[Subject, ...], wikidata: Wikidata) -> Mapping[Code, tuple[_Hit, ...]]:
    rows: list[_Row[Code]] = []
    for name in questions.CODES:
        values = {code.value for subject in subjects for code in subject.codes if code.property == name}
        for question in questions.with_code(name, values):
            found = wikidata.select(question).texts()
            rows.extend((Code(name, value), How.CODE, item, kind) for value, item, kind in found)
    return _gathered(rows)


def _named(subjects: tuple[Subject, ...], wikidata: Wikidata) -> Mapping[str, tuple[_Hit, ...]]:
    wanted = {(name, tag) for each in subjects for name in spellings(each) for tag in each.languages}
    rows: list[_Row[str]] = []
    for question in questions.with_name(wanted):
        found = wikidata.select(question).texts()
        rows.extend((name, _how(said), item, kind) for name, said, item, kind in found)
    return _gathered(rows)


def _how(said: str) -> How:
    return How.LABEL if said == LABEL.value else How.ALIAS


def _gathered(rows: Iterable[_Row[Key]]) -> Mapping[Key, tuple[_Hit, ...]]:
    """Return the items by what found them; each once, with all its classes."""
    found: dict[Key, dict[str, _Hit]] = defaultdict(dict)
    for value, how, item, kind in rows:
        if questions.is_item(item):
            old = found[value].get(item, _Hit(item, how, frozenset()))
            found[value][item] = _Hit(item, min(how, old.how), old.classes | {kind} - {""})
    return {value: tuple(hits.values()) for value, hits in found.items()}


def _above(stated: Iterable[str], wikidata: Wikidata) -> _Above:
    """Return for each class those of our table that it is, or lies below."""
    found: dict[str, set[str]] = defaultdict(set)
    for question in questions.above(each for each in stated if questions.is_item(each)):
        for below, above in wikidata.select(question).texts():
            found[below].add(above.removeprefix(ITEM))
    return {below: frozenset(above) for below, above in found.items()}


def _by_code(subjects: Iterable[Subject], coded: Mapping[Code, tuple[_Hit, ...]], above: _Above) -> Iterator[Candidate]:
    for subject in subjects:
        for code in subject.codes:
            for hit in coded.get(code, ()):
                words = f"{questions.CODES[code.property]} {code.value}"
                yield Candidate(subject, hit.item, hit.how, words, _kind(subject.type, hit, above))


def _by_name(subjects: Iterable[Subject], named: Mapping[str, tuple[_Hit, ...]], above: _Above) -> Iterator[Candidate]:
    for subject in subjects:
        for name in spellings(subject):
            for hit in named.get(name, ()):
                if kind := _kind(subject.type, hit, above):
                    yield Candidate(subject, hit.item, hit.how, kind=kind)


def _kind(wanted: EntityType, hit: _Hit, above: _Above) -> str:
    """Return the first class of the type that the item belongs to, in words; "" where it belongs to none."""
    found = frozenset[str]().union(*(above.get(each, frozenset()) for each in hit.classes))
    return next((each.words for each in classes(wanted) if each.id in found), "")


def _surest(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return each item of a subject once, as the surest way found it."""
    best: dict[tuple[str, str], Candidate] = {}
    for each in found:
        key = (each.subject.iri, each.item)
        if key not in best or each.how < best[key].how:
            best[key] = each
    return tuple(best[key] for key in sorted(best))
