"""The score is a sum of stated weights that keeps names below codes; the table of classes is whole."""

from __future__ import annotations

from itertools import product

from regiograph.linking.classes import classes, every
from regiograph.linking.scoring import Grounds, How
from regiograph.terms import EntityType

BY_NAME = [
    Grounds(how, same_name=True, kind=kind, same_country=country, post=post, rivals=rivals, person=person)
    for how, kind, country, post, rivals, person in product(
        (How.LABEL, How.ALIAS), ("", "human"), (True, False, None), ("", "Texas"), (0, 1), (True, False)
    )
]


def test_names_alone_never_reach_what_a_code_does():
    """Whatever else agrees, a candidate found by name stays below 0.9, and no score leaves 0 to 1."""
    assert all(0 <= each.score < 0.9 for each in BY_NAME)
    assert 0.9 <= Grounds(How.CODE, "GeoNames id 1").score < Grounds(How.CODE, "", True, "city").score <= 1


def test_a_person_needs_more_than_a_name():
    """No person passes 0.5 unless the post or the country is the same."""
    alone = [each for each in BY_NAME if each.person and not each.post and not each.same_country]
    assert alone and all(each.score <= 0.5 for each in alone)


def test_each_ground_moves_the_score_its_way():
    """A label says more than an alias, a rival takes away, another country too."""
    plain = Grounds(How.LABEL, same_name=True, kind="company")
    assert Grounds(How.ALIAS, kind="company").score < plain.score
    assert Grounds(How.LABEL, same_name=True, kind="company", rivals=1).score < plain.score
    assert Grounds(How.LABEL, same_name=True, kind="company", same_country=False).score < plain.score
    assert Grounds(How.LABEL, same_name=True, kind="company", same_country=True).score > plain.score


def test_a_code_on_an_item_of_another_type_is_proposed_with_less():
    """Who reviews it sees that the type does not fit."""
    odd = Grounds(How.CODE, "GeoNames id 2935022")
    assert odd.reasons == ("GeoNames id 2935022 is the same", "type does not fit")
    assert odd.score < Grounds(How.CODE, "GeoNames id 2935022", kind="city").score


def test_every_type_has_classes():
    """Each entity type has a class of Wikidata with an id and English words."""
    for kind in EntityType:
        assert classes(kind), kind
        assert all(each.id[0] == "Q" and each.id[1:].isdecimal() and each.words for each in classes(kind))
    assert len(every()) == len(set(every()))
