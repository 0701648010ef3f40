"""An article in the pieces that a model reads in one call: whole sentences, numbered as the article numbers them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regiograph.model import Article, Sentence, Span

LONGEST = 2400  # characters of sentences in one call, unless one sentence alone is longer


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of one article that are read together; page furniture is not among them."""

    article: Article
    sentences: tuple[Sentence, ...]

    @property
    def span(self) -> Span:
        """The stretch from the first sentence to the last."""
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)

    def said(self, sentence: Sentence) -> str:
        """Return the words of a sentence."""
        return self.article.text[slice(*sentence.span)]

    def numbered(self, number: int) -> Sentence | None:
        """Return the sentence of this number, if it is in the window."""
        return next((each for each in self.sentences if each.number == number), None)

    def touched(self, span: Span) -> tuple[Sentence, ...]:
        """Return the sentences that share a character with a stretch of the text."""
        return tuple(each for each in self.sentences if each.span.overlaps(span))


def windows(article: Article, sentences: Sequence[Sentence], *, longest: int = LONGEST) -> tuple[Window, ...]:
    """Return the windows of an article in the order of its text; none if nothing in it is to be read."""
    return tuple(Window(article, tuple(part)) for part in _parts([s for s in sentences if not s.furniture], longest))


def _parts(sentences: Sequence[Sentence], longest: int) -> Iterator[list[Sentence]]:
    part: list[Sentence] = []
    size = 0
    for sentence in sentences:
        length = sentence.span.end - sentence.span.start
        if part and size + length > longest:
            yield part
            part, size = [], 0
        part.append(sentence)
        size += length
    if part:
        yield part
