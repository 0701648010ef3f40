"""What follows from the knowledge stands apart from what is stated."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from reporter import Reporter

from regiograph.entities.identity import BASE
from regiograph.rdf.graphs import inferred_iri
from regiograph.rdf.inference import infer
from regiograph.rdf.nodes import triple
from regiograph.rdf.store import Store
from regiograph.terms import EntityType as E
from regiograph.terms import Modality
from regiograph.terms import Predicate as P  # noqa: N817


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    with Store.open(None) as opened:
        yield opened


def inferred(store: Store) -> set[str]:
    """Return what is inferred, in short words."""
    found = map(triple, store.quads.quads_for_pattern(None, None, None, inferred_iri(store.base)))
    return {
        f"{s.value.removeprefix(BASE)} {p.value.rpartition('#')[2]} {o.value.removeprefix(BASE)}" for s, p, o in found
    }


def test_relations_hold_from_their_other_end(store: Store, reporter: Reporter) -> None:
    """Inverse properties of what is asserted, and of nothing that is planned."""
    ann, net, other = (reporter.entity(*each) for each in ((E.PERSON, "Ann"), (E.NETWORK, "Net"), (E.NETWORK, "Other")))
    store.put(reporter.report("a", (ann, P.MEMBER_OF, net), (ann, P.MEMBER_OF, other, {"modality": Modality.PLANNED})))
    assert infer(store) == 1
    assert inferred(store) == {"network/net hasMember person/ann"}


def test_places_contain_what_lies_in_them_however_far_down(store: Store, reporter: Reporter) -> None:
    """The transitive closure of containment, each step of which is stated already."""
    plant, town, land = (
        reporter.entity(*known) for known in ((E.PROJECT, "Plant"), (E.SITE, "Park"), (E.REGION, "Land"))
    )
    store.put(reporter.report("a", (plant, P.LOCATED_IN, town), (town, P.LOCATED_IN, land)))
    infer(store)
    assert inferred(store) == {
        "project/plant within region/land",
        "site/park contains project/plant",
        "region/land contains site/park",
        "region/land contains project/plant",
    }


def test_a_circle_of_places_is_no_place_within_itself(store: Store, reporter: Reporter) -> None:
    """Two articles that contradict each other do not make a place contain itself."""
    one, two = reporter.entity(E.SITE, "One"), reporter.entity(E.SITE, "Two")
    store.put(reporter.report("a", (one, P.LOCATED_IN, two), (two, P.LOCATED_IN, one)))
    infer(store)
    assert inferred(store) == {"site/one contains site/two", "site/two contains site/one"}


def test_what_is_inferred_goes_with_what_it_follows_from(store: Store, reporter: Reporter) -> None:
    """Inferring again after a withdrawal leaves nothing, and the knowledge is never changed."""
    ann, net = reporter.entity(E.PERSON, "Ann"), reporter.entity(E.NETWORK, "Net")
    store.put(reporter.report("a", (ann, P.MEMBER_OF, net)))
    before = set(store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    infer(store)
    assert set(store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph())) == before
    store.withdraw("a")
    assert infer(store) == 0
    assert list(store.quads.named_graphs()) == []
