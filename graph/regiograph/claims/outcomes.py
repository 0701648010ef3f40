"""What becomes of an article: its extraction, or a refusal that says why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from regiograph.articles.drafts import Refusal
from regiograph.claims.extractor import Extractor
from regiograph.errors import ModelError
from regiograph.model import Article, Extraction

Outcome = Extraction | Refusal


def outcome(item: Article | Refusal, extract: Callable[[Article], Extraction]) -> Outcome:
    """Return what is extracted from an article, or why that fails; a refusal passes through."""
    if isinstance(item, Refusal):
        return item
    try:
        return extract(item)
    except ModelError as e:  # its words say all
        return Refusal(item.id, str(e))
    except Exception as e:  # noqa: BLE001  one article must not cost the batch; it is counted and listed
        return Refusal(item.id, f"extraction failed: {type(e).__name__}: {e}")


def outcomes(extractor: Extractor, items: Iterable[Article | Refusal]) -> list[Outcome]:
    """Return what an extractor finds in each article, or why it fails on it."""
    return [outcome(item, extractor.extract) for item in items]
