"""HTML pages: the main text as a reader sees it, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from regiograph.articles.decoding import decode
from regiograph.articles.drafts import Draft, Metadata
from regiograph.articles.limits import Limits
from regiograph.articles.markup import exceeds
from regiograph.errors import ArticleError

if TYPE_CHECKING:
    from trafilatura.settings import Document

_DECLARED = re.compile(rb"<meta[^>]{1,200}charset=[\"']?([\w-]{2,30})", re.IGNORECASE)
_UNSEEN_TAGS = ("script", "style", "template", "noscript", "object", "iframe", "svg", "head", "select", "dialog")
_UNSEEN = re.compile(r"display:none|visibility:hidden|opacity:0(?![.\d])|font-size:0(?![.\d])|text-indent:-\d{3}")
_UNSEEN_CLASSES = frozenset("sr-only visually-hidden hidden screen-reader-text d-none visuallyhidden".split())
_BLOCKS = frozenset(
    "p div section article header footer main aside nav h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tr blockquote pre"
    " figure figcaption form fieldset hr address body details summary".split()
)
# No clock decides which date a page has: the years that can be right are checked afterwards.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}


def page(place: str, name: str, data: bytes, limits: Limits) -> Draft:
    """Return the draft of an HTML page.

    What a reader does not see (comments, hidden elements, alternative texts, attributes) gives no text. The heading
    comes first, where the page shows one.

    Raises:
        ArticleError: the page is too deep, has too many elements, or shows no text.
    """
    declared = _DECLARED.search(data[:4096])
    tree = visible(decode(data, declared[1].decode("ascii") if declared else None), limits)
    headings = _headings(tree)
    found = _main(tree)
    text = (found.text or "") if found else ""
    if found is None or not text.strip():
        raise ArticleError("the page shows no text that is long enough to be an article")
    heading = _shown(found.title, headings)
    whole = text if heading is None or text.startswith(heading) else f"{heading}\n\n{text}"
    language = tree.get("lang") if isinstance(tree.get("lang"), str) else None
    return Draft(place, name, whole, Metadata(heading or found.title, found.date, found.sitename, found.url, language))


def _main(tree: HtmlElement) -> Document | None:
    """Return what trafilatura takes for the main text of a page; None if it finds none."""
    import trafilatura  # only pages need it, and it takes a tenth of a second
    from trafilatura.settings import Document

    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, date_extraction_params=_DATES, output_format="python"
        )
    except Exception as e:
        raise ArticleError(f"its main text could not be found: {type(e).__name__}: {e}") from e
    return found if isinstance(found, Document) else None


def visible(source: str, limits: Limits) -> HtmlElement:
    """Return the tree of an HTML page or fragment without what a reader does not see.

    Raises:
        ArticleError: it is empty, too deep, or has too many elements.
    """
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=False)
    if excess := exceeds(source, elements=limits.elements, attributes=limits.attributes):
        raise ArticleError(excess)
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8", errors="replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, AssertionError) as e:
        raise ArticleError(f"no HTML: {e}") from e
    _check(tree, parser, limits)
    for element in [e for e in tree.iter() if isinstance(e.tag, str) and _is_unseen(e)]:
        _drop(element)
    return tree


def _check(tree: HtmlElement, parser: lxml.html.HTMLParser, limits: Limits) -> None:
    depth = deepest = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    cut = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    if cut or deepest > limits.depth:
        raise ArticleError(f"elements nested more than {limits.depth} deep")


def _is_unseen(element: HtmlElement) -> bool:
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return (
        (element.tag in _UNSEEN_TAGS and element.tag != "head")
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _UNSEEN.search(style) is not None
        or not _UNSEEN_CLASSES.isdisjoint((element.get("class") or "").split())
    )


def _drop(element: HtmlElement) -> None:
    """Take an element out of its tree, its tail left in place."""
    if element.getparent() is not None:
        element.drop_tree()


def _headings(tree: HtmlElement) -> tuple[str, ...]:
    return tuple(" ".join(h.text_content().split()) for h in tree.iter("h1", "h2"))


def _shown(title: str | None, headings: tuple[str, ...]) -> str | None:
    """Return the title as a heading shows it; None where only the frame of a browser would."""
    known = " ".join((title or "").split())
    return next((h for h in headings if h and known and (h in known or known in h)), None)


def plain(fragment: str, limits: Limits) -> str:
    """Return the text of an HTML fragment that a reader sees, blocks set apart by blank lines.

    Raises:
        ArticleError: as `visible` does.
    """
    return re.sub(r" *\n[ \n]*", "\n\n", "".join(_texts(visible(fragment, limits)))).strip()


def _texts(tree: HtmlElement) -> Iterator[str]:
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        edge = "\n" if element.tag in _BLOCKS or element.tag == "br" else ""
        if event == "start":
            yield edge + re.sub(r"\s+", " ", element.text or "")
        else:
            yield edge + re.sub(r"\s+", " ", (element.tail or "") if element is not tree else "")
