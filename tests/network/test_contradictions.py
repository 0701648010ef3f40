"""Where articles differ."""

from __future__ import annotations

import pytest

from regiograph.network.contradictions import contradictions
from regiograph.network.projection import Fact
from sketching import quotation


def by(number):
    """Return a sentence of an article."""
    return (quotation("So it is.", number=number),)


def told(predicate, *values, **said):
    """Return facts of one entity."""
    pairs = tuple(sorted(said.items()))
    return [Fact(predicate, value, pairs, None, "asserted", 0.9, by(n)) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("facts", "differ"),
    [
        (told("startedIn", "2011", "2012"), True),
        (told("startedIn", "2011", "2011-05"), False),
        (told("startedIn", "2011/2013", "2014"), False),
        (told("eventDate", "2015-06-08", "2015-06-09"), True),
        (told("hasAmount", "5000000", "6000000", currency="EUR"), True),
        (told("hasAmount", "5000000", currency="EUR") + told("hasAmount", "6000000", currency="USD"), False),
        (told("hasAmount", "5000000", "6000000", currency="EUR", qualifier="about"), False),
        (told("createsJobs", "300", "400"), False),
        ([each._replace(modality="planned") for each in told("startedIn", "2011", "2012")], False),
    ],
)
def test_two_values_of_what_has_one_differ(sketch, facts, differ):
    """Not one that is more exact, not other currencies, not estimates, not what is planned."""
    sketch.entity("harbour", "Harbour", "Project", *facts)
    found = contradictions(sketch.graph)
    assert [len(each.facts) for each in found] == ([2] if differ else [])


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ({"role": "Mayor"}, {"role": "mayor"}, True),
        ({"role": "mayor", "since": "2012"}, {"role": "mayor", "date": "2020"}, True),
        ({"role": "mayor", "since": "2012", "until": "2015"}, {"role": "mayor", "since": "2016"}, False),
        ({"role": "mayor"}, {"role": "mayor", "status": "former"}, False),
        ({"role": "deputy mayor"}, {"role": "deputy mayor"}, False),
        ({"role": "member of the board"}, {"role": "member of the board"}, False),
        ({"role": "Minister of Economy"}, {"role": "Minister of Health"}, False),
        ({"role": "prime minister"}, {"role": "prime minister"}, True),
    ],
)
def test_two_holders_of_a_post_differ_in_one_time(sketch, first, second, differ):
    """Only of posts that one person holds, and only in years that both have."""
    sketch.entity("halden", "Halden", "City")
    for n, (name, said) in enumerate((("ada", first), ("ivo", second))):
        sketch.entity(name, name, "Person")
        sketch.fact(name, "holdsPost", "halden", *by(n), **said)
    found = contradictions(sketch.graph)
    assert [(each.about, len(each.facts)) for each in found] == ([("halden", 2)] if differ else [])


def test_one_person_told_twice_is_no_contradiction(sketch):
    """Two facts of one holder agree."""
    sketch.entity("halden", "Halden", "City")
    sketch.entity("ada", "Ada", "Person")
    sketch.fact("ada", "holdsPost", "halden", *by(1), role="mayor", date="2020")
    sketch.fact("ada", "holdsPost", "halden", *by(2), role="mayor", date="2021")
    assert contradictions(sketch.graph) == ()


def test_one_article_that_tells_both_does_not_differ(sketch):
    """It knows how the two go together: one after the other, or one of two stages."""
    dates = [each._replace(evidence=by(1)) for each in told("startedIn", "2011", "2012")]
    sketch.entity("harbour", "Harbour", "Project", *dates)
    assert contradictions(sketch.graph) == ()
