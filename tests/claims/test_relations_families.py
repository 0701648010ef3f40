"""What sentences of each family of relations say, with invented names."""

from __future__ import annotations

import pytest
from marked_text import facts, the_claim


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Governor of {the Morvan region|r1} {Oreld Vantik|p1} opened the meeting.", ("p1", "holdsPost", "r1")),
        ("{Oreld Vantik|p1}, mayor of {Tessel|c1}, spoke about roads.", ("p1", "holdsPost", "c1")),
        ("{Hollin Foods|b1} CEO {Sanna Brekke|p1} said the line would be ready.", ("p1", "holdsPost", "b1")),
        ("{The city of Tessel|c1} joined {the League of River Cities|n1} in 2012.", ("c1", "memberOf", "n1")),
        ("{Hollin Foods|b1}, based in {Tessel|c1}, makes juices.", ("b1", "locatedIn", "c1")),
        ("{The forum|v1} was held in {Tessel|c1} on 3 June 2015.", ("v1", "eventPlace", "c1")),
        ("{The forum|v1} was held in {Tessel|c1} on 3 June 2015.", ("v1", "eventDate", "2015-06-03")),
        ("{Oreld Vantik|p1} met with {Sanna Brekke|p2} on 3 June.", ("p1", "metWith", "p2")),
        ("{Oreld Vantik|p1} visited {Tessel|c1} on 3 June 2015.", ("p1", "visited", "c1")),
        (
            "{The Morvan region|r1} and {Hollin Foods|b1} signed a memorandum on dairy farming.",
            ("r1", "signedAgreementWith", "b1"),
        ),
        ("{Hollin Foods|b1} will invest 20 million euros in {a juice plant|j1}.", ("b1", "investsIn", "j1")),
        ("{The juice plant|j1} cost 20 million euros.", ("j1", "hasAmount", "20000000")),
        ("{Hollin Foods|b1} is building {a juice plant|j1} in {Tessel|c1}.", ("b1", "implements", "j1")),
        ("{Hollin Foods|b1} is building {a juice plant|j1} in {Tessel|c1}.", ("j1", "locatedIn", "c1")),
        ("{Hollin Foods|b1} is a subsidiary of {Brekke Group|b2}.", ("b1", "ownedBy", "b2")),
        ("{Hollin Foods|b1} became a resident of {the Tessel industrial park|t1}.", ("b1", "residentOf", "t1")),
        ("{The juice plant|j1} will create 150 jobs.", ("j1", "createsJobs", "150")),
        ("{The Tessel industrial park|t1} covers an area of 240 hectares.", ("t1", "hasIndicator", "240")),
        ("{The juice plant|j1} was put into operation in 2014.", ("j1", "completedIn", "2014")),
        ("{The League of River Cities|n1} was founded in 1998.", ("n1", "startedIn", "1998")),
        ("{Oreld Vantik|p1} came on behalf of {the Morvan region|r1}.", ("p1", "represents", "r1")),
    ],
)
def test_a_plain_sentence_gives_its_fact(source: str, expected: tuple[str, str, str]) -> None:
    """What a sentence says in the usual words of news becomes a claim."""
    assert expected in facts(source)


def test_everyone_in_a_list_joins_in_what_the_list_does() -> None:
    """ "A, B and C joined D" says it of each of the three."""
    said = facts("{Tessel|c1}, {Ormby|c2} and {Kalda|c3} joined {the League of River Cities|n1} last year.")
    assert {(c, "memberOf", "n1") for c in ("c1", "c2", "c3")} <= said


def test_a_role_is_the_post_as_written_without_the_place_it_is_in() -> None:
    """The role has the field of a post, and the body or place is the object."""
    source = "{Oreld Vantik|p1}, minister of economic development of {the Morvan region|r1}, spoke first."
    assert the_claim(source, "p1", "holdsPost", "r1").qualifier("role") == "minister of economic development"


def test_an_acting_holder_of_a_post_is_told_from_one_who_holds_it() -> None:
    """ "acting" and "former" are the status of a post, not part of its name."""
    claim = the_claim("{Oreld Vantik|p1}, acting governor of {the Morvan region|r1}, agreed.", "p1", "holdsPost", "r1")
    assert (claim.qualifier("role"), claim.qualifier("status")) == ("governor", "acting")


def test_an_investment_carries_its_sum_and_currency() -> None:
    """Amount, currency and bound of an investment are those of the money nearest to it."""
    source = "{Hollin Foods|b1} invested more than 20 million euros in {the juice plant|j1}."
    claim = the_claim(source, "b1", "investsIn", "j1")
    assert [claim.qualifier(n) for n in ("amount", "currency", "qualifier")] == ["20000000", "EUR", "more than"]


def test_a_sum_keeps_the_words_that_state_it() -> None:
    """The words of the text stand beside the number that they were read as."""
    claim = the_claim("{The juice plant|j1} cost more than 20 million euros.", "j1", "hasAmount", "20000000")
    assert claim.qualifier("verbatim") == "more than 20 million euros"


def test_the_day_of_an_agreement_is_not_what_it_is_about() -> None:
    """ "On" before a date tells when, before other words about what."""
    told = "{The Morvan region|r1} and {Hollin Foods|b1} signed an agreement on %s."
    when, what = (
        the_claim(told % words, "r1", "signedAgreementWith", "b1") for words in ("3 June 2015", "dairy farming")
    )
    assert (when.qualifier("subject"), when.qualifier("date")) == (None, "2015-06-03")
    assert what.qualifier("subject") == "dairy farming"


def test_a_membership_carries_the_year_it_began() -> None:
    """The date of joining is "since"."""
    source = "{Tessel|c1} has been a member of {the League of River Cities|n1} since 2012."
    assert the_claim(source, "c1", "memberOf", "n1").qualifier("since") == "2012"


def test_what_will_be_done_is_planned() -> None:
    """ "will" makes a claim a plan."""
    source = "{Hollin Foods|b1} will invest 20 million euros in {a juice plant|j1}."
    assert the_claim(source, "b1", "investsIn", "j1").modality == "planned"


def test_what_was_done_is_asserted() -> None:
    """The past tense asserts."""
    source = "{Oreld Vantik|p1} visited {Tessel|c1} on 3 June 2015."
    claim = the_claim(source, "p1", "visited", "c1")
    assert (claim.modality, claim.polarity, claim.qualifier("date")) == ("asserted", "positive", "2015-06-03")
