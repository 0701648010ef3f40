"""`review`: decisions by command and on a terminal; they hold at every build, whatever reads the articles."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time

import pytest

from commandline import ARTICLES, call, run

SAMSUNG, ELECTRONICS = "company/samsung", "company/samsung-electronics"
ID = "https://w3id.org/regiograph/id/"


@pytest.fixture
def out(built, tmp_path):
    """A copy of what a build wrote."""
    return shutil.copytree(built, tmp_path / "out")


def review(out, *arguments):
    """Run a command of `review` in the name of Ada."""
    done = run("review", "--store", out / "store", "--who", "Ada", *arguments)
    assert done.exit_code == 0, done.stderr
    return done


def found(out, name: str) -> list[str]:
    """Return the IRIs of the entities that bear a name."""
    asked = f'SELECT ?e {{ ?e rdfs:label|skos:altLabel "{name}" }}'
    return run("query", asked, "--store", out / "store", "--format", "csv").stdout.split()[1:]


def asked(out, question: str) -> bool:
    """Return the answer to yes or no."""
    return run("query", question, "--store", out / "store").stdout.strip() in ("yes", "true")


def built_again(out, *options) -> None:
    """Build once more from the sample articles."""
    done = run("build", ARTICLES, "--out", out, "--workers", "1", *options)
    assert done.exit_code in (0, 3), done.stderr


def test_a_merge_holds_is_shown_and_is_undone(out):
    """Two become one under the better known IRI; undone, the files are again those of before."""
    before = (out / "graph.ttl").read_bytes()
    assert found(out, "Samsung Electronics") == [ID + ELECTRONICS]
    review(out, "merge", "Samsung", "Samsung Electronics")
    (one,) = {*found(out, "Samsung"), *found(out, "Samsung Electronics")}
    assert one in (ID + SAMSUNG, ID + ELECTRONICS)
    decision = review(out, "log").stdout.split("\t")[0]
    assert "\tAda\tmerge\t" in review(out, "log").stdout
    review(out, "undo", decision)
    built_again(out)
    assert (out / "graph.ttl").read_bytes() == before


def test_the_articles_of_one_are_those_of_both_that_were_merged(out):
    """The catalogue's question finds an article by whichever name it uses."""

    def told(name: str) -> set[str]:
        asked = run("query", "articles", "--param", f"about={name}", "--store", out / "store", "--format", "csv")
        return {line.split(",")[0] for line in asked.stdout.splitlines()[1:]}

    one, other = told("Samsung"), told("Samsung Electronics")
    assert one and other and one != other
    review(out, "merge", "Samsung", "Samsung Electronics")
    assert told("Samsung") == told("Samsung Electronics") == one | other


def test_decisions_survive_another_reading_of_the_articles(out):
    """Another extractor replaces every claim; who is who and how it is called stay decided."""
    review(out, "merge", "Samsung", "Samsung Electronics")
    review(out, "rename", "Eurocities", "EUROCITIES network")
    built_again(out, "--extractor", "rules")
    assert len({*found(out, "Samsung"), *found(out, "Samsung Electronics")}) <= 1
    assert found(out, "EUROCITIES network") == [ID + "network/eurocities"]


def test_a_rejected_claim_is_believed_no_more_and_an_accepted_one_is(out):
    """A claim's facts go and come with what people say of it; the claim itself stays in its article."""
    ask = "SELECT ?claim {{ ?fact rg:supportedBy ?claim ; rdf:predicate rg:{} }} ORDER BY ?claim LIMIT 1"
    claim = run("query", ask.format("metWith"), "--store", out / "store", "--format", "csv").stdout.split()[1]
    believed = f"ASK {{ ?fact rg:supportedBy <{claim}> }}"
    review(out, "reject", claim)
    assert not asked(out, believed)
    assert asked(out, f"ASK {{ GRAPH ?g {{ <{claim}> a rg:Claim }} }}")
    built_again(out)
    assert not asked(out, believed)
    review(out, "accept", claim)
    assert asked(out, believed)


def test_withdrawn_and_added_again_the_bytes_are_the_same(out):
    """Decisions on what is not there wait, are told, and fit again."""
    review(out, "merge", "Samsung", "Samsung Electronics")
    built_again(out)
    before = (out / "graph.ttl").read_bytes()
    listed = run(
        "query", "articles", "--param", "about=Samsung Electronics", "--store", out / "store", "--format", "csv"
    )
    for article in [line.split(",")[0] for line in listed.stdout.splitlines()[1:]]:
        assert run("withdraw", article, "--store", out / "store").exit_code == 0
    built_again(out)
    assert (out / "graph.ttl").read_bytes() == before


def test_what_cannot_be_decided_is_told(out):
    """An unknown claim, an unknown decision, two names of one entity: an error, and no line in the log."""
    for arguments, words in (
        (("reject", "https://x.example/claim"), "there is no claim"),
        (("undo", "123456"), "no decision '123456'"),
        (("merge", "Samsung Electronics", ELECTRONICS), "the same entity already"),
        (("merge", "Samsing", "Eurocities"), "did you mean"),
    ):
        assert call("review", "--store", out / "store", *arguments).failed(1, words)
    assert not (out / "decisions.jsonl").exists()


def test_a_decision_that_fits_nothing_is_told_and_kept(out):
    """A log from elsewhere loses nothing: what fits no article is named at every build."""
    review(out, "merge", "Samsung", "Samsung Electronics")
    log = out / "decisions.jsonl"
    line = log.read_text(encoding="utf-8")
    foreign = line.replace(ELECTRONICS, "company/nobody").replace(line.split('"')[3], "", 1).replace('"id": "", ', "")
    log.write_text(line + foreign, encoding="utf-8")
    done = run("build", ARTICLES, "--out", out, "--workers", "1")
    assert done.exit_code == 3
    assert "fits nothing any more" in done.stderr
    assert "company/nobody" in done.stderr
    assert log.read_text(encoding="utf-8") == line + foreign


def test_claims_are_shown_in_words_and_decided_by_key(out):
    """After the pairs come claims with names, relation, value and sentence, and no IRI; a decision holds at once."""
    pairs = sum(line.startswith("pair\t") for line in review(out, "list").stdout.splitlines())
    asked_for = "".join(["n\n"] * pairs + ["n\n", "r\n", "u\n", "a\n", "q\n"])
    done = run("review", "--store", out / "store", "--who", "Ada", stdin=asked_for)
    assert done.exit_code == 0, done.stderr
    shown = [part.splitlines() for part in done.stderr.split("\n\n") if "% sure" in part]
    assert len(shown) == 5, "the second and the third are shown again once the second is taken back"
    assert "https://" not in " ".join(line for lines in shown for line in lines[:2])
    assert all("–" in first and second.lstrip().startswith("“") for first, second, *_ in shown)
    acts = [line.split("\t")[3:] for line in review(out, "log").stdout.splitlines()]
    assert [act for act, *_ in acts] == ["reject", "undo", "accept"]
    assert acts[0][1:] == acts[2][1:]
    assert asked(out, f"ASK {{ ?fact rg:supportedBy <{acts[2][1]}> }}")


def test_the_list_has_claims_after_the_pairs(out):
    """Each with its confidence, the IRI by which it is decided, what it says, and its sentence; --from lists more."""
    listed = review(out, "list")
    rows = [line.split("\t") for line in listed.stdout.splitlines()]
    assert {len(row) for row in rows} == {5}
    kinds = [row[0] for row in rows]
    assert kinds == sorted(kinds, reverse=True)
    claims = [row for row in rows if row[0] == "claim"]
    assert f"{len(claims)} claims are in doubt" in " ".join(listed.stderr.split())
    assert all(0.6 <= float(row[1]) <= 0.75 for row in claims)
    review(out, "reject", claims[0][2])
    assert claims[0] not in [line.split("\t") for line in review(out, "list").stdout.splitlines()]
    more = run("review", "--store", out / "store", "--from", "0.3", "list").stdout
    assert more.count("claim\t") > len(claims)


@pytest.mark.slow
def test_a_terminal_is_asked_one_by_one(out):
    """On a real terminal: a pair is shown with its reasons, a key decides, undo goes back, quit keeps decisions."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "regiograph", "review", "--store", str(out / "store"), "--who", "Ada"]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, close_fds=True):
        os.close(slave)
        said = _until(master, "next, undo, quit")
        assert "one or two?" in said
        assert "alike" in said
        for key in "dusq":
            os.write(master, f"{key}\n".encode())
            said = _until(master, "next, undo, quit" if key != "q" else "follows")
        os.close(master)
    acts = [line.split("\t")[3] for line in review(out, "log").stdout.splitlines()]
    assert acts == ["split", "undo", "merge"]


def _until(terminal: int, words: str) -> str:
    """Read from a terminal until it has said some words."""
    said, end = "", time.monotonic() + 60
    while words not in said and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            try:
                said += os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:
                break
    assert words in said, said
    return said
