"""From sentences to mentions: tag each word, read off the spans, add repeated names and pronouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regiograph.claims.recognition import pronouns, repeats
from regiograph.claims.recognition.features import features
from regiograph.claims.recognition.tagging import OUTSIDE, tag
from regiograph.claims.recognition.tokens import Token, tokenise
from regiograph.entities.names import is_generic
from regiograph.model import Article, Mention, Sentence, Span
from regiograph.terms import EntityType


def mentions(article: Article, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    """Return who and what the sentences speak of: sorted by span, none overlapping another.

    Furniture gives none. The type of "it" and "they" is not known before they are resolved: they are marked as
    Organization, "he", "she" and "I" as Person.
    """
    rows = [tokenise(article.text, sentence.span) for sentence in sentences if not sentence.furniture]
    tags = [tag(row) for row in features(rows)]
    tagged = repeats.completed(rows, tags)
    found = [
        mention
        for tokens, labels in zip(rows, tagged, strict=True)
        for mention in (*_spans(article.text, tokens, labels), *pronouns.found(tokens, labels))
    ]
    return tuple(sorted(found))


def _spans(text: str, tokens: Sequence[Token], tags: Sequence[str]) -> Iterator[Mention]:
    start = 0
    for end in range(1, len(tokens) + 1):
        if end == len(tokens) or not tags[end].startswith("I-"):
            if tags[start] != OUTSIDE:
                span = Span(tokens[start].span.start, tokens[end - 1].span.end)
                kind = "description" if is_generic(text[span.start : span.end]) else "name"
                yield Mention(span, EntityType(tags[start][2:]), kind)
            start = end
