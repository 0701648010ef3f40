"""Cuts an article into sentences that cover its text, each trimmed of white space.

A line of the text is a paragraph: reading has already joined the lines of hard-wrapped text. A line is first cut where
its layout tells: around the title, before list items and before labels such as "Read also:". Within a piece, every run
of terminators is a candidate, judged by the word before it and the word after it. Both are looked at through windows
of fixed width, so that the work grows linearly with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from regiograph.articles import abbreviations, chrome, furniture
from regiograph.model import Article, Sentence, Span

_LONGEST = 4000  # characters; what comes after must never meet a sentence of a million words
_WINDOW = 40  # characters looked at on either side of a candidate
_TITLE_LENGTH = (16, 300)  # a shorter title might be words of a sentence

_CLOSERS = "\"'”’»)]"
_LINE = re.compile(r"[^\n]+")
_CANDIDATE = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|(?<=[\"”»])[A-Z])|[。！？]++[”’」』）]*+")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«„]*$")
_NEXT_WORD = re.compile(r"\s*+((?:[-–—•]\s)?)([\"'“‘«„(\[¿¡]*)([^\s,;:!?…]*)")
_ITEM = re.compile(
    r"(?<=[;:.])(?<![A-Z][a-z]{2}\.)(?<!No\.)(?<!Sept\.) "
    r"(?=[-–] ?[\"“A-Z]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\) [\"“\w]|\d{1,2}\. [\"“A-Z])"
    r"|(?<=[;:]) (?=\d{1,2} [-–] [\"“A-Z]|- )| (?=[*•●▪■►] )"
)
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w'’./-]*+(?: [A-ZÀ-Þ][\w'’./-]*+){0,2}(?: \(\w+\))?"
    r"(?:, (?:\d{1,2} )?[A-Z]\w++\.?(?: \d{1,2})?(?:,? \d{4})?)?"
)


def sentences(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of an article in the order of the text, page furniture flagged.

    Together they hold every character that is not white space; `text[span]` begins and ends with one.
    """
    text = article.text
    found = [
        (paragraph, span)
        for paragraph, line in enumerate(_lines(text))
        for piece in _pieces(text, line, article.title)
        for whole in _split(text, piece, article.title)
        for span in _capped(text, whole)
    ]
    flags = furniture.flags(tuple(text[span.start : span.end] for _, span in found))
    return tuple(
        Sentence(number, paragraph, span, flag)
        for number, ((paragraph, span), flag) in enumerate(zip(found, flags, strict=True), start=1)
    )


def _lines(text: str) -> Iterator[Span]:
    """Yield the lines that hold more than white space, trimmed."""
    for match in _LINE.finditer(text):
        yield from _trimmed(text, match.start(), match.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span without the white space at its ends, if anything is left of it."""
    part = text[start:end]
    left = start + len(part) - len(part.lstrip())
    right = start + len(part.rstrip())
    if left < right:
        yield Span(left, right)


def _pieces(text: str, line: Span, title: str | None) -> Iterator[Span]:
    """Yield the parts of a line that its layout sets apart: the title, list items, what a label begins."""
    cuts = {match.end() for match in _ITEM.finditer(text, *line)}
    cuts.update(match.end() for match in chrome.LABEL_INSIDE.finditer(text, *line))
    cuts.update(_title_ends(text, line, title))
    bounds = [line.start, *sorted(cuts), line.end]
    for start, end in pairwise(bounds):
        yield from _trimmed(text, start, end)


def _title_ends(text: str, line: Span, title: str | None) -> tuple[int, ...]:
    """Return both ends of the title where the line repeats it beside other words."""
    if title is None or not _TITLE_LENGTH[0] <= len(title) <= _TITLE_LENGTH[1]:
        return ()
    start = text.find(title, line.start, line.end)
    end = start + len(title)
    return () if start < 0 or text[end : end + 1].isalnum() or text[end : end + 1] in {",", "'", "’"} else (start, end)


def _split(text: str, piece: Span, title: str | None) -> Iterator[Span]:
    """Yield the sentences of a piece; a title is one whatever its punctuation."""
    rest = piece
    candidates = () if text[piece.start : piece.end] == title else _CANDIDATE.finditer(text, *piece)
    for candidate in candidates:
        if candidate.end() < piece.end and _ends(text, piece, rest, candidate):
            yield Span(rest.start, candidate.end())
            rest = next(_trimmed(text, candidate.end(), piece.end))
    yield rest


def _capped(text: str, span: Span) -> Iterator[Span]:
    """Yield one sentence, or, where it is longer than any sentence is, pieces cut at white space."""
    start, end = span
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        cut = space if space > start else start + _LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _ends(text: str, piece: Span, rest: Span, candidate: re.Match[str]) -> bool:
    """Whether the sentence that began where `rest` does ends at this run of terminators."""
    following = _NEXT_WORD.match(text, candidate.end(), min(rest.end, candidate.end() + _WINDOW))
    bullet, opener, word = following.groups() if following else ("", "", "")
    if not _can_open(bullet, opener, word):
        return False
    so_far = text[rest.start : candidate.start()] if candidate.start() - rest.start <= _WINDOW else ""
    if "." not in candidate.group():
        return True
    if _DATELINE.fullmatch(so_far) and _is_dateline(so_far, bullet, first=rest.start == piece.start):
        return False
    last = _LAST_WORD.search(text, max(rest.start, candidate.start() - _WINDOW), candidate.start())
    is_single = candidate.group().strip(_CLOSERS) == "."
    return not is_single or _is_full_stop(last.group() if last else "", word, so_far)


def _can_open(bullet: str, opener: str, word: str) -> bool:
    """Whether a sentence can begin so: a capital, a figure, a quotation or a dash before one of them."""
    if not word:
        return bool(opener)
    return not word[0].islower() and (word[0].isalnum() or bool(bullet or opener) or word[0] in "$€£¥₽#@")


def _is_full_stop(last: str, following: str, so_far: str) -> bool:
    """Whether the full stop after the word `last` is no mark of an abbreviation or of an ordinal number."""
    bare = last.lower().strip("'’")
    is_initial = following.endswith(".") and abbreviations.INITIAL.fullmatch(following[:-1]) is not None
    follows = "" if is_initial else following.rstrip("'’”\"").lower()
    if bare.isdigit():
        return so_far.strip() != last and not (len(last) <= 2 and follows in abbreviations.MONTHS)
    if bare in abbreviations.BEFORE_NAMES:
        return False
    if bare in abbreviations.BEFORE_NUMBERS and following[:1].isdigit():
        return False
    if bare in abbreviations.ANYWHERE or last in abbreviations.CAPITALISED or abbreviations.INITIAL.fullmatch(last):
        return follows in abbreviations.OPENING_WORDS
    return True


def _is_dateline(so_far: str, bullet: str, *, first: bool) -> bool:
    """Whether capitalised words and a date are a dateline ("OMSK.", "Khovd, October 24."), not a short sentence."""
    place = so_far.split(",")[0]
    if bullet or (place.isupper() and len(place.split()) < 3):
        return True
    return first and (" " not in so_far or so_far.endswith(")") or any(c.isdigit() for c in so_far))
