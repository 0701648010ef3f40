"""The values that flow from stage to stage: frozen, hashable, free of any library.

Article ─segment─▶ Sentence ─recognise─▶ Mention ─resolve─▶ Entity ─relate─▶ Claim, gathered in an Extraction.

Offsets are 0-based code points into `Article.text`, end exclusive, at every stage.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from regiograph.terms import Bound, EntityType, Modality, Polarity, Predicate


class Span(NamedTuple):
    """A stretch of an article's text."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: its text, untouched from here on, and what is known about it.

    `published` is an ISO 8601 date as precise as the source is ("2015-06"); `language` a BCP 47 tag.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None

    @property
    def sha256(self) -> str:
        """Hex digest of the text's UTF-8 bytes."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; `number` counts from 1, `paragraph` from 0.

    Furniture (menus, bylines, captions, "Read also") keeps its offsets, and nothing is extracted from it.
    """

    number: int
    paragraph: int
    span: Span
    furniture: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words that refer to an entity: a name, a definite description ("the region") or a pronoun."""

    span: Span
    type: EntityType
    kind: str  # "name", "description" or "pronoun"


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something an article speaks of.

    `id` is its IRI. `codes` are (scheme, value) pairs that the gazetteer gave: ("iso3166-1", "JP"),
    ("iso3166-2", "RU-TOM"), ("geonames", "1850147").
    """

    id: str
    type: EntityType
    name: str
    mentions: tuple[Span, ...]
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A literal object: `datatype` is "edtf" for dates and intervals, "decimal" for numbers and ranges ("10/15")."""

    value: str
    datatype: str


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that state a date, a period, an amount of money, a percentage or a count, normalised.

    `value` is EDTF for "date" ("2015-06-08/2015-06-10") and "period" ("../2020", "P5Y"), else a plain decimal
    or a range ("10/15"). `unit` is an ISO 4217 code for "money", "%" for "percent", the counted noun or the
    unit's symbol for "count" ("jobs", "ha"). `bound` is how a number is bounded; None for dates.
    """

    span: Span
    kind: str  # one of terms.LITERAL_KINDS
    value: str
    unit: str | None = None
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence, or run of sentences, that says so; `quote` is the article's text at `span`."""

    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place in one article says: subject, predicate, object, and how it is said.

    `subject` and `object` are entity IRIs; exactly one of `object` and `value` is set.
    `qualifiers` are (name, value) pairs in the order of their names, the names those of `terms.QUALIFIERS`.
    """

    id: str
    subject: str
    predicate: Predicate
    object: str | None
    value: Value | None
    qualifiers: tuple[tuple[str, str], ...]
    modality: Modality
    polarity: Polarity
    confidence: float
    evidence: Evidence

    def qualifier(self, name: str) -> str | None:
        """Return the value of the qualifier `name`, or None."""
        return dict(self.qualifiers).get(name)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that was said of an article and not taken over; `item` is what was said, in few words."""

    cause: str
    item: str

    def __str__(self) -> str:
        """Return "item: cause"."""
        return f"{self.item}: {self.cause}"


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was found in one article; `extractor` names what found it, with its version ("rules/1").

    `faults` are what it did not take over from a model that it asked.
    """

    article: Article
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    extractor: str
    faults: tuple[Fault, ...] = ()
