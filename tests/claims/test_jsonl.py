"""Extractions as JSON objects, and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.claims.jsonl import from_object, to_object
from regiograph.errors import ArticleError
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Span, Value
from regiograph.terms import EntityType, Modality, Polarity, Predicate

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(*sorted(pair)))
entities = st.builds(
    Entity, id=text, type=st.sampled_from(EntityType), name=text, mentions=st.lists(spans, max_size=3).map(tuple)
)
ends = st.one_of(
    st.tuples(text, st.none()), st.tuples(st.none(), st.builds(Value, text, st.sampled_from(["edtf", "decimal"])))
)
qualifiers = st.dictionaries(st.sampled_from(["amount", "currency", "role"]), text).map(
    lambda d: tuple(sorted(d.items()))
)
claims = st.builds(
    lambda end, **rest: Claim(object=end[0], value=end[1], **rest),
    end=ends,
    id=text,
    subject=text,
    predicate=st.sampled_from(Predicate),
    qualifiers=qualifiers,
    modality=st.sampled_from(Modality),
    polarity=st.sampled_from(Polarity),
    confidence=st.floats(0, 1),
    evidence=st.builds(Evidence, spans, text),
)
articles = st.builds(Article, text, text, st.none() | text, st.none() | text, url=st.none() | text)
extractions = st.builds(
    Extraction,
    articles,
    st.lists(entities, max_size=3).map(tuple),
    st.lists(claims, max_size=3).map(tuple),
    st.just("x/1"),
)


@given(extractions)
def test_what_is_written_is_read_back(extraction: Extraction) -> None:
    """JSON keeps everything of an extraction that the format has a place for."""
    row = json.loads(json.dumps(to_object(extraction)))
    assert from_object(row, extractor="x/1") == extraction


def test_an_object_has_the_shape_of_the_contract() -> None:
    """Names, nesting and order of the fields are those of the claims format."""
    entity = Entity("urn:r", EntityType.REGION, "Morvan region", (Span(4, 17),))
    evidence = Evidence(Span(0, 9), "The Morva")
    claim = Claim(
        "urn:c",
        "urn:r",
        Predicate.HAS_INDICATOR,
        None,
        Value("12", "decimal"),
        (("unit", "%"),),
        Modality.PLANNED,
        Polarity.POSITIVE,
        0.75,
        evidence,
    )
    extraction = Extraction(Article("a", "The Morvan region", published="2015-06"), (entity,), (claim,), "rules/1")
    assert to_object(extraction) == {
        "article": {"id": "a", "title": None, "published": "2015-06", "url": None, "text": "The Morvan region"},
        "entities": [{"id": "urn:r", "type": "Region", "name": "Morvan region", "mentions": [[4, 17]]}],
        "claims": [
            {
                "id": "urn:c",
                "subject": "urn:r",
                "predicate": "hasIndicator",
                "object": None,
                "value": {"value": "12", "datatype": "decimal"},
                "qualifiers": {"unit": "%"},
                "modality": "planned",
                "polarity": "positive",
                "confidence": 0.75,
                "evidence": {"start": 0, "end": 9, "quote": "The Morva"},
            }
        ],
    }


@pytest.mark.parametrize(
    "row", [{}, {"article": {"id": "a", "text": ""}}, {"article": 1, "entities": [], "claims": []}]
)
def test_another_object_is_refused(row: dict[str, object]) -> None:
    """What is not of this form raises an error that says what is wrong."""
    with pytest.raises(ArticleError, match="no extraction"):
        from_object(row)
