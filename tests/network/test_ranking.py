"""Of too much, the best supported is taken, and what is left out is counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from press import press
from regiograph.network import projection, ranking
from regiograph.network.projection import ALL_FACTS, project
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import PREFIXES

_RANKED = """SELECT ?node { ?node a rg:Fact ; rg:confidence ?sure ; rg:supportedBy ?claim }
  GROUP BY ?node ?sure ORDER BY DESC(COUNT(?claim)) DESC(?sure) ?node"""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """A store in memory that holds the sample press."""
    with Store.open(None, min_confidence=0.5) as store:
        for draft in press():
            store.put(draft.extraction())
        yield store


def test_facts_are_ranked_as_sparql_ranks_them(store: Store) -> None:
    """By claims, then confidence, then IRI; of more than are wanted, the first, and how many there are."""
    ranked = [solution["node"].value for solution in store.quads.query(_RANKED, prefixes=dict(PREFIXES))]
    assert len(ranked) > 10
    assert ranking.best(store.quads, ALL_FACTS) == (ranked, len(ranked))
    assert ranking.best(store.quads, 7) == (ranked[:7], len(ranked))


def test_what_is_projected_and_what_is_left_out_are_all(store: Store) -> None:
    """Entities and facts of a part and those that it leaves out add up to the whole, which leaves nothing out."""
    whole, part = project(store.quads), project(store.quads, facts_at_most=9)
    assert "left_out" not in whole.graph
    left = part.graph["left_out"]
    assert (len(part) + left.entities, left.sentences) == (len(whole), None)
    facts = [sum(len(told) for _, told in g.nodes(data="facts")) + g.number_of_edges() for g in (part, whole)]
    assert facts[0] + left.facts == facts[1]


def test_of_what_is_about_an_entity_the_rest_is_counted(store: Store) -> None:
    """The network around the busiest entity, cut."""
    whole = project(store.quads)
    busiest = max(whole, key=lambda node: (whole.degree(node), node))
    near = project(store.quads, about=(busiest,))
    cut = project(store.quads, about=(busiest,), facts_at_most=2)
    total = near.number_of_edges() + sum(len(told) for _, told in near.nodes(data="facts"))
    assert "left_out" not in near.graph
    assert cut.graph["left_out"] == ranking.LeftOut(0, total - 2, None)


def test_of_too_many_sentences_each_fact_keeps_some(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts that many tell are cut to as many as there is room for; a fact that one tells keeps it."""
    facts, number = ranking.best(store.quads, ALL_FACTS)
    claims, each = ranking.supporters(store.quads, facts, ALL_FACTS)
    assert each is None
    assert len(claims) > number
    some, each = ranking.supporters(store.quads, facts, number)
    assert (set(some.values()), each) == (set(facts), 1)
    assert some.items() <= claims.items()
    monkeypatch.setattr(projection, "QUOTES_AT_MOST", number)
    graph = project(store.quads)
    assert graph.graph["left_out"] == ranking.LeftOut(0, 0, 1)
    assert {len(evidence) for _, _, evidence in graph.edges(data="evidence")} == {1}


@pytest.mark.parametrize(
    ("counts", "at_most", "share"), [([5, 1, 1], 4, 2), ([5, 5, 5], 14, 4), ([5, 5], 10, 5), ([3, 3], 1, 1)]
)
def test_room_is_shared_by_cutting_the_largest(counts: list[int], at_most: int, share: int) -> None:
    """The largest cut by which all fit, but never to nothing."""
    assert ranking._share(counts, at_most) == share
