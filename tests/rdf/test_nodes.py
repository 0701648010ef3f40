"""RDF terms are valid and canonical, or they are not made."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from regiograph.errors import TermError
from regiograph.rdf import nodes


@pytest.mark.parametrize("character", [*' <>"{}|\\^`', "\n", "\r", "\t", "\0", "\x7f", "\ud800"])
def test_an_iri_with_a_forbidden_character_is_refused_by_name(character):
    """HOSTILE 28, 29: no IRI holds spaces, brackets, quotes, controls or lone surrogates."""
    with pytest.raises(TermError, match=r"not an IRI: 'https://example\.org/a"):
        nodes.iri(f"https://example.org/a{character}b")


@pytest.mark.parametrize("value", ["", "a/b", "/a", "#a", "//example.org/a", "?q"])
def test_a_relative_or_empty_iri_is_refused(value):
    """HOSTILE 30: an IRI is absolute."""
    with pytest.raises(TermError, match="not an IRI"):
        nodes.iri(value)


def test_an_iri_cannot_break_out_of_its_brackets():
    """HOSTILE 31: what would end the IRI and begin a statement of its own is no IRI."""
    with pytest.raises(TermError, match="not an IRI"):
        nodes.iri("https://example.org/a> . <https://example.org/x> <https://example.org/y> <https://example.org/z")


@pytest.mark.parametrize("value", ["https://example.org/%zz", "https://example.org/%", "http://[::1", "http://[::1/a"])
def test_bad_percent_codes_and_hosts_are_refused(value):
    """HOSTILE 32: percent codes are two hexadecimal digits, brackets around a host are closed."""
    with pytest.raises(TermError, match="not an IRI"):
        nodes.iri(value)


def test_a_long_iri_is_named_by_its_beginning():
    """A message names the IRI, and stays readable when that is 10,000 characters long."""
    with pytest.raises(TermError) as caught:
        nodes.iri("https://example.org/ " + "a" * 10_000)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "value",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://me:secret@example.org/", "http:///a"],
)
def test_a_link_leads_to_the_web_and_carries_no_secret(value):
    """HOSTILE 15: an article's address is http or https, with a host, without credentials."""
    with pytest.raises(TermError, match="not a web address"):
        nodes.link(value)


def test_an_internationalised_link_is_kept():
    """HOSTILE 15: an IDN host and a path in any script are valid."""
    assert nodes.link("https://пример.рф/новости?a=b@c").value == "https://пример.рф/новости?a=b@c"


@pytest.mark.parametrize("tag", ["en_GB", "", "e", "a" * 40, "en-", "1en"])
def test_a_malformed_language_tag_is_refused(tag):
    """HOSTILE 33: language tags are BCP 47."""
    with pytest.raises(TermError, match="language"):
        nodes.text("word", tag)
    with pytest.raises(TermError, match="language"):
        nodes.language_tag(tag)


def test_language_tags_are_written_in_lower_case():
    """Tags that differ in case only are one."""
    assert nodes.language_tag("en-GB") == nodes.text("en-gb")


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example('a"""')
@example("\\")
@example("\\u0041 \\")
@example("\r\n'''")
@example('quote at the end"')
@example("\0\x85\u2028\ufffe")
def test_any_string_survives_an_update_and_each_syntax(value):
    """HOSTILE 34: quotes, backslashes, line ends and controls come back as they went in."""
    literal = nodes.text(value)
    quad = ox.Quad(nodes.iri("https://example.org/s"), nodes.iri("https://example.org/p"), literal)
    store = ox.Store()
    store.update(f"INSERT DATA {{ {quad.triple} }}")
    assert [q.object.value for q in store] == [value]
    for syntax in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS, ox.RdfFormat.JSON_LD):
        back = ox.parse(
            ox.serialize([quad] if syntax.supports_datasets else [quad.triple], format=syntax), format=syntax
        )
        assert [q.object.value for q in back] == [value]


@pytest.mark.parametrize("value", ["2015-02-30", "2015-13", "0000", "2015-00-01", "--02-30", "--13", "2015-06-31"])
def test_a_day_that_no_calendar_has_is_refused(value):
    """HOSTILE 14, 35: a date is one of the calendar."""
    with pytest.raises(TermError, match="no such date"):
        nodes.partial_date(value)


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2012", "gYear"),
        ("2015-06", "gYearMonth"),
        ("2016-02-29", "date"),
        ("--02-29", "gMonthDay"),
        ("--06", "gMonth"),
        ("9999", "gYear"),
    ],
)
def test_a_date_is_as_precise_as_the_text(value, datatype):
    """A year stays a year: never the first of January."""
    literal = nodes.partial_date(value)
    assert (literal.value, literal.datatype.value) == (value, f"http://www.w3.org/2001/XMLSchema#{datatype}")


@pytest.mark.parametrize(
    "value", ["12", "last year", "2015-6-8", "2015/2016", "20150608", "２０１５", "2015-06-08T00:00:00"]
)
def test_what_is_no_date_makes_none(value):
    """HOSTILE 35: nothing is guessed about a malformed date."""
    assert nodes.partial_date(value) is None


@pytest.mark.parametrize("value", ["1e400", "NaN", "INF", "1,000", "1.000,50", "", "−3", "€5", "0x10", "١٢", "1."])
def test_a_number_is_a_plain_decimal(value):
    """HOSTILE 23, 35: exponents, separators, signs that are no ASCII minus are refused."""
    with pytest.raises(TermError, match="not a plain decimal"):
        nodes.decimal(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
def test_a_decimal_keeps_its_value_and_has_one_form(number):
    """Equal numbers are equal literals."""
    written = nodes.decimal(f"{number:f}")
    assert rdflib.Literal(written.value, datatype=rdflib.XSD.decimal).toPython() == number
    assert nodes.decimal(written.value) == written


@pytest.mark.parametrize(
    ("value", "canonical"), [("P5Y", "P5Y"), ("P12M", "P1Y"), ("P18M", "P1Y6M"), ("P2W", "P14D"), ("P0D", "P0D")]
)
def test_a_duration_has_one_form(value, canonical):
    """Twelve months are a year; weeks, which XML Schema lacks, are days."""
    assert nodes.duration(value).value == canonical


@pytest.mark.parametrize("value", ["P", "5Y", "P5", "PT", "annual", "P-5Y"])
def test_what_is_no_duration_makes_none(value):
    """HOSTILE 35: nothing is guessed about a malformed duration."""
    assert nodes.duration(value) is None


@pytest.mark.parametrize(
    "literal",
    [
        nodes.decimal("10.50"),
        nodes.decimal("-0"),
        nodes.decimal("4000000000"),
        nodes.decimal(0.9),
        nodes.decimal("123456789012345678901234567890"),
        nodes.integer("007"),
        nodes.duration("P60M"),
        nodes.duration("P45D"),
        nodes.partial_date("2012"),
        nodes.partial_date("--06-08"),
        nodes.partial_date("--06"),
        nodes.partial_date("2015-06"),
        nodes.text("colour", "en-GB"),
    ],
)
def test_the_store_gives_back_the_very_same_literal(literal):
    """The database rewrites literals canonically; ours are so already, so that what is stored compares equal."""
    quad = ox.Quad(nodes.iri("https://example.org/s"), nodes.iri("https://example.org/p"), literal)
    store = ox.Store()
    store.extend([quad])
    assert list(store) == [quad]


def test_a_term_that_the_ontology_lacks_is_an_error():
    """A misspelt name fails where it is used."""
    with pytest.raises(AttributeError):
        nodes.rg("memberOff")
