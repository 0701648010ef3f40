"""What Wikidata says of items that were found: how they are called, what they are, where, and what people head."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from regiograph.entities.identity import key
from regiograph.linking import questions
from regiograph.linking.asking import Wikidata
from regiograph.query.results import text

_SHARED = ("en", "mul")


@dataclass(slots=True)
class Item:
    """What is said of an item.

    `labels` and `descriptions` are by language. `countries` are ISO 3166-1 codes; `ties` codes and folded names of what
    a person holds a post at.
    """

    labels: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    ties: set[str] = field(default_factory=set)

    def label(self, languages: Iterable[str]) -> str:
        """Return how it is called in the first of the languages that has a name for it, else in English, else ""."""
        return _first(self.labels, languages)

    def description(self, languages: Iterable[str]) -> str:
        """Return what it is, in the same languages."""
        return _first(self.descriptions, languages)


def items(
    wanted: Iterable[str], people: Iterable[str], languages: Iterable[str], wikidata: Wikidata
) -> defaultdict[str, Item]:
    """Return what is said of the items, by IRI; of those that are `people`, too, what they hold posts at.

    Raises:
        EndpointError: the endpoint gives no answer.
    """
    found: defaultdict[str, Item] = defaultdict(Item)
    spoken = tuple(sorted(set(languages)))
    for question in questions.about(wanted, spoken):
        for item, about, value in wikidata.select(question).rows:
            _note(found[text(item)], text(about), value)
    for question in questions.posts(people, spoken):
        for person, tie in wikidata.select(question).rows:
            found[text(person)].ties.add(text(tie) if getattr(tie, "language", None) is None else key(text(tie)))
    return found


def _note(item: Item, about: str, value: object) -> None:
    if not isinstance(value, ox.Literal):
        return
    if about == "country":
        item.countries.add(value.value)
    else:
        said = item.labels if about == "label" else item.descriptions
        said[value.language or ""] = value.value


def _first(said: dict[str, str], languages: Iterable[str]) -> str:
    return next((said[tag] for tag in (*languages, *_SHARED) if tag in said), "")
