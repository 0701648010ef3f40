"""Numbers, percentages, counts and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_reading import of_kind, read, words

from regiograph.claims.literals import counts, money, numbers, percentages
from regiograph.model import Span
from regiograph.terms import Bound

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
ONES += "seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(n: int) -> str:
    """Return a number below a million in English words."""
    if n >= 1000:
        return f"{spelled(n // 1000)} thousand" + (f" {spelled(n % 1000)}" if n % 1000 else "")
    if n >= 100:
        return f"{spelled(n // 100)} hundred" + (f" and {spelled(n % 100)}" if n % 100 else "")
    return ONES[n] if n < 20 else TENS[n // 10 - 2] + (f"-{ONES[n % 10]}" if n % 10 else "")


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=999_999))
def test_a_spelled_number_is_read_back(n: int) -> None:
    """Any number below a million reads back from its English words."""
    assert numbers.parse(spelled(n)) == n
    if n > 1:
        assert of_kind("count", f"It hired {spelled(n)} people.") == [str(n)]


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_a_plain_decimal_has_no_exponent_and_the_same_value(value: Decimal) -> None:
    """The canonical form is a plain decimal of the same value."""
    assert "e" not in numbers.plain(value).casefold()
    assert Decimal(numbers.plain(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000.50", "1000.5"), ("1.000,50", "1000.5"), ("15 000", "15000"), ("15\u00a0000", "15000"),
        ("15\u202f000", "15000"), ("15'000", "15000"), ("1,25,00,000", "12500000"), ("1.5", "1.5"), ("4,5", "4.5"),
        ("20.000", "20000"), ("1,000", "1000"), ("1½", "1.5"), ("½", "0.5"), ("0.250", "0.25"), ("7.2", "7.2"),
        ("a hundred", "100"), ("two dozen", "24"), ("5 thousand", "5000"), ("3.9 thousand", "3900"),
        ("two hundred and ten", "210"), ("twenty-five", "25"), ("half a million", "500000"),
        ("1.250 billion", "1250000000"),
        ("1.2 lakh", "120000"), ("three quarters of a million", "750000"),
        ("two thousand and five", "2005"),
    ],
)  # fmt: skip
def test_numbers_in_any_grouping(text: str, value: str) -> None:
    """Grouping and decimal marks of every country, magnitudes, fractions and words."""
    assert numbers.plain(numbers.parse(text)) == value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("120 new jobs", "120", "new jobs"),
        ("340 people work there", "340", "people"),
        ("1,150 seasonal and permanent positions", "1150", "seasonal and permanent positions"),
        ("twelve trainees", "12", "trainees"),
        ("1148 municipalities", "1148", "municipalities"),
        ("260 work places", "260", "work places"),
        ("5-6 thousand people", "5000/6000", "people"),
        ("100,000 tonnes", "100000", "t"),
        ("18 thousand tons", "18000", "t"),
        ("1,500 hectares", "1500", "ha"),
        ("a 30-hectare site", "30", "ha"),
        ("7.2 square kilometers", "7.2", "km2"),
        ("9,000 sq m", "9000", "m2"),
        ("42,000-square-metre building", "42000", "m2"),
        ("96,000 sq ft", "96000", "sq ft"),
        ("180MW", "180", "MW"),
        ("24 megawatts", "24", "MW"),
        ("1.1 gigawatts", "1.1", "GW"),
        ("40 km", "40", "km"),
        ("450 litres", "450", "l"),
        ("900 thousand TEU", "900000", "TEU"),
        ("1.4 times", "1.4", "times"),
        ("2.5-fold", "2.5", "times"),
        ("the 600th tenant", "600", "tenant"),
        ("60-odd companies", "60", "companies"),
    ],
)
def test_a_count_has_its_noun_or_the_symbol_of_its_unit(text: str, value: str, unit: str) -> None:
    """Counted nouns keep their words, measures get the symbol of their unit."""
    found = [(x.value, x.unit) for x in read(f"There is {text}.") if x.kind == "count"]
    assert found == [(value, None if unit == "companies" and "odd" not in text else unit)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The plant employs 180.", "employees"),
        ("Number of workers - 96.", "employees"),
        ("Jobs: 1,200 in all.", "jobs"),
        ("It now stands at 19.", None),
    ],
)
def test_a_bare_number_is_read_from_the_words_before_it(text: str, unit: str | None) -> None:
    """A number that nothing follows counts what the words before it say, or nothing that is known."""
    assert [x.unit for x in read(text)] == [unit]


@pytest.mark.parametrize(
    "text", ["In Zone 3 it rains.", "1) They met.", "They met at 10:30 am.", "Come at 5 pm.", "Page 7 is blank."]
)
def test_marks_times_and_names_are_no_counts(text: str) -> None:
    """List marks, clock times and numbers that are part of a name count nothing."""
    assert of_kind("count", text) == []


@pytest.mark.parametrize(
    "text", ["ranked only 61st in the rating", "takes 61st place", "is on the 61st place", "was 61st in the country"]
)
def test_a_rank_is_a_place(text: str) -> None:
    """A place in a ranking is a number with the unit "place"."""
    assert [(x.value, x.unit) for x in read(f"The region {text}.")] == [("61", "place")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It sells much wool, second only to Gorvia.", ["2"]),
        ("The port was fourth in the world by tonnage.", ["4"]),
        ("It was the first in the country to sell wool.", []),
        ("It came second and left.", []),
    ],
)
def test_a_rank_is_told_by_whom_it_is_among(text: str, values: list[str]) -> None:
    """ "Second only to" and "fourth in the world" are places; being the first to do something is none."""
    assert of_kind("count", text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("60%", ["60"]), ("60 %", ["60"]), ("60 per cent", ["60"]), ("a 62-percent stake", ["62"]), ("60pc", ["60"]),
        ("10 - 15%", ["10/15"]), ("5-7 percent", ["5/7"]), ("45 and 15 percent", ["45", "15"]), ("−3%", ["-3"]),
        ("2.1 percentage points", ["2.1"]), ("a third", ["33"]), ("two thirds", ["66.7"]), ("three-quarters", ["75"]),
        ("a fifth", ["20"]), ("half of it", ["50"]), ("a 60:40 venture", ["60", "40"]),
        ("a 70-30 partnership", ["70", "30"]),
        ("24 percents", ["24"]), ("split 55-45 between them", ["55", "45"]), ("split 3-2 between them", []),
        ("roughly one in eight of them", ["12.5"]), ("two out of three", []), ("for two out of three", ["66.7"]),
        ("cut by half", ["50"]), ("nearly half", ["50"]), ("the other half", []), ("one in 2015", []),
        ("one in four stages", []), ("a fifth in all", ["20"]), ("a fifth flag", []), ("a quarter century", []),
        ("a third plant", []), ("the second half of it", []), ("at 10:30", []),
    ],
)  # fmt: skip
def test_percentages_and_fractions(text: str, values: list[str]) -> None:
    """Percentages in any spelling; fractions of a whole as percentages; ordinals and times are none."""
    assert of_kind("percent", f"It was {text}.") == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A is wholly owned by B.", ["100"]),
        ("A is owned in equal shares by B and C.", ["50"]),
        ("B holds 70 percent of A, the rest belongs to C.", ["70", "30"]),
        ("B holds 51 per cent of A and C 49.", ["51", "49"]),
        ("The rest of the delegates and 70 percent of the guests left.", ["70"]),
    ],
)
def test_shares_left_to_the_reader(text: str, values: list[str]) -> None:
    """Where a sentence speaks of owning, the whole, equal parts, the rest and the complement are shares."""
    assert of_kind("percent", text) == values


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than 500 jobs", Bound.MORE_THAN), ("over 500 jobs", Bound.MORE_THAN),
        ("in excess of 500 jobs", Bound.MORE_THAN), ("jobs exceeded 500 jobs", Bound.MORE_THAN),
        ("at least 500 jobs", Bound.AT_LEAST), ("500 jobs or more", Bound.AT_LEAST),
        ("no less than 500 jobs", Bound.AT_LEAST), ("not fewer than 500 jobs", Bound.AT_LEAST),
        ("up to 500 jobs", Bound.UP_TO), ("not more than 500 jobs", Bound.UP_TO),
        ("fewer than 500 jobs", Bound.UP_TO), ("nearly 500 jobs", Bound.ABOUT), ("almost 500 jobs", Bound.ABOUT),
        ("some 500 jobs", Bound.ABOUT), ("around 500 jobs", Bound.ABOUT), ("about 500 jobs", Bound.ABOUT),
        ("exactly 500 jobs", Bound.EXACTLY), ("500 jobs", Bound.EXACTLY),
        ("they spoke about 500 jobs", Bound.EXACTLY), ("which add up to 500 jobs", Bound.EXACTLY),
    ],
)  # fmt: skip
def test_bounds(text: str, bound: Bound) -> None:
    """The words that bound a number, and their other senses, which do not."""
    assert [x.bound for x in read(f"There are {text}.")] == [bound]


@pytest.mark.parametrize(
    ("text", "bound"), [("covers over 500 hectares", Bound.MORE_THAN), ("spreads over 500 hectares", Bound.EXACTLY)]
)
def test_a_park_may_lie_over_its_hectares(text: str, bound: Bound) -> None:
    """ "Over" bounds an area after "covers", and says where it lies after "spreads"."""
    assert [x.bound for x in read(f"The park {text}.")] == [bound]


def test_a_verb_of_exceeding_stays_outside_the_span() -> None:
    """ "Exceeded" bounds the number, and is left to the relation it may express."""
    text = "Exports exceeded 2.4 billion rubles, or over 400 jobs."
    assert [words(text, x) for x in read(text)] == ["2.4 billion rubles", "over 400 jobs"]


AMOUNTS = """5 -5 −7 15,000 1.5 1½ ½ 15–20 five twenty-five a an half million hundred dozen two three quarter quarters
and or to of one percent % times -fold people new jobs hectares $ US$ euros bn , ( 2015 60:40
70-30 partnership""".split()
READERS = (counts._measure, counts._counted, counts._times, counts._bare, percentages._percent, percentages._split)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(AMOUNTS), max_size=9), st.sampled_from((" ", "", "-")))
@pytest.mark.parametrize("pattern", [*READERS, money._after, money._bare])
def test_looking_at_numbers_alone_misses_no_match(
    pattern: Callable[[], re.Pattern[str]], pieces: list[str], mark: str
) -> None:
    """Every pattern that begins with a number finds the same as by trying each character."""
    text = mark.join(pieces)
    found = numbers.matches(pattern, text, Span(0, len(text)))
    assert [m.span() for m in found] == [m.span() for m in pattern().finditer(text)]
