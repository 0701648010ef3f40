"""Each shape refuses a broken copy of what it is about, and pySHACL refuses the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, Graph, Namespace, URIRef

from regiograph import assets
from regiograph.rdf.lexical import number, well_formed
from regiograph.rdf.shapes import Result, Shapes

SHAPE = Namespace("https://w3id.org/regiograph/shapes#")
PREFIXES = """
PREFIX rg: <https://w3id.org/regiograph/ontology#> PREFIX id: <https://w3id.org/regiograph/id/>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/> PREFIX time: <http://www.w3.org/2006/time#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def replaced(kind: str, predicate: str, value: str) -> str:
    """Return an update that gives the instances of a class another value."""
    return (
        f"DELETE {{ ?s {predicate} ?o }} INSERT {{ ?s {predicate} {value} }} WHERE {{ ?s a {kind} ; {predicate} ?o }}"
    )


def removed(kind: str, predicate: str) -> str:
    """Return an update that takes a property from the instances of a class."""
    return f"DELETE {{ ?s {predicate} ?o }} WHERE {{ ?s a {kind} ; {predicate} ?o }}"


def omission(said: str) -> str:
    """Return an update that says something of an omission."""
    return f"INSERT {{ id:omission a rg:Omission ; {said} }} WHERE {{ ?article a rg:Article }}"


def added(kind: str, predicate: str, value: str) -> str:
    """Return an update that gives the instances of a class one more value."""
    return f"INSERT {{ ?s {predicate} {value} }} WHERE {{ ?s a {kind} }}"


def ended(at: str) -> str:
    """Return an update that gives the intervals another end."""
    return (
        f"DELETE {{ ?e time:inXSDgYear ?o }} INSERT {{ ?e {at} }} WHERE {{ ?i time:hasEnd ?e . ?e time:inXSDgYear ?o }}"
    )


CASES = [
    # shape, what breaks the example, a part of the message
    ("article", removed("rg:Article", "dcterms:identifier"), "one identifier"),
    ("article", replaced("rg:Article", "dcterms:identifier", '""'), "one identifier"),
    ("article", replaced("rg:Article", "rg:sha256", '"a9f6"'), "64 hexadecimal digits"),
    ("article", added("rg:Article", "dcterms:title", '"Another"'), "at most one title"),
    ("article", replaced("rg:Article", "dcterms:issued", '"2030-02-30"^^xsd:date'), "one valid day"),
    ("article", replaced("rg:Article", "dcterms:issued", '"May 2030"'), "one valid day"),
    ("article", added("rg:Article", "dcterms:source", '"The Other Mail"'), "at most one source"),
    ("article", replaced("rg:Article", "schema:url", "<javascript:alert(1)>"), "http or https"),
    ("article", replaced("rg:Article", "schema:url", "<https://user:word@mail.example/>"), "without credentials"),
    ("article", replaced("rg:Article", "schema:url", '"https://mail.example/"'), "at most one address"),
    ("article", replaced("rg:Article", "dcterms:language", '"en_GB"'), "BCP 47"),
    ("mention", removed("rg:Mention", "rg:inArticle"), "lies in one article"),
    ("mention", replaced("rg:Mention", "rg:entity", '"Norvik"'), "of one entity"),
    ("mention", replaced("rg:Mention", "rg:entityType", "rg:Village"), "one of the twelve types"),
    ("mention", replaced("rg:Mention", "rg:name", '""'), "not empty"),
    ("mention", replaced("rg:Mention", "rg:mentionCount", "0"), "once or more"),
    ("omission", omission("rg:cause 'x' ; rg:omissionCount 1"), "from one article"),
    ("omission", omission("rg:inArticle ?article ; rg:cause '' ; rg:omissionCount 1"), "tells its cause"),
    ("omission", omission("rg:inArticle ?article ; rg:cause 'x' ; rg:omissionCount 0"), "counted, once or more"),
    ("codes", added("rg:City", "rg:isoCode", '"no-03"'), "ISO 3166"),
    ("codes", added("rg:Mention", "rg:geonamesId", '"Oslo"'), "GeoNames"),
    ("claim", removed("rg:Claim", "rg:evidence"), "A claim has evidence"),
    ("claim", removed("rg:Evidence", "rdf:type"), "A claim has evidence"),
    ("claim", removed("rg:Claim", "rg:inArticle"), "made in one article"),
    ("claim", removed("rg:Claim", "prov:wasGeneratedBy"), "which extractor"),
    ("claim", replaced("rg:Claim", "rg:polarity", "rg:asserted"), "positive or negative"),
    ("claim", replaced("rg:Claim", "rg:reviewStatus", '"accepted"'), "unreviewed, accepted or rejected"),
    ("claim", replaced("rg:Claim", "rdf:subject", "id:unheard-of"), "an entity that the article mentions"),
    ("statement", removed("rg:Claim", "rdf:subject"), "one subject"),
    ("statement", replaced("rg:Fact", "rdf:subject", '"Norvik"'), "one subject"),
    ("statement", replaced("rg:Claim", "rdf:predicate", "rg:likes"), "the ontology has it"),
    ("statement", removed("rg:Fact", "rdf:object"), "one object"),
    ("statement", replaced("rg:Claim", "rdf:object", '"June"^^xsd:gYearMonth'), "a valid date"),
    ("statement", replaced("rg:Claim", "rdf:object", '"--13-01"^^xsd:gMonthDay'), "a valid date"),
    ("statement", replaced("rg:Claim", "rdf:object", '"--13"^^xsd:gMonth'), "a valid date"),
    ("statement", added("rg:Claim", "rg:modality", "rg:proposed"), "asserted, planned or proposed"),
    ("statement", replaced("rg:Claim", "rg:confidence", "1.5"), "from 0 to 1"),
    ("statement", replaced("rg:Claim", "rg:confidence", "-0.1"), "from 0 to 1"),
    ("statement", replaced("rg:Fact", "rg:confidence", '"0,9"^^xsd:decimal'), "from 0 to 1"),
    ("statement", replaced("rg:Fact", "rg:confidence", '"0.9"^^xsd:double'), "from 0 to 1"),
    ("signatures", replaced("rg:Mention", "rg:entityType", "rg:Sector"), "a subject of the type rg:Sector"),
    ("signatures", replaced("rg:Claim", "rdf:predicate", "rg:residentOf"), "an object of the type rg:City"),
    ("signatures", replaced("rg:Tenure", "rdf:object", '"2030"^^xsd:gYear'), "an object of the type xsd:gYear"),
    ("signatures", replaced("rg:Tenure", "rdf:object", "id:unheard-of"), "neither mentioned"),
    ("qualifiers", replaced("rg:Claim", "rg:role", '""'), "A role is"),
    ("qualifiers", added("rg:Claim", "rg:status", '"late"'), "acting or former"),
    ("qualifiers", replaced("rg:Claim", "rg:since", '"20x9"^^xsd:gYear'), "Since is one valid date"),
    ("qualifiers", added("rg:Claim", "rg:until", '"2030-02-30"^^xsd:date'), "Until is one valid date"),
    ("qualifiers", added("rg:Claim", "rg:date", "id:unheard-of"), "A date is one valid date"),
    ("qualifiers", replaced("rg:Claim", "rg:period", "5"), "A period is"),
    ("qualifiers", added("rg:Claim", "rg:count", "-1"), "A count is"),
    ("qualifiers", added("rg:Claim", "rg:topic", "2030"), "A topic is"),
    ("qualifiers", added("rg:Claim", "rg:purpose", '""'), "A purpose is"),
    ("qualifiers", added("rg:Claim", "rg:inContext", '"a"@en'), "represents another in"),
    ("qualifiers", added("rg:Claim", "rg:indicator", '"area", "length"'), "An indicator is"),
    ("qualifiers", replaced("rg:Claim", "rg:amount", "5000000"), "one amount of money"),
    ("qualifiers", added("rg:Claim", "rg:share", '"51"'), "A share is"),
    ("evidence", removed("rg:Evidence", "oa:hasSource"), "comes from one article"),
    ("evidence", removed("oa:TextQuoteSelector", "oa:exact"), "quotes its sentence"),
    ("evidence", removed("oa:TextPositionSelector", "oa:start"), "where its quote begins"),
    ("evidence", removed("rg:Claim", "rg:evidence"), "the evidence of a claim"),
    ("evidence", replaced("oa:TextQuoteSelector", "oa:exact", '"Norvik is rich."'), "not as long as its place"),
    ("quote", replaced("oa:TextQuoteSelector", "oa:exact", '""'), "A quote is one string"),
    ("quote", added("oa:TextQuoteSelector", "oa:prefix", '"and more"'), "stands before a quote"),
    ("quote", replaced("oa:TextQuoteSelector", "oa:suffix", "7"), "stands after a quote"),
    ("position", replaced("oa:TextPositionSelector", "oa:start", "-1"), "0 or more"),
    ("position", replaced("oa:TextPositionSelector", "oa:start", "5000"), "before its end"),
    ("position", removed("oa:TextPositionSelector", "oa:end"), "ends at one offset"),
    ("quantity", removed("rg:Quantity", "rg:value"), "a value or a limit"),
    ("quantity", replaced("rg:Quantity", "rg:value", '"12"'), "a value or a limit"),
    ("quantity", added("rg:Quantity", "rg:value", "13.0"), "at most one value"),
    ("quantity", added("rg:Amount", "rg:minInclusive", "3.0"), "at most one lower limit"),
    ("quantity", added("rg:Quantity", "rg:minInclusive", "3.0 ; rg:maxInclusive 2.0"), "not above the upper one"),
    ("quantity", added("rg:Quantity", "rg:maxInclusive", "3.0, 4.0"), "at most one upper limit"),
    ("quantity", replaced("rg:Amount", "rg:bound", "rg:asserted"), "bounded by"),
    ("quantity", replaced("rg:Quantity", "rg:unit", '""'), "at most one unit"),
    ("quantity", added("rg:Quantity", "rg:verbatim", '"12 km", "twelve"'), "words that state a quantity"),
    ("amount", removed("rg:Amount", "rg:currency"), "one currency"),
    ("amount", replaced("rg:Amount", "rg:currency", '"euros"'), "ISO 4217"),
    ("amount", replaced("rg:Amount", "rg:minExclusive", "-3.0"), "not negative"),
    ("interval", added("time:ProperInterval", "time:hasBeginning", "id:unheard-of"), "one beginning"),
    ("interval", replaced("time:ProperInterval", "time:hasEnd", "id:unheard-of"), "one end"),
    ("interval", "DELETE WHERE { ?i time:hasBeginning ?b ; time:hasEnd ?e }", "a beginning or an end"),
    ("interval", ended("time:inXSDgYear '2030'^^xsd:gYear"), "not end before it begins"),
    ("interval", ended("time:inXSDDate '2030-12-31'^^xsd:date"), "not end before it begins"),
    ("instant", removed("time:Instant", "time:inXSDgYear"), "one year, month or day"),
    ("instant", replaced("time:Instant", "time:inXSDgYear", '"31"'), "a valid xsd:gYear"),
    ("instant", added("time:Instant", "time:inXSDgYearMonth", '"June"^^xsd:gYearMonth'), "a valid xsd:gYearMonth"),
    ("instant", added("time:Instant", "time:inXSDDate", '"2031-02-29"^^xsd:date'), "a valid xsd:date"),
    ("entity", removed("rg:City", "rdfs:label"), "one label"),
    ("entity", added("rg:City", "rdfs:label", '"Northbay"'), "one label"),
    ("entity", replaced("rg:Person", "rg:articleCount", "-1"), "number of an entity's articles"),
    ("entity", added("rg:City", "rg:within", '"Norway"'), "within a place"),
    ("entity", added("rg:City", "geo:lat", "90.5"), "latitude"),
    ("entity", added("rg:City", "geo:long", "-180.5"), "longitude"),
    ("relations", added("rg:Person", "rg:hasAmount", "id:unheard-of"), "rg:hasAmount does not allow a subject"),
    ("relations", added("rg:City", "rg:memberOf", "<https://w3id.org/regiograph/id/person/ada-lind>"), "by its type"),
    ("fact", removed("rg:Fact", "rg:supportedBy"), "supported by a claim"),
    ("tenure", removed("rg:Tenure", "rg:person"), "of one person"),
    ("tenure", replaced("rg:Tenure", "rg:organization", "id:unheard-of"), "one body, place or project"),
    ("membership", replaced("rg:Membership", "rg:member", "id:unheard-of"), "one member"),
    ("membership", removed("rg:Membership", "rg:network"), "one network"),
    ("investment", removed("rg:Investment", "rg:investor"), "one investor"),
    ("investment", replaced("rg:Investment", "rg:target", "id:unheard-of"), "one target"),
    ("observation", removed("rg:Observation", "rg:observed"), "one thing"),
    ("observation", removed("rg:Quantity", "rdf:type"), "a quantity as its object"),
]  # fmt: skip
IDS = [f"{shape}-{number}" for number, (shape, _, _) in enumerate(CASES)]


def example(update: str = "") -> list[ox.Triple]:
    """Return the example's triples after a SPARQL update."""
    store = ox.Store()
    store.load(path=str(assets.ontology("examples.ttl")), format=ox.RdfFormat.TURTLE)
    before = set(store)
    if update:
        store.update(PREFIXES + update)
        assert set(store) != before, "the update changes nothing"
    return [quad.triple for quad in store]


def results(triples: Iterable[ox.Triple]) -> tuple[Result, ...]:
    """Return what the compiled shapes reject."""
    shapes = Shapes.load()
    return shapes.check(shapes.index(triples))


@cache
def rdflib_graph(name: str) -> Graph:
    """Return a file of the ontology as rdflib has it."""
    return Graph().parse(assets.ontology(name))


def oracle(triples: Iterable[ox.Triple], shape: URIRef) -> set[tuple[str, str]]:
    """Return focus node and message of all that pySHACL rejects by one shape."""
    data = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    sparql = (shape, SH.sparql, None) in rdflib_graph("shapes.ttl")
    schema = {RDFS.domain, RDFS.range, OWL.unionOf, RDF.first, RDF.rest} if sparql else set()
    for triple in rdflib_graph("regiograph.ttl"):
        if triple[1] in schema | {RDFS.subClassOf}:
            data.add(triple)
    shapes = rdflib_graph("shapes.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, use_shapes=[shape, SHAPE.date])
    return {
        (str(report.value(each, SH.focusNode)), str(report.value(each, SH.resultMessage)))
        for each in report.objects(None, SH.result)
        if (None, SH.detail, each) not in report
    }


def test_the_example_is_accepted() -> None:
    """Nothing is wrong with the example, so each case below breaks one thing."""
    assert results(example()) == ()


@pytest.mark.parametrize(("shape", "update", "message"), CASES, ids=IDS)
def test_a_broken_copy_is_refused_for_the_reason_that_the_shape_gives(shape: str, update: str, message: str) -> None:
    """HOSTILE 35 among them: each shape refuses a broken copy of its case, for the reason that the case breaks."""
    found = [result for result in results(example(update)) if result.shape == str(SHAPE[shape])]
    assert any(message in result.message for result in found), found


@pytest.mark.parametrize(("shape", "update"), [case[:2] for case in CASES], ids=IDS)
def test_pyshacl_refuses_the_same_nodes(shape: str, update: str) -> None:
    """The compiled shapes and pySHACL reject the same focus nodes of every broken copy."""
    triples = example(update)
    ours = {(str(r.focus.value), r.message) for r in results(triples) if r.shape == str(SHAPE[shape])}  # type: ignore[union-attr]
    theirs = oracle(triples, SHAPE[shape])
    assert {focus for focus, _ in ours} == {focus for focus, _ in theirs}
    if (SHAPE[shape], SH.sparql, None) not in rdflib_graph("shapes.ttl"):
        assert ours == theirs


def test_every_message_has_a_case() -> None:
    """No constraint of the shapes goes without a broken copy that it refuses."""
    shapes = rdflib_graph("shapes.ttl")
    messages = {(shape, str(m)) for shape, update, _ in CASES for m in _messages(shape, update)}
    stated = {
        (str(shape).removeprefix(str(SHAPE)), str(message).split("{")[0])
        for shape in {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}
        for kind in (SH.property, SH.sparql)
        for part in shapes.objects(shape, kind)
        for message in shapes.objects(part, SH.message)
    }
    for shape, message in stated:
        assert any(name == shape and said.startswith(message) for name, said in messages), (shape, message)


@cache
def _messages(shape: str, update: str) -> frozenset[str]:
    return frozenset(r.message for r in results(example(update)) if r.shape == str(SHAPE[shape]))


def test_every_constraint_of_a_shape_has_a_message() -> None:
    """Whoever is refused is told why."""
    shapes = rdflib_graph("shapes.ttl")
    for kind in (SH.property, SH.sparql):
        assert all((part, SH.message, None) in shapes for part in shapes.objects(None, kind))


def test_what_is_not_compiled_is_refused() -> None:
    """A shape that uses an unknown component is an error and not a shape that checks less."""
    shapes = Graph().parse(
        data="@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:targetClass <urn:c> ; sh:closed true ."
    )
    with pytest.raises(NotImplementedError, match="closed"):
        Shapes(shapes, ())


INVALID = {
    "decimal": ["1e400", "1,000.50", "1.000,50", "NaN", "١٢", "1_0", " 1", "−3", "€5"],
    "integer": ["1.0", "1\n", "", "⁵", "0x1"],
    "boolean": ["True", "yes", ""],
    "gYear": ["0000", "99", "2015\n", "2015Z"],
    "gYearMonth": ["2015-13", "2015-6", "2015"],
    "date": ["2015-6-8", "20150608", "0000-01-01", "2015-02-29", "2015-W24-1", "8 June 2015"],
    "gMonthDay": ["--02-30", "02-28", "--13-01"],
    "gMonth": ["--00", "--1"],
    "duration": ["P", "5Y", "PT", "P5", "P1Y2", "P-1Y"],
}
VALID = {
    "decimal": ["-12.50", ".5", "+7", "10000000000000000000000000"],
    "integer": ["007", "-1"],
    "boolean": ["true", "0"],
    "gYear": ["2015", "-0044"],
    "gYearMonth": ["2015-06"],
    "date": ["2016-02-29"],
    "gMonthDay": ["--02-29"],
    "gMonth": ["--12"],
    "duration": ["P5Y", "P1Y6M", "PT12H", "-P1D"],
    "string": ["\n", ""],
    "anyURI": ["what is not known here"],
}


def literal(datatype: str, lexical: str) -> ox.Literal:
    """Return a literal that nobody checked."""
    return ox.Literal(lexical, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}"))


@pytest.mark.parametrize(("datatype", "lexical"), [(d, each) for d, forms in INVALID.items() for each in forms])
def test_a_lexical_form_that_the_datatype_does_not_allow_is_seen(datatype: str, lexical: str) -> None:
    """HOSTILE 35, 23: what is no date, number or boolean is told from what is, where libraries are lenient."""
    assert not well_formed(literal(datatype, lexical))
    assert number(literal(datatype, lexical)) is None


@pytest.mark.parametrize(("datatype", "lexical"), [(d, each) for d, forms in VALID.items() for each in forms])
def test_a_lexical_form_that_the_datatype_allows_is_accepted(datatype: str, lexical: str) -> None:
    """What is valid stays valid; datatypes that are not used here are let through."""
    assert well_formed(literal(datatype, lexical))
