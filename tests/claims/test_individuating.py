"""Described projects are named by who is behind them and where they lie."""

from __future__ import annotations

from regiograph.claims.individuating import individuate
from regiograph.entities.identity import BASE, claim_iri, entity_iri
from regiograph.model import Article, Claim, Entity, Evidence, Span
from regiograph.terms import EntityType, Modality, Polarity, Predicate

ARTICLE = Article("a", "Vidrel AG builds a glass plant in Brod, near the Veles Dam and another glass plant.")
EVIDENCE = Evidence(Span(0, 5), "Vidre")


def entity(kind, name, words=None, *, salt=""):
    """Return an entity that the article mentions once."""
    start = ARTICLE.text.index(words or name)
    return Entity(entity_iri(BASE, kind, name, salt=salt), kind, name, (Span(start, start + len(words or name)),))


PLANT = entity(EntityType.PROJECT, "Glass plant", "a glass plant", salt="where it is first told of")
OWNER = entity(EntityType.COMPANY, "Vidrel AG")
TOWN = entity(EntityType.CITY, "Brod")


def claim(subject, predicate, obj, *, confidence=0.8, polarity=Polarity.POSITIVE):
    """Return a claim between two entities."""
    iri = claim_iri(BASE, "a", subject.id, predicate, obj.id, EVIDENCE)
    return Claim(
        iri, subject.id, predicate, obj.id, None, (), Modality.PLANNED, polarity, confidence, EVIDENCE
    )  # fmt: skip


def named(*claims, entities=(PLANT, OWNER, TOWN)):
    """Return the first entity and the claims as they come out."""
    found, told = individuate(ARTICLE, entities, claims, base=BASE)
    return found[0], told


def test_owner_and_place_make_name_and_iri():
    """With both, the IRI comes from the name alone, so that another article mints the same; the claims follow."""
    plant, claims = named(claim(OWNER, Predicate.IMPLEMENTS, PLANT), claim(PLANT, Predicate.LOCATED_IN, TOWN))
    assert plant.name == "Glass plant of Vidrel AG in Brod"
    assert plant.id == entity_iri(BASE, EntityType.PROJECT, plant.name)
    assert [claims[0].object, claims[1].subject] == [plant.id, plant.id]
    assert claims[0].id == claim_iri(BASE, "a", OWNER.id, Predicate.IMPLEMENTS, plant.id, EVIDENCE)


def test_one_of_them_makes_the_name_only():
    """With a place or an owner alone the entity stays the article's own."""
    plant, _ = named(claim(PLANT, Predicate.LOCATED_IN, TOWN))
    assert (plant.name, plant.id) == ("Glass plant in Brod", PLANT.id)


def test_denied_and_unsure_claims_name_nothing():
    """What is denied, or less sure than not, says nothing of who is behind a project."""
    denied = claim(OWNER, Predicate.IMPLEMENTS, PLANT, polarity=Polarity.NEGATIVE)
    unsure = claim(PLANT, Predicate.LOCATED_IN, TOWN, confidence=0.3)
    assert named(denied, unsure) == (PLANT, (denied, unsure))


def test_proper_names_stay():
    """A project that has a name of its own keeps it."""
    dam = entity(EntityType.PROJECT, "Veles Dam")
    found, _ = named(claim(dam, Predicate.LOCATED_IN, TOWN), entities=(dam, TOWN))
    assert found == dam


def test_two_things_of_one_description_stay_two():
    """Where the fuller name would be taken already, the second keeps its own IRI."""
    other = entity(EntityType.PROJECT, "Glass plant", "another glass plant", salt="told of later")
    claims = [claim(OWNER, Predicate.IMPLEMENTS, each) for each in (PLANT, other)]
    claims += [claim(each, Predicate.LOCATED_IN, TOWN) for each in (PLANT, other)]
    found, _ = individuate(ARTICLE, (PLANT, other, OWNER, TOWN), claims, base=BASE)
    assert len({e.id for e in found}) == 4
