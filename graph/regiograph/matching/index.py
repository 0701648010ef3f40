"""What a store's articles tell of its entities, kept on disk so that a change costs no more than what it touches.

It is a function of the articles' sheets alone, and of what `resolution` puts into it; anyone may delete it.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from regiograph.matching.blocking import CROWDED, FULL, keys, met, pairs
from regiograph.matching.company import rarity
from regiograph.matching.grouping import Pair
from regiograph.matching.judging import NAMES, is_hopeless
from regiograph.matching.ledger import Ledger
from regiograph.matching.profiles import TELLING, Profile
from regiograph.matching.recent import Recent
from regiograph.matching.sheets import Sheet
from regiograph.terms import EntityType

PROFILES, SHEETS = 20_000, 4_000
"""So many are held in memory, some 200 MB."""


@dataclass(slots=True)
class Touched:
    """What a change of articles touched, by IRI.

    `told` are the entities that the articles tell of, as they were or are; `crowded` those whose candidates are others
    because of how many share a key; `known` those of them that were known before and of which it tells more or less
    now, to stand with them; `gone` are those that no article mentions any more; `anew` those whose pairs are to be
    judged anew.
    """

    told: set[str] = field(default_factory=set)
    crowded: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    anew: set[str] = field(default_factory=set)


class Index(Ledger):
    """Sheets of articles, profiles of entities, and who shares a key."""

    def __init__(self, database: sqlite3.Connection, version: str) -> None:
        super().__init__(database, version)
        self._profiles: Recent[str, Profile] = Recent(PROFILES)
        self._sheets: Recent[int, Sheet] = Recent(SHEETS)
        self._briefs: Recent[str, tuple[str, ...]] = Recent(PROFILES)
        self._rare: dict[str, float] = {}

    # Articles

    def replace(self, changed: Iterable[tuple[str, Sheet | None]]) -> Touched:
        """Take over the sheets of articles, None of those that are gone, and return what that touched."""
        touched = Touched()
        before: dict[str, int] = {}
        for article, sheet in changed:
            old = self._sheet(article)
            number = self._number(article)
            for entity in old.entities if old else ():
                before.setdefault(entity, self.count(entity))
                self._forget_mention(entity, number)
            for entity in sheet.entities if sheet else ():
                before.setdefault(entity, self.count(entity))
                self._add_mention(entity, number)
            self._put(number, sheet)
        self._profiles.clear()
        self._sheets.clear()
        self._rare.clear()
        self._briefs.clear()
        for entity in sorted(before):
            self._find(entity, touched)
            if before[entity] and rarity(before[entity]) != rarity(self.count(entity)):
                touched.known.add(entity)
        touched.told.update(before)
        touched.gone.update(entity for entity in before if not self.count(entity))
        touched.anew.update((touched.told | touched.crowded) - touched.gone)
        return touched

    def _number(self, article: str) -> int:
        self._do("INSERT OR IGNORE INTO article (iri, sheet) VALUES (?, '')", article)
        return int(self._one("SELECT id FROM article WHERE iri = ?", article))

    def _put(self, number: int, sheet: Sheet | None) -> None:
        if sheet is None:
            self._do("DELETE FROM article WHERE id = ?", number)
        else:
            packed = zlib.compress(sheet.to_json().encode(), 1)
            countries = " ".join(sheet.countries())
            self._do("UPDATE article SET sheet = ?, countries = ? WHERE id = ?", packed, countries, number)

    def _sheet(self, article: str) -> Sheet | None:
        found = self._database.execute("SELECT sheet FROM article WHERE iri = ?", (article,)).fetchone()
        return _unpacked(found[0]) if found and found[0] else None

    def _add_mention(self, entity: str, article: int) -> None:
        self._do(
            "INSERT INTO entity (iri, articles) VALUES (?, 1) ON CONFLICT (iri) DO UPDATE SET articles = articles + 1",
            entity,
        )
        self._do("INSERT INTO mention SELECT id, ? FROM entity WHERE iri = ?", article, entity)

    def _forget_mention(self, entity: str, article: int) -> None:
        self._do("UPDATE entity SET articles = articles - 1 WHERE iri = ?", entity)
        self._do(
            "DELETE FROM mention WHERE article = ? AND entity = (SELECT id FROM entity WHERE iri = ?)", article, entity
        )

    def _find(self, entity: str, touched: Touched) -> None:
        """Bring the keys of an entity in line with its profile; drop one that nothing mentions any more."""
        number, said = self._database.execute("SELECT id, keys FROM entity WHERE iri = ?", (entity,)).fetchone()
        old = _split(said)
        new: tuple[str, ...] = ()
        if self.count(entity):
            profile = self.profile(entity)
            new = keys(profile)
            brief = "\x1f".join((profile.type, *profile.names[:NAMES]))
            self._do("UPDATE entity SET keys = ?, brief = ? WHERE id = ?", "\n".join(new), brief, number)
        else:
            self._do("DELETE FROM entity WHERE id = ?", number)
        for most, gone, come in ((CROWDED, *_changes(old, new)), (FULL, *_changes(pairs(old), pairs(new)))):
            for key in sorted(gone):
                self._do("DELETE FROM key WHERE key = ? AND entity = ?", key, number)
                self._crowd(key, most, touched)
            for key in sorted(come):
                self._crowd(key, most, touched)
                self._do("INSERT INTO key VALUES (?, ?)", key, number)

    def _crowd(self, key: str, most: int, touched: Touched) -> None:
        """Note whom others are found with, if so many share a key that one more makes a crowd of them."""
        if self._sharing(key, most) == most:
            touched.crowded.update(entity for each in {key, *met(key)} for entity in self._members(each))

    # Entities

    def count(self, entity: str) -> int:
        """Return how many articles mention an entity."""
        found = self._database.execute("SELECT articles FROM entity WHERE iri = ?", (entity,)).fetchone()
        return int(found[0]) if found else 0

    def rarity(self, entity: str) -> float:
        """Return how much it tells to stand with an entity."""
        if entity not in self._rare:
            self._rare[entity] = rarity(self.count(entity))
        return self._rare[entity]

    def profile(self, entity: str) -> Profile:
        """Return the profile of an entity that some article mentions."""
        return self._profiles.of(entity, self._profile)

    def _profile(self, entity: str) -> Profile:
        articles = self.numbers(entity)
        chosen: Iterable[int] = sorted(articles)
        if len(articles) > TELLING:
            chosen = self._column(
                "SELECT article.id FROM mention JOIN entity ON entity.id = entity JOIN article ON article.id = article"
                " WHERE entity.iri = ? ORDER BY article.iri LIMIT ?",
                entity,
                TELLING,
            )
        return Profile.of(entity, (self._sheets.of(a, self._sheet_of) for a in chosen), articles)

    def _sheet_of(self, number: int) -> Sheet:
        return _unpacked(self._one("SELECT sheet FROM article WHERE id = ?", number))

    def is_hopeless(self, one: str, other: str) -> bool:
        """Whether the names of two entities are those of two, whatever else is told of them."""
        (kind, *names), (_, *others) = (self._briefs.of(entity, self._brief) for entity in sorted((one, other)))
        return is_hopeless(EntityType(kind), names, others)

    def kind(self, entity: str) -> EntityType:
        """Return the type of an entity that some article mentions, as its profile has it."""
        return EntityType(self._briefs.of(entity, self._brief)[0])

    def _brief(self, entity: str) -> tuple[str, ...]:
        return tuple(self._one("SELECT brief FROM entity WHERE iri = ?", entity).split("\x1f"))

    def countries(self, entity: str) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield the articles that mention an entity, by IRI, with the countries of which each tells."""
        for article, said in self._database.execute(
            "SELECT article.iri, countries FROM mention JOIN entity ON entity.id = entity JOIN article ON article.id ="
            " article WHERE entity.iri = ? ORDER BY article.iri",
            (entity,),
        ):
            yield article, frozenset(said.split())

    def numbers(self, entity: str) -> frozenset[int]:
        """Return the numbers of the articles that mention an entity."""
        return frozenset(self._column("SELECT article FROM mention JOIN entity ON id = entity WHERE iri = ?", entity))

    def beside(self, entity: str) -> set[str]:
        """Return all that articles mention beside an entity."""
        found: set[str] = set()
        for number in self.numbers(entity):
            found.update(self._sheets.of(number, self._sheet_of).entities)
        return found - {entity}

    # Candidates

    def candidates(self, entity: str) -> set[str]:
        """Return the entities that an entity may be."""
        single = self._keys(entity)
        worth = [key for key in (*single, *pairs(single)) if self._is_worth(key)]
        return {
            other for key in worth for each in met(key) if self._is_worth(each) for other in self._members(each)
        } - {entity}

    def alike(self, entities: Iterable[str]) -> Iterator[Pair]:
        """Yield the pairs among some entities that may be one."""
        by_key: dict[str, list[str]] = {}
        for entity in sorted(entities):
            single = self._keys(entity)
            for key in (*single, *pairs(single)):
                by_key.setdefault(key, []).append(entity)
        found: set[Pair] = set()
        for key, sharing in by_key.items():
            others = {other for each in met(key) for other in by_key.get(each, ())}
            if len(others.union(sharing)) > 1 and all(map(self._is_worth, {key, *met(key)})):
                found.update((min(pair), max(pair)) for pair in product(sharing, others) if pair[0] != pair[1])
        yield from sorted(found)

    def _is_worth(self, key: str) -> bool:
        """Whether few enough share a key; of two keys, whether both are crowded, and few enough share both."""
        if " + " not in key:
            return self._sharing(key, CROWDED) <= CROWDED
        crowded = all(self._sharing(each, CROWDED) > CROWDED for each in key.split(" + "))
        return crowded and self._sharing(key, FULL) <= FULL

    def _keys(self, entity: str) -> tuple[str, ...]:
        found = self._database.execute("SELECT keys FROM entity WHERE iri = ?", (entity,)).fetchone()
        return _split(found[0]) if found else ()

    def _sharing(self, key: str, most: int) -> int:
        """Return how many entities share a key, counted to one more than `most`."""
        return int(self._one("SELECT count(*) FROM (SELECT 1 FROM key WHERE key = ? LIMIT ?)", key, most + 1))

    def _members(self, key: str) -> list[str]:
        return self._column("SELECT iri FROM key JOIN entity ON id = entity WHERE key = ?", key)


def _unpacked(sheet: bytes) -> Sheet:
    return Sheet.from_json(zlib.decompress(sheet).decode())


def _split(said: str) -> tuple[str, ...]:
    return tuple(said.split("\n")) if said else ()


def _changes(old: Iterable[str], new: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return what is in the old alone, and what is in the new alone."""
    before, now = set(old), set(new)
    return before - now, now - before
