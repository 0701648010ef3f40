"""Mentions of one article that name the same thing, gathered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from regiograph.entities import names
from regiograph.entities.placenames import fold, settlement, split_head
from regiograph.entities.places import Place
from regiograph.model import Mention, Span
from regiograph.terms import EntityType

AREAS = frozenset({EntityType.COUNTRY, EntityType.REGION, EntityType.CITY})
_MOST_COMPARED = 50
_BRACKET = frozenset({" (", "(", ' ("', " («"})
_LOCAL_LEVEL = frozenset("district county raion rayon municipality commune regency".split())


@dataclass(slots=True, eq=False)
class Cluster:
    """What is known so far of one entity; `names` are its surface forms, with how often each occurs."""

    votes: Counter[EntityType] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    descriptions: Counter[str] = field(default_factory=Counter)
    spans: list[Span] = field(default_factory=list)
    place: Place | None = None

    @property
    def type(self) -> EntityType:
        """The type that most of its mentions have."""
        return min(self.votes, key=lambda kind: (-self.votes[kind], kind.value))

    @property
    def first(self) -> Span:
        """Its first mention."""
        return min(self.spans)

    def add(self, mention: Mention, surface: str) -> None:
        """Take a mention in; a pronoun leaves no name and casts no vote."""
        self.spans.append(mention.span)
        if mention.kind == "name":
            self.names[surface] += 1
            self.votes[mention.type] += 3
        elif mention.kind == "description":
            self.descriptions[surface] += 1
            self.votes[mention.type] += 1

    def absorb(self, other: Cluster) -> None:
        """Take in another cluster of the same entity."""
        self.votes.update(other.votes)
        self.names.update(other.names)
        self.descriptions.update(other.descriptions)
        self.spans.extend(other.spans)


def by_name(text: str, mentions: Sequence[Mention]) -> list[Cluster]:
    """Gather named mentions: equal keys first, then short forms and acronyms into the names they stand for."""
    clusters: dict[tuple[str, ...], Cluster] = defaultdict(Cluster)
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    for mention in mentions:
        surface = text[slice(*mention.span)]
        clusters[_key(mention.type, surface)].add(mention, surface)
    for a, b in pairwise(mentions):
        if text[a.span.end : b.span.start] in _BRACKET and text[b.span.end : b.span.end + 1] == ")":
            same[_key(b.type, text[slice(*b.span)])] = _key(a.type, text[slice(*a.span)])
    same.update({k: ("local", *k[1:]) for k in clusters if k[0] == "region" and _is_bare(clusters[k])})
    for short, full in same.items():
        if short in clusters and full in clusters and short != full and _may_be_one(clusters[short], clusters[full]):
            clusters[full].absorb(clusters.pop(short))
    return _joined(list(clusters.values()))


def _is_bare(area: Cluster) -> bool:
    """Whether an area is never called a region, so that its name may stand for the district of that name."""
    return not any(split_head(fold(name))[1] for name in area.names)


def _may_be_one(a: Cluster, b: Cluster) -> bool:
    """Whether a name and the one in brackets after it can be one thing: a city and its region cannot."""
    apart = AREAS | {EntityType.PERSON}
    return a.type is b.type or not ({a.type, b.type} & apart)


def _key(kind: EntityType, surface: str) -> tuple[str, ...]:
    if kind is EntityType.PERSON:
        return ("person", *names.person_words(surface))
    if kind is EntityType.REGION:
        stem, head = split_head(fold(surface))
        return ("local" if _LOCAL_LEVEL & set(head.split()) else "region", stem)
    if kind in AREAS:
        return (kind.value, fold(settlement(surface)))
    return ("body", *names.body_words(surface))


def _joined(clusters: list[Cluster]) -> list[Cluster]:
    """Merge each cluster into a longer name of its type that it can stand for, the most mentioned, then nearest one."""
    kept: list[Cluster] = []
    by_word: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in sorted(clusters, key=lambda c: (-_length(c), c.first)):
        known = {id(other): other for word in _leads(cluster) for other in by_word[word][:_MOST_COMPARED]}
        fuller = [other for other in known.values() if other.type is cluster.type and _stands_for(cluster, other)]
        if fuller:
            max(fuller, key=lambda other: (len(other.spans), -other.first.start)).absorb(cluster)
        else:
            kept.append(cluster)
            for word in _handles(cluster):
                by_word[word].append(cluster)
    return sorted(kept, key=lambda c: c.first)


def _leads(cluster: Cluster) -> tuple[str, ...]:
    """Return the words by which a short name can be found in a longer one: its own first and last, or its initials."""
    found = [word for name in cluster.names for own in (names.words(name),) if own for word in (own[0], own[-1])]
    return tuple(dict.fromkeys(found))


def _handles(cluster: Cluster) -> tuple[str, ...]:
    """Return the words and initials by which a name can be found."""
    found = [
        word for name in cluster.names for word in (*names.words(name), *sorted(map(str.lower, names.acronyms(name))))
    ]
    return tuple(dict.fromkeys(found))


def _length(cluster: Cluster) -> int:
    return max(len(names.words(name)) for name in cluster.names)


def _stands_for(short: Cluster, full: Cluster) -> bool:
    kind = short.type
    if kind in AREAS or kind is EntityType.SECTOR:
        return False
    if kind is EntityType.PERSON:
        return any(names.same_person(a, b) for a in short.names for b in full.names)
    if kind is EntityType.SITE and any(_same_site(a, b) for a in short.names for b in full.names):
        return True
    return any(
        names.is_short_form(names.body_words(a), names.body_words(b))
        or (names.is_acronym(a) and names.bare(a).upper() in names.acronyms(b))
        for a in short.names
        for b in full.names
    )


def _same_site(a: str, b: str) -> bool:
    """Whether two names that both say "zone", "park" or the like have the same proper part, or one a part of it."""
    core, other = names.site_core(a), names.site_core(b)
    if not core or any(len(names.words(name)) <= len(own) for name, own in ((a, core), (b, other))):
        return False
    return core == other or (len(core) > 1 and names.is_short_form(core, other))
