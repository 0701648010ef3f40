"""Finds title, day of publication and source where a text has them, and checks those that were given."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from regiograph.articles import dates, furniture
from regiograph.articles.drafts import Metadata
from regiograph.articles.language import language_of, tag

Note = Callable[[str], None]

_HEAD, _TAIL = 12, 8  # lines looked at from either end
_LINE_LENGTH = 400  # characters of a line that are looked at
_TITLE_LENGTH = 250
_LABEL = r"(?:published|posted|publication date|release(?:d| time)|date|time|input|approved|publicado|publié)"
_PUBLISHED = re.compile(rf"\b{_LABEL}\b(?! by)", re.IGNORECASE)
_CHANGED = re.compile(r"\b(?:updated|reviewed|modified|edited|copyright)\b|©", re.IGNORECASE)
_DATELINE = re.compile(r"[A-ZÀ-Þ][^.!?|]{1,60}?(?:\([^()]{2,30}\)|/\w{2,12}/)?\s*(?:[–—-]|\. )")
_AGENCY = re.compile(r"[A-ZÀ-Þ][^.!?()/]{2,60}[(/]([A-Z][\w.]{1,11})[)/]\s?[–—-]")
_SOURCE = re.compile(r"(?:^|[\s|])(?:source|SOURCE|Source)\s?: *(\S[^|\n]{1,150})")
_NEXT_LABEL = re.compile(r"\s+[A-Z]\w+ ?:.*|\s*\[.*")
_CRUMB_YEAR = re.compile(r"[/>»|] ?((?:19|20)\d\d)(?![\d.])")


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines at either end of a text, and which of them are furniture."""

    head: tuple[str, ...]
    tail: tuple[str, ...]
    is_furniture: dict[str, bool]


def completed(text: str, given: Metadata, *, latest: str | None, note: Note) -> Metadata:
    """Return the metadata of an article: what was given, if it can be right, else what its text says.

    `latest` is an ISO 8601 date; dates of publication after it are not believed. What is dropped goes to `note`.
    """
    lines = _ends(text)
    return Metadata(
        title=_one_line(given.title) or _title(lines),
        published=_given_date(given.published, latest, note) or _believed(_published(lines, note), latest, note),
        source=_one_line(given.source) or _source(lines),
        url=_url(given.url, note),
        language=(tag(given.language) if given.language else None) or language_of(text),
    )


def _ends(text: str) -> _Lines:
    lines = [line[:_LINE_LENGTH].strip() for line in text.split("\n") if line.strip()]
    head, tail = tuple(lines[:_HEAD]), tuple(lines[_HEAD:][-_TAIL:])
    flags = furniture.flags((*head, *tail))
    return _Lines(head, tail, dict(zip((*head, *tail), flags, strict=True)))


def _one_line(words: str | None) -> str | None:
    return " ".join((words or "").split())[:_TITLE_LENGTH].strip() or None


def _title(lines: _Lines) -> str | None:
    """Return the first line that is no furniture, if it looks like a heading and something follows it."""
    for number, line in enumerate(lines.head):
        if not lines.is_furniture[line]:
            is_heading = len(line) <= _TITLE_LENGTH and not re.search(r"[^.][.:;,]$", line)
            return line if is_heading and number + 1 < len(lines.head) else None
    return None


def _given_date(raw: str | None, latest: str | None, note: Note) -> str | None:
    if raw is None:
        return None
    value = dates.normalised(raw)
    if value is None:
        note(f"{raw[:60]!r} is no date of publication; ignored")
    return _believed(value, latest, note)


def _believed(value: str | None, latest: str | None, note: Note) -> str | None:
    if value is not None and latest is not None and value > latest:
        note(f"{value} lies in the future, so it is no date of publication; ignored")
        return None
    return value


def _published(lines: _Lines, note: Note) -> str | None:
    """Return the best date: labelled, in the furniture, in a dateline, of the last change, of the folder."""
    furnished = [line for line in (*lines.head, *lines.tail) if lines.is_furniture[line]]
    prose = [line for line in lines.head if not lines.is_furniture[line]]
    labelled = [line for line in furnished if _PUBLISHED.search(line)]
    plain = [line for line in furnished if not _CHANGED.search(line)]
    changed = [line for line in furnished if _CHANGED.search(line)]
    datelines = [match.group() for line in prose[:3] if (match := _DATELINE.match(line)) and _is_names(match.group())]
    for group in (labelled, plain, datelines, changed):
        if value := _first_date(group, note):
            return _sharpened(value, datelines)
    years = [match[1] for line in furnished if (match := _CRUMB_YEAR.search(line))]
    return _sharpened(years[0], datelines) if years else None


def _is_names(dateline: str) -> bool:
    """Whether there is nothing but names beside the date."""
    return not any(word[0].islower() for word in dates.words(dateline))


def _first_date(lines: Sequence[str], note: Note) -> str | None:
    """Return the first most precise date of some lines."""
    found = [date for line in lines for date in dates.written(line)]
    for date in found:
        if date.value is None:
            note(f"{date.words!r} is no day of the calendar; ignored")
    values = [date.value for date in found if date.value is not None]
    return max(values, key=len, default=None)


def _sharpened(value: str, datelines: Sequence[str]) -> str:
    """Return the day that a dateline gives in the year `value`, if the two agree; else `value`."""
    days = (dates.with_year(line, int(value[:4])) for line in datelines if len(value) < 10)
    return next((day for day in days if day is not None and day.startswith(value)), value)


def _source(lines: _Lines) -> str | None:
    """Return who is named after "Source:", else the agency of the dateline."""
    for line in (*reversed(lines.tail), *reversed(lines.head)):
        if match := _SOURCE.search(line):
            return _NEXT_LABEL.sub("", match[1]).strip(" .;") or None
    agencies = (_AGENCY.match(line) for line in lines.head if not lines.is_furniture[line])
    return next((match[1] for match in agencies if match), None)


def _url(raw: str | None, note: Note) -> str | None:
    """Return a web address that is safe to show and to link: http or https, no credentials, no odd characters."""
    if raw is None:
        return None
    try:
        parts = urlsplit(raw.strip())
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        fine = False
    if not fine or len(raw) > 2000 or re.search(r"[\s<>\"{}|\\^`\x00-\x20\ud800-\udfff]", raw.strip()):
        note(f"{raw[:60]!r} is no web address that can be kept; ignored")
        return None
    return raw.strip()
