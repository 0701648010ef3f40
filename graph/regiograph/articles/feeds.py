"""RSS and Atom files, already fetched: one article an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import lxml.etree

from regiograph.articles.decoding import decode
from regiograph.articles.drafts import Draft, Metadata, Refusal
from regiograph.articles.limits import Limits
from regiograph.articles.pages import plain
from regiograph.errors import ArticleError

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_DECLARED = re.compile(rb"<\?xml[^>]{1,100}encoding=[\"']([\w.-]{2,30})")
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("published", "pubDate", "issued", "date", "updated")


def is_feed(data: bytes) -> bool:
    """Whether XML data begin like RSS, Atom or RDF Site Summary."""
    return re.search(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", data[:4096]) is not None


def entries(place: str, name: str, data: bytes, limits: Limits) -> Iterator[Draft | Refusal]:
    """Yield a draft for each entry, a refusal for each one without text.

    Raises:
        ArticleError: no well-formed XML, no feed, or a document type with declarations of its own: entities can
            expand without bound or read other files.
    """
    root = _root(data)
    channel = next(root.iter("{*}channel"), root)
    common = Metadata(source=_text(channel, "title"), language=_text(channel, "language") or _language(root))
    found = [e for e in root.iter() if isinstance(e.tag, str) and _local(e) in {"item", "entry"}]
    if not found and not is_feed(data):
        raise ArticleError("XML, but no RSS or Atom feed")
    for number, entry in enumerate(found, start=1):
        yield _draft(f"{place}#{number}", f"{name}-{number}", entry, common, limits)


def _root(data: bytes) -> lxml.etree._Element:
    declared = _DECLARED.match(data)
    text = _DECLARATION.sub("", decode(data, declared[1].decode("ascii") if declared else None), count=1)
    if re.search(r"<!ENTITY|<!DOCTYPE[^>]{0,1000}\[", text):
        raise ArticleError("the feed declares entities of its own, which are not expanded")
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return lxml.etree.fromstring(text.strip().encode("utf-8", errors="replace"), parser)
    except lxml.etree.XMLSyntaxError as e:
        raise ArticleError(f"no well-formed XML: {e}") from e


def _draft(place: str, name: str, entry: lxml.etree._Element, common: Metadata, limits: Limits) -> Draft | Refusal:
    title = _text(entry, "title")
    body = max((_text(entry, tag) or "" for tag in _TEXTS), key=len)
    try:
        title = plain(title, limits) if title else None
        text = plain(body, limits)
    except ArticleError as e:
        return Refusal(place, str(e))
    if not text:
        return Refusal(place, "the entry has no text")
    whole = f"{title}\n\n{text}" if title and not text.startswith(title) else text
    own = Metadata(title, _date(entry), _text(entry, "source"), _link(entry))
    return Draft(place, name, whole, own.over(common), _text(entry, "guid") or _text(entry, "id"))


def _local(element: lxml.etree._Element) -> str:
    return lxml.etree.QName(element).localname


def _text(element: lxml.etree._Element, local: str) -> str | None:
    """Return the text of the first child of that local name, markup inside it as markup."""
    child = next((c for c in element if isinstance(c.tag, str) and _local(c) == local), None)
    if child is None:
        return None
    inner = "".join(lxml.etree.tostring(c, encoding="unicode") for c in child)
    return ((child.text or "") + inner).strip() or None


def _link(entry: lxml.etree._Element) -> str | None:
    links = [c for c in entry if isinstance(c.tag, str) and _local(c) == "link"]
    found = [c.get("href") or (c.text or "").strip() for c in links if c.get("rel", "alternate") == "alternate"]
    return next(filter(None, found), None)


def _date(entry: lxml.etree._Element) -> str | None:
    """Return the day on which the entry was published, from RFC 3339 or RFC 5322; None if it is neither."""
    raw = next(filter(None, (_text(entry, tag) for tag in _DATES)), None)
    if raw is None or re.match(r"\d{4}-\d\d-\d\d", raw):
        return raw and raw[:10]
    try:
        return parsedate_to_datetime(raw).date().isoformat()
    except ValueError:
        return None


def _language(root: lxml.etree._Element) -> str | None:
    return root.get("{http://www.w3.org/XML/1998/namespace}lang")
