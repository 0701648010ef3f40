"""Title, day of publication, source and language, found and checked."""

from __future__ import annotations

import pytest

from regiograph.articles.drafts import Metadata
from regiograph.articles.language import language_of, tag
from regiograph.articles.metadata import completed

BODY = (
    "The delegation of the region visited the works on Monday and met with the director of the firm.\n"
    "The sides agreed to build a second line, which will give work to three hundred people in the town."
)


def found(text: str, given: Metadata | None = None, latest: str | None = None) -> tuple[Metadata, list[str]]:
    """Return the completed metadata and the notes."""
    notes: list[str] = []
    return completed(text, given or Metadata(), latest=latest, note=notes.append), notes


@pytest.mark.parametrize(
    "text, title",
    [
        (f"Delegation visits the works\n\n{BODY}", "Delegation visits the works"),
        (f"Home / News / 2019 / July\nWill there be a second line?\n{BODY}", "Will there be a second line?"),
        (BODY, None),
        ("Only one line", None),
    ],
)
def test_the_title_is_the_first_line_that_looks_like_one(text: str, title: str | None) -> None:
    """Furniture above it is passed over; a sentence is no title."""
    assert found(text)[0].title == title


@pytest.mark.parametrize(
    "text, day",
    [
        (f"A title\n26.04.2018 10:42 | Views: 318\n{BODY}", "2018-04-26"),
        (f"A title\n{BODY}\nPublished: 12 March 2019", "2019-03-12"),
        (f"A title\n{BODY}\nPhoto | 27.12.2021", "2021-12-27"),
        (f"A title\nUpdated: 8 April 2022 | Posted: 7 April 2022\n{BODY}", "2022-04-08"),
        (f"A title\nLast updated 8 April 2022\nPosted: 7 April 2022\n{BODY}", "2022-04-07"),
        (f"A title\nMOSCOW, 5 June 2015 (Agency) - {BODY}", "2015-06-05"),
        (f"Home / News / 2015 / June\nA title\n{BODY}", "2015-06"),
        (f"Home > News > 2019\nA title\nKHOVD, October 24. {BODY}", "2019-10-24"),
        (f"A title\nThe zone was opened on 5 June 2015 by the governor. {BODY}", None),
        (f"A title\n{BODY}\n© 2014", None),
    ],
)
def test_the_day_of_publication_is_taken_from_furniture_and_datelines(text: str, day: str | None) -> None:
    """Never from a sentence, and as precise as it is written."""
    assert found(text)[0].published == day


@pytest.mark.parametrize("given", ["2015-02-30", "0000-01-01", "9999-12-31", "yesterday"])
def test_an_impossible_day_is_noted_and_ignored(given: str) -> None:
    """HOSTILE 14: nothing is invented in its place."""
    metadata, notes = found(f"A title\n{BODY}", Metadata(published=given))
    assert metadata.published is None
    assert given in notes[0]


def test_a_day_in_the_future_is_noted_and_ignored() -> None:
    """HOSTILE 14: given or found."""
    text = f"A title\n12 March 2031\n{BODY}"
    for given in (Metadata(), Metadata(published="2031-03-12")):
        metadata, notes = found(text, given, latest="2026-01-01")
        assert metadata.published is None
        assert "future" in notes[0]
    assert found(text)[0].published == "2031-03-12"


def test_a_day_that_no_calendar_has_is_noted_where_a_text_has_it() -> None:
    """HOSTILE 14: 30 February in a page's furniture."""
    metadata, notes = found(f"A title\n30 February 2015\n{BODY}")
    assert metadata.published is None
    assert "30 February 2015" in notes[0]


@pytest.mark.parametrize(
    "text, source",
    [
        (f"A title\n{BODY}\nSource: Press-Service of the Region Administration\nPrintable version",
         "Press-Service of the Region Administration"),
        (f"A title\nTime: 2018-09-13 Source: Foreign Office Font: [Big] [Small]\n{BODY}", "Foreign Office"),
        (f"A title\nMOSCOW, 5 June 2015 (TASS) - {BODY}", "TASS"),
        (f"A title\n{BODY}", None),
    ],
)  # fmt: skip
def test_the_source_is_who_is_named_as_such(text: str, source: str | None) -> None:
    """A label, or the agency of a dateline."""
    assert found(text)[0].source == source


def test_what_is_given_goes_before_what_is_found() -> None:
    """The text is asked only for what is missing."""
    given = Metadata("Given", "2001", "Someone", "https://example.org/a", "en-gb")
    text = f"A title\n12 March 2019\n{BODY}\nSource: Agency"
    assert found(text, given)[0] == Metadata("Given", "2001", "Someone", "https://example.org/a", "en-GB")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a b",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user:secret@example.org/",
        "https://example.org/" + "x" * 10_000,
        "https://[::1",
        "https://",
        "https://example.org/\na",
        'https://example.org/"><x',
        "https://example.org/\ud800",
    ],
)
def test_an_address_that_is_not_safe_to_link_is_noted_and_ignored(url: str) -> None:
    """HOSTILE 15: spaces, other schemes, credentials, 10 kB."""
    metadata, notes = found(BODY, Metadata(url=url))
    assert metadata.url is None
    assert len(notes) == 1


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c#d", "http://пример.рф/новости", "https://xn--e1afmkfd.xn--p1ai/"]
)
def test_ordinary_and_internationalised_addresses_are_kept(url: str) -> None:
    """HOSTILE 15: an IDN is no crime."""
    assert found(BODY, Metadata(url=url))[0].url == url


@pytest.mark.parametrize(
    "text, language",
    [
        (BODY, "en"),
        (
            "Der Ministerpräsident hat die Delegation aus der Stadt empfangen und mit ihr über das Werk gesprochen.",
            "de",
        ),
        ("Le président de la région a reçu une délégation et a parlé avec elle des projets pour la ville.", "fr"),
        ("Губернатор области встретился с делегацией.", "ru"),
        ("知事は代表団と会談した。", "ja"),
        ("도지사는 대표단을 만났다.", "ko"),
        ("12 34 56", "und"),
        ("Lorem ipsum dolor sit amet consectetur", "und"),
    ],
)
def test_the_language_is_guessed_and_never_refused(text: str, language: str) -> None:
    """What is not English is flagged by its tag."""
    assert language_of(text) == language


@pytest.mark.parametrize("raw, normal", [("en_gb", "en-GB"), ("EN", "en"), ("zh-Hans", "zh-Hans"), ("not a tag", None)])
def test_language_tags_are_written_the_usual_way(raw: str, normal: str | None) -> None:
    """BCP 47, with hyphens."""
    assert tag(raw) == normal
