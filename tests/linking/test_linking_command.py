"""`regiograph link`: proposals as lines or as a table, a summary, and a clear word when the endpoint is down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from wikidata_sample import Door, door, ids

from commandline import call, run

QUICK = ("--pause", "0")


@pytest.fixture
def asked(press_folder: Path, wikidata: Door, tmp_path: Path) -> tuple[str | Path, ...]:
    """The arguments that ask the extract about the sample store."""
    return ("link", "--store", press_folder, "--endpoint", wikidata.url, "--cache", tmp_path / "cache", *QUICK)


def test_lines_of_json(asked):
    """A proposal a line with all its fields on standard output, the counts on standard error."""
    done = run(*asked)
    assert done.exit_code == 0
    first = json.loads(done.stdout.splitlines()[0])
    assert list(first) == ["entity", "name", "type", "wikidata", "label", "description", "score", "reasons"]
    assert ("George Bush", "Q23505") in ids(done.stdout)
    assert "Entities: 13; 12 with candidates, 1 without" in done.stderr
    assert "Requests: 7, answers from the cache: 0" in done.stderr


def test_the_same_bytes_twice(asked, press_folder, extract, tmp_path):
    """From the cache and from another server with the same data alike."""
    first, again = run(*asked), run(*asked)
    with door(extract) as other:
        anew = run("link", "--store", press_folder, "--endpoint", other.url, "--cache", tmp_path / "other", *QUICK)
    assert first.stdout_bytes == again.stdout_bytes == anew.stdout_bytes != b""
    assert "Requests: 0, answers from the cache: 7" in again.stderr


def test_a_file_and_a_table(asked, tmp_path, monkeypatch):
    """`--out` writes what standard output would have got; a table has the same rows."""
    monkeypatch.delenv("COLUMNS", raising=False)  # which narrows what standard output gets
    lines = run(*asked).stdout
    file = tmp_path / "proposals.jsonl"
    assert run(*asked, "--out", file).stdout == ""
    assert file.read_text(encoding="utf-8") == lines
    shown = run(*asked, "--format", "table").stdout
    assert "Q207" in shown and "one of 2 of that name" in " ".join(shown.split())
    run(*asked, "--format", "table", "--out", tmp_path / "table.txt")
    assert (tmp_path / "table.txt").read_text(encoding="utf-8") == shown


def test_fewer_entities_and_surer_proposals(asked):
    """`--type`, `--limit` and `--min-score` each leave out what they say."""
    assert {name for name, _ in ids(run(*asked, "--type", "company", "--type", "City").stdout)} == {
        "Tesla", "BMW", "Volkswagen", "Dresden"
    }  # fmt: skip
    assert "Entities: 3;" in run(*asked, "--limit", "3").stderr
    sure = run(*asked, "--min-score", "0.9")
    assert {found for _, found in ids(sure.stdout)} == {"Q183", "Q30", "Q1202", "Q1439", "Q1731"}
    assert "are less sure than asked for" in sure.stderr


def test_a_dry_run_sends_nothing(asked, wikidata):
    """It counts the requests that can be foreseen, and what the cache has already."""
    first = run(*asked, "--dry-run")
    assert first.stdout == "Requests: 4, answers from the cache: 0\n" and not wikidata.asked
    assert "further requests" in first.stderr
    run(*asked)
    assert run(*asked, "--dry-run").stdout == "Requests: 0, answers from the cache: 7\n"
    assert len(wikidata.asked) == 7


def test_an_endpoint_that_is_down_is_named(press_folder, extract, tmp_path):
    """Exit code 1, the address, and where the answers so far are kept."""
    with door(extract) as wikidata:
        url = wikidata.url
    down = call("link", "--store", press_folder, "--endpoint", url, "--cache", tmp_path, *QUICK)
    assert down.failed(1, url, "refused", "What was answered is kept in", str(tmp_path)) and down.out == ""


def test_a_second_run_goes_on_where_the_endpoint_failed(press_folder, extract, tmp_path):
    """Nothing is printed of half the answers; the next run asks for the other half."""
    with door(extract, open_for=5) as wikidata:
        args = ("link", "--store", press_folder, "--endpoint", wikidata.url, "--cache", tmp_path, *QUICK)
        failed = call(*args)
        assert failed.failed(1, "out of order") and failed.out == ""
        wikidata.open_for = None
        done = call(*args)
    assert done.code == 0 and "Requests: 2, answers from the cache: 5" in done.err


def test_the_cache_is_where_the_system_wants_it(press_folder, wikidata, tmp_path, monkeypatch):
    """Without `--cache`, answers go to the user's cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    run("link", "--store", press_folder, "--endpoint", wikidata.url, "--type", "Country", *QUICK)
    assert list((tmp_path / "regiograph" / "wikidata").glob("*.json"))


def test_what_is_no_store_or_no_address_is_refused(press_folder, tmp_path):
    """The message names it, and nothing is asked."""
    assert call("link", "--store", tmp_path / "none").failed(1, "there is no store in")
    assert call("link", "--store", press_folder, "--endpoint", "wikidata").failed(1, "no http or https address")


@pytest.mark.slow
def test_the_sample_articles(built, wikidata, tmp_path):
    """Places, companies and people of the sample graph are found in the extract."""
    args = ("--endpoint", wikidata.url, "--cache", tmp_path, *QUICK)
    done = run("link", "--store", built / "store", *args)
    wanted = {("Dresden", "Q1731"), ("Leipzig", "Q2079"), ("Milan", "Q490"), ("Lombardy", "Q1210"), ("Italy", "Q38")}
    assert wanted | {("TSMC", "Q713418"), ("Olaf Scholz", "Q61053"), ("Elon Musk", "Q317521")} <= set(ids(done.stdout))
    assert ("Tesla", "Q9036") not in ids(done.stdout)
    assert len(wikidata.asked) < 20
