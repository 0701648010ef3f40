"""Who is proposed for whom, how surely, and why."""

from __future__ import annotations

import pytest
from wikidata_sample import Door, found, iri

from regiograph.linking.proposals import Proposal
from regiograph.rdf.store import Store

Found = dict[str, list[Proposal]]


@pytest.fixture
def proposed(press_store: Store, wikidata: Door, tmp_path) -> Found:
    """The proposals for the sample store, by name."""
    return found(press_store, wikidata.url, tmp_path)


def _ids(proposals: list[Proposal]) -> list[str]:
    return [each.wikidata.rpartition("/")[2] for each in proposals]


def test_a_proposal_says_what_and_why(proposed):
    """The item's label and description stand beside the entity, and every ground in plain words."""
    (texas,) = proposed["Texas"]
    assert (texas.entity, texas.type, texas.wikidata) == (
        iri("Texas"),
        "Region",
        "http://www.wikidata.org/entity/Q1439",
    )
    assert (texas.label, texas.description) == ("Texas", "state in the south of the United States")
    assert texas.reasons == (
        "ISO 3166-2 code US-TX is the same",
        "the same name",
        "type fits: first-level administrative division",
        "in the same country",
    )


def test_each_kind_of_code_finds_its_item(proposed):
    """Countries, regions and cities by their own codes, with scores near 1."""
    by_code = {name: proposed[name] for name in ("Germany", "United States", "Saxony", "Texas", "Dresden")}
    assert [_ids(each) for each in by_code.values()] == [["Q183"], ["Q30"], ["Q1202"], ["Q1439"], ["Q1731"]]
    assert min(each.score for (each,) in by_code.values()) >= 0.95


def test_codes_beat_names(proposed, wikidata):
    """No name comes near a code, and what a code finds is not sought by name."""
    every = [each for group in proposed.values() for each in group]
    coded = {each.score for each in every if each.reasons[0].endswith("is the same")}
    named = {each.score for each in every if not each.reasons[0].endswith("is the same")}
    assert coded and named and min(coded) > 0.9 > max(named)
    (by_name,) = [question for question in wikidata.asked if "skos:altLabel }" in question]
    assert '"Tesla"@en' in by_name and "Dresden" not in by_name


def test_two_people_of_one_name_are_both_proposed(proposed):
    """Both are there with lower scores; the one whose post is the same comes first."""
    younger, elder = proposed["George Bush"]
    assert _ids([younger, elder]) == ["Q207", "Q23505"]
    assert 0.7 > younger.score > elder.score
    assert {"a post at Texas", "an alias", "one of 2 of that name"} <= set(younger.reasons)
    assert "a post at Texas" not in elder.reasons


def test_a_person_by_name_alone_is_half_sure(proposed):
    """Without any other fact 0.5 is the most; the same post lifts it."""
    (scholz,), (musk,) = proposed["Olaf Scholz"], proposed["Elon Musk"]
    assert (scholz.score, scholz.reasons) == (0.5, ("the same name", "type fits: human"))
    assert musk.score > 0.8 and "a post at Tesla" in musk.reasons


def test_a_wrong_type_is_not_proposed(proposed):
    """The company is not the inventor of its name, nor one of its brands."""
    assert _ids(proposed["Tesla"]) == ["Q478214"]
    assert _ids(proposed["Volkswagen"]) == ["Q156578"]


def test_another_country_speaks_against_a_candidate(proposed):
    """The store says where they are; Wikidata agrees of one and not of the other."""
    (fitting,), (strange,) = proposed["Volkswagen"], proposed["BMW"]
    assert "in the same country" in fitting.reasons and "in another country" in strange.reasons
    assert strange.score < 0.4 < fitting.score


def test_labels_of_all_languages_are_found(proposed):
    """A label that Wikidata keeps for every language counts as one in the article's."""
    assert [each.label for each in (*proposed["BMW"], *proposed["Olaf Scholz"])] == ["BMW", "Olaf Scholz"]


def test_a_sector_is_found_without_its_capital_letter(proposed):
    """Wikidata writes common nouns small."""
    assert _ids(proposed["Tourism"]) == ["Q49389"]


def test_who_is_unknown_there_has_no_proposal(proposed):
    """Nobody is proposed for a person whom Wikidata does not have."""
    assert "Anna Example" not in proposed


def test_proposals_are_sorted(press_store, wikidata, tmp_path):
    """By entity, the surest first, whatever the order in which the server answers."""
    flat = [each for group in found(press_store, wikidata.url, tmp_path).values() for each in group]
    assert flat == sorted(flat, key=lambda each: (each.entity, -each.score))
