"""From sentences to mentions: tag each word, read off the spans, add repeated names and pronouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regiograph.claims.recognition import pronouns, repeats
from regiograph.claims.recognition.features import features
from regiograph.claims.recognition.tagging import OUTSIDE, Weights, tag
from regiograph.claims.recognition.tokens import Token, tokenise
from regiograph.entities.names import is_generic
from regiograph.entities.vocabulary import classes
from regiograph.model import Article, Mention, Sentence, Span
from regiograph.terms import EntityType

_LOOSE = frozenset(".,;:()-–—'’\"”»")
_PAIRS = {")": "(", '"': '"', "”": "“", "»": "«", "’": "‘"}


def mentions(article: Article, sentences: Sequence[Sentence], *, weights: Weights | None = None) -> tuple[Mention, ...]:
    """Return who and what the sentences speak of: sorted by span, none overlapping another.

    Furniture gives none. The type of "it" and "they" is not known before they are resolved: they are marked as
    Organization, "he", "she" and "I" as Person. Other `weights` than those that travel with the code serve to
    measure them.
    """
    rows = [tokenise(article.text, sentence.span) for sentence in sentences if not sentence.furniture]
    tags = [tag(row, weights) for row in features(rows)]
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
                kind = EntityType(tags[start][2:])
                for part in _parts(tokens[start:end]):
                    span = Span(part[0].span.start, part[-1].span.end)
                    yield Mention(span, kind, "description" if is_generic(text[span.start : span.end]) else "name")
            start = end


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the name and the short form that it gives in brackets: "Board of Investment (BOI)"."""
    texts = [token.text for token in tokens]
    if "(" in texts:
        at = texts.index("(")
        close = texts.index(")") if ")" in texts[at:] else len(texts)
        if close - at == 2 or close == len(texts) - 1 or close == len(texts):
            yield from _parts(tokens[:at])
            yield from _parts(tokens[at + 1 : close])
            return
    while tokens and tokens[0].text in _LOOSE:
        tokens = tokens[1:]
    while tokens and tokens[-1].text in _LOOSE and not _closes(tokens):
        tokens = tokens[:-1]
    if any(token.text[0].isalnum() for token in tokens):
        yield tokens


def _closes(tokens: Sequence[Token]) -> bool:
    """Whether the last mark belongs to what it follows: a closing quote or bracket, an abbreviation's full stop."""
    texts = [token.text for token in tokens]
    last = texts[-1]
    if last == ".":
        return len(texts) > 1 and "legal" in classes(texts[-2].lower())
    return last in _PAIRS and _PAIRS[last] in texts[:-1]
