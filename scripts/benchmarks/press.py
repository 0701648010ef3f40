"""Articles in any number: the annotated ones told of other people, companies and places, as if they had been read.

What an extractor would have found is made from the annotation: the same text always gives the same extraction.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from benchmarks import world
from benchmarks.templates import MENTION, Stated, Template, templates
from benchmarks.world import Named

from regiograph.entities.identity import BASE, claim_iri, entity_iri
from regiograph.errors import TermError
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Span, Value
from regiograph.rdf.content import content
from regiograph.terms import SIGNATURES, EntityType, Modality, Polarity, Predicate

_PLACES = frozenset({EntityType.COUNTRY, EntityType.REGION, EntityType.CITY})
_KEPT = frozenset({EntityType.SECTOR, EntityType.GOVERNMENT_BODY})
_CONTAINING = frozenset({EntityType.SITE, EntityType.COMPANY, EntityType.ORGANIZATION})
_LOCAL = frozenset({EntityType.SITE, EntityType.PROJECT, EntityType.EVENT})
_CENTRAL = 0.15  # of the articles tell of the one region most written about
_DATATYPES = {"date": "edtf", "number": "decimal"}
_Cast = dict[str, Named]


def extraction(number: int, articles: int) -> Extraction:
    """Return the extraction of the article of this number; a world with more `articles` has more people."""
    chance = random.Random(number)
    template = _shuffled()[number % len(_shuffled())]
    cast = _cast(template, articles, chance)
    article, spans, sentences = text_of(template, cast, f"benchmark-{number}")
    found = {
        key: Entity(each.iri, template.entities[key][0], each.name, tuple(spans[key]), each.codes)
        for key, each in cast.items()
        if key in spans
    }
    return read(template, article, found, sentences, chance)


def read(
    template: Template,
    article: Article,
    found: Mapping[str, Entity],
    sentences: Sequence[Span],
    chance: random.Random,
) -> Extraction:
    """Return what an extractor would have found in the article of a template whose entities are known by their keys."""
    said = (_claim(fact, found, article, sentences[fact.sentence], chance) for fact in template.facts)
    claims = {claim.id: claim for claim in said if claim is not None}
    entities = {entity.id: entity for entity in found.values()}
    return Extraction(article, tuple(entities.values()), tuple(claims.values()), "benchmark/1")


@cache
def _shuffled() -> tuple[Template, ...]:
    found = list(templates())
    random.Random(0).shuffle(found)
    return tuple(found)


def _cast(template: Template, articles: int, chance: random.Random) -> _Cast:
    """Draw who plays the entities of a template: places of one country or two, and what is invented.

    The same thing always lies in the same place, so that a region holds what really lies in it.
    """
    cast = dict(_places(template, chance))
    main = next((each.iri for key, each in cast.items() if template.entities[key][0] is EntityType.REGION), "")
    inside = {f.subject: f.object for f in template.facts if f.predicate is Predicate.LOCATED_IN}
    for key, (kind, _) in sorted(template.entities.items(), key=lambda item: item[1][0] not in _CONTAINING):
        if kind not in _PLACES and kind not in _KEPT:
            lies = cast.get(inside.get(key, ""))
            cast[key] = world.some(kind, lies.iri if lies else main if kind in _LOCAL else "", articles, chance)
    renamed = _Renaming(template, cast)
    home = next((each.name for each in cast.values()), "")
    for key, (kind, name) in template.entities.items():
        if kind in _KEPT:
            said = renamed(name)
            salt = home if kind is EntityType.GOVERNMENT_BODY and said == name else ""
            cast[key] = Named(entity_iri(BASE, kind, said, salt=salt), said)
    return cast


def _places(template: Template, chance: random.Random) -> Iterator[tuple[str, Named]]:
    known = world.countries()
    central = chance.random() < _CENTRAL
    home = known[0] if central else known[world.frequent(len(known), chance)]
    inside = {f.subject: f.object for f in template.facts if f.predicate is Predicate.LOCATED_IN}
    regions = {}
    for at, key in enumerate(k for k, (kind, _) in template.entities.items() if kind is EntityType.REGION):
        regions[key] = home.regions[0 if central and at == 0 else world.frequent(len(home.regions), chance)]
        yield key, world.named(regions[key])
    abroad = False
    for key, (kind, _) in template.entities.items():
        if kind is EntityType.COUNTRY:
            land = known[world.frequent(len(known), chance)] if abroad else home
            yield key, world.named(land.place)
            abroad = True
        elif kind is EntityType.CITY:
            region = regions.get(inside.get(key, ""), home.regions[world.frequent(len(home.regions), chance)])
            cities = home.cities[region.code]
            yield key, world.named(cities[world.frequent(len(cities), chance)])


class _Renaming:
    """Puts the new names where the text has the old ones."""

    def __init__(self, template: Template, cast: Mapping[str, Named]) -> None:
        self._new: dict[str, str] = {}
        for key, each in cast.items():
            kind, name = template.entities[key]
            if kind is EntityType.PERSON:
                self._new[name.split()[-1]] = each.name.split()[-1]
        self._new |= {template.entities[key][1]: each.name for key, each in cast.items()}
        longest = sorted(map(re.escape, self._new), key=len, reverse=True)
        self._old = re.compile(rf"\b(?:{'|'.join(longest)})\b") if longest else None

    def __call__(self, words: str) -> str:
        return self._old.sub(lambda match: self._new[match[0]], words) if self._old else words


def text_of(
    template: Template, cast: Mapping[str, Named], number: str
) -> tuple[Article, dict[str, list[Span]], list[Span]]:
    """Return the article of this number told of a cast, where each of them is mentioned, and its sentences."""
    renamed = _Renaming(template, cast)
    spans: dict[str, list[Span]] = defaultdict(list)
    sentences: list[Span] = []
    text = ""
    for line in template.lines:
        if not line:
            text = text.rstrip(" ") + "\n\n"
            continue
        start = len(text)
        *mentioned, rest = MENTION.split(line)  # text, surface, key, text, surface, key, … text
        for before, surface, key in zip(*[iter(mentioned)] * 3, strict=True):
            text += renamed(before)
            spans[key].append(Span(len(text), len(text) + len(renamed(surface))))
            text += renamed(surface)
        text += renamed(rest)
        sentences.append(Span(start, len(text)))
        text += " "
    return (
        Article(number, text, renamed(template.title), template.published, template.source, language="en"),
        spans,
        sentences,
    )


def _claim(
    fact: Stated, found: Mapping[str, Entity], article: Article, span: Span, chance: random.Random
) -> Claim | None:
    """Return the claim that a fact of the template becomes; None where the extractor could make no such claim."""
    sure, signature = round(min(0.99, 0.3 + 0.7 * chance.betavariate(3, 1)), 4), SIGNATURES[fact.predicate]
    subject, obj = found.get(fact.subject), found.get(fact.object)
    value = Value(fact.object, _DATATYPES[signature.range]) if isinstance(signature.range, str) else None
    if fact.predicate is Predicate.LOCATED_IN and subject is not None and subject.type in _PLACES:
        return None  # the gazetteer knows better than the drawn places
    if subject is None or subject == obj or not signature.allows(subject.type, obj.type if obj else None):
        return None
    said, evidence, qualifiers = value or obj.id, Evidence(span, article.text[slice(*span)]), dict(fact.qualifiers)
    how, pole = qualifiers.pop("modality", "asserted"), qualifiers.pop("polarity", "positive")
    iri = claim_iri(BASE, article.id, subject.id, fact.predicate, said, evidence)
    pairs = tuple(sorted(qualifiers.items()))
    ends = (subject.id, fact.predicate, None if value else obj.id, value)
    claim = Claim(iri, *ends, pairs, Modality(how), Polarity(pole), sure, evidence)
    try:
        content(claim)
    except TermError:  # a date without its year
        return None
    return claim
