"""Names: what is the same, what is short for what."""

import pytest

from regiograph.entities import names


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Nippon Kiden Co., Ltd.", "Nippon Kiden"),
        ('JSC "Titan"', "Titan"),
        ("«Titan» OOO", "Titan"),
        ("Szkło-Jura Sp. z o.o.", "Szkło-Jura"),
        ("the Holding Company", "Holding Company"),
        ("GmbH", "GmbH"),
    ],
)
def test_a_bare_name_has_no_quotes_article_or_legal_form(written: str, bare: str) -> None:
    """What is left of a name is what a reader would call it, and never nothing."""
    assert names.bare(written) == bare


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Tavrin", "Ruslan Tavrin", True),
        ("R. Tavrin", "Ruslan Tavrin", True),
        ("Mr. Harders", "Jens Harders", True),
        ("P. Tavrin", "Ruslan Tavrin", False),
        ("Anna Berg", "Berta Berg", False),
        ("Jens", "Jens Harders", True),
        ("Ruslan Rinatovich Tavrin", "Ruslan Tavrin", True),
    ],
)
def test_short_forms_of_people(a: str, b: str, same: bool) -> None:
    """Surname, given name, initials and patronymic agree or exclude each other, in both directions."""
    assert names.same_person(a, b) is same
    assert names.same_person(b, a) is same


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("Trans-Danube Development Bank", "TDDB"),
        ("Ministry of Economic Development", "MED"),
        ("European Bank for Reconstruction and Development", "EBRD"),
        ("Department of Water Affairs", "DOWA"),
    ],
)
def test_acronyms_with_and_without_small_words(name: str, acronym: str) -> None:
    """A name gives its initials with and without its small words."""
    assert acronym in names.acronyms(name)


@pytest.mark.parametrize(
    ("surface", "generic"),
    [
        ("the region", True),
        ("a second stage", True),
        ("The Government", True),
        ("Deputy Governor", True),
        ("the Ministry of Economy", False),
        ("the Tomsk region", False),
        ("TDDB", False),
    ],
)
def test_a_description_has_no_proper_name(surface: str, generic: bool) -> None:
    """A noun phrase with a proper name in it is a name; a capitalised post or head word alone is none."""
    assert names.is_generic(surface) is generic
