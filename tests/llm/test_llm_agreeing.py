"""The trained network and a model read the same article: what both say is surer, what one says is told as its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stub_model import stub
from told import FORUM, STORY, Making, is_grounded, right, said

from regiograph.claims.extractors import both, extractor
from regiograph.claims.llm.agreeing import DOUBTED, SUREST, agreed
from regiograph.claims.llm.causes import Cause
from regiograph.cli import options
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Span
from regiograph.rdf.store import MIN_CONFIDENCE
from regiograph.terms import EntityType, Modality, Polarity, Predicate

ARTICLE = Article("short", "Ormund Turbines is owned by Hestra Holding and works in Port Ilsen.")
BASE = "https://example.org/"
ORMUND, HESTRA, ILSEN = Span(0, 15), Span(28, 42), Span(56, 66)
EVIDENCE = Evidence(Span(0, len(ARTICLE.text)), ARTICLE.text)


def entity(name: str, span: Span, kind: EntityType = EntityType.COMPANY) -> Entity:
    """Return an entity with one mention; its IRI is its name."""
    return Entity(name, kind, name, (span,))


def claim(subject: str, predicate: Predicate, obj: str, confidence: float = 0.75, **members: object) -> Claim:
    """Return a claim between two entities."""
    plain = Claim("", subject, predicate, obj, None, (), Modality.ASSERTED, Polarity.POSITIVE, confidence, EVIDENCE)
    return replace(plain, id=f"{subject} {predicate} {obj}", **members)


OWNED = claim("ormund", Predicate.OWNED_BY, "hestra")
OWN = (entity("ormund", ORMUND), entity("hestra", HESTRA))
TOLD = (entity("Ormund", ORMUND), entity("Hestra", HESTRA), entity("Ilsen", ILSEN, EntityType.CITY))
ALSO = claim("Ormund", Predicate.OWNED_BY, "Hestra")


def merged(own: tuple[Claim, ...], told: tuple[Claim, ...]) -> Extraction:
    """Return the extraction of both readings."""
    first, second = Extraction(ARTICLE, OWN, own, "neural/1"), Extraction(ARTICLE, TOLD, told, "llm/x/1")
    return agreed(first, second, base=BASE, version="both")


@pytest.mark.parametrize(
    ("own", "told", "confidence"),
    [
        (0.4, ALSO, 0.85),
        (0.95, ALSO, SUREST),
        (0.99, ALSO, 0.99),
        (0.9, replace(ALSO, modality=Modality.PLANNED), DOUBTED),
        (0.9, replace(ALSO, polarity=Polarity.NEGATIVE), DOUBTED),
        (0.4, replace(ALSO, polarity=Polarity.NEGATIVE), 0.4),
        (0.9, None, 0.9),
    ],
)
def test_what_both_say_is_surer_and_what_they_say_otherwise_is_doubted(own, told, confidence):
    """Two witnesses count by noisy-or with a cap; where one denies or only plans it, no fact is made."""
    (found,) = merged((replace(OWNED, confidence=own),), () if told is None else (told,)).claims
    assert (found.subject, found.object, found.confidence) == ("ormund", "hestra", confidence)


def test_what_the_model_alone_says_is_for_review():
    """Its claims come with the network's entities, below a fact's confidence and above where the review begins."""
    found = merged((), (ALSO, claim("Ormund", Predicate.LOCATED_IN, "Ilsen")))
    assert {(c.subject, c.predicate.value, c.object) for c in found.claims} == {
        ("ormund", "ownedBy", "hestra"),
        ("ormund", "locatedIn", "Ilsen"),
    }
    assert {c.confidence for c in found.claims} == {DOUBTED}
    assert options.DOUBTED <= DOUBTED < MIN_CONFIDENCE
    assert [e.id for e in found.entities] == ["ormund", "hestra", "Ilsen"]


def test_a_model_that_is_trusted_less_doubts_more():
    """What it says alone is never surer than it is trusted."""
    (found,) = merged((), (replace(ALSO, confidence=0.3),)).claims
    assert found.confidence == 0.3


def test_a_claim_that_the_networks_types_forbid_is_left_out_and_told():
    """Where the network takes the place for a company, or two things for one, nothing lies in it; that is counted."""
    found = merged((), (claim("Ormund", Predicate.LOCATED_IN, "Hestra"), claim("Ormund", Predicate.OWNED_BY, "ormund")))
    assert found.claims == ()
    assert [str(fault) for fault in found.faults] == [
        f"claim ormund locatedIn hestra: {Cause.OTHERS}",
        f"claim ormund ownedBy ormund: {Cause.ITSELF}",
    ]


def test_symmetric_relations_agree_either_way_round():
    """Who met whom is one claim, whichever side is named first."""
    own, told = (claim(a, Predicate.MET_WITH, b, 0.5) for a, b in (("ormund", "hestra"), ("Hestra", "Ormund")))
    (found,) = merged((own,), (told,)).claims
    assert found.confidence == 0.75


def test_both_read_the_same_article(asking: Making):
    """The extractor says all that the network says, and all that the model says and types allow."""
    with stub(right) as server:
        reader = both(asking(server.url))
        outcomes = list(reader.outcomes([STORY, FORUM]))
    assert reader.version == "both/neural/3/llm/stub/1" or reader.version.startswith("both/neural/")
    for outcome in outcomes:
        assert is_grounded(outcome)
        assert outcome.extractor == reader.version
        alone = extractor().extract(outcome.article)
        assert said(alone) <= said(outcome)
        assert len({c.id for c in outcome.claims}) == len(outcome.claims)
    assert any(c.confidence == DOUBTED for outcome in outcomes for c in outcome.claims)


def test_where_the_model_fails_the_article_is_refused(asking: Making):
    """Half a reading is none: the next build tries again."""
    with stub(lambda *_: "well") as server:
        (outcome,) = both(asking(server.url)).outcomes([STORY])
    assert "cannot be used" in str(outcome)
