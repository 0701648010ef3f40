"""Graphs of the form that `network.projection.project` returns, drawn by hand."""

from __future__ import annotations

import networkx as nx

from regiograph.network.containment import PLACES, Location
from regiograph.network.projection import Fact, Quotation

IRI = "https://w3id.org/regiograph/id/"


def quotation(
    text: str, *, url: str | None = "https://post.example/harbour", number: int = 1, date: str = "2024-03-01"
) -> Quotation:
    """Return a quotation of article `number`."""
    title = f"A harbour for Halden ({number})"
    return Quotation(f"{IRI}article/{number}", title, date, url, "The Post", text, 0, len(text))


class Sketch:
    """Builds graphs of the form that `network.projection.project` returns."""

    def __init__(self) -> None:
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def entity(
        self,
        iri: str,
        label: str,
        kind: str,
        *facts: Fact,
        names: tuple[str, ...] = (),
        location: Location | None = None,
    ) -> str:
        """Add a node and return its IRI; a place lies in nothing unless a location is given."""
        told = tuple(fact._replace(iri=fact.iri or f"{iri}#{i}") for i, fact in enumerate(facts))
        self.graph.add_node(iri, label=label, type=kind, articles=1, names=names, facts=told)
        if kind in PLACES:
            self.graph.nodes[iri]["location"] = location or Location(iri, label, ())
        return iri

    def fact(
        self,
        source: str,
        predicate: str,
        target: str,
        *evidence: Quotation,
        modality: str = "asserted",
        confidence: float = 0.87,
        **said: str,
    ) -> None:
        """Add an edge."""
        key = f"{IRI}fact/{self.graph.number_of_edges()}"
        told = {"qualifiers": tuple(sorted(said.items())), "date": said.get("date"), "evidence": evidence}
        self.graph.add_edge(source, target, key, predicate=predicate, modality=modality, confidence=confidence, **told)


def harbour(sketch: Sketch) -> nx.MultiDiGraph[str]:
    """Five entities, four edges and an indicator out of two invented articles."""
    mayor = sketch.entity(f"{IRI}person/ivo-brandt", "Ivo Brandt", "Person", names=("Brandt",))
    town = sketch.entity(f"{IRI}city/halden", "Halden", "City")
    length = quotation("The quay of Halden Harbour is 800 m long.")
    quay = Fact("hasIndicator", "800", (("indicator", "quay length"), ("unit", "m")), None, "asserted", 0.9, (length,))
    project = sketch.entity(f"{IRI}project/halden-harbour", "Halden Harbour", "Project", quay)
    sketch.entity(f"{IRI}sector/fishing", "fishing", "Sector")
    company = sketch.entity(f"{IRI}company/nord-kai", "Nord Kai", "Company")
    sketch.fact(mayor, "holdsPost", town, quotation("Ivo Brandt, the mayor of Halden, spoke."), role="mayor")
    money = {"amount": "5000000", "currency": "EUR", "qualifier": "more than", "date": "2024-06"}
    plan = quotation("Halden plans to put more than 5 million euros into Halden Harbour.")
    sketch.fact(town, "investsIn", project, plan, modality="planned", **money)
    both = quotation("Brandt met Nord Kai in June."), quotation("Nord Kai met Brandt again.", number=2)
    sketch.fact(mayor, "metWith", company, *both)
    sketch.fact(company, "implements", project, quotation("Nord Kai builds Halden Harbour."))
    return sketch.graph


def coast(sketch: Sketch) -> nx.MultiDiGraph[str]:
    """Two harbours a ferry line apart, told by three invented articles of 2018, 2021 and 2024."""

    def said(text: str, number: int) -> Quotation:
        return quotation(text, url=f"https://post.example/{number}", number=number, date=f"{2015 + 3 * number}-05-02")

    places = {name: sketch.entity(f"{IRI}city/{name.lower()}", name, "City") for name in ("Halden", "Vik", "Os")}
    mayor = sketch.entity(f"{IRI}person/ivo-brandt", "Ivo Brandt", "Person", names=("Brandt",))
    other = sketch.entity(f"{IRI}person/ada-lund", "Ada Lund", "Person")
    ferries = sketch.entity(f"{IRI}company/kystlinje", "Kystlinje", "Company")
    harbour = sketch.entity(f"{IRI}project/vik-harbour", "Vik Harbour", "Project")
    league = sketch.entity(f"{IRI}network/harbour-league", "Harbour League", "Network")
    sketch.fact(mayor, "holdsPost", places["Halden"], said("Ivo Brandt, mayor of Halden, spoke.", 1), role="mayor")
    sketch.fact(other, "holdsPost", places["Vik"], said("Ada Lund, mayor of Vik, spoke.", 2), role="mayor")
    sketch.fact(
        places["Halden"], "memberOf", league, said("Halden joined the Harbour League in 2012.", 1), since="2012"
    )
    sketch.fact(places["Vik"], "memberOf", league, said("Vik is in the Harbour League.", 2), confidence=0.55)
    plan = {"amount": "4000000000", "currency": "USD", "qualifier": "more than", "date": "2026"}
    wish = said("=Kystlinje will put more than $4 bn, it says, into “Vik Harbour” in 2026.", 3)
    sketch.fact(ferries, "investsIn", harbour, wish, modality="planned", **plan)
    sketch.fact(harbour, "locatedIn", places["Vik"], said("Vik Harbour is in Vik.", 3))
    sketch.fact(mayor, "metWith", other, said("Ivo Brandt met Ada Lund on 4 May 2021.", 2), date="2021-05-04")
    sketch.fact(places["Os"], "cooperatesWith", places["Halden"], said("Os works with Halden.", 3), modality="proposed")
    return sketch.graph
