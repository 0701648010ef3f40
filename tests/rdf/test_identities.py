"""Who is who: mentions known under another IRI, and what the knowledge makes of them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from press import press
from regiograph.rdf import export
from regiograph.rdf.nodes import DEFAULT, LABEL, rg
from regiograph.rdf.store import Store


@pytest.fixture
def store():
    """A store in memory that holds the sample press."""
    with Store.open(None, min_confidence=0.5) as store:
        for draft in press():
            store.put(draft.extraction())
        yield store


def knowledge(store: Store) -> set[str]:
    """Return the triples of the default graph."""
    return {str(quad) for quad in store.quads.quads_for_pattern(None, None, None, DEFAULT)}


def mentions(store: Store, entity: str) -> list[str]:
    """Return the mentions of an entity by its own IRI."""
    found = store.quads.quads_for_pattern(None, rg("entity"), ox.NamedNode(entity), None)
    return [quad.subject.value for quad in found]


def entities(store: Store, folder: str) -> list[str]:
    """Return the entities of a folder that articles mention."""
    found = {quad.object.value for quad in store.quads.quads_for_pattern(None, rg("entity"), None, None)}
    return sorted(entity for entity in found if f"/{folder}/" in entity)


def test_what_is_united_is_one_in_the_knowledge_and_parted_again_as_before(store):
    """All facts of one are those of the other, under the other's IRI; taken back, the knowledge is as it was."""
    one, other = entities(store, "region")[:2]
    before = knowledge(store)
    changed = store.identify(dict.fromkeys(mentions(store, one), other), {})
    assert changed == len(mentions(store, one)) > 0
    united = knowledge(store)
    assert not any(f"<{one}>" in line and "rdf-syntax-ns#type" not in line and "within" not in line for line in united)
    assert sum(f"<{other}>" in line for line in united) > sum(f"<{other}>" in line for line in before)
    assert store.identify({}, {}) == changed
    assert knowledge(store) == before


def test_the_articles_do_not_change_and_an_export_says_who_is_who(store):
    """What an article says stays; identities stand in a graph of their own."""
    one, other = entities(store, "region")[:2]
    graphs = {
        quad.graph_name
        for quad in store.quads.quads_for_pattern(ox.NamedNode(mentions(store, one)[0]), None, None, None)
    }
    before = [list(store.quads.quads_for_pattern(None, None, None, graph)) for graph in graphs]
    store.identify(dict.fromkeys(mentions(store, one), other), {})
    assert [list(store.quads.quads_for_pattern(None, None, None, graph)) for graph in graphs] == before
    assert any(graph.value.endswith("/id/identities") for graph in export.named(store))


def test_a_part_of_the_mentions_can_be_someone_else(store):
    """Two of one name: the mention in one article is parted, that in the others stays."""
    shared = next(entity for entity in entities(store, "region") if len(mentions(store, entity)) > 1)
    first, *_ = mentions(store, shared)
    store.identify({first: f"{shared}-2"}, {})
    assert any(f"<{shared}-2>" in line for line in knowledge(store))
    assert any(f"<{shared}>" in line for line in knowledge(store))
    (count,) = store.quads.query(f"SELECT ?n {{ <{shared}-2> <https://w3id.org/regiograph/ontology#articleCount> ?n }}")
    assert count["n"].value == "1"


def test_a_name_that_people_gave_is_the_label(store):
    """The other names become alternatives; taken back, the label is as before."""
    entity = entities(store, "region")[0]
    before = knowledge(store)
    assert store.identify({}, {entity: "The Name"}) == 1
    (found,) = store.quads.quads_for_pattern(ox.NamedNode(entity), LABEL, None, DEFAULT)
    assert found.object.value == "The Name"
    store.identify({}, {})
    assert knowledge(store) == before


def test_a_withdrawn_article_takes_its_identities_along(store):
    """Withdrawn and added again, and identified again: the same knowledge, and the same graphs, as before."""
    one, other = entities(store, "region")[:2]
    same = dict.fromkeys(mentions(store, one), other)
    store.identify(same, {})
    before = {str(quad) for quad in store.quads}
    draft = next(draft for draft in press() if any(entity.id == one for entity in draft.extraction().entities))
    extraction = draft.extraction()
    assert store.withdraw(extraction.article.id)
    assert not any(m in str(q) for q in store.quads for m in same if m not in mentions(store, one))
    store.put(extraction)
    store.identify(same, {})
    assert {str(quad) for quad in store.quads} == before
