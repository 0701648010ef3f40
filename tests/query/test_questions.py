"""Each question gives exactly the answer that the sample store holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from regiograph.query.asking import Run, answer
from regiograph.query.catalogue import question
from regiograph.query.results import Table

Ask = Callable[..., list[tuple[str, ...]]]
ARTICLE = "https://w3id.org/regiograph/id/article/"
VIRTUOSO_DIFFERS = {  # what Virtuoso 7.2.5 answers otherwise than SPARQL 1.1 has it, whatever the parameters
    "brokers": "of what lies in a place by one step or more it joins the first thing only",
    "entity": "CONCAT with an unbound variable is an error, and there a text",
    "evidence": "CONCAT with an unbound variable is an error, and there a text",
    "investment": "its compiler fails without a region: neither end of a path is bound",
    "planned": "BOUND is a boolean, and there 0 or 1",
    "timeline": "it gives rows twice that a sub-SELECT DISTINCT has once",
}


@pytest.fixture
def ask(run: Run, request: pytest.FixtureRequest) -> Ask:
    """Ask a question by name and read the columns named, labels in the place of IRIs."""
    is_virtuoso = "virtuoso" in request.node.callspec.params.values()

    def asked(name: str, columns: str, **given: str) -> list[tuple[str, ...]]:
        if is_virtuoso and name in VIRTUOSO_DIFFERS:
            request.applymarker(pytest.mark.xfail(reason=VIRTUOSO_DIFFERS[name], strict=False))
        table = answer(run, question(name), {key.rstrip("_"): value for key, value in given.items()})
        assert isinstance(table, Table)
        readable = table.readable()
        wanted = [readable.columns.index(column) for column in columns.split()]
        return [tuple(row[i] for i in wanted) for row in readable.texts()]

    return asked


def test_officials_are_listed_with_the_time_they_are_attested(ask: Ask) -> None:
    """A post's time runs from the first to the last dated article; an undated article adds nothing to it."""
    assert ask("officials", "person role body status first last confidence") == [
        ("Oleg Petrov", "Governor", "Kaluga region", "former", "2015-09-07", "2015-09-07", "0.9"),
        ("Kenji Mori", "senior director", "Tokyo Government", "", "2015-06-11", "2015-06-11", "0.9"),
        ("Anna Orlova", "Governor", "Tomsk region", "", "2015-06-11", "2015-06-11", "0.95"),
    ]


def test_officials_of_a_country_are_those_of_its_regions_too(ask: Ask) -> None:
    """A place stands for what lies within it."""
    assert ask("officials", "person", place="Russia") == [("Oleg Petrov",), ("Anna Orlova",)]


@pytest.mark.parametrize(("at", "held"), [("2015", True), ("2015-06", True), ("2014", False), ("2015-06-12", False)])
def test_a_post_is_held_at_a_date_as_precisely_as_both_are_known(ask: Ask, at: str, held: bool) -> None:
    """A year covers its days; a day before or after the attested time is not covered."""
    assert bool(ask("officials", "person", place="Tomsk region", at=at)) is held


def test_a_meeting_has_its_date_place_and_sentence(ask: Ask) -> None:
    """The place is that of the event both were at in the same article, and no event of another article."""
    sentence = "Anna Orlova metWith Kenji Mori date 2015-06-09 (asserted, positive)."
    expected = ("Anna Orlova", "Kenji Mori", "2015-06-09", "Tokyo", sentence, ARTICLE + "mission")
    assert ask("meetings", "one other date place sentence article") == [expected]


def test_a_meeting_is_found_from_either_side(ask: Ask) -> None:
    """Meeting is symmetric: whoever is asked for stands first."""
    assert ask("meetings", "one other", who="Kenji Mori") == [("Kenji Mori", "Anna Orlova")]
    assert ask("meetings", "one other", who="Oleg Petrov") == []


def test_members_of_a_network_have_the_date_of_joining_that_any_article_gives(ask: Ask) -> None:
    """One article knows when Kaluga joined, another does not: the member is listed once, with the date."""
    assert ask("members", "member type since articles", network="Innovative Regions Union") == [
        ("Kaluga region", "Region", "2011", "2"),
        ("Tomsk region", "Region", "2010", "1"),
    ]


def test_networks_are_shared_by_regions_and_by_what_lies_in_them(ask: Ask) -> None:
    """Two countries share a network through a region of the one and a city of the other."""
    columns = "network oneMember oneSince otherMember otherSince"
    assert ask("shared-networks", columns, one="Tomsk region", other="Kaluga region") == [
        ("Innovative Regions Union", "Tomsk region", "2010", "Kaluga region", "2011")
    ]
    assert ask("shared-networks", columns, one="Russia", other="Japan") == [
        ("Asian Cities Network", "Tomsk region", "2012", "Tokyo", "")
    ]


def test_projects_of_a_region_have_amount_currency_and_bound(ask: Ask) -> None:
    """Planned locations count, ranges have two ends, an investment of unknown size stays one row."""
    columns = "project says investor amount to currency bound modality"
    assert ask("projects", columns, region="Russia") == [
        ("Engine plant", "investsIn", "Autowerk", "240000000", "", "EUR", "about", "asserted"),
        ("Engine plant", "investsIn", "Autowerk", "250000000", "", "EUR", "exactly", "asserted"),
        ("Science Centre", "hasAmount", "", "4000000000", "", "USD", "moreThan", "planned"),
        ("Science Centre", "investsIn", "Tomsk region", "", "", "", "", "asserted"),
        ("Truck plant", "investsIn", "Autowerk", "100000000", "150000000", "EUR", "exactly", "planned"),
    ]


def test_investment_told_twice_is_counted_once(ask: Ask) -> None:
    """Of two sums for one investment the greater counts; planned and asserted ones stay apart."""
    assert ask("investment", "region sector currency year modality investments total") == [
        ("Kaluga region", "automotive", "EUR", "2015", "asserted", "1", "250000000"),
        ("Kaluga region", "", "EUR", "2017", "planned", "1", "100000000"),
    ]


@pytest.mark.parametrize(
    ("given", "totals"),
    [
        ({"region": "Russia"}, ["250000000", "100000000"]),
        ({"region": "Tomsk region"}, []),
        ({"sector": "automotive"}, ["250000000"]),
        ({"year": "2017"}, ["100000000"]),
        ({"currency": "USD"}, []),
        ({"region": "Kaluga region", "sector": "automotive", "currency": "EUR", "year": "2015"}, ["250000000"]),
    ],
)
def test_investment_is_narrowed_by_each_parameter(ask: Ask, given: dict[str, str], totals: list[str]) -> None:
    """Region, sector, currency and year each leave out what does not fit."""
    assert [total for (total,) in ask("investment", "total", **given)] == totals


def test_investors_are_listed_by_the_country_they_come_from(ask: Ask) -> None:
    """The origin is the country an investor lies in, however far down."""
    assert ask("investors", "origin investor target amount") == [
        ("Germany", "Autowerk", "Engine plant", "240000000"),
        ("Germany", "Autowerk", "Engine plant", "250000000"),
        ("Germany", "Autowerk", "Truck plant", "100000000"),
        ("Russia", "Tomsk region", "Science Centre", ""),
    ]
    assert ask("investors", "investor", origin="Japan") == []


def test_residents_of_a_zone_have_origin_and_sectors(ask: Ask) -> None:
    """Planned residents are listed as planned."""
    assert ask("residents", "resident origin sectors modality confidence", zone="Tomsk zone") == [
        ("Micro Works", "Russia", "", "asserted", "0.9"),
        ("Nihon Valves", "Japan", "automotive", "planned", "0.7"),
    ]


def test_everything_about_an_entity_is_what_points_to_it_and_from_it(ask: Ask) -> None:
    """Both directions, the type, and values in words."""
    assert ask("entity", "direction relation object role date money modality articles", entity="Science Centre") == [
        ("in", "investsIn", "Tomsk region", "", "", "", "asserted", "1"),
        ("out", "hasAmount", "moreThan 4000000000 USD", "", "../2020", "", "planned", "1"),
        ("out", "locatedIn", "Tomsk region", "", "", "", "asserted", "1"),
        ("out", "type", "Project", "", "", "", "", ""),
    ]
    assert ask("entity", "relation object money", entity="Autowerk") == [
        ("investsIn", "Engine plant", "240000000 EUR"),
        ("investsIn", "Engine plant", "250000000 EUR"),
        ("investsIn", "Truck plant", "100000000/150000000 EUR"),
        ("locatedIn", "Germany", ""),
        ("type", "Company", ""),
    ]


def test_evidence_includes_denials_and_weak_claims(ask: Ask) -> None:
    """What did not become a fact is still on record, with its sentence."""
    assert ask(
        "evidence", "relation object modality polarity title published", about="Autowerk", with_="Truck plant"
    ) == [
        ("investsIn", "Truck plant", "asserted", "negative", "Title of end", ""),
        ("investsIn", "Truck plant", "planned", "positive", "Title of plans", "2016-02"),
    ]
    assert ask("evidence", "subject confidence", about="Autowerk", relation="ownedBy") == [("Micro Works", "0.3")]


def test_evidence_gives_the_source_and_the_values(ask: Ask) -> None:
    """Literal objects are shown in words, the article with its publisher and address."""
    columns = "subject object sentence source url"
    assert ask("evidence", columns, about="Science Centre", relation="hasAmount") == [
        (
            "Science Centre",
            "4000000000 USD",
            "Science Centre hasAmount 4000000000 currency USD qualifier more than period ../2020 (planned, positive).",
            "Morning Sample",
            "https://example.org/mission",
        )
    ]


def test_a_timeline_runs_from_the_first_date_to_the_last(ask: Ask) -> None:
    """Dates of every precision, spells with their end."""
    assert ask("timeline", "date end relation subject object") == [
        ("2005", "", "startedIn", "Tomsk zone", ""),
        ("2010", "", "memberOf", "Tomsk region", "Innovative Regions Union"),
        ("2011", "", "memberOf", "Kaluga region", "Innovative Regions Union"),
        ("2012", "", "memberOf", "Tomsk region", "Asian Cities Network"),
        ("2015-03", "", "visited", "Anna Orlova", "Kaluga region"),
        ("2015-06-08", "2015-06-10", "eventDate", "Tokyo mission", ""),
        ("2015-06-09", "", "metWith", "Anna Orlova", "Kenji Mori"),
        ("2015-09-04", "", "completedIn", "Engine plant", ""),
        ("2015-10", "", "completedIn", "Engine plant", ""),
    ]


@pytest.mark.parametrize(
    ("given", "dates"),
    [
        ({"entity": "Tomsk region"}, ["2005", "2010", "2012"]),
        ({"entity": "Anna Orlova"}, ["2015-03", "2015-06-08", "2015-06-09"]),
        ({"from_": "2012", "until": "2015-05"}, ["2012", "2015-03"]),
        ({"from_": "2015-06-10", "until": "2015-06-10"}, ["2015-06-08"]),
    ],
)
def test_a_timeline_is_narrowed_to_an_entity_and_a_time(ask: Ask, given: dict[str, str], dates: list[str]) -> None:
    """An entity brings what lies in it and what it took part in; a spell counts while it lasts."""
    assert [date for (date,) in ask("timeline", "date", **given)] == dates


def test_brokers_have_to_do_with_both_regions(ask: Ask) -> None:
    """Posts, meetings, visits and events tie a person to a region; the best tied stands first."""
    columns = "person oneTies oneThrough otherTies otherThrough"
    assert ask("brokers", columns, one="Tomsk region", other="Tokyo") == [
        ("Anna Orlova", "1", "Tomsk region", "3", "Kenji Mori"),
        ("Kenji Mori", "1", "Anna Orlova", "2", "Tokyo Government"),
    ]
    assert ask("brokers", "person", one="Kaluga region", other="Tokyo") == [("Anna Orlova",)]


def test_paths_go_over_at_most_two_entities_and_the_shortest_stands_first(ask: Ask) -> None:
    """A relation against the direction of the chain has a caret; a symmetric one is walked once."""
    columns = "steps first over second then third"
    assert ask("paths", columns, one="Anna Orlova", other="Kaluga region") == [
        ("1", "visited", "", "", "", ""),
        ("3", "holdsPost", "Tomsk region", "memberOf", "Innovative Regions Union", "^memberOf"),
        ("3", "holdsPost", "Tomsk region", "within", "Russia", "^within"),
    ]
    assert ask("paths", columns, one="Anna Orlova", other="Tokyo Government") == [
        ("2", "metWith", "Kenji Mori", "holdsPost", "", ""),
        ("3", "participatedIn", "Tokyo mission", "^participatedIn", "Kenji Mori", "holdsPost"),
        ("3", "participatedIn", "Tokyo mission", "eventPlace", "Tokyo", "^within"),
        ("3", "participatedIn", "Trade fair", "eventPlace", "Tokyo", "^within"),
    ]


def test_contradictions_show_both_sentences(ask: Ask) -> None:
    """A denial against a plan, and two dates of one completion."""
    columns = "kind subject relation one other oneArticle otherArticle"
    denied = ("denied", "Autowerk", "investsIn", "Truck plant", "not Truck plant", ARTICLE + "plans", ARTICLE + "end")
    dates = ("2015-09-04", "2015-10", ARTICLE + "engines", ARTICLE + "plans")
    assert ask("contradictions", columns) == [denied, ("differs", "Engine plant", "completedIn", *dates)]
    assert ask("contradictions", "kind", about="Truck plant") == [("denied",)]


def test_articles_are_counted_in_entities_and_claims(ask: Ask) -> None:
    """The article that says most stands first, its id is the one to withdraw it by."""
    assert ask("articles", "id published entities claims") == [
        ("mission", "2015-06-11", "10", "15"),
        ("engines", "2015-09-07", "9", "9"),
        ("zone", "2014", "7", "8"),
        ("end", "", "9", "6"),
        ("plans", "2016-02", "5", "5"),
    ]
    assert ask("articles", "id", about="Tomsk zone") == [("zone",)]


def test_weak_claims_are_those_below_the_confidence(ask: Ask) -> None:
    """The least sure stands first, whether or not it was enough for a fact."""
    assert ask("weak-claims", "confidence subject relation object", below="0.6") == [
        ("0.3", "Micro Works", "ownedBy", "Autowerk"),
        ("0.55", "Nihon Valves", "operatesInSector", "automotive"),
    ]


def test_planned_is_what_no_article_tells_as_done(ask: Ask) -> None:
    """What an article denies is marked."""
    assert ask("planned", "subject relation object amount to currency told denied") == [
        ("Nihon Valves", "residentOf", "Tomsk zone", "", "", "", "2014", "false"),
        ("Science Centre", "hasAmount", "4000000000 USD", "4000000000", "", "USD", "2015-06-11", "false"),
        ("Autowerk", "investsIn", "Truck plant", "100000000", "150000000", "EUR", "2016-02", "true"),
        ("Truck plant", "locatedIn", "Kaluga region", "", "", "", "2016-02", "false"),
    ]
    assert ask("planned", "subject", place="Tomsk region") == [("Nihon Valves",), ("Science Centre",)]
