"""Which entities are worth comparing: those that share a word as it sounds, or initials; never all with all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from regiograph.entities import names
from regiograph.entities.vocabulary import classes
from regiograph.matching.profiles import Profile
from regiograph.matching.spelling import sound, words
from regiograph.terms import EntityType

_BODIES = frozenset({EntityType.COMPANY, EntityType.ORGANIZATION, EntityType.GOVERNMENT_BODY, EntityType.NETWORK})
_APART = frozenset({EntityType.COUNTRY, EntityType.SECTOR})  # of these the name is all there is
_CROWDED = 60  # entities that share a word, beyond which they must share another
_CHIEF = 4  # names of an entity by which it is found

Pair = tuple[str, str]


def candidates(known: Mapping[str, Profile]) -> Iterator[Pair]:
    """Yield pairs of entities of one kind that may be one, each once."""
    pairs = (pair for members in _blocks(known).values() for pair in combinations(members, 2))
    yield from dict.fromkeys(pairs)


def group(kind: EntityType) -> str | None:
    """Return within what an entity of a type is looked for; None if it is not."""
    return None if kind in _APART else "body" if kind in _BODIES else kind.value


def _blocks(known: Mapping[str, Profile]) -> dict[tuple[str, str], list[str]]:
    keys = {entity: _keys(profile) for entity, profile in known.items()}
    crowd = Counter(key for found in keys.values() for key in found)
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in sorted(keys):
        crowded = sorted(key for key in keys[entity] if crowd[key] > _CROWDED)
        for key in keys[entity]:
            if crowd[key] <= _CROWDED:
                blocks[key].append(entity)
        for (kind, one), (_, other) in combinations(crowded[:6], 2):
            blocks[kind, f"{one} {other}"].append(entity)
    return {key: members for key, members in blocks.items() if 1 < len(members) <= _CROWDED * 2}


def _keys(profile: Profile) -> set[tuple[str, str]]:
    where = group(profile.type)
    if where is None:
        return set()
    found: set[str] = set()
    for name in profile.names[:_CHIEF]:
        found.update(sound(word) for word in words(name) if len(word) > 2 and not _says_kind(word, profile.type))
        if profile.type is not EntityType.PERSON:
            found.update(f"={initials.lower()}" for initials in names.acronyms(name))
            if names.is_acronym(name):
                found.add(f"={names.bare(name).lower()}")
    found.update(f"@{day}" for day in profile.days)
    if profile.type is EntityType.PROJECT:
        found.update(f"&{near}" for near in profile.near)
    return {(where, key) for key in found}


def _says_kind(word: str, kind: EntityType) -> bool:
    """Whether a word of a body's name says of what kind it is, so that very many share it."""
    return kind is not EntityType.PERSON and bool({"government", "legal", "company", "site"} & set(classes(word)))
