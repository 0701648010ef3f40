"""From the names that a model has pointed at to entities, with our own IRIs, names and codes of places.

What is one thing within a window, the model says. Between windows our own rules for names do, as they do where no
model reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regiograph.claims.llm.grounding import Named
from regiograph.claims.neural.marks import form
from regiograph.entities.clusters import Cluster, by_name
from regiograph.entities.localities import locate
from regiograph.entities.resolving import as_entity, united
from regiograph.model import Article, Entity, Mention, Sentence, Span

Key = tuple[int, str]
"""A window's number and the key of an entity in it."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The entities of an article in the order of their first mention, and which one each key stands for."""

    entities: tuple[Entity, ...]
    known: dict[Key, Entity]


def cast(article: Article, sentences: Sequence[Sentence], named: Sequence[Sequence[Named]], *, base: str) -> Cast:
    """Return the entities that the windows of an article name; a key that only pronouns stand for names none."""
    mentions = {
        (at, each.key): [Mention(span, each.type, _form(article, span)) for span in each.spans]
        for at, window in enumerate(named)
        for each in window
    }
    clusters = _clusters(article, mentions)
    countries = locate([each for each in dict.fromkeys(clusters.values()) if each.names])
    made = {id(each): as_entity(article, sentences, each, countries, base=base) for each in clusters.values()}
    by_iri: dict[str, Entity] = {}
    for entity in made.values():
        by_iri[entity.id] = united(by_iri[entity.id], entity) if entity.id in by_iri else entity
    known = {key: by_iri[made[id(each)].id] for key, each in clusters.items()}
    return Cast(tuple(sorted(by_iri.values(), key=lambda e: e.mentions[0])), known)


def _clusters(article: Article, mentions: dict[Key, list[Mention]]) -> dict[Key, Cluster]:
    """Return the cluster of each key; keys of different windows share one where their names and types do."""
    first: dict[tuple[int, str], Key] = {}
    clusters: dict[Key, Cluster] = {}
    owners = _owners(article, mentions)
    for key, own in mentions.items():
        if all(mention.kind == "pronoun" for mention in own):
            continue
        signs = [(owners[m.span], m.type.value) for m in own if m.span in owners]
        same = next((first[sign] for sign in signs if sign in first and first[sign][0] != key[0]), None)
        clusters[key] = clusters[same] if same is not None else Cluster()
        for sign in signs:
            first.setdefault(sign, key)
        for mention in own:
            clusters[key].add(mention, article.text[slice(*mention.span)])
    return clusters


def _owners(article: Article, mentions: dict[Key, list[Mention]]) -> dict[Span, int]:
    """Return for each name the number of the cluster in which our own rules put it."""
    names = sorted(m for own in mentions.values() for m in own if m.kind == "name")
    found = by_name(article.text, names)
    return {span: number for number, cluster in enumerate(found) for span in cluster.spans}


def _form(article: Article, span: Span) -> str:
    return form(article.text[slice(*span)])
