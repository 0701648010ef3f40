"""Addresses of this site: the IRIs of the graph become paths below /id/, which stand for them here."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlencode

from regiograph.view.links import web_url

_PLAIN = "/:@!$&'()+*,;=-._~"


def local(base: str, iri: str) -> str | None:
    """Return the path at which this site tells of an IRI: of another base its own address, None if that is no link."""
    if iri.startswith(base):
        return f"/id/{quote(iri.removeprefix(base), safe=_PLAIN)}"
    return web_url(iri)


def named(base: str, path: str) -> str:
    """Return the IRI that a path below /id/ stands for, percent-encoded or not."""
    return base + unquote(path)


def sentence(base: str, article: str, start: int, end: int) -> str:
    """Return the address of a sentence: the article's page at that place of its text."""
    return f"{local(base, article)}#{place(start, end)}"


def place(start: int, end: int) -> str:
    """Return the id of a sentence on the page of its article."""
    return f"s-{start}-{end}"


def asking(sparql: str) -> str:
    """Return the address of the editor with a query in it."""
    return f"/sparql?{urlencode({'query': sparql})}"
