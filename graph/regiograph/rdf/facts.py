"""Claims as knowledge: the fact node that equal claims share, and the direct triples of asserted ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox

from regiograph.entities.identity import BASE
from regiograph.model import Claim
from regiograph.rdf.content import content
from regiograph.rdf.nodes import OBJECT, PREDICATE, SUBJECT, TYPE, Term, Triple, iri, rg
from regiograph.rdf.statements import Part, Statement, fingerprint, rooted
from regiograph.rdf.vocabulary import local_name
from regiograph.terms import SIGNATURES, Polarity, Predicate

SYMMETRIC = frozenset(rg(predicate) for predicate, signature in SIGNATURES.items() if signature.symmetric)
LOCATED_IN, WITHIN = rg(Predicate.LOCATED_IN), rg("within")
SUPPORTED_BY = rg("supportedBy")
CONFIDENCE = rg("confidence")
MODALITY, ASSERTED = rg("modality"), rg("asserted")
_ENDS = frozenset({SUBJECT, PREDICATE, OBJECT, MODALITY})

# The n-ary class of a predicate's facts, and how its subject and object are called there.
_NAMED = MappingProxyType(
    {
        Predicate.HOLDS_POST: ("Tenure", "person", "organization"),
        Predicate.MEMBER_OF: ("Membership", "member", "network"),
        Predicate.INVESTS_IN: ("Investment", "investor", "target"),
        Predicate.HAS_INDICATOR: ("Observation", "observed", None),
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What claims with the same content support: its IRI, the triples of its node, and the direct triples it gives."""

    iri: ox.NamedNode
    node: tuple[Triple, ...]
    direct: tuple[Triple, ...]


def fact(claim: Claim, *, base: str = BASE) -> Fact | None:
    """Return the fact that the claim supports, if it is believed; None for a denial.

    Raises:
        TermError: an IRI, a date or a number of the claim is malformed; the message names the claim.
    """
    return None if claim.polarity is Polarity.NEGATIVE else stated_fact(content(claim), base=base)


def stated_fact(content: Iterable[Statement], *, base: str = BASE) -> Fact:
    """Return the fact of a content.

    Planned and proposed facts have a node and no direct triples. Confidence and support are not part of a fact:
    they depend on all its claims.
    """
    statements = _in_direction(tuple(content))
    predicate = Predicate(local_name(_said(statements, PREDICATE).value))
    node = f"{base}fact/{fingerprint(statements)}"
    said = tuple(rooted((*_classes(predicate), *_aliases(predicate, statements), *statements), node))
    return Fact(iri(node), said, direct(said, iri(node)))


def _in_direction(content: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the content with the subject that sorts first, where the relation has no direction of its own."""
    subject, obj = _said(content, SUBJECT), _said(content, OBJECT)
    if _said(content, PREDICATE) not in SYMMETRIC or isinstance(obj, Part) or subject.value <= obj.value:
        return content
    turned = {SUBJECT: obj, OBJECT: subject}
    return tuple(
        Statement(path, said, turned[said]) if path == "" and said in turned else Statement(path, said, value)
        for path, said, value in content
    )


def _said(content: tuple[Statement, ...], predicate: ox.NamedNode) -> Any:
    return next(value for path, said, value in content if path == "" and said == predicate)


def _classes(predicate: Predicate) -> Iterator[Statement]:
    yield Statement("", TYPE, rg("Fact"))
    if predicate in _NAMED:
        yield Statement("", TYPE, rg(_NAMED[predicate][0]))


def _aliases(predicate: Predicate, statements: tuple[Statement, ...]) -> Iterator[Statement]:
    _, subject, obj = _NAMED.get(predicate, (None, None, None))
    for path, said, value in statements:
        if path == "" and said == SUBJECT and subject is not None:
            yield Statement("", rg(subject), value)
        if path == "" and said == OBJECT and obj is not None and not isinstance(value, Part):
            yield Statement("", rg(obj), value)


def direct(node: Iterable[Triple], root: ox.NamedNode) -> tuple[Triple, ...]:
    """Return the direct triples that the fact node `root` gives: none unless it is asserted."""
    said: dict[ox.NamedNode, Term] = {p: o for s, p, o in node if s == root and p in _ENDS}
    if said[MODALITY] != ASSERTED:
        return ()
    subject, predicate, obj = iri(said[SUBJECT].value), iri(said[PREDICATE].value), said[OBJECT]
    triples = [Triple(subject, predicate, obj)]
    if isinstance(obj, ox.NamedNode) and predicate in SYMMETRIC:
        triples.append(Triple(obj, predicate, subject))
    if predicate == LOCATED_IN:
        triples.append(Triple(subject, WITHIN, obj))
    return tuple(triples)
