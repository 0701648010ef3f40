"""Links to the sentence in the source."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.view.links import sentence_url, web_url

HOSTILE = [
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "JAVASCRIPT://x.example/%0aalert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox",
    "file:///etc/passwd",
    "//x.example/a",
    "/a",
    "",
    "https://",
    "https:///a",
    "https://user:secret@x.example/",
    "https://x.example/a b",
    'https://x.example/"><script>',
    "https://x.example:port/",
    "https://[::1",
    "https://x.example/\u202egpj",
    "https://x.example/" + "a" * 10_000,
]


@pytest.mark.parametrize("url", HOSTILE)
def test_only_a_page_of_the_web_is_linked(url):
    """HOSTILE 75: scripts, data, files, credentials, spaces and what is no absolute URL are not."""
    assert web_url(url) is None
    assert sentence_url(url, "A sentence.") is None


@pytest.mark.parametrize("url", ["https://x.example/a?b=1&c=2", "http://x.example", "https://пример.example/ü#frag"])
def test_pages_of_the_web_are_linked(url):
    """Queries, fragments and international names are fine."""
    assert web_url(url) == url


def test_a_short_sentence_is_the_fragment_itself():
    """Every sign that the fragment directive uses is escaped."""
    url = sentence_url("https://x.example/a", "Well-known, A & B.")
    assert url == "https://x.example/a#:~:text=Well%2Dknown%2C%20A%20%26%20B."


def test_a_long_sentence_is_given_by_its_ends():
    """Its first and last five words find it."""
    words = [f"word{n}" for n in range(30)]
    url = sentence_url("https://x.example/a#part", " ".join(words))
    assert (
        url
        == "https://x.example/a#part:~:text=word0%20word1%20word2%20word3%20word4,word25%20word26%20word27%20word28%20word29"
    )


@given(st.text(min_size=1))
def test_the_fragment_adds_nothing_to_path_and_query(quote):
    """Whatever is quoted, host, path and query stay, and the quote's words can be read back."""
    parts = urlsplit(sentence_url("https://x.example/a?b=1", quote) or "")
    assert (parts.scheme, parts.netloc, parts.path, parts.query) == ("https", "x.example", "/a", "b=1")
    if quote.split() and len(" ".join(quote.split())) <= 80:
        assert unquote(parts.fragment.removeprefix(":~:text="), errors="replace") == " ".join(quote.split())
