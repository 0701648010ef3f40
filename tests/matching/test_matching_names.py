"""Names held against each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import labelled

from regiograph.matching.scoring import likeness
from regiograph.matching.spelling import sound, words
from regiograph.terms import EntityType

SAME = 0.6
_TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


def test_the_labelled_pairs_are_told_apart():
    """At least 400 pairs of names, hard negatives among them: F1 of 0.92 and more."""
    found = [(likeness(each.type, each.one, each.other) >= SAME, each.same) for each in labelled()]
    right = sum(said and same for said, same in found)
    f1 = 2 * right / (sum(said for said, _ in found) + sum(same for _, same in found))
    assert len(found) >= 400
    assert f1 >= 0.92, f1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zhuravkin", "Zhuravkyn"), ("Schtscherbakow", "Shcherbakov"), ("Dmitriy", "Dmitry"), ("Kovaltchuk", "Kovalchuk")],
)
def test_romanisations_of_a_name_sound_alike(one, other):
    """One sound for the many spellings."""
    assert sound(*words(one)) == sound(*words(other))


@given(st.sampled_from(EntityType), _TEXT, _TEXT)
def test_likeness_is_a_share_and_has_no_direction(kind, one, other):
    """From 0 to 1, the same both ways, 1 with itself, whatever the names hold."""
    found = likeness(kind, one, other)
    assert 0 <= found <= 1
    assert found == likeness(kind, other, one)
    assert likeness(kind, one, one) == 1
