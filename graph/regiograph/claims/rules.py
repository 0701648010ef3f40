"""The deterministic extractor: gazetteer, grammar and measured cues, no model that has to be loaded."""

from __future__ import annotations

from dataclasses import dataclass

from regiograph.articles.segmenting import sentences
from regiograph.claims import relations
from regiograph.claims.individuating import individuate
from regiograph.claims.literals import literals
from regiograph.claims.recognition import mentions
from regiograph.entities import identity
from regiograph.entities.resolving import resolve
from regiograph.model import Article, Extraction


@dataclass(frozen=True, slots=True)
class RuleExtractor:
    """Extracts by rules; the same article gives the same extraction, in any process.

    `base` is the namespace of the IRIs that are minted.
    """

    base: str = identity.BASE

    @property
    def version(self) -> str:
        """Name and version; a change of it means that stored claims are out of date."""
        return "rules/1"

    def extract(self, article: Article) -> Extraction:
        """Return everything that the article says, its claims in the order of their evidence."""
        cut = sentences(article)
        entities = resolve(article, cut, mentions(article, cut), base=self.base)
        found = relations.claims(article, cut, entities, literals(article, cut), base=self.base)
        named, claims = individuate(article, entities, found, base=self.base)
        return Extraction(article, named, claims, self.version)
