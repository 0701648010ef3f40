"""The description of the dataset: numbers that are those of the export, and no day but the articles'."""

from __future__ import annotations

import io
from collections import Counter

import pytest
import rdflib
from rdflib import namespace as ns

from press import Draft
from regiograph.exporting import description
from regiograph.exporting.formats import FORMATS
from regiograph.rdf import export
from regiograph.rdf.store import Store
from regiograph.terms import Predicate


def described(store: Store) -> tuple[rdflib.Graph, rdflib.term.Node]:
    """Return the description, and the dataset in it."""
    out = io.BytesIO()
    description.write(store, out)
    graph = rdflib.Graph().parse(data=out.getvalue(), format="turtle")
    (dataset,) = graph.subjects(ns.RDF.type, ns.VOID.Dataset)
    return graph, dataset


@pytest.fixture
def told(store):
    """The description of the sample press."""
    return described(store)


@pytest.fixture
def turtle(store):
    """What the sample press is as Turtle."""
    out = io.BytesIO()
    export.write(store, out, export.Format.TURTLE)
    return rdflib.Graph().parse(data=out.getvalue(), format="turtle")


def test_the_numbers_are_those_of_the_export(told, turtle):
    """As many triples as Turtle has, as many entities and articles as there are, and a first entity to look at."""
    graph, dataset = told
    assert graph.value(dataset, ns.VOID.triples).toPython() == len(turtle)
    assert graph.value(dataset, ns.VOID.documents).toPython() == 5
    count = rdflib.URIRef("https://w3id.org/regiograph/ontology#articleCount")
    known = {entity: n.toPython() for entity, n in turtle.subject_objects(count)}
    assert graph.value(dataset, ns.VOID.entities).toPython() == len(known)
    assert known[graph.value(dataset, ns.VOID.exampleResource)] == max(known.values())


def test_partitions_count_every_class_and_every_property(told, turtle):
    """Each class with its entities, each property with its triples."""
    graph, dataset = told
    classes = {
        graph.value(part, ns.VOID["class"]): graph.value(part, ns.VOID.entities).toPython()
        for part in graph.objects(dataset, ns.VOID.classPartition)
    }
    assert classes == Counter(turtle.objects(None, ns.RDF.type))
    properties = {
        graph.value(part, ns.VOID.property): graph.value(part, ns.VOID.triples).toPython()
        for part in graph.objects(dataset, ns.VOID.propertyPartition)
    }
    assert properties == Counter(turtle.predicates())


def test_a_catalogue_finds_every_format_and_the_time(told):
    """One distribution a format, with the media type where there is one; the days are those of the articles."""
    graph, dataset = told
    assert (dataset, ns.RDF.type, ns.DCAT.Dataset) in graph
    titles = {str(graph.value(each, ns.DCTERMS.title)) for each in graph.objects(dataset, ns.DCAT.distribution)}
    assert titles == {form.title for form in FORMATS if form.name != "void"}
    media = {str(kind).rpartition("media-types/")[2] for kind in graph.objects(None, ns.DCAT.mediaType)}
    assert media == {form.media for form in FORMATS if form.media}
    period = graph.value(dataset, ns.DCTERMS.temporal)
    assert graph.value(period, ns.DCAT.startDate) == rdflib.Literal("2014", datatype=ns.XSD.gYear)
    assert graph.value(period, ns.DCAT.endDate) == rdflib.Literal("2016-02", datatype=ns.XSD.gYearMonth)
    assert graph.value(dataset, ns.DCTERMS.modified) == graph.value(period, ns.DCAT.endDate)
    assert not list(graph.objects(None, ns.DCTERMS.issued))
    assert not list(graph.objects(None, ns.DCTERMS.license))  # nobody told the store


def test_without_a_date_there_is_no_time():
    """What is not known is not said."""
    with Store.open(None, base="https://example.org/x#") as store:
        graph, dataset = described(store)
        assert str(dataset) == "https://example.org/x#dataset"
        assert graph.value(dataset, ns.DCTERMS.temporal) is graph.value(dataset, ns.DCTERMS.modified) is None
        assert graph.value(dataset, ns.VOID.triples).toPython() == 0
    with Store.open(None) as store:
        store.put(Draft("one", None).says("Tokyo", Predicate.LOCATED_IN, "Japan").extraction())
        graph, dataset = described(store)
        assert graph.value(dataset, ns.DCTERMS.temporal) is None
        assert graph.value(dataset, ns.VOID.documents).toPython() == 1
