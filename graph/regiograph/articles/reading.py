"""Reads articles from wherever they are: files, folders, archives, feeds, standard input.

One after the other, so that memory does not grow with their number; all that is kept of an article is a digest of its
id and of its text. What cannot be read is refused by name, and the rest goes on.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from regiograph.articles import archives, dates, formats
from regiograph.articles.cleaning import clean
from regiograph.articles.drafts import Draft, Metadata, Refusal, shown
from regiograph.articles.files import Found, opened, walk
from regiograph.articles.limits import Limits
from regiograph.articles.metadata import completed
from regiograph.articles.naming import article_id
from regiograph.articles.sidecars import sidecar
from regiograph.errors import ArticleError
from regiograph.model import Article

__all__ = ["Limits", "Refusal", "read"]

_UNREADABLE = (ArticleError, *archives.CORRUPT)
Item = Article | Refusal


def _ignore(_place: str, _note: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class _Options:
    published: str | None
    latest: str | None
    limits: Limits
    note: Callable[[str, str], None]


def read(
    sources: Sequence[Path | str],
    *,
    published: str | None = None,
    latest: str | None = None,
    limits: Limits = Limits(),  # noqa: B008  frozen
    note: Callable[[str, str], None] = _ignore,
    stdin: BinaryIO | None = None,
) -> Iterator[Item]:
    """Yield the articles of files, folders and archives in the order of `sources`.

    Inside a folder or a .zip that of their names counts, inside a .tar its own.

    "-" is standard input (or `stdin`): JSON Lines if it begins with a brace, else one plain text. `published` (ISO
    8601) goes before every other date of publication; one after `latest` is not believed. `note` is told, by place,
    what an article said of itself that could not be right. An id that comes again with the same text gives a refusal
    marked `repeated`, with another text a refusal that names both places.

    Raises:
        ArticleError: `published` or `latest` is no date; nothing was read.
    """
    for value in (published, latest):
        if value is not None and dates.normalised(value) != value:
            raise ArticleError(f"{value!r} is no date; write 2015, 2015-06 or 2015-06-08")
    return _read(sources, _Options(published, latest, limits, note), stdin)


def _read(sources: Sequence[Path | str], options: _Options, stdin: BinaryIO | None) -> Iterator[Item]:
    seen: dict[bytes, tuple[bytes, str]] = {}
    for source in sources:
        drafts = _standard_input(stdin, options) if str(source) == "-" else _under(Path(source), options)
        for item in drafts:
            yield item if isinstance(item, Refusal) else _once(_article(item, options), item.place, seen)


def _standard_input(stdin: BinaryIO | None, options: _Options) -> Iterator[Draft | Refusal]:
    raw = stdin or sys.stdin.buffer
    stream = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)  # type: ignore[type-var]
    ending = ".jsonl" if stream.peek(1).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else ".txt"
    yield from _guarded("-", f"stdin{ending}", stream, options)


def _under(source: Path, options: _Options) -> Iterator[Draft | Refusal]:
    for found in walk(source):
        if isinstance(found, Refusal):
            yield found
        else:
            yield from _file(found, options)


def _file(found: Found, options: _Options) -> Iterator[Draft | Refusal]:
    """Yield what a file holds, with what its sidecar says."""
    place = shown(str(found.path))
    try:
        with opened(found.path) as stream:
            if found.path.name.lower().endswith(archives.ENDINGS):
                yield from _archive(found.path, stream, options)
                return
            if not found.explicit and not found.path.suffix:
                raise ArticleError("a name without an ending in a folder; name the file itself to read it as text")
            key, metadata = sidecar(found.path)
            for item in formats.drafts(place, found.path.name, stream, options.limits):
                yield item if isinstance(item, Refusal) else _with(item, key, metadata)
    except _UNREADABLE as e:
        yield Refusal(place, str(e))


def _with(draft: Draft, key: str | None, metadata: Metadata) -> Draft:
    return replace(draft, id=key or draft.id, metadata=metadata.over(draft.metadata))


def _archive(path: Path, stream: BinaryIO, options: _Options) -> Iterator[Draft | Refusal]:
    place, is_empty = shown(str(path)), True
    for member in archives.members(path.name, stream, path.stat().st_size, options.limits):
        is_empty = False
        if isinstance(member, Refusal):
            yield replace(member, place=f"{place}!{shown(member.place)}")
        else:
            name, content = member
            yield from _guarded(f"{place}!{shown(name)}", name, content, options)
    if is_empty:
        yield Refusal(place, "the archive holds no files")


def _guarded(place: str, name: str, stream: BinaryIO, options: _Options) -> Iterator[Draft | Refusal]:
    try:
        yield from formats.drafts(place, name, stream, options.limits)
    except _UNREADABLE as e:
        yield Refusal(place, str(e))


def _article(draft: Draft, options: _Options) -> Item:
    """Return the article that a draft becomes."""
    text = clean(draft.text)
    if not any(c.isalnum() for c in text):
        return Refusal(draft.place, "empty, or no words in it")
    if len(text) > options.limits.text:
        return Refusal(
            draft.place, f"{len(text):,} characters of text; the limit for one article is {options.limits.text:,}"
        )
    given = replace(draft.metadata, published=options.published) if options.published else draft.metadata
    found = completed(text, given, latest=options.latest, note=lambda words: options.note(draft.place, words))
    return Article(
        id=article_id(draft.id or draft.name),
        text=text,
        title=found.title and clean(found.title),
        published=found.published,
        source=found.source and clean(found.source),
        url=found.url,
        language=found.language,
    )


def _once(item: Item, place: str, seen: dict[bytes, tuple[bytes, str]]) -> Item:
    """Return the article, or a refusal if its id was seen before."""
    if isinstance(item, Refusal):
        return item
    key, text = _digest(item.id), _digest(item.text)
    if key not in seen:
        seen[key] = (text, place)
        return item
    known, before = seen[key]
    if known == text:
        return Refusal(place, f"the same article as {before}, id {item.id!r}", repeated=True)
    return Refusal(place, f"the id {item.id!r} is taken by another text, from {before}")


def _digest(words: str) -> bytes:
    return hashlib.blake2b(words.encode("utf-8"), digest_size=16).digest()
