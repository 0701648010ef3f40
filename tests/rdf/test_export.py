"""Exports say all that the store holds, in the same bytes whatever happened on the way."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from regiograph.model import Value
from regiograph.rdf import export, sorting
from regiograph.rdf.export import Format
from regiograph.rdf.gate import Gate
from regiograph.rdf.graphs import inferred_iri, tallies_iri, texts_iri
from regiograph.rdf.store import Store
from regiograph.terms import EntityType as E
from regiograph.terms import Modality
from regiograph.terms import Predicate as P  # noqa: N817

SYNTAXES = {Format.TURTLE: "turtle", Format.TRIG: "trig", Format.N_QUADS: "nquads", Format.JSON_LD: "json-ld"}


@pytest.fixture
def reports(reporter):
    """Return what three articles say of the same people, places and networks."""
    region, city = reporter.entity(E.REGION, "Tomsk Region", ("iso3166-2", "RU-TOM")), reporter.entity(E.CITY, "Ōsaka")
    person, network = reporter.entity(E.PERSON, 'Ann "Andy" Lee\\'), reporter.entity(E.NETWORK, "Ring of Ports")
    plant = reporter.entity(E.PROJECT, "Water plant")
    return [
        reporter.report(
            "one",
            (person, P.HOLDS_POST, region, {"role": "governor", "status": "acting"}),
            (region, P.MET_WITH, city, {"date": "2015-06-08/2015-06-10"}),
            (region, P.MEMBER_OF, network, {"since": "2012"}),
            title="A title",
            published="2015-06",
            url="https://example.org/one?a=b",
            language="en-GB",
            source="A source",
        ),
        reporter.report(
            "two",
            (region, P.INVESTS_IN, plant, {"amount": "4000000000", "currency": "USD", "qualifier": "more than"}),
            (region, P.INVESTS_IN, plant, {"period": "../2020"}),
            (plant, P.HAS_AMOUNT, Value("4/5", "decimal"), {"currency": "EUR", "modality": Modality.PLANNED}),
            (plant, P.STARTED_IN, Value("2014", "edtf")),
            (plant, P.CREATES_JOBS, Value("100", "decimal"), {"qualifier": "about"}),
        ),
        reporter.report("three", (person, P.HOLDS_POST, region, {"role": "governor", "status": "acting"})),
    ]


def exported(store, form, *, claims=True):
    """Return an export's bytes."""
    out = io.BytesIO()
    export.write(store, out, form, claims=claims)
    return out.getvalue()


def told(store):
    """Return what is exported: all but the texts of the articles and how often they call what how."""
    return {quad for quad in store.quads if quad.graph_name not in (texts_iri(store.base), tallies_iri(store.base))}


def united(store):
    """Return the triples of all graphs but that of what is inferred."""
    return {quad.triple for quad in told(store) if quad.graph_name != inferred_iri(store.base)}


@pytest.fixture
def store(reports):
    """A store in memory that holds the three articles."""
    with Store.open(None) as opened:
        for report in reports:
            opened.put(report)
        yield opened


@pytest.mark.parametrize("form", [Format.TRIG, Format.N_QUADS, Format.JSON_LD])
def test_a_dataset_export_holds_every_quad_of_every_graph(store, form):
    """TriG, N-Quads and JSON-LD lose nothing but the texts of the articles, which stay in the store."""
    syntax = {
        Format.TRIG: ox.RdfFormat.TRIG,
        Format.N_QUADS: ox.RdfFormat.N_QUADS,
        Format.JSON_LD: ox.RdfFormat.JSON_LD,
    }
    assert set(ox.parse(exported(store, form), format=syntax[form])) == told(store)


def test_turtle_is_the_union_of_all_graphs_each_triple_once(store):
    """Turtle has no graphs, and must not drop what is in them, but for what is inferred."""
    triples = [q.triple for q in ox.parse(exported(store, Format.TURTLE), format=ox.RdfFormat.TURTLE)]
    assert set(triples) == united(store)
    assert len(triples) == len(set(triples))


@pytest.mark.parametrize("form", Format)
def test_rdflib_reads_each_export_alike(store, form):
    """Another library finds as many triples in each export as were written."""
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=exported(store, form), format=SYNTAXES[form])
    written = united(store) if form is Format.TURTLE else {q.triple for q in told(store)}
    assert len(set(graph.triples((None, None, None)))) == len(written)


@pytest.mark.parametrize("form", Format)
def test_without_claims_only_knowledge_and_reference_are_written(store, form):
    """`claims=False` leaves out articles, claims, evidence and mentions."""
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=exported(store, form, claims=False), format=SYNTAXES[form])
    kinds = {str(o).rpartition("#")[2] for o in graph.objects(None, rdflib.RDF.type)}
    assert kinds.isdisjoint({"Article", "Claim", "Evidence", "Mention", "Activity"})
    assert {"Region", "Tenure", "Amount", "Country"} <= kinds


def test_json_ld_carries_its_context_and_reads_like_json(store):
    """JSON-LD uses the ontology's short names, and needs nothing from elsewhere."""
    document = json.loads(exported(store, Format.JSON_LD))
    assert isinstance(document["@context"], dict)
    found = {node["id"]: node for node in document["@graph"]}
    region = found["https://w3id.org/regiograph/id/region/tomsk-region"]
    assert region["type"] == "Region"
    assert region["label"] == "Tomsk Region"
    assert region["memberOf"] == "https://w3id.org/regiograph/id/network/ring-of-ports"


@pytest.mark.parametrize("form", Format)
def test_the_order_of_arrival_does_not_show(reports, form):
    """HOSTILE 43: the same articles in any order, with repeats and withdrawals between, give the same bytes."""
    outcomes = set()
    for seed in range(4):
        shuffled = reports * 2
        random.Random(seed).shuffle(shuffled)
        with Store.open(None) as store:
            for n, report in enumerate(shuffled):
                store.put(report)
                if n == seed:
                    store.withdraw(report.article.id)
            for report in reports:
                store.put(report)
            outcomes.add(exported(store, form))
    assert len(outcomes) == 1


FILL = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from reporter import Reporter
from regiograph.rdf import export
from regiograph.rdf.graphs import texts_iri
from regiograph.rdf.store import Store
from regiograph.terms import EntityType as E, Predicate as P
reporter = Reporter()
region, network = reporter.entity(E.REGION, "Tomsk Region", ("iso3166-2", "RU-TOM")), reporter.entity(E.NETWORK, "Ring")
people = [reporter.entity(E.PERSON, f"Person {n}") for n in range(5)]
with Store.open(None) as store:
    for n in range(3):
        said = [(p, P.HOLDS_POST, region, {"role": "mayor", "period": "2011/2012"}) for p in people[n:]]
        store.put(reporter.report(f"a{n}", *said, (region, P.MEMBER_OF, network, {"since": "2012"}), title="T"))
    for form in export.Format:
        export.write(store, sys.stdout.buffer, form)
"""


def test_the_hash_seed_does_not_show():
    """HOSTILE 43: processes with different hash seeds write the same bytes."""
    here = str(Path(__file__).parent)
    runs = [
        subprocess.run(
            [sys.executable, "-c", FILL, here],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "77")
    ]
    assert runs[0]
    assert len(set(runs)) == 1


def test_what_is_exported_conforms_to_the_shapes(store):
    """The gate that lets articles in accepts what is written out."""
    graph = [q.triple for q in ox.parse(exported(store, Format.TURTLE), format=ox.RdfFormat.TURTLE)]
    shapes = Gate()._shapes
    assert list(shapes.check(shapes.index(graph))) == []


def test_an_empty_store_is_exported_too():
    """Nothing is written as a valid document that says nothing."""
    with Store.open(None) as store:
        for form, syntax in SYNTAXES.items():
            assert len(rdflib.Dataset(default_union=True).parse(data=exported(store, form), format=syntax)) == 0


def test_a_failed_export_leaves_the_old_file_and_no_other(store, tmp_path, monkeypatch):
    """HOSTILE 82: a disk that fills up during an export costs nothing but the export."""
    target = tmp_path / "graph.ttl"
    target.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        export.write(store, target, Format.TURTLE)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("form", Format)
def test_a_full_disk_is_reported_whatever_the_format(store, form):
    """HOSTILE 82: no write error is swallowed on the way."""
    with pytest.raises(OSError), Path("/dev/full").open("wb", buffering=0) as full:
        export.write(store, full, form)


def test_a_stale_temporary_file_is_swept_and_a_fresh_one_is_not(store, tmp_path):
    """HOSTILE 82: what a killed export left behind does not pile up; one that runs at the same time is left alone."""
    stale, fresh = tmp_path / "graph.ttl.abc.part", tmp_path / "graph.ttl.def.part"
    for path in (stale, fresh):
        path.write_text("half")
    os.utime(stale, (0, 0))
    export.write(store, tmp_path / "graph.ttl", Format.TURTLE)
    assert {path.name for path in tmp_path.iterdir()} == {"graph.ttl", "graph.ttl.def.part"}


def test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own(store, tmp_path):
    """Going through a temporary file does not make a file private."""
    plain, target = tmp_path / "plain", tmp_path / "graph.nq"
    plain.touch()
    export.write(store, target, Format.N_QUADS)
    assert target.stat().st_mode == plain.stat().st_mode
    target.chmod(0o600)
    export.write(store, target, Format.N_QUADS)
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("run", [50, 1000, sorting.RUN])
def test_sorting_through_files_gives_what_sorting_in_memory_gives(run):
    """Lines past one run are sorted in temporary files, and come out in order, each once, however they were cut."""
    lines = [b"%d\n" % (n * 7919 % 1000) for n in range(3000)]
    data = b"".join(lines)
    with sorting.LineSorter(run=run) as sorter:
        for start in range(0, len(data), 7):
            sorter.write(data[start : start + 7])
        assert list(sorter.lines()) == sorted(set(lines))
    with sorting.LineSorter(run=run) as sorter:
        assert list(sorter.lines()) == []
