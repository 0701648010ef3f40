"""Pages tell what the store holds, sentence by sentence, and programs get the same as RDF."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest

from press import Draft, iri, press
from regiograph.entities.identity import BASE, article_iri
from regiograph.rdf.graphs import texts_iri
from regiograph.rdf.nodes import rg
from regiograph.rdf.store import Store
from regiograph.serve import description
from regiograph.serve.pages import page
from regiograph.serve.wire import Job, Kind, Reply, Task
from regiograph.terms import Predicate

PAYLOAD = '<img src=x onerror="alert(1)">'
Open = Callable[..., Reply]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """The articles of the sample press, and one whose words are an attack."""
    with Store.open(None, min_confidence=0.5) as opened:
        for draft in press():
            opened.put(draft.extraction())
        attack = Draft("attack", "2020", source=PAYLOAD, url="https://example.org/?q=%22%3E")
        opened.put(attack.says("Anna Orlova", Predicate.HOLDS_POST, "Tomsk region", role=PAYLOAD).extraction())
        yield opened


@pytest.fixture(scope="module")
def show(store: Store) -> Open:
    """Open an address of the site."""

    def opened(address: str, kind: str | None = None) -> Reply:
        return page(store.quads, BASE, Job(Task.PAGE, address, graph=kind))

    return opened


def text(reply: Reply) -> str:
    """Return the words of a page, with single spaces."""
    assert reply.kind is Kind.HTML
    bare = re.sub(r"<[^>]*>", " ", reply.body.decode())
    return " ".join(html.unescape(bare).split())


def address(node: str) -> str:
    """Return the address of a node's page."""
    return "/id/" + node.removeprefix(BASE)


def test_an_entity_is_told_with_its_relations_from_both_ends(show: Open) -> None:
    """What it is, where it lies, each relation as it reads from there, with the sentence and its article."""
    said = text(show(address(iri("Tomsk region"))))
    assert "Region in Russia Tomsk region Named in" in said
    assert "has as post-holder" in said
    assert "is a member of" in said
    assert "Asian Cities Network since 2012 0.90" in said
    assert "Tomsk region memberOf Asian Cities Network since 2012 (asserted, positive)." in said
    assert "Title of mission , Morning Sample, 11 June 2015 · at its source" in said


def test_a_relation_links_its_other_end_and_the_place_of_its_sentence(show: Open) -> None:
    """Both stay on this site; the source opens at the sentence."""
    body = show(address(iri("Science Centre"))).body.decode()
    assert 'href="/id/region/tomsk-region"' in body
    assert re.search(r'href="/id/article/mission#s-\d+-\d+">Title of mission</a>', body)
    assert "https://example.org/mission#:~:text=" in body


def test_what_is_planned_is_marked(show: Open) -> None:
    """A plan is never shown as done."""
    assert "more than USD 4 billion" in text(show(address(iri("Science Centre"))))
    assert "planned" in text(show(address(iri("Science Centre"))))


def test_an_article_shows_its_words_with_each_sentence_at_its_place(store: Store, show: Open) -> None:
    """The whole text, in order, and an address for each sentence that claims something."""
    reply = show("/id/article/zone")
    article = ox.NamedNode(article_iri(BASE, "zone"))
    words = next(store.quads.quads_for_pattern(article, rg("text"), None, texts_iri(BASE)))
    shown = re.search(r'<div class="text">(.*?)</div>', reply.body.decode(), re.S)
    assert shown is not None
    bare = html.unescape(re.sub(r"<sup>.*?</sup>|<[^>]*>", "", shown[1]))
    assert " ".join(bare.split()) == words.object.value  # type: ignore[union-attr]
    places = re.findall(r'id="s-(\d+)-(\d+)"', reply.body.decode())
    assert len(places) == len(set(places)) == 8
    assert all(f'href="#s-{start}-{end}"' in reply.body.decode() for start, end in places)


def test_an_article_tells_denials_and_weak_claims_as_what_they_are(show: Open) -> None:
    """Everything that it claims is there, believed or not."""
    said = text(show("/id/article/end"))
    assert "Autowerk not invests in Truck plant" in said
    assert "is owned by Autowerk 0.30" in said


def test_an_article_without_its_words_says_so(store: Store) -> None:
    """A store of before texts were kept still shows the sentences."""
    copy = ox.Store()
    copy.extend(quad for quad in store.quads if quad.graph_name != texts_iri(BASE))
    reply = page(copy, BASE, Job(Task.PAGE, "/id/article/zone"))
    assert "does not hold the words of this article" in text(reply)
    assert len(re.findall(r'class="place" id="s-', reply.body.decode())) == 8


def test_a_claim_and_its_evidence_lead_to_the_sentence(store: Store, show: Open) -> None:
    """Every IRI of the graph leads somewhere: a fact to its subject, an extractor's nowhere."""
    graph = ox.NamedNode(article_iri(BASE, "zone"))
    claim = next(q for q in store.quads.quads_for_pattern(None, rg("evidence"), None, graph))
    for node in (claim.subject, claim.object):
        reply = show(address(node.value))  # type: ignore[union-attr]
        assert reply.kind is Kind.ELSEWHERE
        assert re.fullmatch(rb"/id/article/zone#s-\d+-\d+", reply.body)
    fact = next(store.quads.quads_for_pattern(None, rg("supportedBy"), claim.subject, None))
    assert show(address(fact.subject.value)).kind is Kind.ELSEWHERE  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["/id/region/nowhere", "/id/", "/id/%00", "/id/a b", "/id/..%2f..", "/id/region/%zz"])
def test_what_is_not_known_is_not_found(show: Open, path: str) -> None:
    """HOSTILE 66: an address of nothing, or of no IRI at all."""
    assert show(path).kind is Kind.UNKNOWN


def test_an_attack_stays_words(show: Open) -> None:
    """HOSTILE 73: whatever a text says, it is shown and never run."""
    for path in ("/id/article/attack", address(iri("Anna Orlova")), "/articles", f"/find?name={PAYLOAD}"):
        body = show(path).body.decode()
        assert "<img" not in body
        assert "onerror=&#34;alert(1)&#34;" in body or "onerror" not in body


def test_entities_are_found_by_any_part_of_a_name(show: Open) -> None:
    """Upper or lower case, the chief name or another; nothing found is said."""
    assert "Tomsk region" in text(show("/find?name=TOMSK"))
    assert "Nothing in this graph is called so" in text(show("/find?name=atlantis"))
    assert "Type a part of a name" in text(show("/find?name=+"))


def test_the_first_page_counts_and_lists(store: Store, show: Open) -> None:
    """How much there is, the best known, the questions."""
    said = text(show("/"))
    assert f"{len(press()) + 1} articles" in said
    assert "Anna Orlova" in said
    assert "Who met whom" in said or "Meetings" in said
    empty = page(ox.Store(), BASE, Job(Task.PAGE, "/"))
    assert "The store is empty" in text(empty)


def test_programs_get_the_description_of_a_node(store: Store, show: Open) -> None:
    """Of an entity its triples and its facts; of an article its graph, without the text, which is its publisher's."""
    body = show(address(iri("Tomsk region")), "application/n-triples").body
    told = {quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)}
    member = ox.Triple(ox.NamedNode(iri("Tomsk region")), rg("memberOf"), ox.NamedNode(iri("Asian Cities Network")))
    assert member in told
    assert any(triple.predicate == rg("since") for triple in told)
    graph = ox.NamedNode(article_iri(BASE, "zone"))
    article = {q.triple for q in ox.parse(show("/id/article/zone", "text/turtle").body, format=ox.RdfFormat.TURTLE)}
    assert {quad.triple for quad in store.quads.quads_for_pattern(None, None, None, graph)} <= article
    assert not any(triple.predicate == rg("text") for triple in article)
    assert show("/id/region/nowhere", "text/turtle").kind is Kind.UNKNOWN


def test_the_dataset_is_described_in_numbers(store: Store, show: Open) -> None:
    """VoID: as many triples, entities and documents as there are."""
    body = show("/.well-known/void?root=http%3A%2F%2F127.0.0.1%3A1%2F", "application/n-triples").body
    told = {
        t.predicate.value.rpartition("#")[2]: t.object.value  # type: ignore[union-attr]
        for t in (quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
        if t.subject == ox.NamedNode("http://127.0.0.1:1/.well-known/void#dataset")
    }
    assert told["triples"] == str(len(list(store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph()))))
    assert told["documents"] == str(len(press()) + 1)
    assert told["uriSpace"] == BASE
    assert told["sparqlEndpoint"] == "http://127.0.0.1:1/sparql"


def test_the_service_says_whether_it_takes_updates() -> None:
    """A service description names the languages that there are."""
    reading, writing = (
        description.service("http://127.0.0.1:1/", updates=updates, kind="text/turtle").decode()
        for updates in (False, True)
    )
    assert "SPARQL11Update" in writing
    assert "SPARQL11Update" not in reading
    assert "SPARQL11Query" in reading
