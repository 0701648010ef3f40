"""What of a model's answers stands in the text: names that are spans, quotes that are there, legal relations.

Nothing is repaired by guessing. An item that fails is refused with its cause, and the rest of the answer stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from regiograph.claims.llm import answers, wording
from regiograph.claims.llm.answers import Answer, Item
from regiograph.claims.llm.causes import Cause
from regiograph.claims.llm.page import Page
from regiograph.claims.llm.schema import QUALIFIERS
from regiograph.model import Fault, Literal, Sentence, Span
from regiograph.terms import SIGNATURES, EntityType, Modality, Polarity, Predicate

_SHOWN = 80
_WORDS = 2  # that a quote has at least, unless it is a whole sentence

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of an answer: the key that its claims use, its type, and where it is mentioned."""

    key: str
    type: EntityType
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of an answer; exactly one of `object`, an entity's key, and `literal` is set."""

    subject: str
    predicate: Predicate
    object: str | None
    literal: Literal | None
    qualifiers: tuple[tuple[str, str], ...]
    modality: Modality
    polarity: Polarity
    evidence: Span


@dataclass(frozen=True, slots=True)
class Grounded:
    """What stands, and what is refused; `stated` counts both."""

    entities: tuple[Named, ...]
    claims: tuple[Told, ...]
    faults: tuple[Fault, ...]
    stated: int


@dataclass(slots=True)
class _Ledger:
    """The faults found so far, and the number of items looked at."""

    faults: list[Fault] = field(default_factory=list)
    stated: int = 0

    def refuse(self, cause: Cause, *words: object) -> None:
        self.faults.append(Fault(cause, " ".join(_shown(each) for each in words)))


def ground(page: Page, given: Sequence[Answer]) -> Grounded:
    """Return what of the answers on one window stands in it; a later answer adds to the one before it.

    Where both give an entity of one key, the later one says its type.
    """
    ledger = _Ledger()
    for answer in given:
        ledger.stated += len(answer.entities) + len(answer.claims) + answer.beyond
        for _ in range(answer.beyond):
            ledger.refuse(Cause.EXTRA, "one more")
    entities = _entities(page, given, ledger)
    kinds = {each.key: each.type for each in entities}
    claims = [told for a in given for item in a.claims if (told := _claim(page, item, kinds, ledger)) is not None]
    return Grounded(entities, tuple(claims), tuple(ledger.faults), ledger.stated)


def _entities(page: Page, given: Sequence[Answer], ledger: _Ledger) -> tuple[Named, ...]:
    kinds: dict[str, EntityType] = {}
    keys: list[str] = []
    wanted: list[tuple[str, Sentence, str]] = []
    for item in (item for answer in given for item in answer.entities):
        if not isinstance(item, Mapping):
            ledger.refuse(Cause.FORM, "entity", item)
        elif (known := _kind(item, ledger)) is not None:
            kinds[known[0]] = known[1]
            keys.append(known[0])
            wanted += _mentions(page, item, known[0], ledger)
    placed = _placed(page, wanted, ledger)
    for key in (key for key in keys if key not in placed):
        ledger.refuse(Cause.NAMELESS, "entity", key)
    return tuple(Named(key, kind, tuple(sorted(placed[key]))) for key, kind in kinds.items() if key in placed)


def _kind(item: Item, ledger: _Ledger) -> tuple[str, EntityType] | None:
    """Return key and type of an entity."""
    if (key := answers.text(item, "key")) is None:
        ledger.refuse(Cause.FORM, "entity", item)
        return None
    if (kind := _member(EntityType, item.get("type"))) is None:
        ledger.refuse(Cause.TYPE, "entity", key, item.get("type"))
        return None
    return key, kind


def _mentions(page: Page, item: Item, key: str, ledger: _Ledger) -> Iterator[tuple[str, Sentence, str]]:
    for each in answers.items(item, "mentions"):
        ledger.stated += 1
        words = answers.text(each, "text") if isinstance(each, Mapping) else None
        if not isinstance(each, Mapping) or words is None:
            ledger.refuse(Cause.FORM, "mention of", key, each)
        elif (sentence := page.window.numbered(answers.number(each, "sentence") or 0)) is None:
            ledger.refuse(Cause.SENTENCE, "mention of", key, words)
        else:
            yield key, sentence, words


def _placed(page: Page, wanted: Sequence[tuple[str, Sentence, str]], ledger: _Ledger) -> Mapping[str, Sequence[Span]]:
    """Give each mention the first place in its sentence that no other has; longer names choose first."""
    taken: dict[Span, str] = {}
    placed: dict[str, list[Span]] = defaultdict(list)
    found = {words: tuple(page.find(words)) for _, _, words in wanted}
    for key, sentence, words in sorted(wanted, key=lambda each: -len(each[2])):
        here = [span for span in found[words] if sentence.span.contains(span)]
        free = [span for span in here if not any(span.overlaps(other) for other in taken)]
        if free:
            taken[free[0]] = key
            placed[key].append(free[0])
        elif not any(taken.get(span) == key for span in here):
            ledger.refuse(Cause.INSIDE if here else Cause.NAME, "mention of", key, words)
    return placed


def _claim(page: Page, item: object, kinds: Mapping[str, EntityType], ledger: _Ledger) -> Told | None:
    if not isinstance(item, Mapping) or (subject := answers.text(item, "subject")) is None:
        ledger.refuse(Cause.FORM, "claim", item)
        return None
    if (predicate := _member(Predicate, item.get("predicate"))) is None:
        ledger.refuse(Cause.PREDICATE, "claim", subject, item.get("predicate"))
        return None
    shown = ("claim", subject, predicate.value, answers.text(item, "object") or answers.text(item, "value"))
    if (evidence := _evidence(page, item)) is None:
        ledger.refuse(Cause.QUOTE, *shown, item.get("quote"))
        return None
    ends = _ends(page, item, subject, predicate, kinds, evidence)
    if isinstance(ends, Cause):
        ledger.refuse(ends, *shown)
        return None
    obj, literal = ends
    said = {} if literal is None else dict(wording.own(page, predicate, literal))
    said |= _qualifiers(page, item, predicate, evidence, ledger)
    modality = _member(Modality, item.get("modality")) or Modality.ASSERTED
    polarity = _member(Polarity, item.get("polarity")) or Polarity.POSITIVE
    return Told(subject, predicate, obj, literal, tuple(sorted(said.items())), modality, polarity, evidence)


def _evidence(page: Page, item: Item) -> Span | None:
    """Return the sentences that hold the quote: from the one that is named, else wherever it stands only once."""
    quote, named = answers.text(item, "quote"), page.window.numbered(answers.number(item, "sentence") or 0)
    if quote is None:
        return None
    places = [(span, page.window.touched(span)) for span in page.find(quote)]
    there = [each for each in places if named is not None and named in each[1]] or (places if len(places) == 1 else [])
    for span, touched in there:
        run = Span(touched[0].span.start, touched[-1].span.end) if touched else span
        shown = len(touched) == touched[-1].number - touched[0].number + 1 if touched else False
        if shown and run.contains(span) and (span in [s.span for s in touched] or len(quote.split()) >= _WORDS):
            return run
    return None


def _ends(
    page: Page, item: Item, subject: str, predicate: Predicate, kinds: Mapping[str, EntityType], evidence: Span
) -> tuple[str | None, Literal | None] | Cause:
    obj, words = answers.text(item, "object"), answers.text(item, "value")
    is_literal = isinstance(SIGNATURES[predicate].range, str)
    if subject not in kinds or (not is_literal and obj not in kinds):
        return Cause.ENTITY
    if not is_literal:
        if obj == subject:
            return Cause.ITSELF
        fits = obj is not None and SIGNATURES[predicate].allows(kinds[subject], kinds[obj])
        return (obj, None) if fits else Cause.KINDS
    if not SIGNATURES[predicate].allows(kinds[subject], None):
        return Cause.KINDS
    literal = wording.stated(page, predicate, words, evidence) if words is not None else None
    if literal is None:
        return Cause.UNREAD if words is not None and any(map(evidence.overlaps, page.find(words))) else Cause.VALUE
    return None, literal


def _qualifiers(page: Page, item: Item, predicate: Predicate, evidence: Span, ledger: _Ledger) -> dict[str, str]:
    said: dict[str, str] = {}
    for each in answers.items(item, "qualifiers"):
        ledger.stated += 1
        name, words = (answers.text(each, n) if isinstance(each, Mapping) else None for n in ("name", "text"))
        legal = name is not None and name in QUALIFIERS.get(predicate, ())
        read = wording.qualifier(page, name, words, evidence) if legal and name and words else None
        if read is None:
            cause = Cause.UNREAD if legal and words and any(page.find(words)) else Cause.QUALIFIER
            ledger.refuse(cause, "qualifier of", answers.text(item, "subject"), predicate.value, name, words)
        else:
            said |= read
    return said


def _member(names: type[E], value: object) -> E | None:
    """Return the member of an enumeration with this value, else None."""
    return next((each for each in names if each.value == value), None)


def _shown(value: object) -> str:
    said = " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
