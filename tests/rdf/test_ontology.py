"""The ontology is complete, consistent, documented, and says what the code does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.compare import isomorphic
from tram_article import ARTICLE, extraction

from regiograph import assets
from regiograph.entities.identity import BASE
from regiograph.rdf.graphs import inferred_iri, tallies_iri, texts_iri
from regiograph.rdf.mapping import article_quads
from regiograph.rdf.store import Store
from regiograph.rdf.validation import validate
from regiograph.rdf.vocabulary import RG

DATA = Namespace(BASE)
SILENT = {RDFS.label, RDFS.comment, SKOS.prefLabel, SKOS.altLabel, RG.plural, RG.inverseLabel, RG.icon}  # to a reasoner
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")  # how owlrl reports an inconsistency


def parsed(*names: str) -> Graph:
    """Return the union of files of the ontology."""
    graph = Graph()
    for name in names:
        graph.parse(assets.ontology(name))
    return graph


def contradictions(*extra: tuple[URIRef, URIRef, URIRef]) -> list[str]:
    """Return what an OWL 2 RL reasoner finds wrong with ontology, alignments and example, and the extra triples."""
    graph = Graph()
    for triple in (*parsed("regiograph.ttl", "alignments.ttl", "examples.ttl"), *extra):
        if triple[1] not in SILENT:
            graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    official = (DATA["person/ada-lind"], RDF.type, RG.Official) in graph
    assert official, "the reasoner did not even find that a mayor is an official"
    return [*map(str, graph.objects(None, ERROR)), *map(str, graph.subjects(RDF.type, OWL.Nothing))]


TERMS = sorted({s for s in parsed("regiograph.ttl").subjects() if str(s).startswith(str(RG._NS))})
KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)


def test_every_term_has_a_label_and_a_comment() -> None:
    """Each term of the ontology is named and explained, in English, once."""
    graph = parsed("regiograph.ttl")
    for term in TERMS:
        for said in (RDFS.label, RDFS.comment):
            assert [value.language for value in graph.objects(term, said)] == ["en"], (term, said)


def test_every_property_has_a_domain_and_a_range() -> None:
    """Each property says what it connects."""
    graph = parsed("regiograph.ttl")
    for term in TERMS:
        if any((term, RDF.type, kind) in graph for kind in KINDS):
            assert len(list(graph.objects(term, RDFS.domain))) == len(list(graph.objects(term, RDFS.range))) == 1, term


def test_every_class_has_a_superclass_and_a_plural() -> None:
    """Each class hangs in the tree and has the words that a legend needs."""
    graph = parsed("regiograph.ttl")
    for term in TERMS:
        if (term, RDF.type, OWL.Class) in graph:
            assert (term, RDFS.subClassOf, None) in graph, term
            assert graph.value(term, RG.plural), term


def test_no_term_is_used_and_not_declared() -> None:
    """What alignments, shapes and example say of our terms is said of terms that exist."""
    graph = parsed("alignments.ttl", "shapes.ttl", "examples.ttl")
    iris = {node for triple in graph for node in triple if isinstance(node, URIRef)}
    assert {iri for iri in iris if iri.startswith(str(RG._NS))} <= set(TERMS)


def test_each_sector_has_a_code_of_its_own() -> None:
    """Sectors are mapped to distinct codes of ISIC, and a narrower one to a code below its broader one."""
    graph = parsed("regiograph.ttl")
    sectors = set(graph.subjects(RDF.type, RG.Sector))
    codes = [graph.value(sector, SKOS.notation) for sector in sectors]
    assert len(set(codes)) == len(sectors) > 40
    assert all(code is not None and code.datatype == RG.isic4 for code in codes)
    assert set(graph.objects(None, SKOS.broader)) <= sectors
    assert all((s, SKOS.topConceptOf, RG.sectors) in graph or graph.value(s, SKOS.broader) for s in sectors)


def test_no_two_sectors_go_by_the_same_name() -> None:
    """The name of a sector leads to one concept."""
    graph = parsed("regiograph.ttl")
    names = [
        (str(name).casefold(), sector)
        for sector in graph.subjects(RDF.type, RG.Sector)
        for named in (SKOS.prefLabel, SKOS.altLabel)
        for name in graph.objects(sector, named)
    ]
    assert len({name for name, _ in names}) == len(set(names))


def test_the_ontology_is_consistent() -> None:
    """An OWL 2 RL reasoner finds no contradiction in ontology, alignments and example."""
    assert contradictions() == []


def test_a_contradiction_is_found() -> None:
    """Someone who is a person and a city at once is noticed, so the test of consistency can fail."""
    assert any("ada-lind" in found for found in contradictions((DATA["person/ada-lind"], RDF.type, RG.City)))


def test_the_example_is_what_its_article_gives() -> None:
    """`examples.ttl` holds exactly the triples that the store holds of the article it tells, without what follows."""
    store = Store.open(None)
    store.put(extraction())
    apart = (texts_iri(store.base), tallies_iri(store.base), inferred_iri(store.base))
    given = {quad.triple for quad in store.quads if quad.graph_name not in apart}
    assert {quad.triple for quad in ox.parse(path=str(assets.ontology("examples.ttl")))} == given
    assert {quad.triple for quad in article_quads(extraction())} < given


def test_the_example_tells_the_text_that_it_is_about() -> None:
    """The article is printed in the example's comments, as its digest has it."""
    comments = assets.ontology("examples.ttl").read_text("utf-8")
    assert all(f"#     {line}\n" in comments for line in ARTICLE.text.splitlines())
    assert ARTICLE.sha256 in comments


def test_the_example_conforms() -> None:
    """The example is a valid graph."""
    report = validate(assets.ontology("examples.ttl"))
    assert report.violations == ()
    assert (report.graphs, report.triples) == (1, 210)


def test_the_context_carries_the_example_there_and_back() -> None:
    """JSON-LD written with the context is short and means the same graph."""
    example = parsed("examples.ttl")
    context = json.loads(assets.ontology("context.jsonld").read_text("utf-8"))
    written = example.serialize(format="json-ld", context=context["@context"], auto_compact=False)
    assert isomorphic(Graph().parse(data=written, format="json-ld"), example)
    assert {quad.triple for quad in ox.parse(written.encode(), format=ox.RdfFormat.JSON_LD)} == {
        quad.triple for quad in ox.parse(path=str(assets.ontology("examples.ttl")))
    }
    nodes = json.loads(written)["@graph"]
    claim = next(node for node in nodes if node.get("predicate") == "rg:investsIn" and node["type"] == "Claim")
    assert claim["confidence"] == "0.9"
    assert claim["modality"] in {"rg:planned", "planned"}


def test_the_context_has_every_class_and_property() -> None:
    """No term of the ontology has to be spelt out in JSON-LD."""
    context = json.loads(assets.ontology("context.jsonld").read_text("utf-8"))["@context"]
    graph = parsed("regiograph.ttl")
    kinds = (OWL.Class, RDFS.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    names = {str(s).removeprefix(str(RG._NS)) for s in TERMS if any((s, RDF.type, kind) in graph for kind in kinds)}
    assert names <= set(context)


def test_documentation_and_context_are_up_to_date() -> None:
    """`docs/ontology.md` and `context.jsonld` are what the ontology makes of them now."""
    script = Path(__file__).parents[2] / "scripts" / "document-ontology"
    checked = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", ["regiograph.ttl", "alignments.ttl", "shapes.ttl"])
def test_each_file_says_its_licence_and_version(name: str) -> None:
    """Whoever finds the file knows what they may do with it."""
    graph = parsed(name)
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    assert graph.value(header, OWL.versionInfo)
    assert "creativecommons.org/licenses/by/4.0" in str(graph.value(header, URIRef("http://purl.org/dc/terms/license")))
