"""Links that open a source at the sentence quoted, and only ever a page of the web."""

from __future__ import annotations

import re
from urllib.parse import quote as percent
from urllib.parse import urlsplit

_FORBIDDEN = re.compile(r"[\s\x00-\x20\x7f-\x9f<>\"'`\\{}|^\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_LONGEST = 2000
_WHOLE = 80
_WORDS = 5


def web_url(url: str | None) -> str | None:
    """Return `url` if it is an absolute http or https URL without credentials, else None."""
    if not url or len(url) > _LONGEST or _FORBIDDEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises on a port that is none
    except ValueError:
        return None
    sound = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return url if sound else None


def sentence_url(url: str | None, quote: str) -> str | None:
    """Return a URL with a text fragment (WICG Scroll To Text Fragment) for the quote, or None if `url` is no web page.

    A long quote is given by its first and last words.
    """
    page = web_url(url)
    words = quote.split()
    if page is None or not words:
        return page
    joint = " ".join(words)
    ends = (joint,) if len(joint) <= _WHOLE or len(words) < 2 * _WORDS else (words[:_WORDS], words[-_WORDS:])
    text = ",".join(_escaped(end if isinstance(end, str) else " ".join(end)) for end in ends)
    return f"{page}{'' if '#' in page else '#'}:~:text={text}"


def _escaped(text: str) -> str:
    """Percent-encode; the directive's own signs, of which "-" is one, too."""
    return percent(text.encode("utf-8", "replace"), safe="").replace("-", "%2D")
