"""The trained extractor: the network reads, the rules for literals, places and identity say what it read means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from regiograph import collector
from regiograph.articles.segmenting import sentences
from regiograph.claims import relations
from regiograph.claims.individuating import individuate
from regiograph.claims.literals import literals
from regiograph.claims.neural.linking import links
from regiograph.claims.neural.marks import form
from regiograph.claims.neural.mending import mended
from regiograph.claims.neural.network import Network, shared
from regiograph.claims.neural.tagging import decoded
from regiograph.claims.neural.weighing import NetworkWeigher
from regiograph.claims.neural.words import Floats, Words, words
from regiograph.claims.recognition import repeats
from regiograph.claims.recognition.recognising import tagged
from regiograph.claims.relations import calibration
from regiograph.claims.relations.calibration import Calibrated
from regiograph.entities import identity
from regiograph.entities.resolving import resolve
from regiograph.model import Article, Entity, Extraction, Literal, Mention, Sentence, Span

_CLITIC = re.compile(r"['’](?:ve|re|m|ll|d)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network saw in an article, before relations are weighed."""

    article: Article
    sentences: tuple[Sentence, ...]
    literals: tuple[Literal, ...]
    words: Words
    states: Floats
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class NeuralExtractor:
    """Extracts by the network; the same article gives the same extraction, in any process.

    `base` is the namespace of the IRIs that are minted; `folder` holds another model than the one of the package, as
    `scripts/train` writes it.
    """

    base: str = identity.BASE
    folder: Path | None = None

    @property
    def version(self) -> str:
        """Name and version; a change of it means that stored claims are out of date."""
        return "neural/3"

    def extract(self, article: Article) -> Extraction:
        """Return everything that the article says, its claims in the order of their evidence."""
        return extraction(article, shared(self.folder), measured(self.folder), base=self.base, version=self.version)


@collector.paused()
def extraction(article: Article, network: Network, calibrated: Calibrated, *, base: str, version: str) -> Extraction:
    """Return what a network finds in an article."""
    seen = reading(article, network, base=base)
    if not seen.entities:
        return Extraction(article, (), (), version)
    weigher = NetworkWeigher.over(seen.words, seen.states, (*seen.entities, *seen.literals), network, calibrated)
    found = relations.claims(article, seen.sentences, seen.entities, seen.literals, weigher=weigher, base=base)
    named, claims = individuate(article, seen.entities, found, base=base)
    return Extraction(article, named, claims, version)


def reading(article: Article, network: Network, *, base: str = identity.BASE) -> Reading:
    """Return who and what the network finds in an article."""
    cut = sentences(article)
    stated = literals(article, cut)
    seen = words(article, cut, stated)
    if not seen.tokens:
        return Reading(article, cut, stated, seen, seen.flags, ())
    states = network.read(seen)
    found = _mentions(article, seen, states, network)
    linked = links(article, cut, found, seen, states, network)
    return Reading(article, cut, stated, seen, states, resolve(article, cut, found, links=linked, base=base))


def _mentions(article: Article, seen: Words, states: Floats, network: Network) -> tuple[Mention, ...]:
    rows = [seen.tokens[start:end] for start, end in seen.rows]
    decided = decoded(network.tags(states, seen.flags), seen.rows)
    tags = repeats.completed(rows, [mended(row, labels) for row, labels in zip(rows, decided, strict=True)])
    spans = (m for row, labels in zip(rows, tags, strict=True) for m in tagged(article.text, row, labels))
    return tuple(sorted(_formed(article.text, m) for m in spans))


def _formed(text: str, mention: Mention) -> Mention:
    """Return a mention with its form, of "we've" only the "we"."""
    said = text[slice(*mention.span)]
    bare = _CLITIC.sub("", said)
    if form(bare) == "pronoun":
        return Mention(Span(mention.span.start, mention.span.start + len(bare)), mention.type, "pronoun")
    return Mention(mention.span, mention.type, form(said))


@cache
def measured(folder: Path | None = None) -> Calibrated:
    """Return the figures of a model, by default of the one that the package carries."""
    place = folder or files(__package__).joinpath("data")
    tables = (place.joinpath(f"{name}.tsv").read_text(encoding="utf-8") for name in ("calibration", "company"))
    return calibration.read(*tables)
