"""JSON Lines and CSV: one article a record, a bad record refused by its line, the others read."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import BinaryIO

from regiograph.articles.decoding import decode, wide_encoding
from regiograph.articles.drafts import Draft, Refusal, metadata_of
from regiograph.articles.limits import whole
from regiograph.errors import ArticleError

_CHUNK = 1 << 16
_DELIMITERS = (",", ";", "\t")

# A line's number, and the line, or None where it is longer than the limit.
Line = tuple[int, bytes | None]


def json_lines(place: str, name: str, stream: BinaryIO, limit: int) -> Iterator[Draft | Refusal]:
    """Yield a draft for each JSON object, a refusal for each line that holds none."""
    for number, line in _lines(stream, limit):
        here = f"{place}:{number}"
        if line is None:
            yield Refusal(here, f"a line of more than {limit:,} bytes")
        elif line.strip():
            yield _from_json(here, f"{name}-{number}", line)


def _from_json(place: str, name: str, line: bytes) -> Draft | Refusal:
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError, ArticleError) as e:
        return Refusal(place, f"no JSON: {e}")
    return _draft(place, name, record) if isinstance(record, dict) else Refusal(place, "no JSON object")


def _draft(place: str, name: str, record: dict[str, object]) -> Draft | Refusal:
    """Return the draft that a record describes."""
    text, key = record.get("text"), record.get("id")
    if not isinstance(text, str) or not text.strip():
        return Refusal(place, 'no text in "text"')
    if isinstance(key, bool) or not isinstance(key, str | int | None):
        return Refusal(place, '"id" is neither text nor a whole number')
    try:
        return Draft(place, name, text, metadata_of(record), str(key).strip() if key not in {None, ""} else None)
    except ValueError as e:
        return Refusal(place, str(e))


def table(place: str, name: str, stream: BinaryIO, limit: int) -> Iterator[Draft | Refusal]:
    """Yield a draft for each row of a CSV file whose first row names the columns, a refusal for each bad one.

    Commas, semicolons or tabs may separate the fields. A formula in a field is text like any other.

    Raises:
        ArticleError: there is no column "text", or a line is longer than the limit; rows before it were yielded.
    """
    csv.field_size_limit(max(limit, csv.field_size_limit()))
    lines = _decoded(stream, limit)
    first = next(lines, "")
    delimiter = max(_DELIMITERS, key=first.count)
    columns = [column.strip().lower() for column in next(csv.reader([first], delimiter=delimiter), [])]
    if "text" not in columns:
        raise ArticleError('no column "text" in the first row')
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = rows.line_num + 2
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as e:
            yield Refusal(f"{place}:{number}", f"no CSV row: {e}")
        else:
            if row:
                yield _from_row(f"{place}:{number}", f"{name}-{number}", columns, row)


def _from_row(place: str, name: str, columns: list[str], row: list[str]) -> Draft | Refusal:
    if len(row) > len(columns):
        return Refusal(place, f"{len(row)} fields under {len(columns)} column names")
    return _draft(place, name, dict(zip(columns, row, strict=False)))


def _decoded(stream: BinaryIO, limit: int) -> Iterator[str]:
    for number, line in _lines(stream, limit):
        if line is None:
            raise ArticleError(f"line {number} is longer than {limit:,} bytes")
        yield decode(line)


def _lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    """Yield numbered lines of UTF-8 or like it; UTF-16 is recoded. No more than one line is held at a time."""
    head = stream.read(4 * _CHUNK)
    wide = wide_encoding(head)
    if wide is not None:
        text = decode(head + whole(stream, limit))
        yield from enumerate(text.encode("utf-8", errors="replace").splitlines(keepends=True), start=1)
        return
    yield from enumerate(_split(head, stream, limit), start=1)


def _split(head: bytes, stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Split a stream that begins with `head` at line ends; None stands for a line of more than `limit` bytes."""
    kept: list[bytes] = []
    size = 0
    chunk = head
    while chunk:
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            yield b"".join((*kept, part, b"\n")) if size + len(part) <= limit else None
            kept, size = [], 0
        size += len(rest)
        kept = [*kept, rest] if size <= limit else []
        chunk = stream.read(_CHUNK)
    if size:
        yield b"".join(kept) if size <= limit else None
