"""Articles that speak of the same people, bodies, places and projects, each annotated, with the truth of who is who.

The articles and `actors.txt`, whose lines name all entities of one actor, were written for `tests/matching`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import press
from benchmarks.templates import Template, templates

from regiograph.claims.extractors import extractor
from regiograph.entities.clusters import Cluster
from regiograph.entities.localities import locate
from regiograph.entities.resolving import as_entity
from regiograph.model import Article, Entity, Extraction, Sentence, Span

FOLDER = Path(__file__).parents[2] / "tests" / "matching" / "corpus"
_PRONOUNS = frozenset(
    "he she it they we i you his her its their our him them us who which this that these those".split()
)
_ARTICLES = frozenset("the a an this that its their his her our".split())


class Told(NamedTuple):
    """What was found in an article, and the IRI of the entity that each annotated one was found to be, by its key."""

    extraction: Extraction
    found: Mapping[str, str]


def actors(folder: Path = FOLDER) -> dict[tuple[str, str], str]:
    """Return the actor of each annotated entity, by the ids of its article and its own."""
    lines = (folder / "actors.txt").read_text(encoding="utf-8").splitlines()
    told = [line.split("=", 1) for line in lines if line.strip() and not line.startswith("#")]
    return {tuple(each.split(":")): actor.strip() for actor, named in told for each in named.split()}  # type: ignore[misc]


def annotated(folder: Path = FOLDER) -> Iterator[Told]:
    """Yield the articles as if all that is annotated had been found, under the names that it has there."""
    for template in templates(folder):
        article, spans, sentences = _text(template)
        clusters = {key: _cluster(template, key, found) for key, found in sorted(spans.items())}
        countries = locate(list(clusters.values()))
        lines = [Sentence(n, 0, span) for n, span in enumerate(sentences, 1)]
        found = {key: as_entity(article, lines, cluster, countries) for key, cluster in clusters.items()}
        extraction = press.read(template, article, found, sentences, random.Random(0))
        yield Told(extraction, {key: entity.id for key, entity in found.items()})


def read(folder: Path = FOLDER) -> Iterator[Told]:
    """Yield the articles as the default extractor reads them; an entity is that of most of its annotated mentions."""
    reader = extractor()
    for template in templates(folder):
        article, spans, _ = _text(template)
        extraction = reader.extract(article)
        yield Told(extraction, dict(_met(extraction.entities, spans)))


def _met(entities: Sequence[Entity], spans: Mapping[str, Sequence[Span]]) -> Iterator[tuple[str, str]]:
    for key, annotated in spans.items():
        shared = [(sum(a == b for a in entity.mentions for b in annotated), entity.id) for entity in entities]
        most, iri = max(shared, default=(0, ""))
        if most:
            yield key, iri


def _text(template: Template) -> tuple[Article, Mapping[str, Sequence[Span]], Sequence[Span]]:
    return press.text_of(template, {}, template.id)


def _cluster(template: Template, key: str, spans: Sequence[Span]) -> Cluster:
    kind, name = template.entities[key]
    return Cluster(votes=Counter([kind]), names=Counter([name]), spans=list(spans))
