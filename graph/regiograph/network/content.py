"""The content pattern of a fact node, read back from RDF into plain names and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from regiograph.terms import SIGNATURES, Bound, Modality

LITERALS = frozenset(predicate.value for predicate, s in SIGNATURES.items() if isinstance(s.range, str))

_QUALIFIERS = {
    "role": "role",
    "status": "status",
    "since": "since",
    "until": "until",
    "date": "date",
    "count": "count",
    "topic": "subject",
    "amount": "amount",
    "period": "period",
    "purpose": "what",
    "share": "share",
    "indicator": "indicator",
    "unit": "unit",
    "inContext": "in",
}
_BOUNDS = {
    "moreThan": Bound.MORE_THAN,
    "atLeast": Bound.AT_LEAST,
    "upTo": Bound.UP_TO,
    "about": Bound.ABOUT,
    "exactly": Bound.EXACTLY,
}
_LOWER = ("minValue", "minInclusive", "minExclusive")
_UPPER = ("maxValue", "maxInclusive", "maxExclusive")
_INSTANTS = ("inXSDDate", "inXSDgYearMonth", "inXSDgYear")


def local_name(iri: str) -> str:
    """Return what follows the last `#` or `/` of an IRI."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


class Parts(dict[str, dict[str, str]]):
    """The nodes that a fact consists of: amounts, quantities and intervals, by IRI."""

    def date(self, value: str) -> str:
        """Return `value`, or the EDTF interval "2015-06-08/2015-06-10" that it is the IRI of; ".." is an open end."""
        node = self.get(value)
        if node is None or not {"hasBeginning", "hasEnd"} & node.keys():
            return value
        ends = (self.get(node.get(end, ""), {}) for end in ("hasBeginning", "hasEnd"))
        return "/".join(_first(end, _INSTANTS) or ".." for end in ends)

    def number(self, value: str) -> str:
        """Return `value`, or the number or range "10/15" of the amount that it is the IRI of."""
        node = self.get(value)
        if node is None:
            return value
        low, high = _first(node, _LOWER), _first(node, _UPPER)
        bounds = (low, high) if low != high else (low,)
        return node.get("value") or "/".join(filter(None, bounds)) or value

    def measure(self, value: str) -> dict[str, str]:
        """Return what the amount or quantity with this IRI says beside its number, by the qualifier's name."""
        node = self.get(value, {})
        bound = _BOUNDS.get(local_name(node.get("bound", "")), Bound.EXACTLY)
        said: dict[str, str] = {name: node[name] for name in ("currency", "unit", "verbatim") if name in node}
        return said if bound is Bound.EXACTLY else said | {"qualifier": bound.value}


class Content(NamedTuple):
    """What a fact node says."""

    subject: str
    predicate: str
    object: str
    qualifiers: tuple[tuple[str, str], ...]
    modality: str
    confidence: float

    @classmethod
    def read(cls, found: Mapping[str, str], parts: Parts) -> Content:
        """Read the content from a node's properties by local name."""
        subject, predicate, obj = found["subject"], local_name(found["predicate"]), found["object"]
        literal = predicate in LITERALS
        said = (parts.measure(obj) if literal else {}) | _said(found, parts)
        modality = local_name(found.get("modality", Modality.ASSERTED))
        value = parts.date(parts.number(obj)) if literal else obj
        return cls(
            subject, predicate, value, tuple(sorted(said.items())), modality, float(found.get("confidence", "1"))
        )

    @property
    def date(self) -> str | None:
        """When it was so, in EDTF, where the text says it."""
        return dict(self.qualifiers).get("date")


def _said(found: Mapping[str, str], parts: Parts) -> dict[str, str]:
    said = {name: found[prop] for prop, name in _QUALIFIERS.items() if prop in found}
    measured = parts.measure(said.get("amount") or said.get("share") or "")
    amount = {name: value for name, value in measured.items() if name != "unit"}  # that of a share is always %
    bound = {"qualifier": _BOUNDS[name].value} if (name := local_name(found.get("bound", ""))) in _BOUNDS else {}
    return amount | bound | {name: _plain(name, value, parts) for name, value in said.items()}


def _plain(name: str, value: str, parts: Parts) -> str:
    if name in ("amount", "share", "count"):
        return parts.number(value)
    return parts.date(value)


def _first(node: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((node[name] for name in names if name in node), None)
