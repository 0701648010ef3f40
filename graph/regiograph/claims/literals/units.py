"""Units of measure and counted nouns: the symbol each is written with, and the nouns that end a counted phrase."""

from __future__ import annotations

import re
from functools import cache

# Symbol -> the ways it is written; a trailing "s" is understood where the word is longer than three letters.
SYMBOLS = {
    "ha": "ha hectare hectars hectar", "km2": "km2 km² sq.km sq.|km sq|km square|kilometre square|kilometer sq.|kms",
    "m2": "m2 m² sqm sq.m sq.|m sq|m square|metre square|meter sq.|metres sq.|meters quadratic|metre",
    "sq ft": "sq|ft sq.|ft sq.|ft. square|feet square|foot sqft", "acres": "acre", "mu": "mu", "feddans": "feddan",
    "rai": "rai", "dunams": "dunam decare donum", "km": "km kilometre kilometer", "m": "m metre meter",
    "miles": "mile mi", "m3": "m3 m³ cubic|metre cubic|meter cu.|m cu.m cbm", "l": "l litre liter",
    "hl": "hl hectolitre hectoliter", "bcm": "bcm", "cubic feet": "cubic|feet cu.|ft",
    "kt": "kt kiloton kilotonne", "Mt": "Mt megaton megatonne", "t": "t ton tonne mt metric|ton metric|tonne tn tns",
    "kg": "kg kilogram kilogramme kilo", "g": "gram", "centners": "centner quintal", "lb": "lb lbs",
    "TEU": "TEU TEUs twenty-foot|equivalent|unit", "barrels": "barrel bbl", "bpd": "bpd b/d barrels|per|day",
    "W": "watt", "kW": "kW kilowatt", "MW": "MW megawatt MWp", "GW": "GW gigawatt GWp", "MVA": "MVA",
    "kV": "kV kilovolt",
    "kWh": "kWh kilowatt-hour kilowatt|hour", "MWh": "MWh megawatt-hour megawatt|hour",
    "GWh": "GWh gigawatt-hour gigawatt|hour", "TWh": "TWh terawatt-hour", "Gcal": "Gcal", "kbps": "kbps",
    "Mbps": "Mbps Mbit/s", "GB": "GB gigabyte", "TB": "TB terabyte", "DWT": "DWT deadweight|ton",
}  # fmt: skip

AREAS = frozenset({"ha", "km2", "m2", "sq ft", "acres", "mu", "feddans", "rai", "dunams"})

# Nouns that are counted in news of investment: a counted phrase ends with the first of these (or a regular plural).
PEOPLE = frozenset(
    """people persons person workers worker employees employee staff staffers men women specialists engineers scientists
    researchers doctors nurses students pupils graduates trainees apprentices inhabitants residents citizens visitors
    tourists guests participants delegates attendees exhibitors businessmen entrepreneurs farmers hands personnel
    children workforce agents technicians operators managers teachers members families households passengers patients
    subscribers customers clients consumers users souls professionals executives investors workmen officials experts
    buyers journalists representatives""".split()
)
_JOBS = frozenset(
    """jobs opportunities workplaces workplace posts positions vacancies employments places openings hires roles
    job-places""".split()
)
_BODIES = frozenset(
    """companies company firms enterprises businesses tenants organizations organisations members cities towns regions
    municipalities countries states communes districts provinces villages settlements universities banks factories
    plants parks zones projects agreements memoranda memorandums contracts deals permits proposals sites""".split()
)
_THINGS = frozenset(
    """head heads cattle cows pigs sheep goats horses poultry birds hens broilers beds rooms units sets pieces cars
    vehicles trucks buses tractors trains wagons carriages aircraft containers pallets tires tyres bottles cans houses
    flats apartments dwellings homes buildings lots plots yards berths turbines panels wells mines stations vessels
    ships flights routes nights stays calls parcels tonnes tons hectares kilometres parts components products items
    bicycles cartridges hides skins pairs""".split()
)
NOUNS = PEOPLE | _JOBS | _BODIES | _THINGS
# Words that end in -s and are no plural noun, so that no counted phrase ends with them.
NOT_PLURAL = frozenset(
    """various previous business is was has his its this us as plus across less versus overseas serious famous religious
    precious indigenous numerous simultaneous continuous glass gas bus press process class access mass steel stainless
    wireless seamless homeless headquarters towards besides always perhaps thus yes years months weeks days hours
    minutes seconds percents does says goes towards times per cross swiss express campus status bonus virus congress
    progress success address illness fitness wellness chemicals logistics
    electronics""".split()
)


def _forms(symbol: str, words: str) -> list[tuple[str, str]]:
    return [(w.replace("|", " "), symbol) for w in words.split()]


@cache
def table() -> dict[str, str]:
    """Return every way to write a unit, in lower case with single spaces, and its symbol."""
    forms = [pair for symbol, words in SYMBOLS.items() for pair in _forms(symbol, words)]
    return {word.casefold(): symbol for word, symbol in forms}


@cache
def _table() -> dict[str, str]:
    """Return the table with hyphens read as spaces, too."""
    return table() | {word.replace("-", " "): symbol for word, symbol in table().items()}


@cache
def pattern() -> str:
    """Return the pattern of a unit; abbreviations of up to three letters keep their case."""
    long: list[str] = []
    short: list[str] = []
    for word in (w for words in SYMBOLS.values() for w in words.split()):
        (short if len(word) <= 3 and word != "ton" else long).append(
            r"[\s-]".join(re.escape(p) for p in word.split("|"))
        )
    longest = "|".join(sorted(long, key=len, reverse=True))
    return rf"(?:(?i:{longest})(?i:s)?|{'|'.join(sorted(short, key=len, reverse=True))})(?![\w²³])"


def symbol(words: str) -> str:
    """Return the symbol of the unit written `words` ("square metres": "m2").

    Raises:
        KeyError: `words` is no unit that `pattern` matches.
    """
    key = re.sub(r"[\s-]+", " ", words.casefold())
    for form in (key, key.removesuffix("s")):
        if form in _table():
            return _table()[form]
    raise KeyError(words)
