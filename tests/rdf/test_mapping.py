"""What was extracted becomes RDF as the ontology has it: nothing added, nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.entities.identity import BASE
from regiograph.errors import TermError
from regiograph.model import Value
from regiograph.rdf import vocabulary
from regiograph.rdf.content import content
from regiograph.rdf.facts import fact
from regiograph.rdf.mapping import CONTEXT, article_quads, header_quads
from regiograph.rdf.vocabulary import DCTERMS, PREFIXES, RDF, RG
from regiograph.terms import EntityType as E
from regiograph.terms import Modality, Polarity
from regiograph.terms import Predicate as P  # noqa: N817


@pytest.fixture
def people(reporter):
    """Return a person, a region, a city, a network and a project."""
    return (
        reporter.entity(E.PERSON, "Ann Lee"),
        reporter.entity(E.REGION, "Tomsk Region", ("iso3166-2", "RU-TOM")),
        reporter.entity(E.CITY, "Osaka", ("geonames", "1853909")),
        reporter.entity(E.NETWORK, "Ring of Ports"),
        reporter.entity(E.PROJECT, "Water plant"),
    )


class Graph:
    """Quads to be asked with SPARQL."""

    def __init__(self, quads):
        self.store = ox.Store()
        self.store.extend(quads)

    def __call__(self, pattern):
        """Return the solutions of a pattern: variables in the order of their names, terms as short as they can be."""
        found = self.store.query(f"SELECT * {{ {pattern} }}", prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        names = sorted(v.value for v in found.variables)
        return sorted(tuple(_short(row[name]) for name in names) for row in found)


def _short(term):
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rpartition("#")[2]
        return term.value if kind == "string" else f"{term.value}^^{kind}"
    return term.value.removeprefix(BASE).removeprefix(str(RG._NS))


def mapped(*reports):
    """Return the graphs of the reports as one, to be asked."""
    return Graph(quad for report in reports for quad in article_quads(report))


def test_the_article_is_described_as_far_as_it_is_known(reporter):
    """Title, date as precise as known, source, address, language and the digest of the text stand in its graph."""
    known = {"title": "T", "published": "2015-06", "source": "S", "url": "https://example.org/a", "language": "en-GB"}
    report = reporter.report("a", **known)
    graph = mapped(report)
    pattern = "?x a rg:Article ; dcterms:title ?a ; dcterms:issued ?b ; dcterms:source ?c ; schema:url ?d"
    assert graph(f"{pattern} ; dcterms:language ?e") == [
        ("T", "2015-06^^gYearMonth", "S", "https://example.org/a", "en-gb", "article/a")
    ]  # fmt: skip
    assert graph("?x rg:sha256 ?a ; dcterms:identifier ?b") == [(report.article.sha256, "a", "article/a")]
    assert len(graph("?x a rg:Article")) == 1


def test_what_is_not_known_is_not_said(reporter):
    """An article without title, date and so on has no such triples."""
    graph = mapped(reporter.report("a"))
    said = {predicate for (predicate,) in graph("<https://w3id.org/regiograph/id/article/a> ?p []")}
    assert said == {str(RDF.type), str(DCTERMS.identifier), "sha256"}


def test_everything_lies_in_the_graph_of_the_article(reporter, people):
    """One named graph an article, named by its IRI; and no blank nodes."""
    quads = article_quads(reporter.report("a", (people[1], P.MEMBER_OF, people[3])))
    assert {quad.graph_name.value for quad in quads} == {BASE + "article/a"}
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))
    assert len(quads) == len(set(quads))


def test_the_header_is_what_the_graph_says_of_the_article_and_of_the_extractor(reporter, people):
    """What tells whether an article is current is part of its graph."""
    report = reporter.report("a", (people[1], P.MEMBER_OF, people[3]), title="T")
    assert set(header_quads(report.article, report.extractor)) < set(article_quads(report))


def test_a_mention_says_which_entity_under_which_name_how_often(reporter, people):
    """Mentions carry what the default graph's descriptions are made of."""
    graph = mapped(reporter.report("a", (people[1], P.MET_WITH, people[2])))
    pattern = "?m a rg:Mention ; rg:inArticle ?a ; rg:entity ?e ; rg:entityType ?t ; rg:name ?n ; rg:mentionCount ?z"
    assert [row[:2] + row[3:] for row in graph(pattern)] == [
        ("article/a", "city/osaka", "Osaka", "City", "1^^integer"),
        ("article/a", "region/tomsk-region", "Tomsk Region", "Region", "1^^integer"),
    ]
    assert graph("[] rg:isoCode ?a") == [("RU-TOM",)]
    assert graph("[] rg:geonamesId ?a") == [("1853909",)]


def test_a_claim_rests_on_its_sentence(reporter, people):
    """The quote is the text at its offsets, with 32 characters of what stands around it."""
    report = reporter.report("a", (people[0], P.HOLDS_POST, people[1]), (people[1], P.MEMBER_OF, people[3]))
    text, claim = report.article.text, report.claims[1]
    graph = mapped(report)
    found = graph(
        f"<{claim.id}> rg:evidence ?e . ?e a rg:Evidence ; oa:hasSource ?s ; oa:hasSelector ?q, ?r . "
        "?q a oa:TextQuoteSelector ; oa:exact ?a ; oa:prefix ?b ; oa:suffix ?c . "
        "?r a oa:TextPositionSelector ; oa:start ?x ; oa:end ?y"
    )
    start, end = claim.evidence.span
    ((a, b, c, _, _, _, source, x, y),) = found
    assert (a, x, y, source) == (text[start:end], f"{start}^^integer", f"{end}^^integer", "article/a")
    assert b == text[start - CONTEXT : start]
    assert c == text[end : end + CONTEXT]


def test_claims_of_one_sentence_share_their_evidence(reporter, people):
    """A sentence that says two things is quoted once."""
    report = reporter.report("a", (people[0], P.HOLDS_POST, people[1]))
    other = reporter.claim(report.article, report.claims[0].evidence.quote, people[0], P.REPRESENTS, people[1])
    graph = mapped(replace(report, claims=(*report.claims, other)))
    assert len(graph("?e a rg:Evidence")) == 1
    assert len(graph("?c rg:evidence ?e")) == 2


def test_a_claim_says_who_found_it_and_how_sure_that_is(reporter, people):
    """Confidence, review status, polarity, modality, the extractor and the article belong to each claim."""
    said = {"modality": Modality.PLANNED, "polarity": Polarity.NEGATIVE, "confidence": 0.75}
    graph = mapped(reporter.report("a", (people[1], P.MEMBER_OF, people[3], said)))
    pattern = (
        "?c a rg:Claim ; rg:modality ?d ; rg:polarity ?e ; rg:confidence ?f ; rg:reviewStatus ?g ; rg:inArticle ?h ; "
        "prov:wasDerivedFrom ?i ; prov:wasGeneratedBy ?j . ?j a prov:Activity ; rdfs:label ?k"
    )
    ((_, *found),) = graph(pattern)
    assert found == [
        "planned",
        "negative",
        "0.75^^decimal",
        "unreviewed",
        "article/a",
        "article/a",
        "extractor/rules-1",
        "rules/1",
    ]


DATES = [
    ("2012", "2012^^gYear"),
    ("2015-06", "2015-06^^gYearMonth"),
    ("2015-06-08", "2015-06-08^^date"),
    ("--06-08", "--06-08^^gMonthDay"),
]


@pytest.mark.parametrize(("edtf", "written"), DATES)
@pytest.mark.parametrize("qualifier", ["date", "since", "until", "period"])
def test_a_date_keeps_the_precision_of_the_text(reporter, people, edtf, written, qualifier):
    """A year is an xsd:gYear and never the first of January."""
    graph = mapped(reporter.report("a", (people[1], P.MEMBER_OF, people[3], {qualifier: edtf})))
    assert graph(f"[] rg:{qualifier} ?d") == [(written,)]


@pytest.mark.parametrize(
    ("edtf", "beginning", "end"),
    [
        ("2015-06-08/2015-06-10", ("inXSDDate", "2015-06-08^^date"), ("inXSDDate", "2015-06-10^^date")),
        ("2012/2015-06", ("inXSDgYear", "2012^^gYear"), ("inXSDgYearMonth", "2015-06^^gYearMonth")),
        ("../2020", None, ("inXSDgYear", "2020^^gYear")),
        ("2012/..", ("inXSDgYear", "2012^^gYear"), None),
        ("2012/", ("inXSDgYear", "2012^^gYear"), None),
    ],
)
def test_an_interval_has_the_ends_that_the_text_gives(reporter, people, edtf, beginning, end):
    """ "Until 2020" is an interval with an end and no beginning."""
    graph = mapped(reporter.report("a", (people[1], P.MET_WITH, people[2], {"date": edtf})))
    assert len(graph("?c rg:date ?i . ?i a time:ProperInterval")) == 1
    for name, expected in (("hasBeginning", beginning), ("hasEnd", end)):
        found = graph(f"[] time:{name} ?t . ?t ?p ?v . ?t a time:Instant FILTER(?p != rdf:type)")
        assert [(p.removeprefix(PREFIXES["time"]), v) for p, _, v in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "edtf", ["../..", "2012/2013/2014", "last year", "2015-02-30", "2012/soon", "", "2015-06-08T10:00"]
)
def test_a_claim_with_a_malformed_date_is_refused_by_name(reporter, people, edtf):
    """HOSTILE 14, 35: nothing is made of a date that is none, and the message names the claim."""
    report = reporter.report("a", (people[1], P.MET_WITH, people[2], {"date": edtf}))
    with pytest.raises(TermError, match=report.claims[0].id):
        article_quads(report)


@pytest.mark.parametrize(
    ("period", "written"), [("P5Y", "P5Y^^duration"), ("annual", "annual"), ("2012", "2012^^gYear")]
)
def test_a_period_is_a_duration_a_date_or_words(reporter, people, period, written):
    """What a period is follows from how it is written."""
    graph = mapped(reporter.report("a", (people[1], P.INVESTS_IN, people[4], {"period": period})))
    assert graph("[] rg:period ?p") == [(written,)]


@pytest.mark.parametrize(
    ("value", "bound", "written"),
    [
        ("4000000000", None, [("value", "4000000000"), ("bound", "exactly")]),
        ("4000000000", "exactly", [("value", "4000000000"), ("bound", "exactly")]),
        ("4.5", "about", [("value", "4.5"), ("bound", "about")]),
        ("4", "at least", [("minInclusive", "4"), ("bound", "atLeast")]),
        ("4", "more than", [("minExclusive", "4"), ("bound", "moreThan")]),
        ("4", "up to", [("maxInclusive", "4"), ("bound", "upTo")]),
        ("10/15", None, [("minInclusive", "10"), ("maxInclusive", "15"), ("bound", "exactly")]),
        ("10/15", "about", [("minInclusive", "10"), ("maxInclusive", "15"), ("bound", "about")]),
    ],
)
def test_an_amount_is_bounded_as_the_text_bounds_it(reporter, people, value, bound, written):
    """ "More than" is a limit that is not reached, "at least" and "up to" limits that may be, a range has both."""
    said = {"currency": "USD"} | ({"qualifier": bound} if bound else {})
    for report in (
        reporter.report("a", (people[4], P.HAS_AMOUNT, Value(value, "decimal"), said)),
        reporter.report("a", (people[1], P.INVESTS_IN, people[4], {**said, "amount": value})),
    ):
        graph = mapped(report)
        found = {(p, v.removesuffix("^^decimal")) for p, v, _ in graph("?x a rg:Amount ; ?p ?v FILTER(?p != rdf:type)")}
        assert found == {*written, ("currency", "USD")}
        assert len(graph("?c rdf:object|rg:amount ?x . ?x a rg:Amount")) == 1


def test_the_words_of_an_amount_stay_with_the_claim(reporter, people):
    """The claim's amount keeps the words; the fact is the same fact in other words."""
    said = {"amount": "4000000000", "currency": "USD"}
    plain, worded = (
        reporter.report("a", (people[1], P.INVESTS_IN, people[4], {**said, **words}))
        for words in ({}, {"verbatim": "four billion US dollars"})
    )
    assert mapped(worded)("?x a rg:Amount ; rg:verbatim ?words") != mapped(plain)("?x a rg:Amount ; rg:verbatim ?words")
    assert fact(worded.claims[0], base=BASE) == fact(plain.claims[0], base=BASE)


def test_jobs_and_indicators_are_quantities_with_their_unit(reporter, people):
    """A number that is no money has a unit and no currency."""
    graph = mapped(
        reporter.report(
            "a",
            (people[4], P.CREATES_JOBS, Value("100", "decimal"), {"qualifier": "about"}),
            (
                people[4],
                P.HAS_INDICATOR,
                Value("6.4", "decimal"),
                {"indicator": "area", "unit": "ha", "period": "2019"},
            ),
        )
    )
    assert graph("?c rdf:predicate rg:createsJobs ; rdf:object ?o . ?o a rg:Quantity ; rg:value ?v ; rg:bound ?z")[0][
        2:
    ] == (
        "100^^decimal",
        "about",
    )
    found = graph("?c rg:indicator ?i ; rg:period ?j ; rdf:object ?o . ?o rg:value ?p ; rg:unit ?q")
    assert [row[1:3] + row[4:] for row in found] == [("area", "2019^^gYear", "6.4^^decimal", "ha")]


def test_a_share_is_a_quantity_in_per_cent(reporter, people):
    """ "51 %" of a company is a share of its own, and not a property of the claim."""
    other = reporter.entity(E.COMPANY, "Water works")
    for share in ("51", "51%"):
        graph = mapped(reporter.report("a", (people[4], P.OWNED_BY, other, {"share": share, "qualifier": "more than"})))
        found = graph("[] rg:share ?s . ?s rg:minExclusive ?v ; rg:unit ?u ; rg:bound ?b")
        assert [row[:1] + row[2:] for row in found] == [("moreThan", "%", "51^^decimal")]


def test_words_and_counts_are_kept_as_they_are(reporter, people):
    """Role, status, topic, purpose, context and count are literals of the claim."""
    person, region, city, *_ = people
    graph = mapped(
        reporter.report(
            "a",
            (person, P.HOLDS_POST, region, {"role": "Governor", "status": "acting"}),
            (region, P.COOPERATES_WITH, city, {"subject": "twinning"}),
            (region, P.PROPOSED_TO, city, {"what": "a ferry line"}),
            (person, P.REPRESENTS, region, {"in_": "Ring of Ports"}),
            (person, P.VISITED, city, {"count": "2"}),
        )
    )
    for name, value in (("role", "Governor"), ("status", "acting"), ("topic", "twinning"), ("purpose", "a ferry line"),
                        ("inContext", "Ring of Ports"), ("count", "2^^integer")):  # fmt: skip
        assert graph(f"?c a rg:Claim ; rg:{name} ?v")[0][1] == value


@pytest.mark.parametrize(
    ("predicate", "how"),
    [
        (P.HAS_AMOUNT, {"value": "1e400"}),
        (P.HAS_AMOUNT, {"value": "10/15/20"}),
        (P.HAS_AMOUNT, {"value": "10/"}),
        (P.HAS_AMOUNT, {"value": "5", "qualifier": "roughly"}),
        (P.HAS_AMOUNT, {"value": "5", "colour": "red"}),
        (P.VISITED, {"count": "twice"}),
        (P.VISITED, {"count": "1.5"}),
    ],
)
def test_a_malformed_number_bound_or_qualifier_is_refused(reporter, people, predicate, how):
    """HOSTILE 23, 35: what is not understood is refused, never left out in silence."""
    obj = Value(how.pop("value"), "decimal") if "value" in how else people[2]
    report = reporter.report("a", (people[4] if predicate is P.HAS_AMOUNT else people[0], predicate, obj, how))
    with pytest.raises(TermError, match=report.claims[0].id):
        article_quads(report)


def test_entities_minted_under_another_base_are_refused(reporter, people):
    """A graph does not mix the IRIs of two bases."""
    report = reporter.report("a", (people[1], P.MEMBER_OF, people[3]))
    with pytest.raises(TermError, match="does not begin with the base"):
        article_quads(report, base="https://example.org/id/")


@pytest.mark.parametrize(
    "known",
    [
        {"url": "javascript:alert(1)"},
        {"url": "https://example.org/a b"},
        {"language": "en_GB"},
        {"published": "2015-02-30"},
        {"published": "June"},
    ],
)
def test_an_article_with_a_malformed_header_is_refused(reporter, known):
    """HOSTILE 15, 33, 35: address, language and date of an article are checked like everything else."""
    with pytest.raises(TermError):
        article_quads(reporter.report("a", **known))


def test_a_text_with_lone_surrogates_is_refused(reporter):
    """HOSTILE 9: what UTF-8 cannot write cannot be stored."""
    report = reporter.report("a")
    with pytest.raises(TermError, match="surrogates"):
        article_quads(replace(report, article=replace(report.article, text="a\ud800")))


def test_equal_claims_of_two_articles_support_one_fact(reporter, people):
    """A fact is what is said, whoever says it and how surely."""
    said = (people[0], P.HOLDS_POST, people[1], {"role": "mayor"})
    first, second = reporter.report("a", said), reporter.report("b", (*said[:3], {**said[3], "confidence": 0.5}))
    assert first.claims[0].id != second.claims[0].id
    assert fact(first.claims[0]) == fact(second.claims[0])


@pytest.mark.parametrize(
    "other",
    [{"role": "governor"}, {"role": "mayor", "status": "former"}, {}, {"role": "mayor", "modality": Modality.PLANNED}],
)
def test_another_qualifier_or_modality_makes_another_fact(reporter, people, other):
    """What is said differently is not the same."""
    claims = [
        reporter.report("a", (people[0], P.HOLDS_POST, people[1], how)).claims[0] for how in ({"role": "mayor"}, other)
    ]
    assert fact(claims[0]).iri != fact(claims[1]).iri


def test_a_symmetric_fact_is_one_in_both_directions(reporter, people):
    """That A met B and that B met A is one fact, and gives both triples."""
    there, back = (
        fact(reporter.report("a", said).claims[0])
        for said in ((people[0], P.MET_WITH, people[2]), (people[2], P.MET_WITH, people[0]))
    )
    assert there == back
    assert {(t.subject.value, t.object.value) for t in there.direct} == {
        (people[0].id, people[2].id),
        (people[2].id, people[0].id),
    }


@pytest.mark.parametrize(
    ("predicate", "ends", "kind", "aliases"),
    [
        (P.HOLDS_POST, (0, 1), "Tenure", ("person", "organization")),
        (P.MEMBER_OF, (1, 3), "Membership", ("member", "network")),
        (P.INVESTS_IN, (1, 4), "Investment", ("investor", "target")),
    ],
)
def test_n_ary_facts_have_their_class_and_readable_ends(reporter, people, predicate, ends, kind, aliases):
    """A tenure has a person and a body, a membership a member and a network, an investment an investor and a target."""
    subject, obj = (people[n] for n in ends)
    found = fact(reporter.report("a", (subject, predicate, obj)).claims[0])
    said = {(t.predicate.value.removeprefix(str(RG._NS)), t.object.value) for t in found.node}
    assert {
        (aliases[0], subject.id),
        (aliases[1], obj.id),
        (str(RDF.type), str(RG[kind])),
        (str(RDF.type), str(RG.Fact)),
    } <= said


def test_planned_facts_have_no_direct_triple_and_denied_ones_no_node(reporter, people):
    """Only what is asserted and affirmed is knowledge."""
    planned, denied = (
        reporter.report("a", (people[1], P.MEMBER_OF, people[3], how)).claims[0]
        for how in ({"modality": Modality.PLANNED}, {"polarity": Polarity.NEGATIVE})
    )
    assert fact(planned).direct == ()
    assert fact(denied) is None


def test_located_in_gives_a_step_of_containment(reporter, people):
    """What the text locates is within that place."""
    found = fact(reporter.report("a", (people[4], P.LOCATED_IN, people[1])).claims[0])
    assert {t.predicate.value.rpartition("#")[2] for t in found.direct} == {"locatedIn", "within"}


def test_every_term_that_is_written_is_declared(reporter, people):
    """The graph uses the terms of its vocabularies and no others."""
    _, region, _, _, plant = people
    quads = article_quads(
        reporter.report(
            "a",
            (region, P.INVESTS_IN, plant, {"amount": "4", "currency": "USD", "period": "2012/2013"}),
            (plant, P.STARTED_IN, Value("../2014", "edtf")),
            title="T",
            url="https://example.org/",
        )
    )
    used = (vocabulary.DCTERMS, vocabulary.OA, vocabulary.PROV, vocabulary.RDF, vocabulary.RDFS, vocabulary.RG,
            vocabulary.SCHEMA, vocabulary.TIME)  # fmt: skip
    assert all(any(quad.predicate.value in each for each in used) for quad in quads)


@given(st.permutations(["role", "status", "since", "until"]))
def test_the_order_of_qualifiers_does_not_matter(order):
    """Content is a set of statements."""
    from reporter import Reporter

    reporter = Reporter()
    ends = reporter.entity(E.PERSON, "Ann Lee"), P.HOLDS_POST, reporter.entity(E.REGION, "Tomsk Region")
    values = {"role": "mayor", "status": "former", "since": "2011", "until": "2012-05"}
    claim = reporter.report("a", (*ends, values)).claims[0]
    shuffled = replace(claim, qualifiers=tuple((name, values[name]) for name in order))
    assert fact(claim).iri == fact(shuffled).iri
    assert set(content(claim)) == set(content(shuffled))
