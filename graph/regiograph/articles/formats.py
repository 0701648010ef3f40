"""Which reader a file gets, by the ending of its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from regiograph.articles import feeds, pages, plain, records
from regiograph.articles.decoding import decode
from regiograph.articles.drafts import Draft, Refusal
from regiograph.articles.limits import Limits, whole
from regiograph.errors import ArticleError

ENDINGS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".csv", ".tsv", ".rss",
           ".atom", ".xml")  # fmt: skip


def drafts(place: str, filename: str, stream: BinaryIO, limits: Limits) -> Iterator[Draft | Refusal]:
    """Yield what a file holds; one without an ending is plain text.

    Raises:
        ArticleError: the file as a whole cannot be read, or from some point on.
    """
    path = PurePosixPath(filename.replace("\\", "/"))
    ending, name = path.suffix.lower(), path.stem
    if ending in {".jsonl", ".ndjson"}:
        yield from records.json_lines(place, name, stream, limits.article)
    elif ending in {".csv", ".tsv"}:
        yield from records.table(place, name, stream, limits.article)
    elif ending in ENDINGS or not ending:
        yield from _of_whole(place, name, ending, whole(stream, limits.article), limits)
    else:
        raise ArticleError(f"{ending!r} is no format that is read; these are: {' '.join(ENDINGS)}")


def _of_whole(place: str, name: str, ending: str, data: bytes, limits: Limits) -> Iterator[Draft | Refusal]:
    if ending in {".html", ".htm", ".xhtml"}:
        yield pages.page(place, name, data, limits)
    elif ending in {".rss", ".atom", ".xml"}:
        yield from feeds.entries(place, name, data, limits)
    elif ending in {".md", ".markdown"}:
        yield plain.markdown(place, name, decode(data))
    else:
        yield plain.text(place, name, decode(data))
