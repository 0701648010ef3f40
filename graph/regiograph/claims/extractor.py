"""The one interface behind which extraction can be replaced."""

from __future__ import annotations

from typing import Protocol

from regiograph.model import Article, Extraction


class Extractor(Protocol):
    """Turns an article into claims; deterministic, and safe to send to another process."""

    @property
    def version(self) -> str:
        """Name and version, such as "rules/1"; a change of it means that stored claims are out of date."""

    def extract(self, article: Article) -> Extraction:
        """Return everything that the article says, its claims in the order of their evidence."""
