"""Pages of the site: home, search, an entity, an article; and what lies behind an IRI, as RDF."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from regiograph.errors import InputError
from regiograph.serve import article, describing, description, editor, entity, home, links, naming, picture
from regiograph.serve.wire import Job, Kind, Reply, wrong


def page(quads: ox.Store, base: str, job: Job, *, reviewed: bool = False) -> Reply:
    """Return what lies at the address `job.text`, as HTML or, where `job.graph` is a media type, as RDF.

    The first page links the one of what is in doubt where the store is `reviewed`.
    """
    address = urlsplit(job.text)
    given = {name: values[-1] for name, values in parse_qs(address.query).items()}
    if address.path.startswith("/id/"):
        return _node(quads, base, links.named(base, address.path.removeprefix("/id/")), job.graph)
    if address.path == "/.well-known/void":
        body = description.dataset(quads, base, given["root"], kind=job.graph or "text/turtle")
        return Reply(Kind.GRAPH, False, body)
    if address.path == "/find":
        return Reply(Kind.HTML, False, home.found(quads, base, given.get("name", "")))
    if address.path == "/sparql":
        return Reply(Kind.HTML, False, editor.page(base, given.get("query", "")))
    if address.path == "/picture":
        steps = given.get("steps", "0")
        asked = [base + name for name in parse_qs(address.query).get("entity", ())]
        shown = picture.page(quads, asked, int(steps) if re.fullmatch("[0-9]", steps) else 0)
        return Reply(Kind.UNKNOWN, False, b"") if shown is None else Reply(Kind.PICTURE, False, shown)
    if address.path == "/names":
        return Reply(Kind.RESULTS, False, naming.offered(quads, given.get("q", "")))
    if address.path == "/articles":
        return Reply(Kind.HTML, False, home.articles(quads, base))
    return Reply(Kind.HTML, False, home.home(quads, base, reviewed=reviewed))


def _node(quads: ox.Store, base: str, iri: str, kind: str | None) -> Reply:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return Reply(Kind.UNKNOWN, False, b"no IRI")
    try:
        if kind is not None:
            body = describing.described(quads, node, kind)
            return Reply(Kind.GRAPH if body else Kind.UNKNOWN, False, body)
        shown = article.page(quads, base, node) or entity.page(quads, base, node)
    except InputError as e:
        return wrong(e)
    if shown is not None:
        return Reply(Kind.HTML, False, shown)
    if (known := entity.known_as(quads, base, node)) is not None:
        return Reply(Kind.ELSEWHERE, False, known.encode())
    if (place := describing.place(quads, base, node)) is not None:
        return Reply(Kind.ELSEWHERE, False, place.encode())
    return Reply(Kind.UNKNOWN, False, b"")
