"""What a claim says, as statements that a claim node and a fact node share: a relation and its qualifiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from regiograph.errors import TermError
from regiograph.model import Claim
from regiograph.rdf.nodes import OBJECT, PREDICATE, SUBJECT, TYPE, Term, decimal, integer, iri, rg, text
from regiograph.rdf.statements import Part, Statement
from regiograph.rdf.times import moment, period
from regiograph.terms import SIGNATURES, Bound, Predicate

_Said = tuple[Term | Part, tuple[Statement, ...]]

BOUNDS: Mapping[Bound, str] = MappingProxyType(
    {
        Bound.EXACTLY: "exactly",
        Bound.ABOUT: "about",
        Bound.AT_LEAST: "atLeast",
        Bound.MORE_THAN: "moreThan",
        Bound.UP_TO: "upTo",
    }
)
_VERBATIM = "verbatim"
_LIMITS = {Bound.AT_LEAST: "minInclusive", Bound.MORE_THAN: "minExclusive", Bound.UP_TO: "maxInclusive"}
_WORDS = {
    "role": "role",
    "status": "status",
    "subject": "topic",
    "what": "purpose",
    "indicator": "indicator",
    "unit": "unit",
    "in": "inContext",
    "currency": "currency",
    "qualifier": "bound",
}


def content(claim: Claim) -> tuple[Statement, ...]:
    """Return what the claim says, apart from who says so and how surely.

    Of a symmetric relation the subject is the one whose IRI sorts first, so that both directions are one content.

    Raises:
        TermError: an IRI, a date or a number of the claim is malformed; the message names the claim.
    """
    try:
        return (*_relation(claim), *_qualifiers(claim))
    except TermError as e:
        raise TermError(f"{claim.id}: {e}") from e


def wording(claim: Claim) -> tuple[Statement, ...]:
    """Return the words that state the claim's number: the claim's own, for a fact is one in whatever words.

    Raises:
        TermError: the words cannot be written in RDF.
    """
    words = claim.qualifier(_VERBATIM)
    if not words:
        return ()
    if claim.value is not None and claim.value.datatype == "decimal":
        return (Statement("/object", rg("verbatim"), text(words)),)
    return (Statement("/amount", rg("verbatim"), text(words)),) if claim.qualifier("amount") else ()


def _relation(claim: Claim) -> tuple[Statement, ...]:
    subject: Term = iri(claim.subject)
    obj, parts = _object(claim)
    if SIGNATURES[claim.predicate].symmetric and not isinstance(obj, Part) and obj.value < subject.value:
        subject, obj = obj, subject
    return (
        Statement("", SUBJECT, subject),
        Statement("", PREDICATE, rg(claim.predicate)),
        Statement("", OBJECT, obj),
        Statement("", rg("modality"), rg(claim.modality)),
        *parts,
    )


def _object(claim: Claim) -> _Said:
    if claim.object is not None:
        return iri(claim.object), ()
    if claim.value is None:
        raise TermError("a claim without object and without value")
    if claim.value.datatype == "edtf":
        return moment(claim.value.value, "/object")
    said = dict(claim.qualifiers)
    return Part("/object"), _number(claim.value.value, "/object", said, money=claim.predicate is Predicate.HAS_AMOUNT)


def _qualifiers(claim: Claim) -> list[Statement]:
    said = dict(claim.qualifiers)
    bounded = _bounded(claim, said)
    statements: list[Statement] = []
    for name, value in claim.qualifiers:
        if name in bounded or name == _VERBATIM:
            continue
        obj, parts = _qualifier(name, value, said)
        statements += (Statement("", rg(_property(name)), obj), *parts)
    return statements


def _bounded(claim: Claim, said: Mapping[str, str]) -> frozenset[str]:
    """Return the names of the qualifiers that describe a number and not the relation."""
    if claim.value is not None and claim.value.datatype == "decimal":
        return frozenset({"currency", "qualifier", "unit"})
    if "amount" in said:
        return frozenset({"currency", "qualifier"})
    return frozenset({"qualifier"}) if "share" in said else frozenset()


def _property(name: str) -> str:
    return _WORDS.get(name, name)


def _qualifier(name: str, value: str, said: Mapping[str, str]) -> _Said:
    if name in _READERS:
        return _READERS[name](value, f"/{name}")
    if name == "amount":
        return Part("/amount"), _number(value, "/amount", said, money=True)
    if name == "share":
        return Part("/share"), _number(value.removesuffix("%").strip(), "/share", {**said, "unit": "%"}, money=False)
    if name == "qualifier":
        return rg(BOUNDS[_bound(value)]), ()
    if name in _WORDS:
        return text(value), ()
    raise TermError(f"unknown qualifier {name!r}")


_READERS: Mapping[str, Callable[[str, str], _Said]] = MappingProxyType(
    {
        "since": moment,
        "until": moment,
        "date": moment,
        "period": period,
        "count": lambda value, _: (integer(value), ()),
    }
)


def _number(value: str, path: str, said: Mapping[str, str], *, money: bool) -> tuple[Statement, ...]:
    """Describe an amount (of money) or a quantity at `path`: its values, bound, and currency or unit."""
    bound = _bound(said["qualifier"]) if "qualifier" in said else Bound.EXACTLY
    details = [Statement(path, rg(name), decimal(number)) for name, number in _values(value, bound)]
    details.append(Statement(path, rg("bound"), rg(BOUNDS[bound])))
    if money or ("currency" in said and "unit" not in said):
        unit = [Statement(path, rg("currency"), text(said["currency"]))] if "currency" in said else []
        return (Statement(path, TYPE, rg("Amount")), *details, *unit)
    unit = [Statement(path, rg("unit"), text(said["unit"]))] if "unit" in said else []
    return (Statement(path, TYPE, rg("Quantity")), *details, *unit)


def _values(value: str, bound: Bound) -> tuple[tuple[str, str], ...]:
    low, slash, high = value.partition("/")
    if slash:
        return ("minInclusive", low), ("maxInclusive", high)
    return ((_LIMITS.get(bound, "value"), value),)


def _bound(words: str) -> Bound:
    try:
        return Bound(words)
    except ValueError as e:
        raise TermError(f"unknown bound {words!r}") from e
