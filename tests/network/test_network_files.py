"""The network as files of other programs: GraphML, GEXF, a Data Package, FollowTheMoney."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import networkx as nx
import pytest

from regiograph.network import flat, ftm, tables
from regiograph.network.told import told
from sketching import IRI

WRITERS = {"graphml": flat.graphml, "gexf": flat.gexf, "csv": tables.tables, "ftm": ftm.entities}


def written(name: str, graph) -> bytes:
    """Return the bytes of a format."""
    out = io.BytesIO()
    WRITERS[name](graph, out)
    return out.getvalue()


@pytest.mark.parametrize("name", WRITERS)
def test_no_order_of_insertion_shows_in_a_file(coast, name):
    """The same network gives the same bytes, in whatever order it was made; no clock shows either."""
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(coast.nodes(data=True))))
    other.add_edges_from(reversed(list(coast.edges(keys=True, data=True))))
    assert written(name, coast) == written(name, other)
    assert b"lastmodifieddate" not in written(name, coast)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_a_network_file_is_read_back_whole(coast, name):
    """Nodes, parallel edges and their attributes come back, numbers as numbers."""
    found = getattr(nx, f"read_{name}")(io.BytesIO(written(name, coast)))
    assert set(found) == set(coast)
    assert found.number_of_edges() == coast.number_of_edges()
    edges = {told["id"]: told for *_, told in found.edges(data=True)}
    assert set(edges) == {key for *_, key in coast.edges(keys=True)}
    (investment,) = (edge for edge in edges.values() if edge["predicate"] == "investsIn")
    assert (investment["amount"], investment["currency"], investment["qualifier"]) == ("4000000000", "USD", "more than")
    assert (investment["modality"], investment["year"], investment["articles"]) == ("planned", 2026, 1)
    assert investment["confidence"] == 0.87
    assert investment["sentence"].startswith("=Kystlinje will put")
    assert found.nodes[f"{IRI}person/ivo-brandt"]["type"] == "Person"


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_what_xml_cannot_hold_becomes_a_sign_for_it(sketch, name):
    """Control characters, lone surrogates and markup in names still make a well-formed file."""
    sketch.entity("https://x.example/1", "bell\x07 <b>&amp;</b> ]]> \ud800", "Company")
    found = getattr(nx, f"read_{name}")(io.BytesIO(written(name, sketch.graph)))
    assert found.nodes["https://x.example/1"]["label"] == "bell\ufffd <b>&amp;</b> ]]> \ufffd"


def rows(package: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(package.read(f"{name}.csv").decode(), newline="")))


def test_the_tables_hold_every_fact_and_keep_their_keys(harbour):
    """Each fact is a row, each sentence another; references hold; the description names all columns."""
    package = zipfile.ZipFile(io.BytesIO(written("csv", harbour)))
    found = {name: rows(package, name) for name in ("entities", "facts", "evidence", "articles")}
    assert len(found["facts"]) == len(told(harbour))
    assert len(found["evidence"]) == sum(len(each.fact.evidence) for each in told(harbour))
    known = json.loads(package.read("datapackage.json"))
    for resource in known["resources"]:
        name, schema = resource["name"], resource["schema"]
        assert [field["name"] for field in schema["fields"]] == list(found[name][0])
        if "primaryKey" in schema:
            keys = [row[schema["primaryKey"]] for row in found[name]]
            assert len(keys) == len(set(keys))
        for foreign in schema.get("foreignKeys", ()):
            there = {row[foreign["reference"]["fields"]] for row in found[foreign["reference"]["resource"]]}
            assert {row[foreign["fields"]] for row in found[name]} - {""} <= there
    (quay,) = (row for row in found["facts"] if row["predicate"] == "hasIndicator")
    assert (quay["value"], quay["indicator"], quay["unit"], quay["object"]) == ("800", "quay length", "m", "")


def test_a_formula_in_a_table_is_text(coast):
    """A sentence that a spreadsheet would take for a formula gets an apostrophe."""
    package = zipfile.ZipFile(io.BytesIO(written("csv", coast)))
    assert any(row["quote"].startswith("'=Kystlinje") for row in rows(package, "evidence"))


def test_follow_the_money_gets_what_it_has_a_place_for_and_the_rest_is_counted(coast):
    """People, bodies and their ties, with roles, dates, sentences and addresses; regions are left out and counted."""
    out = io.BytesIO()
    left_out = ftm.entities(coast, out)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    by_schema = {each["schema"]: each["properties"] for each in found}
    assert by_schema["UnknownLink"]["role"] == ["met with"]
    assert by_schema["UnknownLink"]["date"] == ["2021-05-04"]
    assert by_schema["ProjectParticipant"]["role"] == ["invests in, planned"]
    assert by_schema["ProjectParticipant"]["sourceUrl"] == ["https://post.example/3"]
    people = {each["properties"]["name"][0]: each["properties"] for each in found if each["schema"] == "Person"}
    assert people["Ada Lund"]["position"] == ["mayor, Vik"]
    assert left_out == {"City": 3, "cooperatesWith": 1, "locatedIn": 1, "memberOf": 2}
    ids = {each["id"] for each in found}
    ends = ("subject", "object", "participant", "project")
    assert all(end in ids for each in found for name in ends for end in each["properties"].get(name, ()))
