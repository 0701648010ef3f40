"""The store keeps whole articles, and knows what they amount to at every moment."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regiograph.entities.identity import BASE
from regiograph.errors import GateError, StoreError, TermError
from regiograph.model import Value
from regiograph.rdf import export
from regiograph.rdf.draft import Draft
from regiograph.rdf.graphs import texts_iri
from regiograph.rdf.mapping import article_quads
from regiograph.rdf.store import Change, Store
from regiograph.rdf.vocabulary import PREFIXES, RG
from regiograph.terms import SIGNATURES, Modality, Polarity
from regiograph.terms import EntityType as E
from regiograph.terms import Predicate as P  # noqa: N817


@pytest.fixture
def store():
    """An empty store in memory."""
    with Store.open(None, min_confidence=0.5) as opened:
        yield opened


@pytest.fixture
def ends(reporter):
    """Return a person, a region and a network."""
    return (
        reporter.entity(E.PERSON, "Ann Lee"),
        reporter.entity(E.REGION, "Tomsk Region", ("iso3166-2", "RU-TOM")),
        reporter.entity(E.NETWORK, "Ring of Ports"),
    )


def rows(store, pattern):
    """Return the solutions of a pattern on the default graph: variables by name, IRIs without what they begin with."""
    found = store.quads.query(f"SELECT DISTINCT * {{ {pattern} }}", prefixes=dict(PREFIXES))
    names = sorted(variable.value for variable in found.variables)
    short = [tuple(row[name].value.removeprefix(BASE).removeprefix(str(RG._NS)) for name in names) for row in found]
    return sorted(short)


def image(store):
    """Return everything in the store as bytes."""
    out = io.BytesIO()
    export.write(store, out, export.Format.N_QUADS)
    return out.getvalue()


def test_an_article_is_added_once(store, reporter, ends):
    """Adding it again changes nothing and writes nothing."""
    report = reporter.report("a", (ends[1], P.MEMBER_OF, ends[2]))
    assert store.put(report) is Change.ADDED
    before = image(store)
    assert store.put(report) is Change.UNCHANGED
    assert image(store) == before
    assert list(store.articles()) == ["a"]


def test_a_changed_article_replaces_its_claims(store, reporter, ends):
    """HOSTILE 12: under one id stands one text, the one that came last."""
    store.put(reporter.report("a", (ends[1], P.MEMBER_OF, ends[2]), (ends[0], P.HOLDS_POST, ends[1])))
    assert store.put(reporter.report("a", (ends[0], P.REPRESENTS, ends[1]))) is Change.REPLACED
    assert rows(store, "?s rg:represents ?o") == [("region/tomsk-region", "person/ann-lee")]
    assert rows(store, "{ ?s rg:memberOf ?o } UNION { ?s rg:holdsPost ?o } UNION { ?s a rg:Network }") == []


def test_a_withdrawn_article_leaves_nothing_behind(store, reporter, ends):
    """Withdrawing the only article empties the store, named graphs and reference data included."""
    store.put(reporter.report("a", (ends[1], P.MEMBER_OF, ends[2], {"since": "2012/2013"}), title="T"))
    assert store.withdraw("a") is True
    assert len(store.quads) == 0
    assert list(store.quads.named_graphs()) == []
    assert store.withdraw("a") is False


def test_the_words_of_an_article_are_kept_beside_its_graph(store, reporter, ends):
    """They come, change and go with their article."""

    def kept():
        return [quad.object.value for quad in store.quads.quads_for_pattern(None, None, None, texts_iri(store.base))]

    first, second = reporter.report("a"), reporter.report("a", (ends[1], P.MEMBER_OF, ends[2]))
    store.put(first)
    assert kept() == [first.article.text]
    store.put(second)
    assert kept() == [second.article.text] != [first.article.text]
    store.withdraw("a")
    assert kept() == []


def test_an_article_whose_words_are_missing_is_read_again(store, reporter, ends):
    """A store of before texts were kept takes them in at the next build."""
    report = reporter.report("a", (ends[1], P.MEMBER_OF, ends[2]))
    store.put(report)
    store.quads.remove_graph(texts_iri(store.base))
    assert not store.is_current(report.article, report.extractor)
    assert store.put(report) is Change.REPLACED
    assert store.is_current(report.article, report.extractor)


def test_an_article_without_claims_is_kept(store, reporter):
    """That an article says nothing of interest is known too, so that it is not read again."""
    report = reporter.report("a", title="T")
    store.put(report)
    assert list(store.articles()) == ["a"]
    assert store.is_current(report.article, "rules/1")


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Other words."},
        {"title": "Another"},
        {"title": None},
        {"published": "2016"},
        {"url": "https://example.org/b"},
        {"language": "de"},
    ],
)
def test_an_article_is_current_as_long_as_nothing_about_it_changes(store, reporter, ends, change):
    """Another text, title, date, address or language asks for extraction; so does another extractor."""
    report = reporter.report("a", (ends[1], P.MEMBER_OF, ends[2]), title="T", published="2015", language="en")
    assert not store.is_current(report.article, "rules/1")
    store.put(report)
    assert store.is_current(report.article, "rules/1")
    assert not store.is_current(report.article, "rules/2")
    assert not store.is_current(replace(report.article, **change), "rules/1")


def test_a_fact_stands_as_long_as_an_article_supports_it(store, reporter, ends):
    """Two articles support one fact, its confidence the greater of theirs; either may go."""
    said = ends[1], P.MEMBER_OF, ends[2]
    sure, less = reporter.report("sure", said), reporter.report("less", (*said, {"confidence": 0.6}))
    for report in (less, sure):
        store.put(report)
    pattern = "?f a rg:Membership ; rg:confidence ?c ; rg:supportedBy ?s"
    assert [row[0] for row in rows(store, pattern)] == ["0.9", "0.9"]
    store.withdraw("sure")
    assert [row[0] for row in rows(store, pattern)] == ["0.6"]
    assert rows(store, "?s rg:memberOf ?o") == [("network/ring-of-ports", "region/tomsk-region")]
    store.withdraw("less")
    assert rows(store, "?s rg:memberOf ?o") == []


def test_a_direct_triple_stands_as_long_as_a_fact_states_it(store, reporter, ends):
    """Two facts that differ in a qualifier state one triple; it goes with the second of them."""
    for name, since in (("a", "2012"), ("b", "2013")):
        store.put(reporter.report(name, (ends[1], P.MEMBER_OF, ends[2], {"since": since})))
    assert len(rows(store, "?f a rg:Membership")) == 2
    store.withdraw("a")
    assert len(rows(store, "?s rg:memberOf ?o")) == 1
    store.withdraw("b")
    assert rows(store, "?s rg:memberOf ?o") == []


def test_symmetric_relations_hold_both_ways(store, reporter, ends):
    """Who asks from either side finds the meeting, once it is said from one."""
    other = reporter.entity(E.CITY, "Osaka")
    store.put(reporter.report("a", (ends[1], P.MET_WITH, other)))
    store.put(reporter.report("b", (other, P.MET_WITH, ends[1])))
    both = [("city/osaka", "region/tomsk-region"), ("region/tomsk-region", "city/osaka")]
    assert rows(store, "?a rg:metWith ?b") == both
    assert len(rows(store, "?f rdf:predicate rg:metWith")) == 1
    store.withdraw("a")
    assert rows(store, "?a rg:metWith ?b") == both
    store.withdraw("b")
    assert rows(store, "?a rg:metWith ?b") == []


@pytest.mark.parametrize(
    ("how", "nodes", "triples"),
    [
        ({}, 1, 1),
        ({"confidence": 0.5}, 1, 1),
        ({"confidence": 0.4999}, 0, 0),
        ({"modality": Modality.PLANNED}, 1, 0),
        ({"modality": Modality.PROPOSED}, 1, 0),
        ({"polarity": Polarity.NEGATIVE}, 0, 0),
    ],
)
def test_only_what_is_asserted_affirmed_and_sure_is_knowledge(reporter, ends, how, nodes, triples):
    """Planned and proposed facts are nodes, denied and doubtful claims stay in their article's graph."""
    with Store.open(None, min_confidence=0.5) as store:
        store.put(reporter.report("a", (ends[1], P.MEMBER_OF, ends[2], how)))
        assert len(rows(store, "?f a rg:Fact")) == nodes
        assert len(rows(store, "?s rg:memberOf ?o")) == triples
        assert len(rows(store, "GRAPH ?g { ?c a rg:Claim }")) == 1


def test_contradictions_stand_side_by_side(store, reporter, ends):
    """Nothing is overwritten: what one article affirms and another denies is in both their graphs."""
    store.put(reporter.report("a", (ends[1], P.MEMBER_OF, ends[2])))
    store.put(reporter.report("b", (ends[1], P.MEMBER_OF, ends[2], {"polarity": Polarity.NEGATIVE})))
    assert [row[1] for row in rows(store, "GRAPH ?g { ?c rg:polarity ?p }")] == ["article/a", "article/b"]
    assert len(rows(store, "?s rg:memberOf ?o")) == 1


def named(report, entity, name):
    """Return the report with the entity under another name."""
    return replace(report, entities=tuple(replace(e, name=name) if e.id == entity.id else e for e in report.entities))


def test_the_label_is_the_most_frequent_name(store, reporter, ends):
    """Ties go to the name that sorts first; the other names are alternative labels; articles are counted."""
    report = {name: reporter.report(name, (ends[1], P.MEMBER_OF, ends[2])) for name in "abc"}
    about = "<https://w3id.org/regiograph/id/network/ring-of-ports> rdfs:label ?a ; rg:articleCount ?b"
    store.put(named(report["a"], ends[2], "The Ring"))
    store.put(named(report["b"], ends[2], "Port Ring"))
    assert rows(store, about) == [("Port Ring", "2")]
    store.put(named(report["c"], ends[2], "The Ring"))
    assert rows(store, about) == [("The Ring", "3")]
    assert rows(store, "[] skos:altLabel ?l") == [("Port Ring",)]
    store.withdraw("a")
    assert rows(store, about) == [("Port Ring", "2")]
    store.withdraw("b")
    assert rows(store, about) == [("The Ring", "1")]
    assert rows(store, "[] skos:altLabel ?l") == []


def test_reference_data_come_and_go_with_the_places_that_need_them(store, reporter, ends):
    """A country is known as long as a place within it is mentioned, and described as what it is."""
    japan = reporter.entity(E.COUNTRY, "Japan", ("iso3166-1", "JP"))
    osaka = reporter.entity(E.CITY, "Osaka", ("geonames", "1853909"))
    store.put(reporter.report("a", (osaka, P.MEMBER_OF, ends[2])))
    store.put(reporter.report("b", (japan, P.MEMBER_OF, ends[2])))
    within = "?x rg:within+ <https://w3id.org/regiograph/id/country/japan>"
    assert ("city/osaka",) in rows(store, within)
    store.withdraw("b")
    assert ("city/osaka",) in rows(store, within)
    assert rows(store, "?x a rg:Country ; rdfs:label ?l ; rg:articleCount ?n") == [("Japan", "0", "country/japan")]
    store.put(reporter.report("b", (japan, P.MEMBER_OF, ends[2])))
    store.withdraw("a")
    assert rows(store, "?x rg:within ?y") == []
    assert rows(store, "GRAPH ?g { ?x rg:isoCode ?c }")[0][0] == "JP"
    store.withdraw("b")
    assert len(store.quads) == 0


def test_containment_by_text_and_by_gazetteer_do_not_undo_each_other(store, reporter, ends):
    """A step that both state stays when either goes."""
    plain = reporter.entity(E.REGION, "Tomsk Region")
    russia = reporter.entity(E.COUNTRY, "Russia")
    step = [("region/tomsk-region", "country/russia")]
    store.put(reporter.report("gazetteer", (ends[1], P.MEMBER_OF, ends[2])))
    store.put(reporter.report("text", (plain, P.LOCATED_IN, russia)))
    assert rows(store, "?a rg:within ?z") == step
    store.withdraw("gazetteer")
    assert rows(store, "?a rg:within ?z") == step
    store.put(reporter.report("gazetteer", (ends[1], P.MEMBER_OF, ends[2])))
    store.withdraw("text")
    assert rows(store, "?a rg:within ?z") == step
    assert rows(store, "?a rg:locatedIn ?z") == []


def test_a_code_that_the_gazetteer_lacks_adds_nothing(store, reporter, ends):
    """A place may be newer than the data about places."""
    unknown = reporter.entity(E.CITY, "New Town", ("geonames", "999999999"))
    store.put(reporter.report("a", (unknown, P.MEMBER_OF, ends[2])))
    assert rows(store, f"GRAPH <{BASE}reference> {{ ?s ?p ?o }}") == []
    assert rows(store, "?x a rg:City ; rdfs:label ?l") == [("New Town", "city/new-town")]


def test_the_same_text_under_two_ids_is_told(store, reporter, ends):
    """HOSTILE 13: syndicated articles are kept, and known to be one source."""
    for name in ("a", "b"):
        store.put(reporter.report(name, (ends[1], P.MEMBER_OF, ends[2])))
    store.put(reporter.report("c", (ends[0], P.HOLDS_POST, ends[1])))
    assert store.duplicates() == (("a", "b"),)
    assert list(store.articles()) == ["a", "b", "c"]


def test_ids_that_read_alike_are_different_articles(store, reporter):
    """HOSTILE 16, 41: no two ids make one IRI, however they are written."""
    ids = [
        "a/b",
        "a-b",
        "a b",
        "A-b",
        "ä-b",
        "a.b",
        "ab",
        "../x",
        "CON",
        "%00",
        "x" * 300,
        "😀",
        "https://example.org/a",
    ]
    for name in ids:
        store.put(reporter.report(name))
    assert list(store.articles()) == sorted(ids)
    assert len(set(store.quads.named_graphs()) - {texts_iri(store.base)}) == len(ids)


def test_what_the_gate_rejects_is_not_stored(store, reporter, ends):
    """HOSTILE 21: a quote that the text does not hold is refused by article and sentence, and nothing is written."""
    good = reporter.report("a", (ends[1], P.MEMBER_OF, ends[2]))
    claim = good.claims[0]
    forged = replace(claim, evidence=replace(claim.evidence, quote="X" + claim.evidence.quote[1:]))
    with pytest.raises(GateError, match=r"'a'.*X") as caught:
        store.put(replace(good, claims=(forged,)))
    assert [violation.claim for violation in caught.value.violations] == [claim.id] * len(caught.value.violations)
    assert len(store.quads) == 0


def test_malformed_claims_are_told_all_at_once(store, reporter, ends):
    """HOSTILE 35: the caller can leave out just the claims of which no RDF can be made."""
    report = reporter.report(
        "a",
        (ends[1], P.MEMBER_OF, ends[2], {"since": "2015-02-30"}),
        (ends[0], P.HOLDS_POST, ends[1]),
        (ends[0], P.VISITED, ends[1], {"count": "twice"}),
    )
    with pytest.raises(GateError) as caught:
        store.put(report)
    assert [violation.claim for violation in caught.value.violations] == [report.claims[0].id, report.claims[2].id]
    store.put(replace(report, claims=report.claims[1:2]))


def test_a_rejected_change_leaves_the_article_as_it_was(store, reporter, ends):
    """An article is replaced as a whole or not at all."""
    store.put(reporter.report("a", (ends[1], P.MEMBER_OF, ends[2])))
    before = image(store)
    broken = reporter.report("a", (ends[1], P.MEMBER_OF, ends[2], {"since": "soon"}))
    with pytest.raises(GateError):
        store.put(broken)
    with pytest.raises(TermError):
        store.put(reporter.report("a", published="soon"))
    assert image(store) == before


def test_a_failing_write_changes_nothing(store, reporter, ends, monkeypatch):
    """HOSTILE 82: when the database cannot write, the next article finds the store as it was."""
    store.put(reporter.report("a", (ends[1], P.MEMBER_OF, ends[2])))
    before = image(store)

    def fail(draft):
        raise OSError("No space left on device")

    other = reporter.report("b", (ends[1], P.MEMBER_OF, ends[2]))
    with monkeypatch.context() as broken:
        broken.setattr(Draft, "commit", fail)
        with pytest.raises(StoreError, match="No space left"):
            store.put(other)
    assert image(store) == before
    store.put(other)
    assert rows(store, "?n a rg:Network ; rg:articleCount ?c")[0][0] == "2"


def test_rdflib_sees_the_same_data(store, reporter, ends):
    """`graph` is an rdflib dataset over the store: knowledge in its default graph, each article in its own."""
    report = reporter.report("a", (ends[1], P.MEMBER_OF, ends[2]))
    store.put(report)
    graph = store.graph()
    region, network = rdflib.URIRef(ends[1].id), rdflib.URIRef(ends[2].id)
    assert (region, RG.memberOf, network) in graph
    assert len(graph.graph(rdflib.URIRef(BASE + "article/a"))) == len(article_quads(report))


# Any history gives what its outcome gives.

_REPORTER_IDS = ("a", "b", "c", "d")


@st.composite
def histories(draw):
    """Draw articles, and a history of putting and withdrawing them."""
    from reporter import Reporter

    reporter = Reporter()
    places = [
        reporter.entity(E.CITY, "Osaka", ("geonames", "1853909")),
        reporter.entity(E.REGION, "Tomsk Region", ("iso3166-2", "RU-TOM")),
        reporter.entity(E.COUNTRY, "Russia", ("iso3166-1", "RU")),
        reporter.entity(E.CITY, "Tomsk", ("geonames", "1489425")),
    ]
    ends = st.sampled_from([*places, reporter.entity(E.NETWORK, "Ring"), reporter.entity(E.PERSON, "Ann Lee")])
    how = st.fixed_dictionaries(
        {},
        optional={
            "confidence": st.sampled_from([0.3, 0.6, 0.9]),
            "modality": st.sampled_from(list(Modality)),
            "polarity": st.sampled_from(list(Polarity)),
            "date": st.sampled_from(["2012", "2012/2013"]),
        },
    )
    predicates = st.sampled_from([P.MET_WITH, P.LOCATED_IN, P.MEMBER_OF, P.HOLDS_POST, P.COOPERATES_WITH])
    between = st.tuples(ends, predicates, ends, how).filter(
        lambda s: s[0] != s[2] and SIGNATURES[s[1]].allows(s[0].type, s[2].type)
    )
    plant = reporter.entity(E.PROJECT, "Water plant")
    numbers = st.sampled_from([Value("5", "decimal"), Value("4/6", "decimal")])
    costs = st.tuples(st.just(plant), st.just(P.HAS_AMOUNT), numbers, how.map(lambda said: {**said, "currency": "USD"}))
    dates = st.sampled_from([Value("2014", "edtf"), Value("2014/2016", "edtf")])
    said = st.one_of(between, costs, st.tuples(st.just(plant), st.just(P.STARTED_IN), dates, how))
    names = st.sampled_from(["", " Ltd", " (old)"])

    def report(name):
        made = reporter.report(name, *draw(st.lists(said, max_size=3)))
        return replace(made, entities=tuple(replace(e, name=e.name + draw(names)) for e in made.entities))

    steps = st.tuples(st.sampled_from(_REPORTER_IDS), st.booleans())
    return [(name, report(name) if put else None) for name, put in draw(st.lists(steps, max_size=9))]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(histories(), st.randoms(use_true_random=False))
def test_any_history_gives_the_bytes_of_its_outcome(history, random):
    """Puts and withdrawals in any order leave what the remaining articles, put afresh in any order, give."""
    remaining = {}
    with Store.open(None) as store, Store.open(None) as fresh:
        for name, report in history:
            if report is None:
                assert store.withdraw(name) is (remaining.pop(name, None) is not None)
            else:
                store.put(report)
                remaining[name] = report
        afresh = list(remaining.values())
        random.shuffle(afresh)
        for report in afresh:
            fresh.put(report)
        assert image(store) == image(fresh)
        assert sorted(store.quads.named_graphs(), key=str) == sorted(fresh.quads.named_graphs(), key=str)


def test_the_default_graph_conforms_after_any_step(reporter, ends):
    """Every direct triple of entities is stated by an asserted fact, and each fact is supported by a stored claim."""
    with Store.open(None) as store:
        store.put(reporter.report("a", (ends[1], P.MEMBER_OF, ends[2]), (ends[0], P.HOLDS_POST, ends[1])))
        store.put(reporter.report("b", (ends[1], P.MEMBER_OF, ends[2], {"since": "2012"})))
        store.withdraw("a")
        unsupported = "?f a rg:Fact ; rg:supportedBy ?c FILTER NOT EXISTS { GRAPH ?g { ?c a rg:Claim } }"
        unstated = "?s rg:memberOf ?o FILTER NOT EXISTS { ?f rdf:subject ?s ; rdf:object ?o ; rg:modality rg:asserted }"
        assert rows(store, unsupported) == rows(store, unstated) == []


def test_a_closed_store_says_so(reporter):
    """After `close` nothing is answered, and closing again is harmless."""
    store = Store.open(None)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.put(reporter.report("a"))


@pytest.mark.parametrize("base", ["regiograph/", "", "https://example.org/a b/", "https://example.org/id"])
def test_a_base_that_nothing_can_be_minted_under_is_refused(base):
    """HOSTILE 28, 30: every IRI begins with the base, so the base is checked first."""
    with pytest.raises(TermError, match=r"not an IRI|ends neither in / nor in #"):
        Store.open(None, base=base)


def test_another_base_is_used_throughout(ends):
    """Articles, facts, evidence, mentions and reference data are all minted under the store's base."""
    from reporter import Reporter

    base = "https://data.example.org/"
    reporter = Reporter(base)
    region, network = (
        reporter.entity(E.REGION, "Tomsk Region", ("iso3166-2", "RU-TOM")),
        reporter.entity(E.NETWORK, "Ring"),
    )
    with Store.open(None, base=base) as store:
        store.put(reporter.report("a", (region, P.MEMBER_OF, network)))
        assert not any(BASE in str(quad) for quad in store.quads)
        assert all(q.subject.value.startswith(base) for q in store.quads)
    with Store.open(None, base=base) as store, pytest.raises(TermError, match="does not begin with the base"):
        store.put(Reporter().report("a", (ends[1], P.MEMBER_OF, ends[2])))
