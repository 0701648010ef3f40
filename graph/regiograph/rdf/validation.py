"""Validation of what is there already: a store, or a file that someone wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from regiograph import assets
from regiograph.rdf.gate import Violation, described
from regiograph.rdf.reading import load
from regiograph.rdf.shapes import Shapes


@dataclass(frozen=True, slots=True)
class Report:
    """How many graphs and triples were checked, and what the shapes reject in them."""

    graphs: int
    triples: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether the shapes reject nothing."""
        return not self.violations


def validate(source: Path | ox.Store, shapes: Shapes | None = None) -> Report:
    """Check each graph of a store or of an RDF file by itself.

    Whether quotes are the text's own is not checked: neither has the texts.

    Raises:
        InputError: the file cannot be read or is not RDF; the message names it and the line.
    """
    shapes = shapes or Shapes.load()
    sizes: list[int] = []
    violations: list[Violation] = []
    for triples in _graphs(source):
        index = shapes.index(triples)
        sizes.append(len(index.triples))
        violations += (described(result, index) for result in shapes.check(index))
    order = sorted(violations, key=lambda v: (v.article, v.claim or "", v.focus, v.path, v.message))
    return Report(len(sizes), sum(sizes), tuple(order))


def standard_report(source: Path) -> tuple[bool, Graph, str]:
    """Validate an RDF file as one graph by pySHACL: whether it conforms, the sh:ValidationReport, the same in words.

    Some hundred times slower than `validate`; for those who want the report that the standard describes.

    Raises:
        InputError: the file cannot be read or is not RDF; the message names it and the line.
    """
    import pyshacl

    triples = {quad.triple for quad in load(source)}
    data = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    shapes, ontology = (Graph().parse(assets.ontology(name)) for name in ("shapes.ttl", "regiograph.ttl"))
    conforms, report, text = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology)
    return conforms, report, text


def _graphs(source: Path | ox.Store) -> Iterator[Iterable[ox.Triple]]:
    if isinstance(source, ox.Store):
        for name in (ox.DefaultGraph(), *sorted(source.named_graphs(), key=str)):
            yield (quad.triple for quad in source.quads_for_pattern(None, None, None, name))
        return
    graphs: dict[str, dict[ox.Triple, None]] = defaultdict(dict)
    for quad in load(source):
        graphs[str(quad.graph_name)][quad.triple] = None
    yield from (graphs[name] for name in sorted(graphs))
