"""The one interface behind which extraction can be replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from regiograph.articles.drafts import Refusal
from regiograph.model import Article, Extraction


class Extractor(Protocol):
    """Turns an article into claims; deterministic, and safe to send to another process."""

    @property
    def version(self) -> str:
        """Name and version, such as "rules/1"; a change of it means that stored claims are out of date."""

    def extract(self, article: Article) -> Extraction:
        """Return everything that the article says, its claims in the order of their evidence."""


@runtime_checkable
class Concurrent(Extractor, Protocol):
    """An extractor that sees to many articles itself, because it waits for others more than it works.

    It stays in the process that it was made in.
    """

    def outcomes(self, items: Iterable[Article | Refusal]) -> Iterator[Extraction | Refusal]:
        """Extract from each article, in the order given; refusals pass through, an article that fails becomes one."""
