"""From sentences to mentions: tag each word, read off the spans, add repeated names and pronouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regiograph.claims.recognition import grammar, pronouns, repeats
from regiograph.claims.recognition.features import features
from regiograph.claims.recognition.tagging import Weights, tag
from regiograph.claims.recognition.tokens import Token, tokenise
from regiograph.entities.names import is_generic
from regiograph.entities.vocabulary import classes
from regiograph.model import Article, Mention, Sentence, Span
from regiograph.terms import EntityType

_LONGEST = 40  # words; nothing is called by more
_LOOSE = frozenset(".,;:()-–—'’\"”»")
_PAIRS = {")": "(", '"': '"', "”": "“", "»": "«", "’": "‘"}


def mentions(article: Article, sentences: Sequence[Sentence], *, weights: Weights | None = None) -> tuple[Mention, ...]:
    """Return who and what the sentences speak of: sorted by span, none overlapping another.

    Furniture gives none. The type of "it" and "they" is not known before they are resolved: they are marked as
    Organization, "he", "she" and "I" as Person. Other `weights` than those that travel with the code serve to
    measure them.
    """
    rows = [tokenise(article.text, sentence.span) for sentence in sentences if not sentence.furniture]
    tags = [grammar.corrected(row, tag(seen, weights)) for row, seen in zip(rows, features(rows), strict=True)]
    completed = repeats.completed(rows, tags)
    found = [
        mention
        for tokens, labels in zip(rows, completed, strict=True)
        for mention in (*tagged(article.text, tokens, labels), *pronouns.found(tokens, labels))
    ]
    return tuple(sorted(found))


def tagged(text: str, tokens: Sequence[Token], tags: Sequence[str]) -> Iterator[Mention]:
    """Yield the mentions that the tags of a sentence's words make up."""
    for start, end in grammar.tagged(tags):
        if end - start > _LONGEST:
            continue
        kind = EntityType(tags[start][2:])
        for part in _parts(tokens[start:end]):
            span = Span(part[0].span.start, part[-1].span.end)
            yield Mention(span, kind, "description" if is_generic(text[span.start : span.end]) else "name")


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the name and the short form that it gives in brackets: "Board of Investment (BOI)"."""
    texts = [token.text for token in tokens]
    pieces = [tokens]
    if "(" in texts:
        at = texts.index("(")
        close = texts.index(")", at) if ")" in texts[at:] else len(texts)
        if close - at == 2 or close >= len(texts) - 1:
            pieces = [tokens[:at], tokens[at + 1 : close]]
    for piece in pieces:
        trimmed = _trimmed(piece)
        if any(token.text[0].isalnum() for token in trimmed):
            yield trimmed


def _trimmed(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return a name without the marks at its ends that do not belong to it."""
    start, end = 0, len(tokens)
    while start < end and tokens[start].text in _LOOSE:
        start += 1
    while end > start and tokens[end - 1].text in _LOOSE and not _closes(tokens[start:end]):
        end -= 1
    return tokens[start:end]


def _closes(tokens: Sequence[Token]) -> bool:
    """Whether the last mark belongs to what it follows: a closing quote or bracket, an abbreviation's full stop."""
    texts = [token.text for token in tokens]
    last = texts[-1]
    if last == ".":
        return len(texts) > 1 and "legal" in classes(texts[-2].lower())
    return last in _PAIRS and _PAIRS[last] in texts[:-1]
