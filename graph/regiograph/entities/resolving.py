"""From mentions to entities: what an article says of one thing, under one name and one IRI."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from regiograph.entities import identity, names
from regiograph.entities.antecedents import Antecedents, Links
from regiograph.entities.clusters import Cluster, by_name
from regiograph.entities.localities import locate, retyped
from regiograph.entities.vocabulary import classes
from regiograph.model import Article, Entity, Mention, Sentence
from regiograph.terms import EntityType

_GENERAL_BODIES = frozenset({EntityType.GOVERNMENT_BODY})


def resolve(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    *,
    links: Links | None = None,
    base: str = identity.BASE,
) -> tuple[Entity, ...]:
    """Return the entities that the mentions refer to, in the order of their first mention.

    Every mention belongs to at most one entity, and no two entities share an IRI. Pronouns and descriptions without an
    antecedent are dropped. A place that the gazetteer knows takes its name and codes from there. `links` tell what
    descriptions and pronouns refer to; without them agreement and salience do.
    """
    named = _as_projects(article.text, [m for m in mentions if m.kind == "name"])
    clusters = by_name(article.text, retyped(article.text, named))
    countries = locate(clusters)
    followed = Antecedents(article, sentences, _merged_places(clusters), links).follow(mentions)
    entities: dict[str, Entity] = {}
    for cluster in followed:
        entity = as_entity(article, sentences, cluster, countries, base=base)
        entities[entity.id] = united(entities[entity.id], entity) if entity.id in entities else entity
    return tuple(sorted(entities.values(), key=lambda e: e.mentions[0]))


def _as_projects(text: str, named: Sequence[Mention]) -> list[Mention]:
    """Take a name for a project's wherever the article calls it so once: "the Sidra project", then "Sidra"."""
    surfaces = [text[slice(*mention.span)] for mention in named]
    projects = {
        key
        for mention, surface in zip(named, surfaces, strict=True)
        if mention.type is EntityType.PROJECT
        for key in [names.words(names.identifying(mention.type, surface))]
        if key != names.words(surface)
    }
    return [
        replace(mention, type=EntityType.PROJECT) if names.words(surface) in projects else mention
        for mention, surface in zip(named, surfaces, strict=True)
    ]


def _merged_places(clusters: list[Cluster]) -> list[Cluster]:
    """Unite the clusters that the gazetteer says are one place."""
    known: dict[tuple[str, str], Cluster] = {}
    kept = []
    for cluster in clusters:
        if cluster.place is None:
            kept.append(cluster)
            continue
        code = (cluster.place.scheme, cluster.place.code)
        if code in known:
            known[code].absorb(cluster)
        else:
            known[code] = cluster
            kept.append(cluster)
    return kept


def as_entity(
    article: Article,
    sentences: Sequence[Sentence],
    cluster: Cluster,
    countries: Counter[str],
    *,
    base: str = identity.BASE,
) -> Entity:
    """Return the entity that a cluster of mentions is, under its fullest name or its place's; `countries` are ISO codes
    with how much the article speaks of each (`localities.locate`)."""
    spans = tuple(sorted(cluster.spans))
    if place := cluster.place:
        iri = identity.entity_iri(base, place.type, place.name, salt=place.salt)
        return Entity(iri, place.type, place.name, spans, ((place.scheme, place.code),))
    name = _name(cluster)
    salt = _salt(article, sentences, cluster, countries)
    iri = identity.entity_iri(base, cluster.type, names.identifying(cluster.type, name), salt=salt)
    return Entity(iri, cluster.type, name, spans)


def _name(cluster: Cluster) -> str:
    """Return the fullest name, of those the most frequent one; for a description its fullest form."""
    if cluster.type is EntityType.PERSON and cluster.names:
        best = max(cluster.names, key=lambda n: (len(names.person_words(n)), cluster.names[n], n))
        return _clean(_without_title(best))
    surfaces = cluster.names or cluster.descriptions
    best = max(surfaces, key=lambda n: (len(names.body_words(n)), surfaces[n], n))
    name = _clean(names.bare(best)) or _clean(best)
    return name if cluster.names else name[:1].upper() + name[1:]


def _without_title(name: str) -> str:
    parts = name.split()
    while len(parts) > 1 and {"title", "post"} & set(classes(parts[0].lower())):
        parts = parts[1:]
    return " ".join(parts)


def _clean(name: str) -> str:
    """Drop what cannot be seen (controls, direction marks, zero width) and put single spaces between words."""
    visible = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} or c in "\n\t")
    return re.sub(r"^(?:the|an?|its|their|his|her)\s+", "", " ".join(visible.split()), flags=re.IGNORECASE)


def _salt(article: Article, sentences: Sequence[Sentence], cluster: Cluster, countries: Counter[str]) -> str:
    """Return what tells the entity from others of its name elsewhere.

    A sector is the same everywhere. A thing that is only described ("a second stage") is that of the sentence that
    first speaks of it. A body whose name says no place ("Ministry of Economy") is that of the country most spoken of.
    """
    if cluster.type is EntityType.SECTOR:
        return ""
    if not cluster.names:
        at = cluster.first
        home = (
            sentences[max(0, bisect_right(sentences, at.start, key=lambda s: s.span.start) - 1)].span
            if sentences
            else at
        )
        return f"{article.text[home.start : home.end]}@{at.start - home.start}"
    if cluster.type in _GENERAL_BODIES and all(_is_general(name) for name in cluster.names) and countries:
        return min(countries, key=lambda code: (-countries[code], code))
    return ""


def _is_general(name: str) -> bool:
    """Whether a body's name tells what it is for and not whose it is."""
    return all({"government", "portfolio"} & set(classes(word)) for word in names.words(name))


def united(a: Entity, b: Entity) -> Entity:
    """Return two entities of one IRI as one, under the name of the first."""
    return Entity(a.id, a.type, a.name, tuple(sorted({*a.mentions, *b.mentions})), a.codes)
