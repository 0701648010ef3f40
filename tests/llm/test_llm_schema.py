"""What a model is asked agrees with the ontology, with the rules of strict servers, and with its version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
from told import STORY

from regiograph.articles.segmenting import sentences
from regiograph.claims.llm import prompt
from regiograph.claims.llm.schema import QUALIFIERS, relations, schema
from regiograph.claims.llm.windows import windows
from regiograph.rdf import vocabulary
from regiograph.terms import QUALIFIERS as KNOWN
from regiograph.terms import EntityType, Predicate

PINNED = {"1": "0f0f0b45ea6d0bb2"}  # a digest of all that a model is asked, by version


def objects(part: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects that a schema describes, however deep."""
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for each in part.values():
            yield from objects(each)


def enumerated(name: str, kind: str) -> list[str]:
    """Return the values that a member of the items of a list may have."""
    return list(schema()["properties"][name]["items"]["properties"][kind]["enum"])


def test_types_and_predicates_are_the_ontologys() -> None:
    """Each class and property that an answer may name is one of the ontology, with the domain that the table tells."""
    assert set(enumerated("entities", "type")) == {kind.value for kind in EntityType} <= set(vocabulary.classes())
    assert set(enumerated("claims", "predicate")) == {each.value for each in Predicate} <= set(vocabulary.properties())
    for line in relations().splitlines():
        name, _, told = line.removeprefix("- ").partition(": ")
        assert set(told.partition(" -> ")[0].split(", ")) == set(vocabulary.properties()[name].domain), line


def test_qualifiers_are_known_ones() -> None:
    """What may be added to a relation is among the qualifiers of claims."""
    assert {name for names in QUALIFIERS.values() for name in names} <= KNOWN


def test_the_schema_is_one_that_strict_servers_take() -> None:
    """It is valid, every member is required, and nothing else is allowed."""
    jsonschema.Draft202012Validator.check_schema(schema())
    for each in objects(schema()):
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])


def test_the_examples_are_of_the_schema() -> None:
    """What the model is shown is of the form that it is asked for."""
    for each in prompt.examples():
        jsonschema.validate(each["answer"], schema())


def test_the_guidelines_name_every_type_and_predicate() -> None:
    """No type or predicate is asked for that is not explained."""
    told = prompt.messages(windows(STORY, sentences(STORY))[0])[0]["content"]
    assert not [name for name in (*EntityType, *Predicate) if f"- {name}: " not in told]


def test_another_prompt_has_another_version() -> None:
    """Who changes guidelines, examples, schema or layout raises VERSION, and puts the new digest here."""
    asked = [*prompt.messages(windows(STORY, sentences(STORY))[0]), schema()]
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    assert PINNED[prompt.VERSION] == digest[:16]
