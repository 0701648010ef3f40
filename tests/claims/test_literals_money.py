"""Amounts of money and the currency that an article means."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_reading import of_kind, read, words

from regiograph.claims.literals import numbers
from regiograph.claims.literals.currencies import NAMES, SHARED, SYMBOLS, Wallet, codes


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("more than four billion US dollars", "4000000000", "USD"),
        ("$4 bn", "4000000000", "USD"),
        ("a $186m line", "186000000", "USD"),
        ("USD 4,5 million", "4500000", "USD"),
        ("US$41 million", "41000000", "USD"),
        ("12 million euro", "12000000", "EUR"),
        ("EUR 12 million", "12000000", "EUR"),
        ("1.1 billion rubles", "1100000000", "RUB"),
        ("3.8 bln rub.", "3800000000", "RUB"),
        ("RUB 96 mln", "96000000", "RUB"),
        ("Rs 500 crore", "5000000000", "INR"),
        ("Rs. 2 lakh crore", "2000000000000", "INR"),
        ("85 crore rupees", "850000000", "INR"),
        ("a 300-crore-rupee works", "3000000000", "INR"),
        ("4bn yuan", "4000000000", "CNY"),
        ("AED 5 million", "5000000", "AED"),
        ("C$3m", "3000000", "CAD"),
        ("A$ 4 million", "4000000", "AUD"),
        ("R640m", "640000000", "ZAR"),
        ("the R410-million plant", "410000000", "ZAR"),
        ("N14 billion", "14000000000", "NGN"),
        ("RM1.9 billion", "1900000000", "MYR"),
        ("Rp 1.9 trillion", "1900000000000", "IDR"),
        ("300 million zł", "300000000", "PLN"),
        ("PLN 94.7 million", "94700000", "PLN"),
        ("2.2 trillion won", "2200000000000", "KRW"),
        ("115 billion tenge", "115000000000", "KZT"),
        ("46 million Swiss francs", "46000000", "CHF"),
        ("13.5 million dollars", "13500000", "USD"),
        ("two and a half million dollars", "2500000", "USD"),
        ("half a billion euros", "500000000", "EUR"),
        ("a million and a half dollars", "1500000", "USD"),
        ("26.3 millions of dollars", "26300000", "USD"),
        ("31-million-kronor track", "31000000", "SEK"),
    ],
)
def test_an_amount_in_any_shape(text: str, value: str, unit: str) -> None:
    """Signs, codes and names before or after, magnitudes long and short: one number and one ISO 4217 code."""
    assert [(x.kind, x.value, x.unit) for x in read(f"It costs {text}.")] == [("money", value, unit)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("10-15 million euros", ["10000000/15000000"]),
        ("€10–15m", ["10000000/15000000"]),
        ("between 10 and 15 million euros", ["10000000/15000000"]),
        ("10 to 15 million euros", ["10000000/15000000"]),
        ("$10 million to $15 million", ["10000000", "15000000"]),
        ("from 10 to 15 million euros", ["10000000", "15000000"]),
        ("US$41, 18 and 7 million respectively", ["41000000", "18000000", "7000000"]),
        ("70 from 210 million rubles", ["70000000", "210000000"]),
        ("Rs 335 crore and 1,100 jobs", ["3350000000"]),
        ("in 2012 - 1.4 billion dollars", ["1400000000"]),
    ],
)
def test_a_range_is_one_amount_and_a_change_two(text: str, values: list[str]) -> None:
    """ "10 to 15" is a range; "from 10 to 15", and sums that only share their currency, are amounts of their own."""
    assert of_kind("money", text) == values


def test_a_year_before_a_sum_is_no_part_of_it() -> None:
    """What a list puts between year and sum is no range: the year stays a date, and the sum has its own words."""
    text = "Trade in 2012 - 1.4 billion dollars."
    assert of_kind("date", text) == ["2012"]
    assert [words(text, x) for x in read(text) if x.kind == "money"] == ["1.4 billion dollars"]


def test_a_sum_without_currency_takes_that_of_the_sum_before_it() -> None:
    """In "47 million euros ... 820 million" the second sum is in euros too; what counts something else is none."""
    text = "The first stage costs 47 million euros, the second 820 million, and 3 million people will see it."
    assert [(x.kind, x.value, x.unit) for x in read(text)] == [
        ("money", "47000000", "EUR"),
        ("money", "820000000", "EUR"),
        ("count", "3000000", "people"),
    ]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The plant in Karachi, Sindh, costs Rs 5 billion.", "PKR"),
        ("The plant in Pune, India, costs Rs 5 billion.", "INR"),
        ("The Province of Saskatchewan and Regina sold $5 million of wheat.", "CAD"),
        ("Queensland and Victoria spend $5 million.", "AUD"),
        ("Ohio and Ontario traded $5 million.", "USD"),
        ("Queensland will get US$5 million, or $7 million.", "USD"),
        ("A Chilean fund put 5 million pesos into a mill in Santiago.", "CLP"),
        ("A Mexican fund put 5 million pesos into a mill.", "MXN"),
        ("Oslo and Bergen, Norway, put 5 million kroner into it.", "NOK"),
        ("Belarus got 5 million rubles.", "RUB"),
        ("It costs 5 million Belarusian rubles.", "BYN"),
        ("A Kenyan mill for 5 million shillings.", "KES"),
    ],
)
def test_a_shared_name_is_settled_by_the_countries_named(text: str, unit: str) -> None:
    """Whose dollars, rupees, pesos or kroner: of the country that the article speaks of, else the usual one."""
    assert [x.unit for x in read(text) if x.kind == "money"][:1] == [unit]


def test_every_currency_of_the_tables_is_a_code_or_shared() -> None:
    """The tables name ISO 4217 codes that pycountry knows (or knew), and shared names that are listed."""
    historic = {"HRK", "LTL", "LVL", "EEK", "DEM", "ZWL", "SLE", "BGN"}
    values = {*SYMBOLS.values(), *NAMES.values(), *(c for _, by in SHARED.values() for c in by.values())}
    assert {v for v in values if v not in SHARED} <= codes() | historic


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_iso_code_is_read_before_and_after(code: str) -> None:
    """Any alphabetic code of ISO 4217 makes an amount, on either side of the number."""
    assert [x.unit for x in read(f"It costs {code} 5 million and 7 million {code}.") if x.kind == "money"] == [
        code,
        code,
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It costs 1.000,50 euros.", ["1000.5"]),
        ("It costs 1,000.50 euros.", ["1000.5"]),
        ("It costs 1.000.000 euros.", ["1000000"]),
        ("It costs €5bn.", ["5000000000"]),
        ("It lost €−3 million.", ["-3000000"]),
        ("It lost -3 million euros.", ["-3000000"]),
        ("It costs 1e400 euros.", []),
        ("It costs " + "9" * 400 + " euros.", []),
        ("It costs " + "9" * 15 + " trillion euros.", ["9" * 15 + "0" * 12]),
        ("It costs 0.1 million and 0.2 million euros.", ["100000", "200000"]),
        ("It costs $ million.", []),
        ("It costs €0bn, 0 million euros, 0,000 million euros or zero million dollars.", ["0", "0", "0", "0"]),
    ],
)
def test_hostile_amounts(text: str, values: list[str]) -> None:
    """HOSTILE 23: marks of any country, signs, and numbers beyond all measure, which are refused."""
    assert of_kind("money", text) == values


def test_the_span_holds_the_words_with_their_bound() -> None:
    """The words of an amount, with what bounds it, can be shown as they stand."""
    text = "The port will cost more than four billion US dollars in all."
    assert [words(text, x) for x in read(text)] == ["more than four billion US dollars"]


@settings(deadline=None)
@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("999999999"), places=2))
def test_a_formatted_amount_is_read_back(amount: Decimal) -> None:
    """Grouped with commas, spaces or points, an amount reads back as the same decimal, without a float between."""
    english = f"{amount:,.2f}"
    shapes = [english, english.replace(",", " "), english.replace(",", "'"), english.translate({44: ".", 46: ","})]
    expected = {numbers.plain(amount)}
    assert {value for shape in shapes for value in of_kind("money", f"It costs EUR {shape} now.")} == expected


def test_a_wallet_without_hints_uses_the_usual_currency() -> None:
    """No country named: dollars are American, pounds British."""
    assert [Wallet("They met.").code(name) for name in ("?dollar", "?pound", "EUR")] == ["USD", "GBP", "EUR"]
