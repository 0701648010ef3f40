"""Values in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.view import wording


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2015", "2015"),
        ("2015-06", "June 2015"),
        ("2015-06-08", "8 June 2015"),
        ("--06-08", "8 June"),
        ("-06-08", "8 June"),
        ("2015-06-08/2015-06-10", "8–10 June 2015"),
        ("2015-06-28/2015-07-02", "28 June – 2 July 2015"),
        ("2015-12-30/2016-01-02", "30 December 2015 – 2 January 2016"),
        ("2015-06/2015-08", "June–August 2015"),
        ("2014/2016", "2014–2016"),
        ("2015-06/2016", "June 2015 – 2016"),
        ("2015-06-08/2015-06-08", "8 June 2015"),
        ("../2020", "until 2020"),
        ("2020-05/..", "from May 2020"),
        ("P5Y", "5 years"),
        ("P1Y6M", "1 year 6 months"),
        ("annual", "annual"),
        ("2015-99", "2015-99"),
        ("", ""),
    ],
)
def test_dates_and_periods_read_as_english(edtf, words):
    """Precision is kept, what two ends share is said once, and what is no date comes back as it is."""
    assert wording.date(edtf).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("value", "how", "words"),
    [
        ("5000000", {"currency": "EUR", "bound": "more than"}, "more than EUR 5 million"),
        ("9500000", {"currency": "USD", "bound": "exactly"}, "USD 9.5 million"),
        ("1234567", {"currency": "USD"}, "USD 1,234,567"),
        ("2600000000", {"currency": "RUB"}, "RUB 2.6 billion"),
        ("10/15", {"unit": "jobs"}, "10–15 jobs"),
        ("12", {"unit": "%"}, "12 %"),
        ("-3.5", {"unit": "%"}, "-3.5 %"),
        ("0", {}, "0"),
        ("many", {}, "many"),
    ],
)
def test_numbers_read_as_english(value, how, words):
    """Millions where they are shorter, thousands separated, currency before and unit after the number."""
    assert wording.number(value, **how).replace("\u00a0", " ") == words


@given(st.decimals(min_value=0, max_value=10**15, places=2, allow_nan=False, allow_infinity=False))
def test_no_digit_of_a_number_is_lost(value):
    """Whatever scale is chosen, the words stand for the same number."""
    words = wording.number(str(value)).replace(",", "")
    digits, _, scale = words.partition(" ")
    factor = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    assert type(value)(digits) * factor == value


@given(st.dates())
def test_a_day_keeps_day_month_and_year(day):
    """Each part of an ISO date is in the words."""
    words = wording.date(day.isoformat())
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{1,4}", words)


def test_notes_come_in_reading_order_without_what_the_value_says():
    """An amount takes its currency and bound with it; a date is shown elsewhere."""
    said = {
        "amount": "5000000",
        "currency": "EUR",
        "qualifier": "about",
        "since": "2012",
        "date": "2024",
        "role": "partner",
    }
    assert wording.notes("investsIn", said) == ["partner", "about EUR\u00a05 million", "since 2012"]


def test_an_indicator_says_its_unit_once():
    """The unit is part of the value, so it is no note."""
    said = {"indicator": "turnover", "unit": "USD", "period": "2013"}
    assert wording.literal("hasIndicator", "48000000", said) == "USD\u00a048 million"
    assert wording.notes("hasIndicator", said) == ["turnover", "2013"]
