"""An article read by a real model behind a real server: poor reading, and nothing of it that does not stand."""

from __future__ import annotations

import pytest
from local import local_model
from told import Making

from regiograph.articles.reading import Refusal
from regiograph.model import Article

TEXT = (
    "Ivo Brandt, the mayor of Halden, met the shipyard Nord Kai in June 2024. "
    "Nord Kai will put 5 million euros into Halden Harbour."
)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json_schema", "json_object"])
def test_what_a_real_model_says_is_grounded_or_refused(asking: Making, form: str) -> None:
    """By either format: each claim quotes the text, each mention is in it, and all that was said is counted."""
    with local_model() as (url, model):
        reader = asking(url, model=model, form=form, longest=600)
        (outcome,) = reader.outcomes([Article("a-1", TEXT)])
    counts = reader.tally.counts
    assert counts["calls"] >= 1
    assert counts["stated"] == counts["kept"] + sum(reader.tally.refused.values())
    if isinstance(outcome, Refusal):
        assert model in outcome.reason
        return
    assert all(TEXT[slice(*claim.evidence.span)] == claim.evidence.quote for claim in outcome.claims)
    assert all(0 <= span.start < span.end <= len(TEXT) for entity in outcome.entities for span in entity.mentions)
