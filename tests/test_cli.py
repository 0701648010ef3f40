"""What people see on the command line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from commandline import call, run
from regiograph import __version__


def test_help_names_every_command():
    """`--help` lists the commands, and each has help of its own."""
    top = run("--help")
    assert top.exit_code == 0
    commands = "build extract withdraw query queries serve link publish view export validate"
    for command in commands.split():
        assert command in top.stdout
        assert "Usage:" in run(command, "--help").stdout


def test_version_is_the_package_version():
    """`--version` prints name and version."""
    assert run("--version").stdout.split() == ["regiograph,", "version", __version__]


def test_build_summary_tells_what_was_done_and_what_to_open(built):
    """A build ends with articles, entities by type, claims by predicate, refusals, files and what to open."""
    result = run("build", "tests/corpus/articles", "--out", built, "--workers", "1")
    assert result.exit_code == 0
    assert result.stdout == ""
    for words in ("Articles:", "Region", "memberOf", "graph.html", "unchanged", "Open "):
        assert words in result.stderr


def test_refused_files_are_listed_and_make_the_exit_code_3(tmp_path):
    """An unreadable file costs only itself: the rest is stored, it is listed, the exit code is 3."""
    (tmp_path / "good.txt").write_text("Lena Brandt, mayor of Leipzig, visited Dresden on 3 May 2019.\n")
    (tmp_path / "bad.jsonl").write_text("{broken\n")
    result = run("build", tmp_path / "good.txt", tmp_path / "bad.jsonl", "--out", tmp_path / "out", "--workers", "1")
    assert result.exit_code == 3
    assert "Articles: 1 in the store" in result.stderr
    assert "bad.jsonl" in result.stderr
    assert "Refused: 1" in result.stderr


def test_missing_source_names_it(tmp_path):
    """A source that is not there is named, and nothing is called done."""
    result = run("extract", tmp_path / "nowhere.txt")
    assert result.exit_code == 3
    assert "nowhere.txt" in result.stderr


def test_extract_prints_one_object_an_article(corpus):
    """`extract` follows the claims format: quotes equal the text at their offsets."""
    result = run("extract", corpus / "tomsk-tokyo-mission.txt")
    (row,) = map(json.loads, result.stdout.splitlines())
    assert row["article"]["id"] == "tomsk-tokyo-mission"
    assert row["claims"]
    text = row["article"]["text"]
    for claim in row["claims"]:
        evidence = claim["evidence"]
        assert evidence["quote"] == text[evidence["start"] : evidence["end"]]
        assert (claim["object"] is None) != (claim["value"] is None)


def test_extract_as_a_table_shows_the_sentence(corpus):
    """`--format table` is for people."""
    result = run("extract", corpus / "eurocities-leipzig.txt", "--format", "table")
    assert "holdsPost" in result.stdout


def test_article_from_standard_input():
    """`-` reads one text from standard input."""
    result = run("extract", "-", stdin="Lena Brandt, mayor of Leipzig, visited Dresden on 3 May 2019.\n")
    assert json.loads(result.stdout)["article"]["id"] == "stdin"


def test_store_that_is_not_there_says_how_to_make_one(tmp_path):
    """Asking without a store tells the command that makes one."""
    assert call("query", "members", "--store", tmp_path / "none").failed(1, "regiograph build")


def test_unknown_question_offers_names_like_it(built):
    """A misspelt question is answered by the nearest ones."""
    assert call("query", "membres", "--store", built / "store").failed(1, "members")


def test_closed_pipe_is_no_error(built):
    """`regiograph … | head -1` ends quietly."""
    command = (
        f"{sys.executable} -m regiograph query 'SELECT ?s ?p ?o {{ ?s ?p ?o }}' --store {built / 'store'} | head -1"
    )
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["s,p,o"]
    assert done.stderr == ""


@pytest.mark.parametrize("syntax", ["ttl", "trig", "nq", "jsonld"])
def test_export_to_a_pipe_equals_export_to_a_file(built, tmp_path, syntax):
    """`-` is standard output, in the same bytes as a file."""
    path = tmp_path / f"graph.{syntax}"
    assert run("export", path, "--store", built / "store").exit_code == 0
    piped = run("export", "-", "--format", syntax, "--store", built / "store")
    assert piped.stdout_bytes == path.read_bytes()


def test_export_to_an_unknown_ending_is_a_usage_error(built, tmp_path):
    """A format that cannot be guessed is asked for."""
    assert call("export", tmp_path / "graph.xyz", "--store", built / "store").failed(2, ".ttl")


def test_what_was_built_conforms(built):
    """Everything that is exported conforms to the shapes, in the store and in the file."""
    assert run("validate", "--store", built / "store").exit_code == 0
    assert run("validate", built / "dataset.trig").exit_code == 0
