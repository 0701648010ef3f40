"""The gazetteer: names to places, codes to places, canonical names, containment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regiograph.entities import gazetteer
from regiograph.entities.placenames import fold, split_head
from regiograph.entities.places import CITY, COUNTRY, SUBDIVISION


@pytest.mark.parametrize(
    "form",
    [
        "Tomsk region",
        "the Tomsk Region",
        "Tomsk Oblast",
        "Tomskaya oblast'",
        "TOMSK REGION",
        "Region of Tomsk",
        "Tomsk",
    ],
)
def test_every_form_of_a_region_is_one_place(form: str) -> None:
    """Head word, article, case and romanisation of a region's name make no difference."""
    assert [p.code for p in gazetteer.subdivisions_named(form)] == ["RU-TOM"]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Bavaria", "DE-BY"),
        ("Bayern", "DE-BY"),
        ("Republic of Tatarstan", "RU-TA"),
        ("Aichi Prefecture", "JP-23"),
        ("State of Gujarat", "IN-GJ"),
        ("Ha Tinh province", "VN-23"),
        ("Hà Tĩnh", "VN-23"),
        ("Podkarpackie Voivodeship", "PL-18"),
        ("Prešov Self-Governing Region", "SK-PV"),
        ("Maramureș County", "RO-MM"),
        ("Samara Region", "RU-SAM"),
    ],
)
def test_english_and_native_names_find_the_subdivision(form: str, code: str) -> None:
    """English, native and head-worded names lead to one ISO 3166-2 code."""
    assert code in [p.code for p in gazetteer.subdivisions_named(form)]


@pytest.mark.parametrize(
    ("form", "code"),
    [("Japan", "JP"), ("the U.S.", "US"), ("UK", "GB"), ("Republic of Korea", "KR"), ("EU", "EU"), ("Viet Nam", "VN")],
)
def test_countries_are_found_by_common_and_official_names(form: str, code: str) -> None:
    """A country answers to its common name, its official name and its initials."""
    assert [p.code for p in gazetteer.countries_named(form)] == [code]


def test_a_demonym_gives_its_country() -> None:
    """A demonym stands for its country; another word for none."""
    japan = gazetteer.demonym("Japanese")
    assert japan is not None
    assert (japan.scheme, japan.code, japan.name) == (COUNTRY, "JP", "Japan")
    assert gazetteer.demonym("investor") is None


def test_cities_come_by_likelihood() -> None:
    """Of cities with one name the most populous comes first, and a former name ranks below a present one."""
    found = gazetteer.cities_named("Birmingham")
    assert [p.country for p in found[:2]] == ["GB", "US"]
    assert found[0].salt == ""
    assert found[1].salt == found[1].code


def test_alternate_names_find_the_city() -> None:
    """Exonyms and other romanisations lead to the city under its canonical name."""
    assert gazetteer.cities_named("Gomel")[0].country == "BY"
    assert gazetteer.cities_named("München")[0].name == gazetteer.cities_named("MUNICH")[0].name == "Munich"


def test_a_city_lies_in_its_region_and_a_region_in_its_country() -> None:
    """Parents lead from a city to its subdivision and from there to its country."""
    tomsk = gazetteer.cities_named("Tomsk")[0]
    assert tomsk.parent == (SUBDIVISION, "RU-TOM")
    region = gazetteer.place(*tomsk.parent)
    assert region.name == "Tomsk Region"
    assert region.parent == (COUNTRY, "RU")
    assert gazetteer.place(*region.parent).parent is None


def test_a_city_has_coordinates_and_population() -> None:
    """What the reference graph tells of a city is there and plausible."""
    tokyo = gazetteer.place(CITY, "1850147")
    assert tokyo.latitude is not None
    assert tokyo.longitude is not None
    assert (round(tokyo.latitude), round(tokyo.longitude)) == (36, 140)
    assert tokyo.population > 5_000_000


@pytest.mark.parametrize(
    ("scheme", "value"), [(COUNTRY, "ZZ"), (SUBDIVISION, "RU-XXX"), (CITY, "0"), ("wikidata", "Q1")]
)
def test_an_unknown_code_is_refused_by_name(scheme: str, value: str) -> None:
    """A code that the gazetteer does not have raises, and the message names it."""
    with pytest.raises(KeyError, match=value):
        gazetteer.place(scheme, value)


def test_homonymous_subdivisions_are_told_apart_whatever_the_order() -> None:
    """Subdivisions that share a canonical name all carry their code as salt, so no order of arrival matters."""
    limburgs = gazetteer.subdivisions_named("Limburg")
    assert {p.salt for p in limburgs} == {"BE-VLI", "NL-LI"}


@settings(deadline=None)
@given(st.text(max_size=40))
def test_folding_is_idempotent(name: str) -> None:
    """A folded name folds to itself."""
    assert fold(fold(name)) == fold(name)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_looked_up(name: str) -> None:
    """HOSTILE 8: marks, controls and scripts of any kind in a name find places or nothing, and never fail."""
    assert isinstance(gazetteer.subdivisions_named(name), tuple)
    assert isinstance(gazetteer.cities_named(name), tuple)
    assert isinstance(gazetteer.countries_named(name), tuple)


@pytest.mark.parametrize(
    ("name", "stem", "head"),
    [
        ("tomsk region", "tomsk", "region"),
        ("republic of tatarstan", "tatarstan", "republic"),
        ("jewish autonomous oblast", "jewish", "autonomous oblast"),
        ("region", "region", ""),
        ("tomsk", "tomsk", ""),
    ],
)
def test_head_words_are_split_from_the_stem(name: str, stem: str, head: str) -> None:
    """A name is cut into what names and what says "region"; a head word alone is a name."""
    assert split_head(name) == (stem, head)
