"""Places as the gazetteer knows them."""

from __future__ import annotations

from dataclasses import dataclass

from regiograph.terms import EntityType

COUNTRY, SUBDIVISION, CITY = "iso3166-1", "iso3166-2", "geonames"


@dataclass(frozen=True, slots=True)
class Place:
    """A country, a subdivision or a city.

    `scheme` and `code` are what `Entity.codes` carries: ("iso3166-1", "JP"), ("iso3166-2", "RU-TOM"),
    ("geonames", "1850147"). `name` is the canonical English name; `salt` is empty for the best known place of this
    type and name. `country` is ISO 3166-1 alpha-2, `admin` the ISO 3166-2 code of the subdivision a city lies in.
    Coordinates are WGS 84 degrees; `population` is 0 where it is not known.
    """

    scheme: str
    code: str
    type: EntityType
    name: str
    country: str
    admin: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    salt: str = ""

    @property
    def parent(self) -> tuple[str, str] | None:
        """Scheme and code of the place that this one lies in, as far as it is known; None for a country."""
        if self.scheme == COUNTRY:
            return None
        return (SUBDIVISION, self.admin) if self.admin else (COUNTRY, self.country)
