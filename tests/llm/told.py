"""Articles for which the right answer is known: the examples of the prompt, under other words than the prompt's own."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from stub_model import sentences

from regiograph.claims.llm.extractor import LlmExtractor
from regiograph.claims.llm.prompt import examples
from regiograph.model import Article, Claim, Extraction

STORY, FORUM = (Article(name, "\n".join(each["sentences"]), published="2018-03-15")
                for name, each in zip(("story", "forum"), examples(), strict=True))  # fmt: skip
Making = Callable[..., LlmExtractor]  # what the fixture `asking` is
_ANSWERS = {each["sentences"][0]: each["answer"] for each in examples()}
NOTHING: dict[str, Any] = {"entities": [], "claims": []}


def right(body: dict[str, Any], _: int = 0) -> dict[str, Any]:
    """Return the right answer to a question about one of the articles; nothing where it is about another."""
    return copy.deepcopy(_ANSWERS.get(sentences(body)[0], NOTHING))


def said(extraction: Extraction) -> set[tuple[str, str, str]]:
    """Return the claims of an extraction as names: subject, predicate, object or value."""
    names = {entity.id: entity.name for entity in extraction.entities}
    return {(names[c.subject], c.predicate.value, _end(c, names)) for c in extraction.claims}


def _end(claim: Claim, names: dict[str, str]) -> str:
    return names[claim.object] if claim.object else claim.value.value if claim.value else ""


def is_grounded(extraction: Extraction) -> bool:
    """Whether every quote and every mention is the article's text at its place."""
    text, known = extraction.article.text, {entity.id for entity in extraction.entities}
    return all(
        text[slice(*c.evidence.span)] == c.evidence.quote and {c.subject, c.object or c.subject} <= known
        for c in extraction.claims
    ) and all(0 <= span.start < span.end <= len(text) for e in extraction.entities for span in e.mentions)
