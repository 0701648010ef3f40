"""A store follows its articles and what people have said, however far it had come."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from press import press
from regiograph.entities.decisions import Act, Decision
from regiograph.matching import settling
from regiograph.matching.index import Index
from regiograph.model import Extraction
from regiograph.rdf.store import Store
from regiograph.terms import EntityType


@pytest.fixture(scope="module")
def extractions() -> list[Extraction]:
    """Return what the sample press says."""
    return [draft.extraction() for draft in press()]


def said(store: Store) -> bytes:
    """Return all that a store holds, in an order of its own."""
    dumped = ox.serialize(store.quads, format=ox.RdfFormat.N_QUADS)
    assert dumped is not None
    return b"\n".join(sorted(dumped.splitlines()))


def merged(store: Store) -> Decision:
    """Return the decision that two companies of the store are one."""
    bodies = {
        quad.object.value
        for quad in store.quads.quads_for_pattern(None, ox.NamedNode(settling.ENTITY.value), None, None)
        if f"/{EntityType.COMPANY.value.lower()}/" in quad.object.value.lower()
    }
    one, other, *_ = sorted(bodies)
    return Decision(Act.MERGE, (one, other), "tester", "2024-01-01T00:00:00Z")


def whole(extractions: list[Extraction], decided: bool) -> bytes:
    """Return what a store holds that is given all at once."""
    with Store.open(None, min_confidence=0.5) as store:
        for each in extractions:
            store.put(each)
        settling.settle(store, [merged(store)] if decided else [])
        return said(store)


def test_a_store_that_is_settled_article_by_article_holds_what_one_does_that_was_settled_once(tmp_path, extractions):
    """Nor does it matter that it was closed in between, or that an article came and went."""
    for each in extractions:
        with Store.open(tmp_path, min_confidence=0.5) as store:
            store.put(each)
            settling.settle(store, [])
    with Store.open(tmp_path) as store:
        store.withdraw(extractions[0].article.id)
        settling.settle(store, [])
        store.put(extractions[0])
        settling.settle(store, [])
        assert said(store) == whole(extractions, decided=False)


def test_who_dies_before_the_index_is_kept_settles_all_the_same_next_time(tmp_path, extractions, monkeypatch):
    """The store has followed and the index has not: the changes are still noted, and nothing is done twice."""
    with Store.open(tmp_path, min_confidence=0.5) as store:
        for each in extractions[:-1]:
            store.put(each)
        settling.settle(store, [])
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt), Store.open(tmp_path) as store:
        store.put(extractions[-1])
        patch.setattr(Index, "commit", dying)
        settling.settle(store, [merged(store)])
    with Store.open(tmp_path) as store:
        assert store.changes.noted()
        settling.settle(store, [merged(store)])
        assert not store.changes.noted()
        assert said(store) == whole(extractions, decided=True)


def dying(_index: Index) -> None:
    """End as a process does that is interrupted."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_damaged_or_missing_index_is_made_anew(tmp_path, extractions, damage):
    """It holds nothing that the articles do not tell."""
    with Store.open(tmp_path, min_confidence=0.5) as store:
        for each in extractions:
            store.put(each)
        settling.settle(store, [])
        before = said(store)
    file: Path = tmp_path / settling.FILE
    file.unlink() if damage is None else file.write_bytes(damage)
    with Store.open(tmp_path) as store:
        settling.settle(store, [])
        assert said(store) == before
        assert Index.consult(file, settling._version()) is not None


def test_a_plan_before_it_is_followed_says_what_following_it_will(tmp_path, extractions):
    """Who reviews sees how far the store is behind a decision, and that it is not, once it has followed."""
    with Store.open(tmp_path, min_confidence=0.5) as store:
        for each in extractions:
            store.put(each)
        settling.settle(store, [])
        decision = merged(store)
    with Store.open(tmp_path, read_only=True) as store:
        index = settling.indexed(store)
        planned = settling.planned(store, index, [decision])
        assert settling.behind(store, index, planned).mentions > 0
        index.close()
    with Store.open(tmp_path) as store:
        followed = settling.settle(store, [decision])
        assert dict(planned.outcome.firsts) == dict(followed.outcome.firsts)
        index = settling.indexed(store)
        assert settling.behind(store, index, settling.planned(store, index, [decision])).mentions == 0
