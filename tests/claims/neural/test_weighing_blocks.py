"""Pairs are scored some at a time; how many must not matter."""

from __future__ import annotations

import numpy as np
import pytest

from regiograph.claims.neural import weighing
from regiograph.claims.neural.extractor import measured, reading
from regiograph.claims.neural.network import shared
from regiograph.claims.neural.weighing import NetworkWeigher
from regiograph.claims.relations.pairs import pairs
from regiograph.claims.relations.scene import scenes
from regiograph.model import Article

STORY = Article(
    "story",
    "The Governor of the Tomsk region Pavel Oreldin met the ambassador of Japan Kenji Moritani on 8 June 2015.\n"
    "Hollin Foods plans to invest more than 20 million euros in a juice plant in Tomsk. "
    "It will create 120 jobs, the Governor said.\n"
    "The region joined the Network of River Regions in 2012.",
    published="2015-06-10",
)


def _scores() -> list[tuple[object, list[float]]]:
    seen = reading(STORY, shared())
    things = (*seen.entities, *seen.literals)
    weigher = NetworkWeigher.over(seen.words, seen.states, things, shared(), measured())
    said = scenes(STORY, seen.sentences, seen.entities, seen.literals)
    return [(pair.key, list(row)) for pair, row in weigher.weigh(pairs(said, weigher.leaning))]


@pytest.mark.parametrize(("block", "widest"), [(1, 96), (7, 10), (1000, 100_000)])
def test_the_size_of_a_block_changes_no_score(block: int, widest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pair is judged by its own marks and words, whichever pairs are scored with it."""
    usual = _scores()
    monkeypatch.setattr(weighing, "_BLOCK", block)
    monkeypatch.setattr(weighing, "_WIDEST", widest)
    other = _scores()
    assert [key for key, _ in other] == [key for key, _ in usual]
    assert np.allclose([row for _, row in other], [row for _, row in usual], atol=1e-4)
