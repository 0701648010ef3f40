"""Extractors that are slow or deadly, for workers that import them."""

from __future__ import annotations

import os
import signal
import time

from regiograph.claims.rules import RuleExtractor
from regiograph.model import Article, Extraction


class Slow(RuleExtractor):
    """Takes its time for articles whose id says so."""

    def extract(self, article: Article) -> Extraction:
        """Extract, sooner or later."""
        if "slow" in article.id:
            time.sleep(4)
        return super().extract(article)


class Deadly(RuleExtractor):
    """Kills the process on articles whose id says so."""

    def extract(self, article: Article) -> Extraction:
        """Extract, if that can be survived."""
        if "deadly" in article.id:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().extract(article)
