"""What the network says must not depend on how it is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from regiograph.claims.jsonl import to_object
from regiograph.claims.neural import weighing
from regiograph.claims.neural.extractor import NeuralExtractor, measured, reading
from regiograph.claims.neural.network import shared
from regiograph.claims.neural.tagging import decoded
from regiograph.claims.neural.weighing import NetworkWeigher
from regiograph.claims.recognition.tagging import TAGS
from regiograph.claims.relations.pairs import pairs
from regiograph.claims.relations.scene import scenes
from regiograph.model import Article
from regiograph.terms import EntityType

STORY = Article(
    "story",
    "The Governor of the Tomsk region Pavel Oreldin met the ambassador of Japan Kenji Moritani on 8 June 2015.\n"
    "Hollin Foods plans to invest more than 20 million euros in a juice plant in Tomsk. "
    "It will create 120 jobs, the Governor said.\n"
    "The region joined the Network of River Regions in 2012.",
    published="2015-06-10",
)


def test_names_descriptions_and_pronouns_meet_in_one_entity() -> None:
    """ "The Governor" is the one who was named; so is "the region"."""
    found = reading(STORY, shared())
    said = {e.name: {STORY.text[slice(*m)] for m in e.mentions} for e in found.entities}
    assert "the Governor" in said["Pavel Oreldin"]
    assert any("The region" in spans and e.startswith("Tomsk") for e, spans in said.items())


def test_a_plan_is_told_from_what_was_done() -> None:
    """ "Plans to invest" is planned, "met" is asserted."""
    told = {c.predicate.value: c.modality.value for c in NeuralExtractor().extract(STORY).claims}
    assert told["investsIn"] == "planned"
    assert told["metWith"] == "asserted"


@pytest.mark.parametrize("threads", ["1", "4"])
def test_the_number_of_threads_changes_nothing(threads: str) -> None:
    """The same bytes, however many threads the libraries are allowed."""
    code = (
        "import json,sys\nfrom regiograph.model import Article\n"
        "from regiograph.claims.neural.extractor import NeuralExtractor\n"
        "from regiograph.claims.jsonl import to_object\n"
        "print(json.dumps(to_object(NeuralExtractor().extract(Article('story', sys.argv[1], published='2015-06-10')))))"
    )
    allowed = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), threads)
    done = subprocess.run(
        [sys.executable, "-c", code, STORY.text], env={**os.environ, **allowed}, capture_output=True, check=True
    )
    assert json.loads(done.stdout) == json.loads(json.dumps(to_object(NeuralExtractor().extract(STORY))))


def test_what_else_is_in_the_article_changes_no_tag_by_rounding() -> None:
    """Every window is read by itself: the same window gives the same states in a longer article."""
    network = shared()
    alone = reading(STORY, network)
    long = reading(Article("long", "\n\n".join([STORY.text] * 30), published="2015-06-10"), network)
    start, end = alone.words.windows[0]
    if long.words.windows[0] == (start, end):
        assert np.array_equal(alone.states[start:end], long.states[start:end])
    again = reading(STORY, network)
    assert np.array_equal(alone.states, again.states)


def test_tags_are_well_formed_and_best() -> None:
    """No name begins in its middle; where the greedy choice is well formed it is taken."""
    chance = np.random.default_rng(0)
    scores = chance.normal(size=(200, len(TAGS))).astype(np.float32)
    rows = [(i, i + 10) for i in range(0, 200, 10)]
    for tags in decoded(scores, rows):
        for before, tag in zip(["O", *tags], tags, strict=False):
            assert not tag.startswith("I-") or before[2:] == tag[2:]
    clear = np.full((3, len(TAGS)), -5, dtype=np.float32)
    wanted = [f"B-{EntityType.REGION.value}", f"I-{EntityType.REGION.value}", "O"]
    for row, tag in zip(clear, wanted, strict=True):
        row[TAGS.index(tag)] = 5
    assert decoded(clear, [(0, 3)]) == [wanted]


def test_nothing_gives_nothing() -> None:
    """HOSTILE 1: an article without a word has no entity and no claim."""
    for text in ("", " ", "\n\n", "\u200b"):
        found = NeuralExtractor().extract(Article("empty", text))
        assert found.entities == ()
        assert found.claims == ()


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
