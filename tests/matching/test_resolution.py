"""Who is who among the entities of several articles."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sheeted import World

from regiograph.matching.blocking import CROWDED
from regiograph.matching.grouping import Ruled
from regiograph.terms import EntityType

P, C = EntityType.PERSON, EntityType.COMPANY


@pytest.fixture
def world():
    """An empty world."""
    return World()


def test_spellings_of_a_person_in_one_company_are_one(world):
    """The one that more articles mention stands for both, and the other's mentions are known as it."""
    body = world.entity("works", C, "Nordhavn Shipyard", [1, 2, 3])
    one = world.entity("p1", P, "Dmitry Khabarov", [1, 2], near=[body])
    world.entity("p2", P, "Dmitriy Habarov", [3], near=[body])
    found = world.resolve()
    assert found.united == (("p1", "p2"),)
    assert found.mentions == {"p2@3": one}


def test_a_surname_alone_is_for_people_to_say_or_nobody(world):
    """Without company in common an initial is not enough."""
    world.entity("p1", P, "Ivan Morozov", [1])
    world.entity("p2", P, "I. Morozov", [2])
    assert world.resolve().united == ()


def test_who_stands_in_one_article_with_another_is_not_he(world):
    """An article that speaks of both tells two apart."""
    world.entity("p1", P, "Dmitry Khabarov", [1])
    world.entity("p2", P, "Dmitriy Habarov", [1])
    found = world.resolve()
    assert (found.united, found.proposals) == ((), ())


def test_a_body_that_says_more_in_its_name_is_proposed_and_not_united(world):
    """A daughter is not her mother, however much they share."""
    town = world.entity("town", EntityType.CITY, "Oulu", [1, 2, 3])
    world.entity("c1", C, "Kestrel Motors", [1, 2], near=[town])
    world.entity("c2", C, "Kestrel Motors Arizona", [3], near=[town])
    found = world.resolve()
    assert found.united == ()
    assert [(each.one, each.other) for each in found.proposals] == [("c1", "c2")]
    assert found.proposals[0].reasons


def test_a_company_called_after_its_place_is_a_daughter(world):
    """That it stands with the place explains the word, and still it is another company."""
    place = world.entity("arizona", EntityType.REGION, "Arizona", [1, 2, 3])
    world.entity("c1", C, "Kestrel Motors", [1, 2], near=[place])
    world.entity("c2", C, "Kestrel Motors Arizona", [3], near=[place])
    assert world.resolve().united == ()


def test_a_surname_means_whom_else_nobody_can_be(world):
    """With one of that surname in the same company it is he; with two it is for people to say."""
    body = world.entity("works", C, "Nordhavn Shipyard", [1, 2, 3])
    world.entity("p1", P, "Matthias Dahl", [1], near=[body])
    world.entity("p2", P, "Dahl", [2], near=[body])
    assert world.resolve().united == (("p1", "p2"),)
    world.entity("p3", P, "Ragna Dahl", [3], near=[body])
    found = world.resolve()
    assert found.united == ()
    assert ("p1", "p2") in {(each.one, each.other) for each in found.proposals}


def test_a_name_that_leaves_out_what_is_near_is_the_same(world):
    """ "Investment agency" beside Vik is that of Vik; beside another town too it could be of either."""
    kind = EntityType.ORGANIZATION
    vik = world.entity("vik", EntityType.CITY, "Vik", [1, 2])
    head = world.entity("head", P, "Ragna Dahl", [1, 2])
    world.entity("o1", kind, "Vik Investment Agency", [1], near=[vik, head])
    world.entity("o2", kind, "Investment Agency", [2], near=[vik, head])
    assert world.resolve().united == (("o1", "o2"),)
    tarm = world.entity("tarm", EntityType.CITY, "Tarm", [2, 3])
    world.entity("o2", kind, "Investment Agency", [2], near=[vik, head, tarm])
    world.entity("o3", kind, "Tarm Investment Agency", [3], near=[tarm, head])
    assert world.resolve().united == ()


def test_both_tellings_of_a_signing_are_one_event(world):
    """On one day, of one kind, with a common side, whatever it is called; a forum that day is another event."""
    side = world.entity("works", C, "Nordhavn Shipyard", [1, 2, 3])
    event, day = EntityType.EVENT, ["2024-05-02"]
    world.entity("e1", event, "Solemn signing of the agreement", [1], near=[side], days=day)
    world.entity("e2", event, "Contract ceremony in Vik", [2], near=[side], days=day)
    world.entity("e3", event, "Harbour Forum", [3], near=[side], days=day)
    assert world.resolve().united == (("e1", "e2"),)


def test_next_years_edition_is_another_event(world):
    """One name and one company, and days of different years."""
    side = world.entity("vik", EntityType.CITY, "Vik", [1, 2])
    for n, year in enumerate(("2023", "2024"), 1):
        world.entity(f"e{n}", EntityType.EVENT, "Harbour Forum", [n], near=[side], days=[f"{year}-05-02"])
    found = world.resolve()
    assert (found.united, found.proposals) == ((), ())


def test_the_plant_of_an_owner_is_his_only_one(world):
    """ "The plant" means the one project that its owner has there; with another one it does not."""
    works = world.entity("works", C, "Kestrel Motors", [1, 2, 3])
    vik = world.entity("vik", EntityType.CITY, "Vik", [1, 2, 3])
    near = [works, vik]
    world.entity("j1", EntityType.PROJECT, "Battery plant of Kestrel Motors", [1], near=near)
    world.entity("j2", EntityType.PROJECT, "Plant in Vik", [2], near=near)
    assert world.resolve().united == (("j1", "j2"),)
    world.entity("j3", EntityType.PROJECT, "Tyre plant of Kestrel Motors", [3], near=near)
    assert world.resolve().united == ()


def test_different_codes_are_different_places(world):
    """Two towns of one name stay two."""
    world.entity("x1", EntityType.CITY, "Springfield", [1], codes=["4951788"])
    world.entity("x2", EntityType.CITY, "Springfeld", [2], codes=["4409896"])
    assert world.resolve().united == ()


def test_people_of_one_name_in_bodies_of_different_countries_are_parted(world):
    """Whoever more articles tell of keeps the IRI; the other gets one of his own, the same at each time."""
    where = {1: ["NO"], 2: ["NO"], 3: ["MX"]}
    world.entity("p", P, "Jan Berg", [1, 2, 3], posts=["ministry", "works"], countries=where)
    found = world.resolve()
    assert set(found.mentions) == {"p@3"}
    assert found.mentions["p@3"].startswith("p-")
    assert world.resolve() == found


def test_what_people_say_holds_over_every_score(world):
    """Ruled the same, two that nothing likens are one; ruled different, two that all likens are two, by way of none."""
    body = world.entity("works", C, "Nordhavn Shipyard", [1, 2, 3])
    for n, name in enumerate(("Dmitry Khabarov", "Dmitriy Habarov", "Anna Lund"), 1):
        world.entity(f"p{n}", P, name, [n], near=[body])
    ruled = Ruled(same=frozenset({("p1", "p3")}), different=frozenset({("p1", "p2")}))
    found = world.resolve(ruled)
    assert found.united == (("p1", "p3"),)
    assert all({each.one, each.other} != {"p1", "p2"} for each in found.proposals)


def test_of_very_many_only_those_with_a_word_in_common_are_compared(world):
    """A thousand of one family name, each with another given name, make no million of comparisons."""
    given = [f"{a}{b}{c}" for a in "bdgklmnprstvz" for b in "aeiou" for c in ("ran", "lod", "mik", "ser", "tov")]
    for n, name in enumerate(given):
        world.entity(f"p{n:04}", P, f"{name} Ivanov", [n])
    index = world.index()
    assert len(given) > CROWDED
    assert sum(len(index.candidates(entity)) for entity in world.entities) < 10 * len(given)


def test_the_order_of_the_articles_does_not_matter(world):
    """The same articles in another order are resolved alike."""
    body = world.entity("works", C, "Nordhavn Shipyard", [1, 2, 3])
    names = ("Dmitry Khabarov", "Dmitriy Habarov", "Dmitri Khabarov")
    for n, name in enumerate(names, 1):
        world.entity(f"p{n}", P, name, [n], near=[body])
    assert world.resolve(order=reversed) == world.resolve()
    assert all(one.score >= other.score for one, other in pairwise(world.resolve().proposals))
