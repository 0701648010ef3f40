"""What is derived from the articles, inferences and tallies, stands apart and is kept up with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reporter import Reporter

from regiograph.entities.identity import BASE
from regiograph.rdf.graphs import inferred_iri, tallies_iri
from regiograph.rdf.identities import ENTITY, Identities
from regiograph.rdf.inference import following, infer
from regiograph.rdf.nodes import TYPE, rg, triple
from regiograph.rdf.reviews import ACCEPTED, REJECTED
from regiograph.rdf.store import Store
from regiograph.rdf.tallies import Tallies
from regiograph.terms import SIGNATURES, Modality
from regiograph.terms import EntityType as E
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
    assert inferred(store) == {"network/net hasMember person/ann"}


def test_places_contain_what_lies_in_them_however_far_down(store: Store, reporter: Reporter) -> None:
    """The transitive closure of containment, each step of which is stated already, whichever step comes first."""
    plant, town, land = (
        reporter.entity(*known) for known in ((E.PROJECT, "Plant"), (E.SITE, "Park"), (E.REGION, "Land"))
    )
    store.put(reporter.report("a", (plant, P.LOCATED_IN, town)))
    store.put(reporter.report("b", (town, P.LOCATED_IN, land)))
    assert inferred(store) == {
        "project/plant within region/land",
        "site/park contains project/plant",
        "region/land contains site/park",
        "region/land contains project/plant",
    }
    store.withdraw("b")
    assert inferred(store) == {"site/park contains project/plant"}


def test_a_circle_of_places_is_no_place_within_itself(store: Store, reporter: Reporter) -> None:
    """Two articles that contradict each other do not make a place contain itself."""
    one, two = reporter.entity(E.SITE, "One"), reporter.entity(E.SITE, "Two")
    store.put(reporter.report("a", (one, P.LOCATED_IN, two), (two, P.LOCATED_IN, one)))
    assert inferred(store) == {"site/one contains site/two", "site/two contains site/one"}


def test_what_is_inferred_goes_with_what_it_follows_from(store: Store, reporter: Reporter) -> None:
    """A withdrawal leaves nothing."""
    ann, net = reporter.entity(E.PERSON, "Ann"), reporter.entity(E.NETWORK, "Net")
    store.put(reporter.report("a", (ann, P.MEMBER_OF, net)))
    assert inferred(store)
    store.withdraw("a")
    assert list(store.quads.named_graphs()) == []


# What is kept up is what a reasoner finds in the whole.


@dataclass(frozen=True)
class Step:
    """Something done to a store: an article put, or withdrawn if nothing is said, then who is who and reviews."""

    article: str
    said: tuple[tuple[int, P, int, float], ...]
    same: tuple[tuple[int, int], ...]
    statuses: tuple[int, ...]


_REPORTER = Reporter()
_ENDS = (
    *(_REPORTER.entity(E.SITE, name) for name in ("Park", "Zone", "Port", "Hall")),
    _REPORTER.entity(E.CITY, "Tomsk", ("geonames", "1489425")),
    _REPORTER.entity(E.REGION, "Tomsk Region", ("iso3166-2", "RU-TOM")),
    _REPORTER.entity(E.COUNTRY, "Russia", ("iso3166-1", "RU")),
    _REPORTER.entity(E.COMPANY, "Maker"),
    _REPORTER.entity(E.NETWORK, "Ring"),
)
_PREDICATES = (P.LOCATED_IN, P.LOCATED_IN, P.MET_WITH, P.MEMBER_OF, P.OWNED_BY)


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    """Draw what is done to a store: mostly about places that lie in one another, in circles, too."""
    ends = st.integers(0, len(_ENDS) - 1)
    said = st.tuples(ends, st.sampled_from(_PREDICATES), ends, st.sampled_from([0.6, 0.9])).filter(
        lambda each: each[0] != each[2] and SIGNATURES[each[1]].allows(_ENDS[each[0]].type, _ENDS[each[2]].type)
    )
    step = st.builds(
        Step,
        st.sampled_from("abcd"),
        st.lists(said, max_size=4).map(tuple),
        st.lists(st.tuples(ends, ends), max_size=2).map(tuple),
        st.lists(st.integers(0, 5), max_size=2).map(tuple),
    )
    return draw(st.lists(step, min_size=1, max_size=7))


def _do(store: Store, step: Step) -> None:
    if step.said:
        told = ((_ENDS[s], p, _ENDS[o], {"confidence": sure}) for s, p, o, sure in step.said)
        store.put(_REPORTER.report(step.article, *told))
    else:
        store.withdraw(step.article)
    same = {_ENDS[one].id: _ENDS[other].id for one, other in step.same if _ENDS[one].type == _ENDS[other].type}
    named = sorted((triple(q).subject.value, triple(q).object.value) for q in _found(store, ENTITY, None))
    store.identify({mention: same[entity] for mention, entity in named if same.get(entity, entity) != entity}, {})
    claims = sorted(triple(q).subject.value for q in _found(store, TYPE, rg("Claim")))
    statuses = (REJECTED.value, ACCEPTED.value)
    store.review({claim: statuses[n % 2] for n, claim in enumerate(claims) if n in step.statuses})


def _found(store: Store, predicate: ox.NamedNode, obj: ox.NamedNode | None) -> Iterator[ox.Quad]:
    return store.quads.quads_for_pattern(None, predicate, obj, None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(steps())
def test_what_is_kept_up_is_what_a_reasoner_finds_in_the_whole(history: list[Step]) -> None:
    """After any puts, withdrawals, identifications and reviews, as `reasonable` has it of the whole default graph."""
    with Store.open(None) as store:
        for step in history:
            _do(store, step)
            kept = {triple(quad) for quad in store.quads.quads_for_pattern(None, None, None, inferred_iri(store.base))}
            assert kept == set(following(store.quads))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(steps())
def test_tallies_that_are_kept_up_are_those_of_all_mentions(history: list[Step]) -> None:
    """After the same steps, as counted anew; none is left of an entity that nobody mentions."""
    with Store.open(None) as store:
        for step in history:
            _do(store, step)
            anew = Tallies(store.quads, Identities(store.quads, store.base), store.base, stored=False)
            assert set(store.quads.quads_for_pattern(None, None, None, anew.graph)) == set(anew.counted())


def test_a_store_in_which_it_was_not_kept_up_is_inferred_anew_once(tmp_path: Path, reporter: Reporter) -> None:
    """A store of an earlier regiograph, or one changed by SPARQL, lacks the record; inferring mends it."""
    ann, net = reporter.entity(E.PERSON, "Ann"), reporter.entity(E.NETWORK, "Net")
    with Store.open(tmp_path / "store") as store:
        store.put(reporter.report("a", (ann, P.MEMBER_OF, net)))
        whole = inferred(store)
    (tmp_path / "store" / "derived").unlink()
    with Store.open(tmp_path / "store") as store:
        store.fill(inferred_iri(store.base), ())
        store.fill(tallies_iri(store.base), ())
        store.put(reporter.report("b", (ann, P.MEMBER_OF, net)))
        infer(store)
        assert inferred(store) == whole != set()
        told = store.quads.quads_for_pattern(None, None, None, tallies_iri(store.base))
        assert {triple(quad).object.value.rpartition(", ")[2] for quad in told} == {"2]"}
        store.fill(inferred_iri(store.base), ())
        infer(store)  # is in line by the record, and costs nothing
        assert inferred(store) == set()
