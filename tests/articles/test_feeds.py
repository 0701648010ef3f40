"""RSS and Atom: every entry is an article, and no entity is expanded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from regiograph.articles.drafts import Draft, Refusal
from regiograph.articles.feeds import entries
from regiograph.articles.limits import Limits
from regiograph.articles.reading import read
from regiograph.errors import ArticleError
from regiograph.model import Article

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Regional Agency</title><language>en-us</language><link>https://example.org/</link>
<item><title>Plant opened</title><link>https://example.org/1</link><guid>tag:example.org,1</guid>
<pubDate>Mon, 08 Jun 2015 10:00:00 +0300</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The plant was <b>opened</b>.</p><p hidden>X owns Y</p><p>New.</p>]]></content:encoded>
</item>
<item><title>No words</title><description></description></item>
<item><title>Caf&#233; &amp; more</title><description>Only &lt;i&gt;this&lt;/i&gt;.</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Agentur</title>
<entry><id>urn:1</id><title>Werk</title><link rel="alternate" href="https://example.org/a"/>
<updated>2019-03-13T00:00:00Z</updated><published>2019-03-12T00:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Das Werk.</p></div></content></entry></feed>"""


def found(data: str | bytes) -> list[Draft | Refusal]:
    """Read a feed."""
    return list(entries("f", "f", data.encode() if isinstance(data, str) else data, Limits()))


def test_rss_entries_are_drafts_with_the_metadata_of_entry_and_channel() -> None:
    """HOSTILE 18: what is hidden in an entry gives no text; an entry without text is refused."""
    first, second, third = found(RSS)
    assert isinstance(first, Draft)
    assert first.text == "Plant opened\n\nThe plant was opened.\n\nNew."
    assert first.id == "tag:example.org,1"
    given = first.metadata
    assert (given.title, given.published, given.source) == ("Plant opened", "2015-06-08", "Regional Agency")
    assert (given.url, given.language) == ("https://example.org/1", "en-us")
    assert isinstance(second, Refusal)
    assert second.place == "f#2"
    assert isinstance(third, Draft)
    assert third.text == "Café & more\n\nOnly this."


def test_atom_entries_are_drafts() -> None:
    """The day of publication goes before that of the last change."""
    (entry,) = found(ATOM)
    assert isinstance(entry, Draft)
    assert (entry.text, entry.id) == ("Werk\n\nDas Werk.", "urn:1")
    assert (entry.metadata.published, entry.metadata.language) == ("2019-03-12", "de")


def test_a_feed_is_read_like_any_file(tmp_path: Path) -> None:
    """Its ids are made harmless."""
    (tmp_path / "news.xml").write_text(RSS, encoding="utf-8")
    items = list(read([tmp_path]))
    assert [type(item) for item in items] == [Article, Refusal, Article]
    assert isinstance(items[0], Article)
    assert items[0].id.startswith("tag-example.org,1-")


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY e0 "ha">{BOMB}]>',
        '<!DOCTYPE rss [<!ENTITY e11 SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p; <!ENTITY e11 "x">]>',
        '<!DOCTYPE rss\n SYSTEM "a>b" [<!ENTITY e11 "ha">]>',
    ],
)
def test_a_feed_with_entities_of_its_own_is_refused(doctype: str) -> None:
    """HOSTILE 4: entity bomb, external entity, parameter entity."""
    begun = time.perf_counter()
    with pytest.raises(ArticleError, match="entit"):
        found(f"{doctype}<rss><channel><item><title>a</title><description>&e11;</description></item></channel></rss>")
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    "data",
    ["", "<", "<rss>", "no feed", "<html><body>x</body></html>", "<a>" * 100_000, b"\xff\xfe<\x00r\x00", b"\x00\x00"],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_feed_is_refused(data: str | bytes) -> None:
    """HOSTILE 4: broken, deep, something else."""
    with pytest.raises(ArticleError):
        found(data)


def test_a_feed_of_another_encoding_is_read() -> None:
    """HOSTILE 5: declared, wrongly declared, UTF-16."""
    for encoding, declared in (("cp1252", "windows-1252"), ("cp1252", "utf-8"), ("utf-16", "utf-16")):
        data = RSS.replace("UTF-8", declared).replace("Short", "Münster").replace("Only", "Münster Straße Köln")
        assert "Münster" in [d.text for d in found(data.encode(encoding)) if isinstance(d, Draft)][-1]
