"""Which format an answer is written in: what is offered, and what a client accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LONGEST = 8_192  # characters of an Accept header that are read


@dataclass(frozen=True, slots=True)
class Media:
    """A format: its short name, its media type, and other types by which it is asked for."""

    name: str
    type: str
    aliases: tuple[str, ...]


RESULTS = (
    Media("json", "application/sparql-results+json", ("application/json",)),
    Media("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Media("csv", "text/csv", ()),
    Media("tsv", "text/tab-separated-values", ()),
)
GRAPHS = (
    Media("ttl", "text/turtle", ("application/x-turtle",)),
    Media("nt", "application/n-triples", ("text/plain",)),
    Media("jsonld", "application/ld+json", ("application/json",)),
    Media("xml", "application/rdf+xml", ("application/xml", "text/xml")),
)


def header(kind: str | None) -> str:
    """Return the value of Content-Type for a media type."""
    plain = kind or "application/octet-stream"
    return f"{plain}; charset=utf-8" if plain.startswith("text/") and ";" not in plain else plain


def named(name: str, offered: Sequence[Media]) -> Media | None:
    """Return the format of a short name or a media type."""
    wanted = name.strip().lower()
    return next((m for m in offered if wanted in (m.name, m.type, *m.aliases)), None)


def accepted(accept: str | None, offered: Sequence[Media]) -> Media | None:
    """Return what a client likes best, of equals what is offered first; None if it accepts nothing of it."""
    return _accepted((accept or "")[:_LONGEST], tuple(offered))


@lru_cache(64)
def _accepted(accept: str, offered: tuple[Media, ...]) -> Media | None:
    ranges = dict(_ranges(accept)) if accept.strip() else {"*/*": 1.0}
    liked = [(max(_quality(m.type, ranges), *(ranges.get(alias, 0.0) for alias in m.aliases), 0.0), m) for m in offered]
    best = max((quality for quality, _ in liked), default=0.0)
    return next((m for quality, m in liked if quality == best), None) if best > 0 else None


def page_wanted(accept: str | None) -> bool:
    """Whether a client asks for HTML by name, and likes no format for programs better: a browser."""
    return _page_wanted((accept or "")[:_LONGEST])


@lru_cache(64)
def _page_wanted(accept: str) -> bool:
    ranges = dict(_ranges(accept))
    html = ranges.get("text/html", 0.0)
    return html > 0 and all(_quality(each.type, ranges) <= html for each in (*RESULTS, *GRAPHS))


def _quality(kind: str, ranges: dict[str, float]) -> float:
    """Return the quality of the most specific range that a type is in."""
    for known in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if known in ranges:
            return ranges[known]
    return 0.0


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if "/" in kind:
            yield kind, _weight(parameters)


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(0.0, float(value)), 1.0)  # in this order "nan" is 0
            except ValueError:
                return 0.0
    return 1.0
