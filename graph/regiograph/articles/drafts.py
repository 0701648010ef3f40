"""What a format's reader hands on: a draft of an article, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was to be read and was not; `place` names the file, and in it the line or the member.

    `repeated`: the same text was read before under the same id, so nothing is lost.
    """

    place: str
    reason: str
    repeated: bool = False

    def __str__(self) -> str:
        """Return "place: reason"."""
        return f"{self.place}: {self.reason}"


def shown(name: str) -> str:
    """Return a file's name as it can be printed: bytes that are no UTF-8, line ends and controls escaped."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a sidecar, a record or a page says of an article; nothing is checked yet."""

    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """Return this metadata, with what it leaves open taken from `other`."""
        return Metadata(
            self.title or other.title,
            self.published or other.published,
            self.source or other.source,
            self.url or other.url,
            self.language or other.language,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before its text is cleaned and its metadata are checked.

    `name` becomes the id where the input gives none in `id`.
    """

    place: str
    name: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    id: str | None = None


# Fields of records and sidecars, beside `id` and `text`.
FIELDS = ("title", "published", "source", "url", "language")


def metadata_of(record: dict[str, object]) -> Metadata:
    """Return the metadata fields of a record; blank ones count as absent, unknown ones are ignored.

    Raises:
        ValueError: a field is neither text nor null.
    """
    found: dict[str, str] = {}
    for name in FIELDS:
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{name!r} is not text")
        if value and value.strip():
            found[name] = value.strip()
    return Metadata(**found)
