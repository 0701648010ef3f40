"""Validation of stores and files that are there already."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from tram_article import extraction

from regiograph import assets
from regiograph.errors import InputError
from regiograph.rdf.export import Format, write
from regiograph.rdf.store import Store
from regiograph.rdf.validation import standard_report, validate


@pytest.fixture
def store() -> Store:
    """A store that holds one article."""
    filled = Store.open(None)
    filled.put(extraction())
    return filled


def test_a_store_is_checked_graph_by_graph(store: Store) -> None:
    """What the gate let in conforms, and so does the knowledge that follows from it."""
    report = validate(store.quads)
    assert report.conforms, report.violations
    assert report.graphs >= 2
    assert report.triples == len(store.quads)


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("claims", [True, False], ids=["with claims", "without claims"])
def test_every_export_conforms(store: Store, tmp_path: Path, form: Format, claims: bool) -> None:
    """What is exported conforms to the shapes, with claims or without."""
    path = tmp_path / f"graph.{form}"
    write(store, path, form, claims=claims)
    report = validate(path)
    assert report.conforms, report.violations
    assert report.triples > 0


def test_what_is_wrong_in_a_file_is_told_with_article_and_sentence(tmp_path: Path) -> None:
    """A violation in a file names the article by its identifier and quotes the claim's evidence."""
    text = assets.ontology("examples.ttl").read_text("utf-8").replace('rg:currency "EUR"', 'rg:currency "euros"')
    path = tmp_path / "broken.ttl"
    path.write_text(text, encoding="utf-8")
    of_claim, of_fact = sorted(validate(path).violations, key=lambda violation: violation.claim is None)
    assert of_claim.article == "example"
    assert "in the Fjord Tram from 2031 to 2035" in str(of_claim)
    assert "/fact/" in of_fact.focus


def test_graphs_of_a_file_do_not_vouch_for_each_other(tmp_path: Path) -> None:
    """A claim whose evidence lies in another graph than its own has none."""
    path = tmp_path / "split.nq"
    quads = [quad.triple for quad in ox.parse(path=str(assets.ontology("examples.ttl")))]
    here, there = ox.NamedNode("urn:here"), ox.NamedNode("urn:there")
    apart = [ox.Quad(*t, there if "/evidence/" in t.subject.value else here) for t in quads]
    ox.serialize(apart, str(path), format=ox.RdfFormat.N_QUADS)
    report = validate(path)
    assert report.graphs == 2
    assert any("A claim has evidence" in violation.message for violation in report.violations)


def test_a_file_that_is_no_rdf_is_an_error(tmp_path: Path) -> None:
    """The message names the file and the line."""
    path = tmp_path / "broken.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> nonsense", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.ttl:2"):
        validate(path)


def test_the_standard_report_says_the_same(tmp_path: Path) -> None:
    """PySHACL's report and ours agree on what conforms."""
    path = tmp_path / "broken.ttl"
    text = assets.ontology("examples.ttl").read_text("utf-8").replace("rg:supportedBy", "rg:observed")
    path.write_text(text, encoding="utf-8")
    conforms, report, words = standard_report(path)
    assert not conforms
    assert not validate(path).conforms
    assert len(report) > 0
    assert "A fact is supported by a claim." in words
