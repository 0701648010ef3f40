"""The entities of FollowTheMoney that a network amounts to, by who and what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import networkx as nx

from regiograph.entities.identity import digest
from regiograph.exporting.articles import Told
from regiograph.exporting.ftm.entities import Entity, identity
from regiograph.network.facts import Stated
from regiograph.terms import EntityType as E

SCHEMATA: Mapping[str, str] = MappingProxyType(
    {
        E.PERSON: "Person",
        E.COMPANY: "Company",
        E.ORGANIZATION: "Organization",
        E.NETWORK: "Organization",
        E.GOVERNMENT_BODY: "PublicBody",
        E.PROJECT: "Project",
        E.EVENT: "Event",
        E.SITE: "RealEstate",
    }
)
BODIES = frozenset({"Company", "Organization", "PublicBody"})
PARTIES = BODIES | {"Person"}
ASSETS = frozenset({"Company", "RealEstate"})
_ADDRESSES: Mapping[str, str] = MappingProxyType({E.CITY: "city", E.REGION: "region", E.COUNTRY: "country"})


class Book:
    """Entities by their id, and a count of what was left out, by a word for it.

    Countries, regions and cities are no parties in FollowTheMoney: they are addresses where something lies in them.
    """

    def __init__(self, graph: nx.MultiDiGraph[str], base: str, countries: Mapping[str, str]) -> None:
        """Begin with everybody that has a schema; `countries` are the ISO 3166-1 codes of countries and regions."""
        self._graph, self._base, self._countries = graph, base, countries
        self.entities: dict[str, Entity] = {}
        self.left_out: Counter[str] = Counter()
        self._told: set[str] = set()
        for node in sorted(graph):
            if schema := self.schema(node):
                self._named(self._new(identity(node, base), schema), node)

    def schema(self, node: str) -> str | None:
        """Return the schema of an entity, None for one that has none: a place or a sector."""
        return SCHEMATA.get(self._graph.nodes[node]["type"])

    def of(self, node: str) -> Entity:
        """Return the entity that a node with a schema has become."""
        return self.entities[identity(node, self._base)]

    def label(self, node: str) -> str:
        """Return the name of a node, which by this is told of."""
        self._told.add(node)
        return str(self._graph.nodes[node]["label"])

    def is_place(self, node: str) -> bool:
        """Whether a node is a country, a region or a city."""
        return self._graph.nodes[node]["type"] in _ADDRESSES

    def address(self, node: str) -> Entity:
        """Return the address that a country, region or city is."""
        known = self.entities.get(name := identity(node, self._base))
        if known is not None:
            return known
        made = self._new(name, "Address")
        label, part = self.label(node), _ADDRESSES[self._graph.nodes[node]["type"]]
        made.add("full", label)
        made.add("country", self._countries.get(node))
        if part != "country":
            made.add(part, label)
        return made

    def surround(self, place: str, around: str) -> bool:
        """Add to an address in which region or country it lies; False if it is no address, or lies in neither."""
        known = self.entities.get(identity(place, self._base))
        region = self._graph.nodes[around]["type"] == E.REGION
        if known is None or not (region or around in self._countries):
            return False
        known.add("country", self._countries.get(around))
        known.add("region", self.label(around) if region else None)
        return True

    def position(self, role: str | None, node: str) -> Entity:
        """Return the post of that name in a body, place, site or project."""
        name, label = f"position.{digest(node, (role or '').casefold())[:24]}", self.label(node)
        post = self.entities.get(name) or self._new(name, "Position")
        post.add("name", f"{role}, {label}" if role else f"Post in {label}")
        if self.is_place(node):
            post.add("country", self._countries.get(node))
            post.add("subnationalArea", None if self._graph.nodes[node]["type"] == E.COUNTRY else label)
        elif self.schema(node) in BODIES:
            post.add("organization", self.of(node).id)
        return post

    def link(self, said: Stated, schema: str) -> Entity:
        """Return a new relation that a fact is, with its evidence."""
        made = self._new(identity(said.iri, self._base), schema)
        made.add("recordId", said.iri)
        made.add("summary", *(quotation.quote for quotation in said.fact.evidence))
        made.add("sourceUrl", *(quotation.url for quotation in said.fact.evidence))
        made.add("publisher", *(quotation.publisher for quotation in said.fact.evidence))
        self.prove(made, said)
        return made

    def prove(self, entity: Entity, said: Stated) -> None:
        """Name the articles that say so."""
        entity.add("proof", *(identity(article, self._base) for article in said.articles))

    def document(self, told: Told) -> None:
        """Add an article."""
        made = self._new(identity(told.iri, self._base), "Article")
        made.add("fileName", told.id)
        made.add("title", told.title)
        made.add("publishedAt", told.date)
        made.add("publisher", told.publisher)
        made.add("sourceUrl", told.url)

    def leave(self, what: str) -> None:
        """Count what finds no place."""
        self.left_out[what] += 1

    def untold(self) -> Iterator[str]:
        """Yield the types of those places and sectors that nothing tells of."""
        for node, known in self._graph.nodes(data=True):
            if self.schema(node) is None and node not in self._told:
                yield known["type"]

    def _new(self, name: str, schema: str) -> Entity:
        self.entities[name] = made = Entity(name, schema)
        return made

    def _named(self, entity: Entity, node: str) -> None:
        entity.add("name", self._graph.nodes[node]["label"])
        entity.add("alias", *self._graph.nodes[node]["names"])
