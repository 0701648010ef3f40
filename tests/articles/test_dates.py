"""Dates of furniture and datelines."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.articles.dates import iso, normalised, with_year, written


@pytest.mark.parametrize(
    "words, value",
    [
        ("June 8, 2015", "2015-06-08"),
        ("8 June 2015", "2015-06-08"),
        ("8th of June 2015", "2015-06-08"),
        ("08.06.2015", "2015-06-08"),
        ("2015-06-08", "2015-06-08"),
        ("2015.06.08", "2015-06-08"),
        ("2015-06-08T10:00:00+03:00", "2015-06-08"),
        ("Nov. 23, 2018", "2018-11-23"),
        ("6 de octubre de 2023", "2023-10-06"),
        ("13/09/2019", "2019-09-13"),
        ("09/13/2019", "2019-09-13"),
        ("12/09/2019", "2019"),
        ("June 2015", "2015-06"),
        ("2015-06", "2015-06"),
        ("2015", "2015"),
        ("8-10 June 2015", "2015-06"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(words: str, value: str) -> None:
    """Where the order of day and month is open, only the year is certain; of a span of days, the month."""
    assert normalised(words) == value


@pytest.mark.parametrize(
    "words", ["30 February 2015", "31.04.2020", "2015-13-01", "0000-01-01", "9999-12-31", "soon", ""]
)
def test_no_day_is_made_of_what_no_calendar_has(words: str) -> None:
    """HOSTILE 14: 0000, 9999, 30 February."""
    assert normalised(words) is None


def test_dates_are_found_in_a_line_in_their_order() -> None:
    """Numbers that only look like dates are left alone."""
    found = written("Posted : 2022-04-07 17:22 | Updated : 8 April 2022 | Tel. 0857-26-1234 | v1.2.3.2015")
    assert [date.value for date in found] == ["2022-04-07", "2022-04-08"]


def test_a_day_without_a_year_takes_the_year_it_is_given() -> None:
    """Datelines rarely name the year."""
    assert with_year("KHOVD, October 24.", 2019) == "2019-10-24"
    assert with_year("Khovd, 5 Sept.", 2019) == "2019-09-05"
    assert with_year("Feb. 30", 2019) is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_survives_every_way_to_write_it(day: dt.date) -> None:
    """Round trip."""
    for words in (f"{day:%d.%m.%Y}", f"{day:%d %B %Y}", f"{day:%B %d, %Y}", day.isoformat()):
        assert normalised(words) == day.isoformat()
    assert iso(day.year, day.month) == day.isoformat()[:7]
