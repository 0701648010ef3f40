"""Reads marked text into an article with entities, so that relations are tested without recognition.

"Governor {Oreld Vantik|p1} of {Morvania|r1}" has a person p1 and a region r1; the letter tells the type.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from regiograph.articles.segmenting import sentences
from regiograph.claims.literals import literals
from regiograph.claims.relations import claims
from regiograph.model import Article, Claim, Entity, Span
from regiograph.terms import EntityType

_TYPES = {
    "p": EntityType.PERSON,
    "k": EntityType.COUNTRY,
    "r": EntityType.REGION,
    "c": EntityType.CITY,
    "g": EntityType.GOVERNMENT_BODY,
    "b": EntityType.COMPANY,
    "n": EntityType.NETWORK,
    "o": EntityType.ORGANIZATION,
    "j": EntityType.PROJECT,
    "t": EntityType.SITE,
    "v": EntityType.EVENT,
    "s": EntityType.SECTOR,
}
_MARK = re.compile(r"\{([^{}|]+)\|(\w+)\}")


@dataclass(frozen=True)
class Marked:
    """An article and the entities that its marks tell; their ids are the keys."""

    article: Article
    entities: tuple[Entity, ...]

    def claims(self) -> tuple[Claim, ...]:
        """Return what the article says of its entities."""
        cut = sentences(self.article)
        return claims(self.article, cut, self.entities, literals(self.article, cut))


def marked(source: str, published: str | None = "2015-06-10") -> Marked:
    """Read marked text."""
    plain, spans, at = "", defaultdict(list), 0
    for match in _MARK.finditer(source):
        plain += source[at : match.start()]
        spans[match[2]].append(Span(len(plain), len(plain) + len(match[1])))
        plain, at = plain + match[1], match.end()
    plain += source[at:]
    entities = (
        Entity(key, _TYPES[key[0]], plain[where[0].start : where[0].end], tuple(where)) for key, where in spans.items()
    )
    return Marked(Article("marked", plain, published=published), tuple(entities))


def facts(source: str, published: str | None = "2015-06-10") -> set[tuple[str, str, str]]:
    """Return what marked text says, as (subject, predicate, object or value)."""
    made = marked(source, published).claims()
    return {(c.subject, c.predicate.value, c.object or (c.value.value if c.value else "")) for c in made}


def the_claim(source: str, subject: str, predicate: str, obj: str, published: str | None = "2015-06-10") -> Claim:
    """Return the one claim of marked text with this subject, predicate and object, or value."""
    (found,) = (
        c
        for c in marked(source, published).claims()
        if (c.subject, c.predicate.value) == (subject, predicate) and obj in (c.object, c.value and c.value.value)
    )
    return found
