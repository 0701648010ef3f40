"""The store as a multigraph."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from regiograph import assets
from regiograph.entities.identity import BASE, claim_iri, entity_iri
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Span, Value
from regiograph.network.containment import Location
from regiograph.network.projection import project
from regiograph.rdf.store import Store
from regiograph.terms import EntityType, Modality, Polarity, Predicate


def entity(kind: EntityType, name: str) -> Entity:
    """Return an entity that is mentioned once."""
    return Entity(entity_iri(BASE, kind, name), kind, name, (Span(0, 1),))


MAYOR = entity(EntityType.PERSON, "Ivo Brandt")
TOWN = entity(EntityType.CITY, "Halden")
HARBOUR = entity(EntityType.PROJECT, "Halden Harbour")
SUMMIT = entity(EntityType.EVENT, "Harbour Summit")


def article(number: int, *sentences: str, published: str = "2024-03-01") -> Article:
    """Return an article of one sentence a line."""
    name = f"a-{number}"
    return Article(
        name, "\n".join(sentences), f"Title {number}", published, "The Post", f"https://post.example/{number}"
    )


def claim(told: Article, line: int, subject: Entity, predicate: Predicate, obj: Entity | Value, **how) -> Claim:
    """Return a claim that a line of the article makes."""
    sentence = told.text.split("\n")[line]
    start = told.text.index(sentence)
    evidence = Evidence(Span(start, start + len(sentence)), sentence)
    said = obj.id if isinstance(obj, Entity) else obj
    modality, polarity = how.pop("modality", Modality.ASSERTED), how.pop("polarity", Polarity.POSITIVE)
    iri = claim_iri(BASE, told.id, subject.id, predicate, said, evidence)
    confidence, qualifiers = how.pop("confidence", 0.9), tuple(sorted(how.items()))
    ends = (obj.id, None) if isinstance(obj, Entity) else (None, obj)
    return Claim(iri, subject.id, predicate, *ends, qualifiers, modality, polarity, confidence, evidence)


def graph_of(*extractions: Extraction):
    """Store the extractions in this order and project the store."""
    with Store.open(None) as store:
        for extraction in extractions:
            store.put(extraction)
        return project(store.quads)


def extraction(told: Article, *claims: Claim) -> Extraction:
    """Return the claims with all four entities."""
    return Extraction(told, (MAYOR, TOWN, HARBOUR, SUMMIT), claims, "rules/1")


@pytest.fixture
def told():
    """An article of four sentences."""
    return article(
        1,
        "Ivo Brandt, the mayor of Halden, spoke.",
        "Halden plans to put more than 5 million euros into the Halden Harbour by 2030.",
        "The Harbour Summit lasted from 8 to 10 June 2023.",
        "The harbour will create 10 to 15 jobs.",
    )


def test_an_entity_is_a_node_with_its_label_type_and_number_of_articles(told):
    """Every entity that an article speaks of is a node under its IRI, with or without a fact."""
    graph = graph_of(extraction(told), extraction(article(2, "Halden again.")))
    known = {"label": "Halden", "type": "City", "articles": 2, "names": (), "facts": ()}
    assert graph.nodes[TOWN.id] == {**known, "location": Location(TOWN.id, "Halden", ())}
    assert set(graph) == {e.id for e in (MAYOR, TOWN, HARBOUR, SUMMIT)}


def test_a_fact_between_entities_is_an_edge_with_its_evidence(told):
    """An edge carries predicate, modality, confidence, qualifiers, and the quote with its article and offsets."""
    graph = graph_of(extraction(told, claim(told, 0, MAYOR, Predicate.HOLDS_POST, TOWN, role="mayor", date="2024-02")))
    (edge,) = graph.get_edge_data(MAYOR.id, TOWN.id).values()
    assert (edge["predicate"], edge["modality"], edge["confidence"]) == ("holdsPost", "asserted", 0.9)
    assert (edge["qualifiers"], edge["date"]) == ((("date", "2024-02"), ("role", "mayor")), "2024-02")
    (quotation,) = edge["evidence"]
    assert quotation.quote == told.text[quotation.start : quotation.end] == "Ivo Brandt, the mayor of Halden, spoke."
    assert quotation[1:5] == ("Title 1", "2024-03-01", "https://post.example/1", "The Post")


def test_an_amount_comes_back_as_number_currency_and_bound(told):
    """What the mapping takes apart into nodes, the projection puts together again."""
    said = {"amount": "5000000", "currency": "EUR", "qualifier": "more than", "until": "2030"}
    planned = claim(told, 1, TOWN, Predicate.INVESTS_IN, HARBOUR, modality=Modality.PLANNED, **said)
    (edge,) = graph_of(extraction(told, planned)).get_edge_data(TOWN.id, HARBOUR.id).values()
    assert edge["modality"] == "planned"
    assert dict(edge["qualifiers"]) == said


def test_a_share_comes_back_with_its_bound(told):
    """What is bounded beside an amount is the share; its unit is no qualifier."""
    said = {"share": "51", "qualifier": "at least"}
    (edge,) = (
        graph_of(extraction(told, claim(told, 1, HARBOUR, Predicate.OWNED_BY, TOWN, **said)))
        .get_edge_data(HARBOUR.id, TOWN.id)
        .values()
    )
    assert dict(edge["qualifiers"]) == said


def test_literal_facts_stay_with_their_node(told):
    """Dates, amounts and indicators are no edges: an interval comes back as EDTF, a range as "10/15"."""
    claims = (
        claim(told, 2, SUMMIT, Predicate.EVENT_DATE, Value("2023-06-08/2023-06-10", "edtf")),
        claim(told, 3, HARBOUR, Predicate.CREATES_JOBS, Value("10/15", "decimal")),
    )
    graph = graph_of(extraction(told, *claims))
    assert [fact.value for node in (SUMMIT, HARBOUR) for fact in graph.nodes[node.id]["facts"]] == [
        "2023-06-08/2023-06-10",
        "10/15",
    ]
    assert graph.number_of_edges() == 0


def test_an_open_interval_keeps_its_open_end(told):
    """What lasts "until 2030" has an end and no beginning."""
    until = claim(told, 2, SUMMIT, Predicate.EVENT_DATE, Value("../2030", "edtf"))
    (fact,) = graph_of(extraction(told, until)).nodes[SUMMIT.id]["facts"]
    assert fact.value == "../2030"


def test_equal_claims_of_two_articles_are_one_edge_with_two_quotes_the_newest_first():
    """Articles that say the same support the same fact."""
    older = article(1, "Ivo Brandt visited Halden Harbour.", published="2023")
    newer = article(2, "Brandt was at Halden Harbour.", published="2024-05")
    both = [extraction(a, claim(a, 0, MAYOR, Predicate.VISITED, HARBOUR)) for a in (older, newer)]
    (edge,) = graph_of(*both).get_edge_data(MAYOR.id, HARBOUR.id).values()
    assert [q.date for q in edge["evidence"]] == ["2024-05", "2023"]


def test_denials_and_doubtful_claims_are_no_edges(told):
    """A negative claim, and one below the store's confidence, make no fact."""
    denied = claim(told, 0, MAYOR, Predicate.VISITED, TOWN, polarity=Polarity.NEGATIVE)
    doubtful = claim(told, 0, MAYOR, Predicate.REPRESENTS, TOWN, confidence=0.1)
    assert graph_of(extraction(told, denied, doubtful)).number_of_edges() == 0


def test_parallel_facts_are_parallel_edges(told):
    """Two relations between the same two entities are kept apart."""
    claims = (claim(told, 0, MAYOR, p, TOWN) for p in (Predicate.HOLDS_POST, Predicate.REPRESENTS, Predicate.VISITED))
    assert graph_of(extraction(told, *claims)).number_of_edges(MAYOR.id, TOWN.id) == 3


def test_nodes_and_edges_come_in_the_order_of_their_iris(told):
    """The order in which articles were stored does not show."""
    first = extraction(told, claim(told, 0, MAYOR, Predicate.HOLDS_POST, TOWN))
    other = article(2, "Halden has a summit.")
    second = extraction(other, claim(other, 0, SUMMIT, Predicate.EVENT_PLACE, TOWN))
    graphs = graph_of(first, second), graph_of(second, first)
    assert list(graphs[0].nodes(data=True)) == list(graphs[1].nodes(data=True))
    assert list(graphs[0].edges(keys=True, data=True)) == list(graphs[1].edges(keys=True, data=True))
    assert list(graphs[0]) == sorted(graphs[0])


def test_the_example_of_the_ontology_projects():
    """The smallest valid graph has four entities, three edges and an indicator; quotes are in an article's graph."""
    quads = ox.Store()
    triples = list(ox.parse(path=str(assets.ontology("examples.ttl")), format=ox.RdfFormat.TURTLE))
    named = ox.NamedNode(f"{BASE}article/example")
    quads.extend(
        ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples for graph in (ox.DefaultGraph(), named)
    )
    graph = project(quads)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (4, 3)
    assert {len(evidence) for _, _, evidence in graph.edges(data="evidence")} == {1}
    (fact,) = graph.nodes[f"{BASE}project/fjord-tram"]["facts"]
    assert (fact.value, dict(fact.qualifiers)) == ("12", {"indicator": "length", "unit": "km"})


def test_an_empty_store_is_an_empty_graph():
    """HOSTILE 78: nothing stored, nothing drawn, no error."""
    assert len(project(ox.Store())) == 0


def test_of_too_many_facts_the_best_supported_are_projected(told):
    """With a limit, the facts of most claims come first, and only the entities that they are about."""
    again = article(2, *told.text.split("\n"))
    post = (MAYOR, Predicate.HOLDS_POST, TOWN)
    with Store.open(None) as store:
        store.put(extraction(told, claim(told, 0, *post), claim(told, 1, TOWN, Predicate.IMPLEMENTS, HARBOUR)))
        store.put(extraction(again, claim(again, 0, *post)))
        graph = project(store.quads, facts_at_most=1)
    assert set(graph) == {MAYOR.id, TOWN.id}
    assert graph.number_of_edges() == 1
