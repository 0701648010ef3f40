"""What an answer may say, from the closed lists of the ontology: the JSON schema, and the table in the prompt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from regiograph.terms import SIGNATURES, EntityType, Modality, Polarity, Predicate

_P = Predicate
QUALIFIERS: Mapping[Predicate, tuple[str, ...]] = MappingProxyType(
    {
        _P.HOLDS_POST: ("role", "status", "since", "until"),
        _P.MEMBER_OF: ("since", "until"),
        _P.REPRESENTS: ("in",),
        _P.MET_WITH: ("date",),
        _P.VISITED: ("date", "count"),
        _P.SIGNED_AGREEMENT_WITH: ("date", "subject", "amount"),
        _P.COOPERATES_WITH: ("subject",),
        _P.INVESTS_IN: ("amount", "period"),
        _P.HAS_AMOUNT: ("period",),
        _P.PROPOSED_TO: ("what",),
        _P.OWNED_BY: ("share",),
        _P.CREATES_JOBS: ("period",),
        _P.HAS_INDICATOR: ("indicator", "period"),
    }
)
"""What a model may add to a relation, by name; currency, unit and bound come with the amount, from our own reading."""

_NAMES = tuple(sorted({name for names in QUALIFIERS.values() for name in names}))


def schema() -> dict[str, Any]:
    """Return the JSON schema of an answer, in the subset that servers with strict schemas take."""
    mention = _object(sentence={"type": "integer"}, text={"type": "string"})
    entity = _object(key={"type": "string"}, type=_one_of(EntityType), mentions=_list(mention))
    claim = _object(
        subject={"type": "string"},
        predicate=_one_of(Predicate),
        object={"type": ["string", "null"]},
        value={"type": ["string", "null"]},
        qualifiers=_list(_object(name={"type": "string", "enum": list(_NAMES)}, text={"type": "string"})),
        modality=_one_of(Modality),
        polarity=_one_of(Polarity),
        sentence={"type": "integer"},
        quote={"type": "string"},
    )
    return _object(entities=_list(entity), claims=_list(claim))


def relations() -> str:
    """Return a line for each predicate: what it ties to what, and which qualifiers it takes."""
    return "\n".join(_line(predicate) for predicate in Predicate)


def _line(predicate: Predicate) -> str:
    signature = SIGNATURES[predicate]
    subjects = ", ".join(kind for kind in EntityType if kind in signature.domain)
    if isinstance(signature.range, str):
        objects = f"{signature.range}, as value"
    else:
        objects = ", ".join(kind for kind in EntityType if kind in signature.range)
    taken = QUALIFIERS.get(predicate, ())
    return f"- {predicate}: {subjects} -> {objects}" + (f" [{', '.join(taken)}]" if taken else "")


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one_of(names: type[EntityType | Predicate | Modality | Polarity]) -> dict[str, Any]:
    return {"type": "string", "enum": [name.value for name in names]}
