"""Dates and periods: every shape of English news, resolved as precisely as the text and the publication date allow."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_reading import of_kind, read, words

from regiograph.claims.literals import dates, edtf
from regiograph.claims.literals.anchor import Anchor, day_value
from regiograph.claims.literals.runs import around
from regiograph.claims.literals.signs import signs
from regiograph.model import Span

DAYS = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The forum took place on June 8-10 this year.", "2015-06-08/2015-06-10"),
        ("It was held from 8 to 10 June 2015.", "2015-06-08/2015-06-10"),
        ("It was held on 8.-10.06.2015.", "2015-06-08/2015-06-10"),
        ("The fair ran from 29 April to 1 May 2014.", "2014-04-29/2014-05-01"),
        ("The fair ran from December 29, 2013 to January 3, 2014.", "2013-12-29/2014-01-03"),
        ("They met on November 13, 2013.", "2013-11-13"),
        ("They met on Monday, October 29, 2012, in Omsk.", "2012-10-29"),
        ("They met on the 5th of May 2004.", "2004-05-05"),
        ("They met on 12.03.2019.", "2019-03-12"),
        ("They met on 03/25/2019.", "2019-03-25"),
        ("They met on 2019-03-12.", "2019-03-12"),
        ("They met on Feb. 24, 2024.", "2024-02-24"),
        ("It opened in March 2014.", "2014-03"),
        ("It opened in September of last year.", "2014-09"),
        ("It opened in spring of 2014.", "2014"),
        ("It is due in early 2016.", "2016"),
        ("It is due at the end of 2016.", "2016"),
        ("It is due in mid-2016.", "2016-06"),
        ("It is due in the first quarter of 2022.", "2022-01/2022-03"),
        ("It is due in Q3 2023.", "2023-07/2023-09"),
        ("It is due in the second half of 2024.", "2024-07/2024-12"),
        ("Exports grew in H1 2021.", "2021-01/2021-06"),
        ("Trade in January-August 2014 fell.", "2014-01/2014-08"),
        ("Trade in the first nine months of 2014 fell.", "2014-01/2014-09"),
        ("Trade fell in 2014.", "2014"),
    ],
)
def test_a_date_with_its_year_keeps_the_precision_of_the_text(text: str, value: str) -> None:
    """A full date is a day, a month a month, a quarter three months, and a season no more than its year."""
    assert of_kind("date", text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was opened yesterday.", "2015-06-09"),
        ("It is opened today.", "2015-06-10"),
        ("It will be opened tomorrow.", "2015-06-11"),
        ("It was signed on Tuesday.", "2015-06-09"),
        ("It was signed on Wednesday.", "2015-06-10"),
        ("It was signed last Wednesday.", "2015-06-03"),
        ("It will be signed on Friday.", "2015-06-12"),
        ("It was held from Monday to Wednesday last week.", "2015-06-01/2015-06-03"),
        ("It was held last week.", "2015-06-01/2015-06-07"),
        ("It was held last month.", "2015-05"),
        ("It will be held next month.", "2015-07"),
        ("It was built this year.", "2015"),
        ("It was built last year.", "2014"),
        ("It will be built next year.", "2016"),
        ("It was built five years ago.", "2010"),
        ("It opened last autumn.", "2014"),
        ("It was opened in November.", "2014-11"),
        ("It will be opened in February.", "2016-02"),
        ("It was opened in March.", "2015-03"),
        ("They met on June 3.", "2015-06-03"),
        ("They will meet on 16-17 September.", "2015-09-16/2015-09-17"),
        ("Exports fell in the first quarter.", "2015-01/2015-03"),
        ("Seven mills were opened during the year.", "2015"),
        ("The mill was founded in 1187 by monks.", "1187"),
        ("In 1420 was dug a canal.", "1420"),
    ],
)
def test_a_relative_date_is_resolved_against_publication(text: str, value: str) -> None:
    """Relative dates count from the day of publication; the verb tells past months from coming ones."""
    assert of_kind("date", text) == [value]


def test_what_publication_is_too_vague_for_is_left_out() -> None:
    """Of an article that is dated by month, "this year" is known and "yesterday" is not."""
    assert of_kind("date", "Yesterday they spoke of plans for this year.", "2015-06") == ["2015"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They met on June 8.", ["--06-08"]),
        ("They met on June 8-10.", ["--06-08/--06-10"]),
        ("They met last year.", []),
    ],
)
def test_an_undated_article_keeps_what_is_certain(text: str, values: list[str]) -> None:
    """Without a publication date, a day keeps its month and its number, and a relative year is not guessed."""
    assert of_kind("date", text, None) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The programme runs till 2020.", "../2020"),
        ("It must be ready by the end of 2016.", "../2016"),
        ("It must be ready by August 2012.", "../2012-08"),
        ("A member since 2012.", "2012/.."),
        ("They produce pipes from 2008 on.", "2008/.."),
        ("The plan for 2016-2018 is ready.", "2016/2018"),
        ("It was built between 2009 and 2012.", "2009/2012"),
        ("The budget for 2022-23 is ready.", "2022/2023"),
        ("Results of FY2019/20 are out.", "2019/2020"),
        ("Built in the 1990s.", "1990/1999"),
        ("The works take five years.", "P5Y"),
        ("Within three years they will build it.", "P3Y"),
        ("A 26-month contract.", "P26M"),
        ("It makes 100 pipes a year.", "annual"),
        ("It makes 100 pipes per day.", "daily"),
    ],
)
def test_a_period_is_open_a_run_of_years_a_duration_or_a_frequency(text: str, value: str) -> None:
    """Periods are EDTF intervals, ISO durations, or how often something is."""
    assert of_kind("period", text) == [value]


def test_by_a_quarter_stays_that_quarter() -> None:
    """What is due by the fourth quarter is due in it."""
    assert of_kind("date", "It is due by the fourth quarter of 2018.") == ["2018-10/2018-12"]


@pytest.mark.parametrize(
    "text",
    [
        "A man of 40 years old.",
        "The 20-year-old plant.",
        "May I ask?",
        "They march on.",
        "In 3400 they met.",
        "They live in 1200 houses.",
        "In the year before there was none.",
        "Sales rose in the year ended then.",
        "No. 2015",
    ],
)
def test_ages_modals_and_numbers_are_no_dates(text: str) -> None:
    """Ages, the verbs "may" and "march", and four digits that are no year give no date and no period."""
    assert of_kind("date", text) + of_kind("period", text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On June 3 they met. Two days later they signed.", "2015-06-05"),
        ("On June 3 they met and the next day they signed.", "2015-06-04"),
        ("On June 3 they met; on the same day they signed.", "2015-06-03"),
        ("A member since 2004; the other joined six years later.", "2010"),
    ],
)
def test_a_sequel_counts_from_the_date_before_it(text: str, value: str) -> None:
    """ "Two days later" and the like are told from the nearest date before them that is precise enough."""
    assert of_kind("date", text)[-1] == value


@pytest.mark.parametrize(
    "text",
    [
        "They ended a two-day summit in Kisumu on Saturday.",
        "They completed a two-day programme in Kisumu on Saturday.",
        "They met last Friday, at the start of a two-day visit to Kisumu.",
    ],
)
def test_a_run_of_days_follows_from_its_number_and_one_end(text: str) -> None:
    """A two-day summit that ended on Saturday began on Friday; both the run and the day are told."""
    assert "2015-06-05/2015-06-06" in of_kind("date", text)
    assert len(of_kind("date", text)) == 2


def test_the_year_is_left_out_where_it_may_be_another() -> None:
    """In the first months a review of "the year" means the one before, and a year that is named is meant itself."""
    assert of_kind("date", "Seven mills were opened during the year.", "2015-02-10") == []
    assert of_kind("date", "In 2012 they lost one ship in the year.") == ["2012"]


def test_a_number_with_a_unit_is_no_year() -> None:
    """Two thousand people are a count, not the year 2000."""
    found = read("It employs 2000 people.")
    assert [(x.kind, x.value) for x in found] == [("count", "2000")]


@pytest.mark.parametrize(
    "text",
    [
        "They met on 30 February 2015.",
        "They met on February 30, 2015.",
        "They met on 31.04.2015.",
        "On 2015-13-01 it rained.",
    ],
)
def test_a_day_that_no_calendar_has_is_no_date(text: str) -> None:
    """HOSTILE 14: 30 February gives no literal, not even its year."""
    assert of_kind("date", text) == []


@pytest.mark.parametrize("published", ["0000", "0000-00-00", "2015-02-30", "yesterday", "", "99999-01-01", "2015-6-1"])
def test_an_impossible_publication_date_counts_as_none(published: str) -> None:
    """HOSTILE 14: relative dates of an article with an impossible date are left out, its full dates are read."""
    assert of_kind("date", "Last year and on 8 June 2015.", published) == ["2015-06-08"]


@pytest.mark.parametrize("published", ["9999-12-31", "1000-01-01", "9999", "1000"])
def test_the_ends_of_the_calendar_do_not_overflow(published: str) -> None:
    """HOSTILE 14: "tomorrow" on the last day of the calendar is no date."""
    text = "Tomorrow, next week, last week, next month, next year, last year, 500 years ago, on Friday, a day later."
    assert all(len(v) == 4 or v[4] == "-" for v in of_kind("date", text, published))


@settings(deadline=None)
@given(DAYS)
def test_a_written_day_is_read_back(day: dt.date) -> None:
    """Every way to write a day in full reads back as that day."""
    shapes = [f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", f"{day:%d.%m.%Y}", day.isoformat()]
    assert {dates.resolve(shape, None) for shape in shapes} == {day.isoformat()}


@settings(deadline=None)
@given(DAYS, DAYS)
def test_a_day_without_year_falls_within_a_year_of_publication(day: dt.date, published: dt.date) -> None:
    """A day told without its year is the nearest such day, or the nearest that the verb allows."""
    value = dates.resolve(f"{day.day} {day:%B}", published.isoformat())
    if value is not None:  # 29 February of another year
        assert abs(dt.date.fromisoformat(value) - published) <= dt.timedelta(days=366)


@settings(deadline=None)
@given(DAYS, st.integers(min_value=2, max_value=31))
def test_a_run_of_days_has_its_number_of_days(day: dt.date, count: int) -> None:
    """A run told by one end holds that day and as many days as were told."""
    begin, _, end = (around(day.isoformat(), count, ending=True) or "").partition("/")
    assert end == day.isoformat()
    assert (day - dt.date.fromisoformat(begin)).days == count - 1


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_publication_date_is_taken(published: str) -> None:
    """HOSTILE 14: no string as publication date raises."""
    assert Anchor.of(published).year is None or 0 < (Anchor.of(published).year or 0) <= 9999


@pytest.mark.parametrize(
    ("value", "begin", "end", "point", "closing"),
    [
        ("2015-06-08", "2015-06-08", "2015-06-08", "2015-06-08", "2015-06-08"),
        ("2015-06-08/2015-06-10", "2015-06-08", "2015-06-10", "2015-06-08/2015-06-10", "2015-06-08/2015-06-10"),
        ("2019/2022", "2019", "2022", "2019", "2022"),
        ("../2020", None, "2020", "2020", "2020"),
        ("2012/..", "2012", None, "2012", "2012"),
        ("P5Y", None, None, None, None),
        ("annual", None, None, None, None),
    ],
)
def test_the_ends_of_a_value(
    value: str, begin: str | None, end: str | None, point: str | None, closing: str | None
) -> None:
    """`edtf` takes values apart; a fact with one date carries the end that is known."""
    got = (edtf.begin(value), edtf.end(value), edtf.point(value), edtf.point(value, closing=True))
    assert got == (begin, end, point, closing)


def test_spans_hold_the_words_that_say_so() -> None:
    """A period's span has its preposition, a date's has not."""
    text = "Opened on June 3, it runs till 2020."
    assert [words(text, x) for x in read(text)] == ["June 3", "till 2020"]


def test_an_unknown_year_still_refuses_an_impossible_day() -> None:
    """29 February is possible without a year, 30 February is not."""
    assert (day_value(None, 2, 29), day_value(None, 2, 30)) == ("--02-29", None)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("--06-08/--06-10", "--06-08"),
        ("--05/..", "--05"),
        ("../--07", "--07"),
        ("2015-06-08/2015-06-10", "2015-06-08/2015-06-10"),
        ("../2020", "../2020"),
        ("10/15", "10/15"),
    ],
)
def test_of_an_interval_without_years_its_beginning_is_certain(value, kept):
    """No calendar has room for an interval of unknown years: what is certain of it stays."""
    assert edtf.certain(value) == kept


PIECES = """on the of to in by since from until early mid late end beginning first third 1st nine 9 12 2015 2016 2014-15
2015-06-08 8-10 8.06.2015 06/08/2015 June May Sept. Christmas Monday Tues. spring WINTER quarter half semester
Q1 1H 2015-06 2015Q2 months quarters ending this last next coming previous fiscal FY year YEAR week WEEKEND month day
days ago five a yesterday tomorrow today tonight night morning afternoon evening before after 1990s middle thıs
laſt weeK""".split()


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8), st.sampled_from(("", "-", ", ")))
def test_what_a_rule_finds_shows_the_signs_that_the_rule_needs(pieces: list[str], mark: str) -> None:
    """No rule would find anything in words that lack its signs, however they are put together."""
    text = f"{mark} ".join(pieces) if mark != "-" else "-".join(pieces)
    lacking = [rule for rule in dates.rules() if not rule.needs <= signs(text, Span(0, len(text)))]
    assert not [rule.pattern for rule in lacking if re.search(rule.pattern, text, rule.flags)]


def test_every_sign_that_a_rule_needs_can_be_seen() -> None:
    """Each sign is met, so that no rule is switched off for good."""
    needed = frozenset(sign for rule in dates.rules() for sign in rule.needs)
    pieces = " ".join(PIECES)
    assert needed <= signs(pieces, Span(0, len(pieces)))
