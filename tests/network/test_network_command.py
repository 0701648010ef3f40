"""`network`, `export` and `view` as they are typed, on the graph of the sample articles."""

from __future__ import annotations

import json

import pytest

from commandline import run
from regiograph.cli.networking import _term
from regiograph.errors import QueryError


def network(built, *arguments):
    """Run a measure on the sample graph."""
    return run("network", *arguments, "--store", built / "store")


@pytest.mark.parametrize("measure", ["importance", "communities", "brokers", "pairs", "story"])
def test_a_measure_gives_the_same_rows_in_every_format(built, measure):
    """CSV for programs, JSON lines, and a table for people; twice the same."""
    lines = network(built, measure, "--format", "jsonl")
    assert lines.exit_code == 0, lines.stderr
    rows = [json.loads(line) for line in lines.stdout.splitlines()]
    assert rows
    table = network(built, measure, "--format", "table")
    assert f"{len(rows)} row" in table.stderr
    csv = network(built, measure).stdout
    assert csv.splitlines()[0].split(",")[0] in rows[0]
    assert csv == network(built, measure).stdout


def test_a_path_reads_as_a_sentence(built):
    """By name or IRI: the steps in words with the sentences below, or as rows."""
    told = network(built, "path", "tomsk region", "Tokyo", "--format", "table", "--paths", "1")
    first, *quotes = told.stdout.splitlines()
    assert first.startswith("1. Tomsk Region – is a member of")
    assert first.endswith("– Tokyo")
    assert all(quote.strip().startswith("“") for quote in quotes)
    rows = network(built, "path", "region/tomsk-region", "Tokyo", "--format", "jsonl").stdout.splitlines()
    assert {"fact", "sentence"} <= json.loads(rows[0]).keys()


def test_what_cannot_be_measured_is_told(built):
    """An unknown name is answered with near ones, a period the wrong way round is a usage error, a limit is told."""
    with pytest.raises(QueryError, match="did you mean 'Tomsk'"):
        network(built, "path", "Tomks", "Tokyo")
    assert network(built, "importance", "--from", "2020", "--to", "2010").exit_code == 2
    cut = network(built, "importance", "--limit", "3")
    assert cut.exit_code == 3
    assert "only the first 3 of" in cut.stderr
    assert len(cut.stdout.splitlines()) == 4


def test_a_period_and_a_type_narrow_a_measure(built):
    """Fewer entities matter in fewer years; a type leaves only its own."""
    people = network(built, "importance", "--type", "Person", "--format", "jsonl").stdout.splitlines()
    assert {json.loads(row)["type"] for row in people} == {"Person"}
    early = network(built, "pairs", "--to", "2010").stdout.splitlines()
    assert len(early) < len(network(built, "pairs").stdout.splitlines())


def test_brokers_are_told_with_facts_and_sentences(built):
    """People by default or by type; each side with the words, the IRIs of the facts and a sentence."""
    rows = [
        json.loads(row)
        for row in network(built, "brokers", "--type", "Person", "--format", "jsonl").stdout.splitlines()
    ]
    assert rows
    assert {row["type"] for row in rows} == {"Person"}
    assert all(row["facts"].startswith("https://") and row["sentence"] and row["through"] for row in rows)
    sides = {row["entity"]: {other["side"] for other in rows if other["entity"] == row["entity"]} for row in rows}
    assert all(len(tied) > 1 for tied in sides.values())
    grouped = network(built, "brokers", "--communities", "--format", "jsonl").stdout
    assert grouped
    assert grouped != network(built, "brokers", "--format", "jsonl").stdout


def test_small_numbers_are_written_out(built):
    """Importance and betweenness of a large network are often below 0.0001, which is no reason to fail."""
    assert _term(0.000044).value == "0.000044"


def test_a_path_of_few_steps_is_asked_for(built):
    """A limit that the best path exceeds leaves shorter ones, or says that there is none."""
    none = network(built, "path", "Tomsk Region", "Tokyo", "--steps", "1")
    assert "Nothing ties Tomsk Region and Tokyo by so few as 1" in none.stderr
    assert network(built, "path", "Tomsk Region", "Tokyo", "--steps", "4").stdout


def test_a_view_of_a_part_holds_what_is_near(built, tmp_path):
    """Around an entity more steps give more; a question's page holds the entities of its answer."""

    def sized(*options) -> int:
        done = run("view", tmp_path / "page.html", "--store", built / "store", *options)
        assert done.exit_code == 0, done.stderr
        return int(done.stderr.split(" with ")[1].split()[0])

    one, two = (sized("--focus", "Tomsk Region", "--steps", str(steps)) for steps in (1, 2))
    assert 1 < one < two
    assert "<title>Tomsk Region</title>" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert sized("--query", "members", "-p", "network=Eurocities") > 2
    with pytest.raises(QueryError, match="nothing can be drawn"):
        run("view", tmp_path / "none.html", "--query", "ASK {}", "--store", built / "store")
    assert not (tmp_path / "none.html").exists()
    assert run("view", "--focus", "x", "--query", "y", "--store", built / "store").exit_code == 2
