"""What the heads are told beside the words."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from regiograph.claims.neural import traits
from regiograph.model import Mention, Span
from regiograph.terms import EntityType

TEXT = "The Tomsk region grew. The region and Hollin Foods agreed. It builds."


def _mention(said: str, kind: EntityType, form: str, at: int = 0) -> Mention:
    start = TEXT.index(said, at)
    return Mention(Span(start, start + len(said)), kind, form)


def test_an_earlier_mention_is_told_by_its_words_form_type_and_distance() -> None:
    """ "The region" shares its last word with "The Tomsk region", one sentence before."""
    starts = [0, TEXT.index("The region"), TEXT.index("It")]
    first = traits.named(TEXT, _mention("The Tomsk region", EntityType.REGION, "name"), starts)
    second = traits.named(TEXT, _mention("The region", EntityType.REGION, "description"), starts)
    company = traits.named(TEXT, _mention("Hollin Foods", EntityType.COMPANY, "name"), starts)
    rows = traits.of_links(second, [first, company])
    assert rows.shape == (2, traits.LINK_TRAITS)
    assert rows[0, -6:].tolist() == [0, 1, 1, 1, 1, 0]
    assert rows[1, -6:].tolist() == [0, 0, 0, 0, 0, 0]


def test_no_mention_before_gives_no_row() -> None:
    """The first mention of an article has nothing to link to."""
    alone = traits.named(TEXT, _mention("It", EntityType.COMPANY, "pronoun"), [0])
    assert traits.of_links(alone, []).shape == (0, traits.LINK_TRAITS)


@given(st.lists(st.integers(-5, 500)))
def test_a_value_is_in_the_class_of_the_last_edge_it_reaches(values: list[int]) -> None:
    """What is below the first edge is of the first class, what is beyond the last of the last."""
    edges = (1, 2, 3, 4, 6, 9, 14, 22)
    classes = traits._classes(edges, np.array(values, dtype=np.int64))
    assert classes.tolist() == [max(bisect_right(edges, value) - 1, 0) for value in values]


def test_pairs_of_nothing_are_an_empty_table() -> None:
    """An article without pairs is no error."""
    assert np.array_equal(traits.of_pairs([]), np.zeros((0, traits.PAIR_TRAITS), dtype=np.float32))
