"""The notebook for analysts runs on the sample graph and shows what the graph holds."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from lxml import html
from nbclient import NotebookClient

from commandline import CHECKOUT, run
from regiograph.query import catalogue
from regiograph.rdf.store import Store

NOTEBOOK = CHECKOUT / "scripts" / "analysis.ipynb"


@dataclass(frozen=True)
class Ran:
    """The notebook after its run, and the store that it asked."""

    cells: dict[str, list[nbformat.NotebookNode]]
    store: Path

    def said(self, cell: str) -> str:
        """Return what a cell printed."""
        return "".join(output.text for output in self.cells[cell])

    def table(self, cell: str) -> list[dict[str, str]]:
        """Return the rows of the table that a cell shows, by column; without the index of a DataFrame."""
        (output,) = self.cells[cell]
        (table,) = html.fragment_fromstring(output.data["text/html"], create_parent=True).iter("table")
        heads = [[cell.text_content() for cell in row.iter("th", "td")] for row in table.find("thead")]
        rows = [[cell.text_content() for cell in row.iter("th", "td")] for row in table.find("tbody")]
        head = [names[0] or names[-1] for names in zip(*reversed(heads), strict=True)]
        return [{name: "" if word == "<NA>" else word for name, word in zip(head, row, strict=True)} for row in rows]

    def asked(self, *question: str) -> list[dict[str, str]]:
        """Return what the command line answers to a question, with labels in place of IRIs."""
        answer = run("query", *question, "--store", self.store, "--format", "csv")
        assert answer.exit_code == 0, answer.stderr
        rows = list(csv.DictReader(io.StringIO(answer.stdout)))
        twins = {name for name in rows[0] if f"{name}Label" in rows[0]}
        return [{k.removesuffix("Label"): v for k, v in row.items() if k not in twins} for row in rows]


@pytest.fixture(scope="module")
def ran(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The notebook, run from top to bottom on a copy of the sample store."""
    place = tmp_path_factory.mktemp("notebook")
    store = shutil.copytree(built / "store", place / "demo" / "store")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REGIOGRAPH_STORE", str(store))
        patch.setenv("PYTHONPATH", str(CHECKOUT / "graph"))
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(place / name.lower()))
        client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": place}})
        client.execute()
    return Ran({cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}, store)


def test_the_notebook_is_kept_without_answers() -> None:
    """No outputs, no counts, keys sorted: a change of the file is a change that someone made."""
    source = NOTEBOOK.read_text(encoding="utf-8")
    notebook = json.loads(source)
    assert source == json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(code) > 10
    assert not [cell["id"] for cell in code if cell["outputs"] or cell["execution_count"] is not None]
    nbformat.validate(nbformat.reads(source, as_version=4))


@pytest.mark.slow
def test_it_lists_the_questions_of_the_catalogue(ran: Ran) -> None:
    """By name and title, all of them."""
    listed = [(row["name"], row["title"]) for row in ran.table("questions")]
    assert listed == [(each.name, each.title) for each in catalogue.questions()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "question"),
    [
        ("posts", ("officials", "--param", "place=Tatarstan")),
        ("brokers", ("brokers", "--param", "one=Belarus", "--param", "other=China")),
    ],
)
def test_it_shows_the_answers_of_the_catalogue(ran: Ran, cell: str, question: tuple[str, ...]) -> None:
    """Cell by cell what the command line answers."""
    assert ran.table(cell)
    assert ran.table(cell) == ran.asked(*question)


@pytest.mark.slow
def test_it_shows_the_governor_whom_the_articles_name(ran: Ran) -> None:
    """The answer is right by the articles, not only by the store."""
    assert ("Rustam Minnikhanov", "President", "Tatarstan") in {
        (row["person"], row["role"], row["body"]) for row in ran.table("posts")
    }


@pytest.mark.slow
def test_plans_have_their_sums_and_places(ran: Ran) -> None:
    """Each plan with a currency once; totals by currency; places that the graph has."""
    plans = [row for row in ran.asked("planned") if row["currency"]]
    shown = ran.table("plans")
    assert shown
    assert [(r["subjectLabel"], r["objectLabel"], float(r["amount"]), r["currency"]) for r in shown] == [
        (r["subject"], r["object"], float(r["amount"]), r["currency"]) for r in plans
    ]
    totals: dict[str, float] = defaultdict(float)
    for plan in plans:
        totals[plan["currency"]] += float(plan["amount"])
    assert {row["currency"]: float(row["sum"]) for row in ran.table("totals")} == totals
    located = ran.asked(
        "SELECT ?o ?p { ?f rdf:predicate rg:locatedIn ; rdf:subject/rdfs:label ?o ; rdf:object/rdfs:label ?p }"
    )
    places = {(row["o"], row["p"]) for row in located}
    assert {(r["objectLabel"], place) for r in shown for place in r["place"].split(", ") if place} <= places


@pytest.mark.slow
def test_networks_grow_by_their_memberships(ran: Ran) -> None:
    """Every membership of the graph is listed, and in the last year all of them are counted."""
    memberships = ran.asked(
        "SELECT DISTINCT ?network ?member { ?f rdf:predicate rg:memberOf ; rdf:subject/rdfs:label ?member ;"
        " rdf:object/rdfs:label ?network }"
    )
    listed = [(row["network"], row["member"]) for row in ran.table("memberships")]
    assert sorted(listed) == sorted((row["network"], row["member"]) for row in memberships)
    counts = {row["network"]: [int(n) for year, n in row.items() if year.isdigit()] for row in ran.table("growth")}
    assert {network: numbers[-1] for network, numbers in counts.items()} == Counter(network for network, _ in listed)
    assert all(numbers == sorted(numbers) for numbers in counts.values())


@pytest.mark.slow
def test_the_best_connected_are_those_with_the_most_facts(ran: Ran) -> None:
    """Ties are facts between two entities, counted here without networkx."""
    ties: Counter[str] = Counter()
    for row in ran.asked(
        "SELECT ?fact ?one ?other { ?fact a rg:Fact ; rdf:subject ?s ; rdf:object ?o . ?s rg:articleCount ?n ;"
        " rdfs:label ?one . ?o rg:articleCount ?m ; rdfs:label ?other }"
    ):
        ties.update((row["one"], row["other"]))
    ranked = sorted(((-number, name) for name, number in ties.items()))[:10]
    assert [(row["entity"], int(row["ties"])) for row in ran.table("connected")] == [(n, -c) for c, n in ranked]


@pytest.mark.slow
def test_a_fact_is_shown_with_its_sentences(ran: Ran, corpus: Path) -> None:
    """All of them, word by word as in the articles."""
    sentences = [row["sentence"] for row in ran.asked("evidence", "-p", "about=Northvolt", "-p", "relation=investsIn")]
    said = ran.said("evidence").splitlines()
    assert [line.strip() for line in said[1::3]] == [" ".join(sentence.split()) for sentence in sentences]
    articles = (corpus / "northvolt-heide.jsonl").read_text(encoding="utf-8")
    assert any(sentence in articles for sentence in sentences)


@pytest.mark.slow
def test_the_csv_is_that_of_the_command_line(ran: Ran) -> None:
    """Byte by byte, beside the store; and the store is as it was."""
    written = (ran.store.parent / "planned.csv").read_bytes()
    answer = run("query", "planned", "--store", ran.store, "--format", "csv")
    assert written == answer.stdout_bytes
    assert ran.said("export") == f"planned.csv: {len(ran.asked('planned'))} rows\n"
    Store.open(ran.store).close()  # nobody holds it any more
