"""Importance, communities, brokers, paths, pairs, periods: on networks whose answers are known."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regiograph.errors import QueryError
from regiograph.network.brokers import bridges, brokers
from regiograph.network.communities import communities
from regiograph.network.containment import Location, locations
from regiograph.network.coparticipation import pairs
from regiograph.network.facts import stated
from regiograph.network.importance import importance, ranked
from regiograph.network.paths import Step, paths
from regiograph.network.period import span, spans, within, years
from regiograph.network.projection import Fact
from regiograph.view.walking import brokering
from seeded import printed
from sketching import IRI, Sketch, quotation


def drawn(edges) -> nx.MultiDiGraph[str]:
    """Return a network of meetings between the people of these names."""
    sketch = Sketch()
    for one, other in edges:
        for name in (one, other):
            sketch.entity(name, name.upper(), "Person")
        sketch.fact(one, "metWith", other, quotation(f"{one} met {other}."))
    return sketch.graph


TWO_RINGS = [("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z"), ("z", "x"), ("a", "x")]


def test_the_middle_of_a_star_is_the_most_important():
    """Whoever all are tied to comes first, with 1; the others are equal."""
    graph = drawn([("hub", leaf) for leaf in "abcd"])
    rank = importance(graph)
    assert ranked(graph)[0] == "hub"
    assert rank["hub"] == 1
    assert len({rank[leaf] for leaf in "abcd"}) == 1


def test_who_is_tied_to_nobody_is_not_important(sketch):
    """No tie, no importance: neither beside a network, nor where a period leaves no tie at all."""
    for name in "abc":
        sketch.entity(name, name, "Person")
    assert set(importance(sketch.graph).values()) == {0}
    sketch.fact("a", "metWith", "b", quotation("a met b."))
    assert importance(sketch.graph) == {"a": 1, "b": 1, "c": 0}
    assert set(importance(within(sketch.graph, 1900, 1901, keep="abc")).values()) == {0}


def test_communities_are_what_hangs_together():
    """Two rings with one tie between them are two communities, the most important member first."""
    found = communities(drawn(TWO_RINGS))
    assert sorted(map(sorted, found)) == [["a", "b", "c"], ["x", "y", "z"]]
    assert {members[0] for members in found} == {"a", "x"}


def test_a_pair_is_no_community():
    """Three entities are the fewest."""
    assert communities(drawn([("a", "b")])) == ()
    assert communities(nx.MultiDiGraph()) == ()


def test_bridges_are_those_who_tie_communities():
    """The two ends of the one tie between two rings are bridges, their own community first, and that tie is told."""
    graph = drawn(TWO_RINGS)
    found = bridges(graph, communities(graph))
    assert [each.entity for each in found] == ["a", "x"]
    (tie,) = graph.get_edge_data("a", "x")
    assert [tied.side for tied in found[0].ties] == ["a", "x"]
    assert found[0].ties[1].ways == ((Step("a", "x", tie, True),),)
    assert bridges(graph, communities(graph), types=("Company",)) == ()


@pytest.fixture
def regions(sketch):
    """Two regions of one country with a city each, and a person with a post in the first."""
    sketch.entity("land", "Land", "Country")
    for name in ("North", "South"):
        sketch.entity(name, name, "Region", location=Location(name, name, ("land",)))
        city = f"{name} City"
        sketch.entity(city, city, "City", location=Location(name, name, (name, "land")))
    for name in ("Ivo", "Ada"):
        sketch.entity(name, name, "Person")
    sketch.fact("Ivo", "holdsPost", "North", role="governor")
    return sketch


def test_brokers_tie_regions_by_whom_they_meet(regions):
    """A post in one region, a meeting with somebody of another, told in a sentence; a plan ties nothing."""
    regions.fact("Ada", "holdsPost", "South City", role="mayor")
    assert brokers(regions.graph) == ()
    regions.fact("Ivo", "visited", "South", modality="planned")
    assert brokers(regions.graph) == ()
    regions.fact("Ivo", "metWith", "Ada", date="2021-05-04")
    found = brokers(regions.graph)
    assert [(each.entity, [tie.name for tie in each.ties]) for each in found] == [
        ("Ivo", ["North", "South"]), ("Ada", ["North", "South"]),
    ]  # fmt: skip
    assert len(found[0].facts) == 3
    assert brokering(regions.graph, found[0]) == (
        "Ivo ties North and South: holds a post in North (governor); "
        "met with Ada (4 May 2021), who holds a post in South City (mayor)."
    )
    assert brokers(regions.graph, types=("Company",)) == ()


def test_places_of_one_region_count_once_and_its_country_not_beside_it(regions):
    """Who has to do with a city, its region and the country of both ties nothing."""
    for place in ("North City", "land"):
        regions.fact("Ivo", "visited", place)
    regions.fact("Ivo", "visited", "land")
    assert brokers(regions.graph) == ()
    regions.fact("Ivo", "visited", "South City")
    (found,) = brokers(regions.graph)
    assert [tie.side for tie in found.ties] == ["North", "South"]


def test_what_ties_directly_is_told_and_not_the_way_around(regions):
    """A fact of one's own goes before one by way of another."""
    regions.fact("Ada", "represents", "South")
    regions.fact("Ivo", "metWith", "Ada")
    regions.fact("Ivo", "visited", "South City", date="2020")
    ivo = next(each for each in brokers(regions.graph) if each.entity == "Ivo")
    assert [[step.target for step in way] for way in ivo.ties[1].ways] == [["South City"]]


def test_a_place_belongs_to_the_nearest_region_that_is_known():
    """A site in a city is of that city's region; where no region is known, of the city; a country is its own."""
    wholes = {
        "site": [("city", "City", "City")],
        "city": [("land", "Country", "Land"), ("region", "Region", "Region")],
        "region": [("district", "Region", "District"), ("land", "Country", "Land")],
        "quay": [("town", "City", "Town")],
        "town": [("land", "Country", "Land"), ("quay", "Site", "Quay")],
    }
    places = {"site": ("Site", "Site"), "quay": ("Site", "Quay"), "land": ("Country", "Land")}
    found = locations(places, lambda asked: [(each, *whole) for each in asked for whole in wholes.get(each, ())])
    assert found["site"] == Location("region", "Region", ("city", "district", "land", "region"))
    assert found["quay"] == Location("town", "Town", ("land", "town"))
    assert found["land"] == Location("land", "Land", ())


def test_a_path_prefers_what_is_told_well(sketch):
    """Of two ways as long, the one told as fact comes first, the planned one second."""
    for name in "abcd":
        sketch.entity(name, name, "Company")
    sketch.fact("a", "cooperatesWith", "b", modality="planned")
    sketch.fact("b", "cooperatesWith", "d", modality="planned")
    sketch.fact("a", "cooperatesWith", "c")
    sketch.fact("d", "ownedBy", "c")
    first, second = paths(sketch.graph, "a", "d")
    assert [(step.source, step.target, step.forward) for step in first] == [("a", "c", True), ("c", "d", False)]
    assert [step.target for step in second] == ["b", "d"]


def test_a_path_avoids_what_everything_lies_in(sketch):
    """A country ties all that lies in it; a longer way that says more is better."""
    sketch.entity("land", "Land", "Country")
    for name in "abc":
        sketch.entity(name, name, "Company")
        sketch.fact(name, "locatedIn", "land")
    sketch.fact("a", "cooperatesWith", "b")
    sketch.fact("b", "cooperatesWith", "c")
    assert [step.target for step in paths(sketch.graph, "a", "c")[0]] == ["b", "c"]


def test_a_limit_of_steps_finds_the_best_path_within_it(sketch):
    """The way that is better but longer is left out; a limit that nothing meets leaves none."""
    sketch.entity("land", "Land", "Country")
    for name in "abc":
        sketch.entity(name, name, "Company")
    for name in "ac":
        sketch.fact(name, "locatedIn", "land", confidence=0.1)
    for one, other in ("ab", "bx", "xc"):
        sketch.entity("x", "x", "Company")
        sketch.fact(one, "cooperatesWith", other, confidence=1.0)
    assert len(paths(sketch.graph, "a", "c")[0]) == 3
    assert [[step.target for step in way] for way in paths(sketch.graph, "a", "c", steps=2)] == [["land", "c"]]
    assert paths(sketch.graph, "a", "c", steps=1) == ()
    assert paths(sketch.graph, "a", "c", steps=9) == paths(sketch.graph, "a", "c")
    assert paths(sketch.graph, "a", "a", steps=3) == paths(sketch.graph, "a", "a") == ()


def test_no_path_is_no_answer_and_an_unknown_end_an_error(sketch):
    """Two that nothing ties have no path; one that is not there is named."""
    for name in "ab":
        sketch.entity(name, name, "Company")
    assert paths(sketch.graph, "a", "b") == ()
    with pytest.raises(QueryError, match="<nobody>"):
        paths(sketch.graph, "a", "nobody")


def test_pairs_share_networks_and_events_and_small_circles_tie_closer(sketch):
    """Who shares a circle of two is closer than who shares one of three; the years are those of the facts."""
    for name in "abcd":
        sketch.entity(name, name, "Company")
    for name in ("large", "small"):
        sketch.entity(name, name, "Network")
    for name in "abc":
        sketch.fact(name, "memberOf", "large", since="2012")
    for name in "ad":
        sketch.fact(name, "memberOf", "small", date="2020-05")
    found = pairs(sketch.graph)
    assert [(pair.one, pair.other, pair.shared) for pair in found] == [
        ("a", "d", ("small",)), ("a", "b", ("large",)), ("a", "c", ("large",)), ("b", "c", ("large",)),
    ]  # fmt: skip
    assert found[0].years == (2020, 2020)
    assert found[1].years == (2012, None)
    assert [pair.weight for pair in found] == [1, 0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [("2015", (2015, 2015)), ("2015-06-08/2016-01", (2015, 2016)), ("../2020", (None, 2020)), ("2019/..", (2019, None)),
     ("P3Y", None), ("", None), (None, None), ("no year", None), ("--06-01", None)],
)  # fmt: skip
def test_years_of_a_date(edtf, expected):
    """An EDTF date or interval spans whole years; a duration has none."""
    assert years(edtf) == expected


def test_a_fact_holds_when_it_says_so_and_else_when_it_is_told():
    """Its date goes before since and until, then its period, its event, its articles; what began goes on."""
    source = quotation("It is so.", date="2021-03-01")

    def fact(date=None, predicate="memberOf", value="", **said):
        return Fact(predicate, value, tuple(said.items()), date, "asserted", 1, (source,))

    assert span(fact("2015-06")) == (2015, 2015)
    assert span(fact(since="2012")) == (2012, None)
    assert span(fact(since="2012", until="2014")) == (2012, 2014)
    assert span(fact(until="2030")) == (2021, 2030)
    assert span(fact(predicate="startedIn", value="1986")) == (1986, 1986)
    assert span(fact("2019/..")) == (2019, None)
    assert span(fact("../2030")) == (2021, 2030)
    assert span(fact("../2014")) == (2014, 2014)
    assert span(fact(period="2013")) == (2013, 2013)
    assert span(fact(period="P5Y")) == (2021, 2021)
    assert span(fact(), "2020-06") == (2020, 2020)
    assert span(fact("2019"), "2020-06") == (2019, 2019)
    assert span(fact()) == (2021, 2021)
    assert span(fact()._replace(evidence=())) is None


def test_a_period_keeps_the_facts_that_hold_in_it(coast):
    """Who joined in 2012 and is not told to have left is a member still; who has no fact then is left out."""
    part = within(coast, 2019, 2023)
    kept = {(each.subject, each.fact.predicate) for each in stated(part)}
    assert kept == {
        (f"{IRI}person/ada-lund", "holdsPost"), (f"{IRI}city/vik", "memberOf"), (f"{IRI}person/ivo-brandt", "metWith"),
        (f"{IRI}city/halden", "memberOf"),
    }  # fmt: skip
    assert f"{IRI}city/os" not in part
    assert f"{IRI}city/os" in within(coast, 2019, 2023, keep=(f"{IRI}city/os",))
    assert len(stated(within(coast, None, 2012))) == 1
    assert within(coast, None, None) is coast
    assert not within(coast, 1900, 1901)


def test_who_took_part_in_an_event_did_so_when_it_was(sketch):
    """The event's date and not the article's, unless the fact has one of its own."""
    day = Fact("eventDate", "2015-06-08", (), None, "asserted", 1, ())
    sketch.entity("forum", "Forum", "Event", day)
    for name in "ab":
        sketch.entity(name, name, "Person")
    sketch.fact("a", "participatedIn", "forum", quotation("a came.", date="2019-01-01"))
    sketch.fact("b", "participatedIn", "forum", quotation("b came.", date="2019-01-01"), date="2015-06-09")
    assert set(spans(sketch.graph).values()) == {(2015, 2015)}
    (pair,) = pairs(sketch.graph)
    assert pair.years == (2015, 2015)


@given(st.lists(st.tuples(*[st.sampled_from("abcdefgh")] * 2), max_size=20))
@settings(max_examples=40, deadline=None)
def test_measures_keep_their_promises_on_any_network(edges):
    """Importance is from 0 to 1, communities do not overlap, paths connect, brokers' facts are there."""
    graph = drawn(edges)
    rank = importance(graph)
    assert set(rank) == set(graph)
    assert all(0 <= value <= 1 for value in rank.values())
    members = [node for community in communities(graph) for node in community]
    assert len(members) == len(set(members))
    keys = {key for *_, key in graph.edges(keys=True)}
    assert all(fact in keys for each in bridges(graph, communities(graph)) for fact in each.facts)
    nodes = sorted(graph)
    for steps in paths(graph, nodes[0], nodes[-1]) if len(nodes) > 1 else ():
        assert (steps[0].source, steps[-1].target) == (nodes[0], nodes[-1])
        assert all(one.target == other.source for one, other in itertools.pairwise(steps))
        assert all(step.fact in keys for step in steps)
    if len(nodes) > 1:
        every = paths(graph, nodes[0], nodes[-1], at_most=200)
        assert set(paths(graph, nodes[0], nodes[-1], at_most=200, steps=3)) == {p for p in every if len(p) <= 3}


def test_another_hash_seed_gives_the_same_measures():
    """No measure depends on the order of a set."""
    code = (
        "import networkx as nx\n"
        "from regiograph.network.brokers import bridges\n"
        "from regiograph.network.communities import communities\n"
        "from regiograph.network.importance import importance\n"
        "g = nx.MultiDiGraph()\n"
        "for i, (u, v) in enumerate(nx.barabasi_albert_graph(1500, 2, seed=3).edges):\n"
        "    for n in (u, v): g.add_node(f'n{n}', type='Person', label=f'{n}', articles=1, names=(), facts=())\n"
        "    g.add_edge(f'n{u}', f'n{v}', str(i), predicate='metWith', modality='asserted', confidence=.5)\n"
        "groups = communities(g)\n"
        "print(groups, bridges(g, groups)[:20], sorted(importance(g).items()))"
    )
    assert len(printed(code)) == 1
