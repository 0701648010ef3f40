"""The gate: what an extraction may put into the store, and how it is told what it may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tram_article import ARTICLE, extraction

from regiograph.entities.identity import BASE, entity_iri
from regiograph.errors import GateError
from regiograph.model import Claim, Entity, Evidence, Extraction, Span
from regiograph.rdf.gate import Gate, Violation
from regiograph.rdf.mapping import article_quads
from regiograph.rdf.store import Store
from regiograph.terms import EntityType, Predicate

MAYOR, MEMBER, INVESTOR, LENGTH = range(4)


@pytest.fixture(scope="module")
def gate() -> Gate:
    """The gate, with the ontology's shapes."""
    return Gate()


def with_claim(number: int, **changes: object) -> Extraction:
    """Return the extraction with one claim changed."""
    whole = extraction()
    claims = list(whole.claims)
    claims[number] = replace(claims[number], **changes)  # type: ignore[arg-type]
    return replace(whole, claims=tuple(claims))


def with_qualifiers(number: int, **changes: str) -> Extraction:
    """Return the extraction with other qualifiers of one claim; an empty one is left out."""
    said = dict(extraction().claims[number].qualifiers) | changes
    return with_claim(number, qualifiers=tuple(sorted((name, value) for name, value in said.items() if value)))


def refused(gate: Gate, found: Extraction) -> tuple[Violation, ...]:
    """Return what the gate says against an extraction."""
    return gate.check(found, article_quads(found))


def test_what_the_text_says_is_let_in(gate: Gate) -> None:
    """An extraction whose quotes are the text's and whose claims the ontology allows raises nothing."""
    assert refused(gate, extraction()) == ()


@pytest.mark.parametrize(
    ("number", "found", "message"),
    [
        (INVESTOR, with_qualifiers(INVESTOR, currency=""), "one currency"),
        (INVESTOR, with_qualifiers(INVESTOR, currency="euros"), "one currency"),
        (INVESTOR, with_qualifiers(INVESTOR, amount="-5"), "not negative"),
        (INVESTOR, with_qualifiers(INVESTOR, amount="10/5"), "not above the upper one"),
        (INVESTOR, with_qualifiers(INVESTOR, period="2035/2031"), "not end before it begins"),
        (INVESTOR, with_qualifiers(INVESTOR, period="2031-06/2031-05-30"), "not end before it begins"),
        (MAYOR, with_qualifiers(MAYOR, status="late"), "acting or former"),
        (MAYOR, with_claim(MAYOR, predicate=Predicate.IMPLEMENTS), "does not allow a subject of the type rg:Person"),
        (MAYOR, with_claim(MAYOR, subject=f"{BASE}person/nobody"), "an entity that the article mentions"),
        (MEMBER, with_claim(MEMBER, object=f"{BASE}network/unheard-of"), "neither mentioned"),
        (
            MEMBER,
            with_claim(MEMBER, object=f"{BASE}project/fjord-tram"),
            "does not allow an object of the type rg:Project",
        ),
        (
            LENGTH,
            with_claim(LENGTH, predicate=Predicate.STARTED_IN),
            "does not allow an object of the type rg:Quantity",
        ),
        (LENGTH, with_claim(LENGTH, confidence=1.2), "from 0 to 1"),
    ],
)
def test_what_is_wrong_is_told_with_article_and_sentence(
    gate: Gate, number: int, found: Extraction, message: str
) -> None:
    """A refused claim is named, with its article and the sentence that it rests on."""
    violations = refused(gate, found)
    assert any(message in violation.message for violation in violations), violations
    for violation in violations:
        assert violation.article == "example"
        assert violation.claim == found.claims[number].id
        assert violation.sentence == found.claims[number].evidence.quote
        assert "article 'example'" in str(violation)
        assert " ".join(violation.sentence.split()) in str(violation)


def misquoted(change: Callable[[Evidence], Evidence]) -> Extraction:
    """Return the extraction with the evidence of one claim changed."""
    return with_claim(MEMBER, evidence=change(extraction().claims[MEMBER].evidence))


@pytest.mark.parametrize(
    "change",
    [
        lambda e: replace(e, quote="Norvik joined the Polar Cities Network."),
        lambda e: replace(e, quote=e.quote.upper()),
        lambda e: replace(e, quote=e.quote.replace(" ", "\u00a0")),
        lambda e: replace(e, span=Span(e.span.start + 1, e.span.end + 1)),
        lambda e: replace(e, span=Span(e.span.start + 10_000, e.span.end + 10_000)),
        lambda e: replace(e, span=Span(-len(ARTICLE.text), -len(ARTICLE.text) + len(e.quote))),
        lambda _: Evidence(Span(5, 5), ""),
    ],
    ids="invented case blanks shifted beyond negative empty".split(),
)
def test_a_quote_that_is_not_the_texts_own_is_refused(gate: Gate, change: Callable[[Evidence], Evidence]) -> None:
    """HOSTILE 21: the quote equals the article's text at its offsets, to the character."""
    found = misquoted(change)
    violations = refused(gate, found)
    assert violations
    assert all(v.claim == found.claims[MEMBER].id or v.claim == found.claims[MAYOR].id for v in violations)


@given(start=st.integers(0, len(ARTICLE.text)), end=st.integers(0, len(ARTICLE.text)))
@settings(max_examples=40, deadline=None)
def test_any_stretch_of_the_text_is_a_quote(start: int, end: int) -> None:
    """Every stretch that is not empty, quoted as it stands, passes the evidence rule."""
    found = misquoted(lambda _: Evidence(Span(start, end), ARTICLE.text[start:end]))
    assert (refused(Gate(), found) == ()) == (start < end)


@given(at=st.integers(0, 80), letter=st.characters(codec="utf-8"))
@settings(max_examples=40, deadline=None)
def test_one_other_character_makes_a_quote_false(at: int, letter: str) -> None:
    """A quote that differs from the text in a single character is refused."""
    quote = extraction().claims[MEMBER].evidence.quote
    changed = quote[:at] + letter + quote[at + 1 :]
    found = misquoted(lambda e: replace(e, quote=changed))
    assert (refused(Gate(), found) == ()) == (changed == quote)


@pytest.mark.parametrize("span", [Span(0, 0), Span(8, 4), Span(-3, 5), Span(0, 10_000)], ids=str)
def test_a_mention_outside_the_text_is_refused(gate: Gate, span: Span) -> None:
    """Mentions lie within the text and are not empty."""
    ada, *others = extraction().entities
    found = replace(extraction(), entities=(replace(ada, mentions=(span,)), *others))
    (violation,) = refused(gate, found)
    assert violation.claim is None
    assert "not within the text" in violation.message
    assert "Ada Lind" in str(violation)


def test_an_entity_without_a_name_is_told_with_the_line_that_mentions_it(gate: Gate) -> None:
    """What is wrong with a mention quotes the line of its first mention."""
    ada, *others = extraction().entities
    found = replace(extraction(), entities=(replace(ada, name=""), *others))
    (violation,) = refused(gate, found)
    assert "one name" in violation.message
    assert violation.sentence == ARTICLE.text.splitlines()[0]


def test_two_types_for_one_entity_are_refused(gate: Gate) -> None:
    """An article that shows one entity as two things contradicts itself where the predicate allows only one."""
    city = extraction().entities[1]
    twin = Entity(city.id, EntityType.EVENT, city.name, city.mentions)
    found = replace(extraction(), entities=(*extraction().entities, twin))
    assert any("rg:entityType" in violation.path for violation in refused(gate, found))


def test_every_claim_that_rests_on_a_false_quote_is_refused(gate: Gate) -> None:
    """Two claims from one misquoted sentence are both named, so that leaving them out leaves nothing wrong."""
    found = extraction()
    false = replace(found.claims[MAYOR].evidence, quote="Ada Lind lives in Norvik.")
    first, second, *rest = found.claims
    claims = (replace(first, evidence=false), replace(second, evidence=false), *rest)
    violations = refused(gate, replace(found, claims=claims))
    assert {violation.claim for violation in violations} == {first.id, second.id}
    assert refused(gate, replace(found, claims=tuple(rest))) == ()


def test_two_claims_under_one_iri_are_refused(gate: Gate) -> None:
    """Claims that differ in a qualifier only would melt into one node, which would say both."""
    found = extraction()
    twin = replace(found.claims[MAYOR], qualifiers=(("role", "governor"),))
    violations = refused(gate, replace(found, claims=(*found.claims, twin)))
    assert any("Two claims go by this IRI" in violation.message for violation in violations)
    assert {violation.claim for violation in violations} == {twin.id}
    assert refused(gate, replace(found, claims=(*found.claims, found.claims[MAYOR]))) == ()


def test_an_article_that_lost_its_digest_is_refused(gate: Gate) -> None:
    """What is wrong with the article itself has no sentence, and no claim to blame."""
    quads = [quad for quad in article_quads(extraction()) if not quad.predicate.value.endswith("sha256")]
    (violation,) = gate.check(extraction(), quads)
    assert (violation.claim, violation.sentence) == (None, "")
    assert str(violation).startswith("article 'example': An article has the SHA-256 of its text")


def test_violations_come_in_one_order(gate: Gate) -> None:
    """The order of quads and claims does not show in what is reported."""
    found = with_qualifiers(INVESTOR, amount="-5", currency="")
    quads = article_quads(found)
    backwards = replace(found, claims=found.claims[::-1], entities=found.entities[::-1])
    assert gate.check(found, quads) == gate.check(backwards, quads[::-1])


def test_a_long_sentence_is_cut_where_it_is_shown() -> None:
    """A violation in words stays readable, and keeps control characters of the text to itself."""
    shown = str(Violation("a", None, "urn:x", "", "It is wrong.", "word\n\tword " * 1000))
    assert len(shown) < 320
    assert "\n" not in shown
    assert shown.endswith("…”")


def test_nothing_that_is_refused_is_stored() -> None:
    """The store raises what the gate finds, and holds nothing of the article."""
    store = Store.open(None)
    with pytest.raises(GateError, match="one currency") as raised:
        store.put(with_qualifiers(INVESTOR, currency=""))
    assert "article 'example'" in str(raised.value)
    assert len(store.quads) == 0


def test_an_entity_with_another_kind_of_iri_is_still_checked_by_its_type(gate: Gate) -> None:
    """The type is what the mention says and not what the IRI looks like."""
    found = extraction()
    disguised = Entity(entity_iri(BASE, EntityType.CITY, "Bergby"), EntityType.PERSON, "Bergby", (Span(0, 3),))
    claim: Claim = replace(found.claims[MAYOR], object=disguised.id)
    violations = refused(gate, replace(found, entities=(*found.entities, disguised), claims=(claim,)))
    assert any("object of the type rg:Person" in violation.message for violation in violations)


def test_quads_of_other_graphs_do_not_help(gate: Gate) -> None:
    """A claim is judged by the quads given, whatever graph they are in, and by nothing else."""
    found = extraction()
    moved = [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode("urn:g")) for q in article_quads(found)]
    assert gate.check(found, moved) == ()
    assert gate.check(found, [q for q in moved if not q.object.value.endswith("#Evidence")]) != ()
