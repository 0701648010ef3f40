"""The tables: what a description promises, the files keep."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press import Draft, iri
from regiograph.exporting import package
from regiograph.exporting.measures import Measure, measured
from regiograph.exporting.tables import FACTS
from regiograph.network.facts import COLUMNS
from regiograph.network.projection import ALL_FACTS, project
from regiograph.rdf.store import Store
from regiograph.terms import Bound
from regiograph.terms import Predicate as P  # noqa: N817

FORMS = {
    "string": re.compile(r".*", re.DOTALL),
    "integer": re.compile(r"[+-]?\d+"),
    "number": re.compile(r"[+-]?\d+(\.\d+)?"),
}


def written(store: Store, folder: Path) -> tuple[dict, dict[str, list[dict[str, str]]]]:
    """Return the description and the rows of each table."""
    package.write(store, folder)
    described = json.loads((folder / "datapackage.json").read_bytes())
    rows = {}
    for resource in described["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows[resource["name"]] = list(csv.DictReader(file, strict=True))
    return described, rows


def facts_of(folder: Path, *drafts: Draft) -> list[dict[str, str]]:
    """Return the rows about what some articles say, without the empty cells."""
    with Store.open(None) as store:
        for draft in drafts:
            store.put(draft.extraction())
        found = written(store, folder)[1]["facts"]
    return [{name: cell for name, cell in row.items() if cell} for row in found]


def test_files_are_as_they_are_described(store, tmp_path):
    """Each file has the columns, the size and the digest that the description says, in cells of its types."""
    described, rows = written(store, tmp_path / "t")
    assert {path.name for path in (tmp_path / "t").iterdir()} == set(package.NAMES)
    for resource in described["resources"]:
        data = (tmp_path / "t" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert data.decode().split("\r\n")[0].split(",") == list(fields)
        for name, field in fields.items():
            cells = [row[name] for row in rows[resource["name"]]]
            assert all(FORMS[field["type"]].fullmatch(cell) for cell in cells if cell), (name, cells)
            assert all(cells) or not field.get("constraints", {}).get("required"), name


def test_keys_tell_rows_apart_and_lead_somewhere(store, tmp_path):
    """No two rows have one primary key, rows come in its order, and every foreign key is found."""
    described, rows = written(store, tmp_path / "t")
    links = 0
    for resource in described["resources"]:
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows[resource["name"]]]
        assert len(keys) == len(set(keys)) > 0
        order = [tuple(int(k) if k.isdigit() else k for k in key) for key in keys]
        assert order == sorted(order)
        for link in resource["schema"].get("foreignKeys", ()):
            there = {row[link["reference"]["fields"]] for row in rows[link["reference"]["resource"]]}
            assert {row[link["fields"]] for row in rows[resource["name"]]} - {""} <= there
            links += 1
    assert links == 4


def test_every_fact_and_every_sentence_is_a_row(store, tmp_path):
    """Facts between entities and facts that end in a literal; all their sentences."""
    graph = project(store.quads, facts_at_most=ALL_FACTS)
    literal = [fact for _, known in graph.nodes(data=True) for fact in known["facts"]]
    edges = [data for *_, data in graph.edges(data=True)]
    _, rows = written(store, tmp_path / "t")
    assert len(rows["facts"]) == len(edges) + len(literal)
    assert len(rows["evidence"]) == sum(len(fact.evidence) for fact in literal) + sum(len(e["evidence"]) for e in edges)
    assert len(rows["entities"]) == len(graph)
    assert len(rows["articles"]) == 5


def test_no_qualifier_is_without_a_column():
    """An amount is in three columns, as it is exact or bounded; all else is under its name."""
    assert set(COLUMNS) - {field.name for field in FACTS} == {"amount"}


def test_an_amount_keeps_its_bound(tmp_path):
    """What is more than 4 billion is no 4 billion; a range has two ends, what is exact or about has a number."""
    said = [
        ("hasAmount", "4000000000", {"currency": "USD", "qualifier": "more than"}, {"min": "4000000000"}),
        ("hasAmount", "7.5", {"currency": "EUR", "qualifier": "up to"}, {"max": "7.5"}),
        ("hasAmount", "4/5", {"currency": "EUR"}, {"min": "4", "max": "5"}),
        ("hasAmount", "9", {"currency": "EUR"}, {"number": "9"}),
        ("createsJobs", "300", {"qualifier": "about"}, {"number": "300"}),
        ("hasIndicator", "-3", {"indicator": "growth", "unit": "%"}, {"number": "-3"}),
    ]
    draft = Draft("one", "2020")
    for predicate, value, how, _ in said:
        draft.says("Science Centre", P(predicate), value, **how)
    rows = {row["value"]: row for row in facts_of(tmp_path / "t", draft)}
    for predicate, value, how, numbers in said:
        row = rows[value]
        assert {name: row[name] for name in ("number", "min", "max") if name in row} == numbers
        assert row["predicate"] == predicate
        assert row.get("bound") == how.get("qualifier")
        assert row.get("currency") == how.get("currency")


def test_the_amount_of_a_relation_is_in_the_same_columns(tmp_path):
    """Who invests how much is found where the cost of a project is; a share has a column of its own."""
    draft = (
        Draft("one", "2020")
        .says("Autowerk", P.INVESTS_IN, "Engine plant", amount="240000000", currency="EUR", qualifier="about")
        .says("Micro Works", P.OWNED_BY, "Autowerk", share="51", qualifier="at least")
    )
    rows = {row["predicate"]: row for row in facts_of(tmp_path / "t", draft)}
    assert (rows["investsIn"]["number"], rows["investsIn"]["currency"]) == ("240000000", "EUR")
    assert (rows["ownedBy"]["share"], rows["ownedBy"]["bound"]) == ("51", "at least")
    assert rows["investsIn"]["subject"] == iri("Autowerk")
    assert (rows["investsIn"]["subject_label"], rows["investsIn"]["object_label"]) == ("Autowerk", "Engine plant")


def test_dates_are_edtf(tmp_path):
    """A day of no year has EDTF's placeholder, and is no formula; a fact about a date has it as its date."""
    draft = (
        Draft("one", "2020")
        .says("Anna Orlova", P.VISITED, "Tokyo", date="--06-08")
        .says("Tokyo mission", P.EVENT_DATE, "2015-06-08/2015-06-10")
        .says("Tomsk region", P.MEMBER_OF, "Asian Cities Network", since="2012", until="2014-05")
    )
    rows = {row["predicate"]: row for row in facts_of(tmp_path / "t", draft)}
    assert rows["visited"]["date"] == "XXXX-06-08"
    assert rows["eventDate"]["date"] == rows["eventDate"]["value"] == "2015-06-08/2015-06-10"
    assert (rows["memberOf"]["since"], rows["memberOf"]["until"]) == ("2012", "2014-05")


def test_no_cell_is_a_formula_and_none_breaks_a_row(tmp_path):
    """HOSTILE 44: words that a spreadsheet would run get an apostrophe; quotes and line ends stay in their cell."""
    roles = ["=cmd()", "+1", "@x", "\u00a0=1", 'a "b", c', "line\nbreak", "plain"]
    draft = Draft("one", "2020")
    for role in roles:
        draft.says("Anna Orlova", P.HOLDS_POST, "Tomsk region", role=role)
    found = {row["role"] for row in facts_of(tmp_path / "t", draft)}
    assert found == {"'=cmd()", "'+1", "'@x", "'\u00a0=1", 'a "b", c', "line\nbreak", "plain"}


def test_a_new_folder_has_the_usual_permissions_and_an_old_one_keeps_its_own(store, tmp_path):
    """Going through a temporary folder does not make it private."""
    plain, target = tmp_path / "plain", tmp_path / "tables"
    plain.mkdir()
    package.write(store, target)
    assert target.stat().st_mode == plain.stat().st_mode
    target.chmod(0o750)
    package.write(store, target)
    assert target.stat().st_mode & 0o777 == 0o750


def test_a_link_to_a_folder_stays_a_link(store, tmp_path):
    """What it leads to is replaced."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    package.write(store, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "facts.csv").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


NUMBERS = st.decimals(-(10**12), 10**12, places=2).map(lambda n: f"{n:f}")


@given(NUMBERS, st.none() | st.sampled_from(list(Bound)).map(str))
def test_a_number_is_exact_or_bounded(value, bound):
    """A number is in one place, and only in `number` if it is that number."""
    found = measured(value, bound)
    assert [Decimal(each) for each in found if each is not None] == [Decimal(value)]
    assert (found.number is not None) == (bound in (None, Bound.EXACTLY, Bound.ABOUT))


@pytest.mark.parametrize("value", ["", "many", "1/2/3", "/5", "1e9", "2015-06", "https://example.org/1"])
def test_what_is_no_number_is_none(value):
    """Nothing is guessed from words."""
    assert measured(value, None) == Measure()
