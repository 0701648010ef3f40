"""Networks too large to be drawn whole: groups folded into signs."""

from __future__ import annotations

import networkx as nx

from regiograph.network.communities import communities
from regiograph.view.folding import MEMBERS_AT_MOST, folded
from regiograph.view.insight import insight


def cliques(sketch, count: int, size: int) -> nx.MultiDiGraph:
    """Return rings of people who all met, each tied to the next by one meeting."""
    for ring in range(count):
        for i in range(size):
            sketch.entity(f"{ring}-{i}", f"Person {ring}-{i}", "Person")
    for ring in range(count):
        for i in range(size):
            for j in range(i):
                sketch.fact(f"{ring}-{i}", "metWith", f"{ring}-{j}")
        if ring:
            sketch.fact(f"{ring}-0", "metWith", f"{ring - 1}-0")
    return sketch.graph


def test_each_group_has_a_sign_and_its_members_have_places_inside(sketch):
    """No two signs share a place, nor do two members; ties count the facts between two groups."""
    graph = cliques(sketch, 4, 9)
    groups = communities(graph)
    radii = dict.fromkeys(graph, 8.0)
    found = folded(graph, groups, radii)
    assert len(found.folds) == 4
    assert len({fold.place for fold in found.folds}) == 4
    for fold, members in zip(found.folds, groups, strict=True):
        assert set(fold.inside) == set(members)
        assert len(set(fold.inside.values())) == len(members)
    assert sorted(facts for *_, facts in found.ties) == [1, 1, 1]
    assert folded(graph, groups, radii) == found


def test_of_a_large_group_the_most_important_are_drawn(sketch):
    """A hub of very many is there, and no more than MEMBERS_AT_MOST are."""
    sketch.entity("hub", "Hub", "Company")
    for i in range(300):
        sketch.entity(f"leaf-{i}", f"Leaf {i}", "Company")
        sketch.fact(f"leaf-{i}", "ownedBy", "hub")
    groups = communities(sketch.graph)
    (fold,) = folded(sketch.graph, groups, dict.fromkeys(sketch.graph, 8.0)).folds
    assert len(fold.inside) == MEMBERS_AT_MOST
    assert "hub" in fold.inside


def test_of_many_groups_the_bridges_are_told(sketch):
    """Who ties groups may be tied to one whose head is not among the best connected of all."""
    graph = cliques(sketch, 50, 8)
    told = insight(graph)
    assert told.bridges
    assert all(tie.side in graph for each in told.bridges for tie in each.ties)
