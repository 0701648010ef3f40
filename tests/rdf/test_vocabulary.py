"""The code's closed lists, the names in `vocabulary` and the ontology say the same."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from rdflib import RDF, SKOS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.namespace import SH

from regiograph import assets
from regiograph.rdf.content import BOUNDS
from regiograph.rdf.vocabulary import PREFIXES, RG, classes, compact, local_name, properties
from regiograph.terms import SIGNATURES, Bound, EntityType, Modality, Polarity, Predicate

SHAPE = Namespace("https://w3id.org/regiograph/shapes#")
VIS_SHAPES = "ellipse circle database box text diamond dot star triangle triangleDown hexagon square".split()


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """The ontology."""
    return Graph().parse(assets.ontology("regiograph.ttl"))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """The shapes."""
    return Graph().parse(assets.ontology("shapes.ttl"))


def test_the_vocabulary_lists_the_terms_of_the_ontology_and_no_others(ontology: Graph) -> None:
    """A name that code may use is a name that the ontology declares."""
    declared = {local_name(str(s)) for s in ontology.subjects() if str(s).startswith(str(RG._NS))}
    sectors = {name for name in declared if name.startswith("sector-")}
    assert set(RG._extras) == declared - sectors


def test_a_misspelt_term_fails_where_it_is_used() -> None:
    """Unknown terms raise AttributeError and make no IRI."""
    with pytest.raises(AttributeError):
        _ = RG.memberof


@pytest.mark.parametrize("kind", EntityType)
def test_each_entity_type_is_a_class_of_entities(kind: EntityType) -> None:
    """The twelve types are classes below rg:Entity."""
    above, ring = set(), {kind.value}
    while ring:
        above |= ring
        ring = {parent for name in ring for parent in classes()[name].parents}
    assert "Entity" in above


@pytest.mark.parametrize("predicate", Predicate)
def test_each_predicate_has_the_domain_range_and_symmetry_of_its_signature(predicate: Predicate) -> None:
    """`terms.SIGNATURES` and the ontology give a predicate the same ends."""
    term, signature = properties()[predicate], SIGNATURES[predicate]
    assert set(term.domain) == {kind.value for kind in signature.domain}
    assert term.symmetric == signature.symmetric
    if signature.range == "date":
        assert term.range == ("DateOrInterval",)
    elif signature.range == "number":
        assert term.range in {("Quantity",), ("Amount",)}
    else:
        assert set(term.range) == {kind.value for kind in signature.range}
    assert term.inverse_label
    assert (term.inverse_label == term.label) == signature.symmetric


@pytest.mark.parametrize(
    ("scheme", "values"), [("modalities", Modality), ("polarities", Polarity), ("bounds", Bound)], ids=str
)
def test_each_closed_list_is_a_scheme_with_the_same_labels(ontology: Graph, scheme: str, values: type[Bound]) -> None:
    """Modality, polarity and bound have the values that their concept schemes have."""
    concepts = ontology.subjects(SKOS.inScheme, RG[scheme])
    assert {str(ontology.value(each, SKOS.prefLabel)) for each in concepts} == {each.value for each in values}


def test_each_bound_is_written_as_the_concept_with_its_label(ontology: Graph) -> None:
    """The mapping's names of bounds are the ontology's."""
    assert {bound: str(ontology.value(RG[name], SKOS.prefLabel)) for bound, name in BOUNDS.items()} == {
        bound: bound.value for bound in Bound
    }


@pytest.mark.parametrize(
    ("shape", "path", "values"),
    [
        ("statement", RDF.predicate, Predicate),
        ("statement", RG.modality, Modality),
        ("mention", RG.entityType, EntityType),
        ("claim", RG.polarity, Polarity),
        ("quantity", RG.bound, BOUNDS.values()),
    ],
)
def test_the_shapes_allow_the_closed_lists_and_no_more(shapes: Graph, shape: str, path: str, values: object) -> None:
    """Lists that the shapes spell out are those of the code."""
    part = next(p for p in shapes.objects(SHAPE[shape], SH.property) if shapes.value(p, SH.path) == path)
    allowed = Collection(shapes, shapes.value(part, SH["in"]))
    assert {local_name(str(each)) for each in allowed} == {str(each) for each in values}  # type: ignore[attr-defined]


def test_no_two_types_share_a_shape_or_a_colour() -> None:
    """Each type is told from the others by shape alone and by colour alone."""
    shown = [classes()[kind] for kind in EntityType]
    assert len({term.shape for term in shown}) == len({term.colour for term in shown}) == len(EntityType)
    assert {term.shape for term in shown} <= set(VIS_SHAPES)
    assert all(re.fullmatch("#[0-9A-F]{6}", term.colour or "") for term in shown)
    assert all(re.fullmatch(r"[MmLlHhVvAaCcSsZz0-9 .-]+", term.icon or "") for term in shown)


def test_a_subclass_looks_like_its_superclass() -> None:
    """Colour, shape and icon are inherited where a class has none of its own."""
    visit, event = classes()["Visit"], classes()["Event"]
    assert (visit.colour, visit.shape, visit.icon) == (event.colour, event.shape, event.icon)
    assert classes()["Claim"].shape is None


# Severity 1.0 of Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision
# Deficiency, IEEE TVCG 15(6), 2009; on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)


def lab(colour: str, sight: str) -> np.ndarray:
    """Return CIE L*a*b* (D65) of an sRGB colour as it is seen with this sight."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(SIGHT[sight]) @ linear, 0, 1) / (0.95047, 1, 1.08883)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", SIGHT)
def test_any_two_colours_differ_clearly(sight: str) -> None:
    """Colours of types lie at least 15 apart in CIE L*a*b*, in normal and in colour-deficient sight."""
    seen = [lab(classes()[kind].colour or "", sight) for kind in EntityType]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 15


def test_prefixes_stand_for_one_namespace_each() -> None:
    """No namespace has two prefixes, and each ends where a local name can begin."""
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(namespace.endswith(("#", "/")) for namespace in PREFIXES.values())


def test_an_iri_is_shortened_only_to_what_can_be_read_back() -> None:
    """A prefixed name stands for its IRI; what has no plain local name stays whole."""
    assert compact(str(RG.memberOf)) == "rg:memberOf"
    assert compact("https://schema.org/url") == "schema:url"
    for whole in ("https://schema.org/a/b", "https://example.org/x", "urn:x", f"{RG._NS}", f"{RG._NS}a b"):
        assert compact(whole) == whole


def test_terms_come_in_one_order() -> None:
    """Classes and properties are listed by name, whatever the order in the file."""
    assert list(classes()) == sorted(classes())
    assert list(properties()) == sorted(properties())
