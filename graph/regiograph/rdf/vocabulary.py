"""The namespaces that the graph is written in, and what the ontology says about its own terms.

The names are here, so that a misspelt one fails where it is used; labels, colours and shapes are read from
`ontology/regiograph.ttl` when they are first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import (
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SKOS,
    TIME,
    VOID,
    XSD,
    DefinedNamespace,
)
from rdflib.term import Node

from regiograph import assets

__all__ = [
    "DCAT", "DCTERMS", "FOAF", "GEO", "OA", "ORG", "OWL", "PREFIXES", "PROV", "RDF", "RDFS", "RG", "SCHEMA", "SKOS",
    "TIME", "VOID", "XSD", "ClassTerm", "PropertyTerm", "classes", "compact", "local_name", "properties",
]  # fmt: skip


class RG(DefinedNamespace):
    """The terms of the ontology; an unknown one raises AttributeError."""

    _NS = Namespace("https://w3id.org/regiograph/ontology#")
    _fail = True
    _extras = """
        Entity Agent Person Official Organization GovernmentBody Company Network Place Country Region City Site Project
        Event Visit Meeting Presentation Agreement Forum Sector
        Statement Claim Fact Tenure Membership Investment Observation Quantity Amount DateOrInterval
        Article Mention Omission Evidence Modality Polarity Bound ReviewStatus
        holdsPost memberOf represents locatedIn participatedIn eventPlace eventDate metWith visited signedAgreementWith
        cooperatesWith investsIn supports implements hasAmount operatesInSector startedIn completedIn proposedTo ownedBy
        residentOf createsJobs hasIndicator within
        hasPostHolder hasMember hasParticipant hasResident owns contains
        isoCode geonamesId articleCount
        role status since until date period count topic purpose inContext indicator amount share unit
        value minValue minInclusive minExclusive maxValue maxInclusive currency bound verbatim
        modality polarity confidence reviewStatus evidence supportedBy inArticle sha256 text
        entity entityType name mentionCount identifiedAs cause omissionCount
        person organization member network investor target observed
        asserted planned proposed positive negative exactly about atLeast moreThan upTo unreviewed accepted rejected
        modalities polarities bounds reviewStatuses sectors isic4
        plural colour shape icon inverseLabel
    """.split()


class OA(DefinedNamespace):
    """What is used of the Web Annotation vocabulary, https://www.w3.org/TR/annotation-vocab/."""

    _NS = Namespace("http://www.w3.org/ns/oa#")
    _fail = True
    _extras = """
        SpecificResource TextQuoteSelector TextPositionSelector hasSource hasSelector exact prefix suffix start end
    """.split()


class GEO(DefinedNamespace):
    """What is used of the WGS84 vocabulary, by its http IRI, which is the one in use."""

    _NS = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
    _fail = True
    _extras = "SpatialThing lat long".split()


SCHEMA = SDO

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "rg": str(RG._NS),
        "dcterms": str(DCTERMS),
        "foaf": str(FOAF),
        "geo": str(GEO._NS),
        "oa": str(OA._NS),
        "org": str(ORG),
        "owl": str(OWL),
        "prov": str(PROV),
        "rdf": str(RDF),
        "rdfs": str(RDFS),
        "schema": str(SCHEMA),
        "skos": str(SKOS),
        "time": str(TIME),
        "xsd": str(XSD),
    }
)
"""Prefix to namespace, for every export and every question."""

_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """A class of the ontology as people see it; `parents` are the local names of its direct superclasses in it.

    `colour` ("#RRGGBB"), `shape` (a shape of vis-network) and `icon` (SVG path data, 24 by 24) are inherited,
    and None where no superclass has one either.
    """

    name: str
    label: str
    comment: str
    plural: str
    parents: tuple[str, ...]
    colour: str | None
    shape: str | None
    icon: str | None


@dataclass(frozen=True, slots=True)
class PropertyTerm:
    """A property of the ontology as people see it.

    `domain` and `range` are local names of the ontology's classes, or whole IRIs of others, unions taken apart;
    `inverse_label` says how the property reads from object to subject, None where nobody reads it so.
    """

    name: str
    label: str
    comment: str
    inverse_label: str | None
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool


def local_name(iri: str) -> str:
    """Return the local name of a term of the ontology, and any other IRI whole."""
    return iri.removeprefix(str(RG._NS))


def compact(iri: str) -> str:
    """Write an IRI with its prefix if it is one of `PREFIXES` and the local name is plain; any other string whole."""
    namespace, mark, local = iri.rpartition("#") if "#" in iri else iri.rpartition("/")
    prefix = _BY_NAMESPACE.get(namespace + mark)
    return f"{prefix}:{local}" if prefix and local.replace("-", "").replace("_", "").isalnum() else iri


def classes() -> Mapping[str, ClassTerm]:
    """Return the classes of the ontology by local name, in the order of their names."""
    return MappingProxyType({name: _class(name) for name in _names(OWL.Class, RDFS.Class)})


def properties() -> Mapping[str, PropertyTerm]:
    """Return the properties of the ontology by local name, in the order of their names."""
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    return MappingProxyType({name: _property(name) for name in _names(*kinds)})


@cache
def _ontology() -> Graph:
    return Graph().parse(assets.ontology("regiograph.ttl"), format="turtle")


@cache
def _names(*kinds: URIRef) -> tuple[str, ...]:
    named = {s for kind in kinds for s in _ontology().subjects(RDF.type, kind) if isinstance(s, URIRef)}
    return tuple(sorted(local_name(s) for s in named))


@cache
def _class(name: str) -> ClassTerm:
    above = (str(parent) for parent in _ontology().objects(RG[name], RDFS.subClassOf))
    parents = tuple(sorted(local_name(iri) for iri in above if iri.startswith(RG._NS)))
    inherited = [_class(parent) for parent in parents]

    def shown(predicate: URIRef, attribute: str) -> str | None:
        return _text(name, predicate) or next(filter(None, (getattr(p, attribute) for p in inherited)), None)

    return ClassTerm(
        name,
        _text(name, RDFS.label) or name,
        _text(name, RDFS.comment) or "",
        _text(name, RG.plural) or name,
        parents,
        shown(RG.colour, "colour"),
        shown(RG.shape, "shape"),
        shown(RG.icon, "icon"),
    )


@cache
def _property(name: str) -> PropertyTerm:
    return PropertyTerm(
        name,
        _text(name, RDFS.label) or name,
        _text(name, RDFS.comment) or "",
        _text(name, RG.inverseLabel),
        _union(_ontology().value(RG[name], RDFS.domain)),
        _union(_ontology().value(RG[name], RDFS.range)),
        (RG[name], RDF.type, OWL.SymmetricProperty) in _ontology(),
    )


def _text(name: str, predicate: URIRef) -> str | None:
    value = _ontology().value(RG[name], predicate)
    return None if value is None else str(value)


def _union(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    members = None if isinstance(node, URIRef) else _ontology().value(node, OWL.unionOf)
    named = (node,) if members is None else Collection(_ontology(), members)
    return tuple(local_name(str(each)) for each in named)
