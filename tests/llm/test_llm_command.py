"""`--extractor llm` on the command line: costs, budget, cache, resumption, refusals, and no key anywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from stub_model import Raw, completion, is_second, sentences, stub
from told import FORUM, NOTHING, STORY, right

from commandline import Done, call
from regiograph.cli import options
from regiograph.query.local import select
from regiograph.rdf.store import Store
from regiograph.reviewing.pending import Bench

KEY = "sk-a-key-that-nobody-may-see"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for each in (STORY, FORUM):
        (folder / f"{each.id}.txt").write_text(each.text, encoding="utf-8")
    return folder


@pytest.fixture
def build(articles: Path, tmp_path: Path) -> Any:
    """A build of the two articles by a server, with a cache of its own."""

    def run(url: str, *more: str) -> Done:
        return call("build", articles, "--out", tmp_path / "out", "--published", "2018-03-15", "--extractor", "llm",
                    "--endpoint", url, "--model", "stub", "--cache", tmp_path / "answers", *more)  # fmt: skip

    return run


def files(folder: Path) -> dict[str, bytes]:
    """Return the exports of a build."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def test_a_build_stores_what_the_model_reads(build, tmp_path):
    """The graph holds its claims, under the model's name; the command says what was asked and what was made of it."""
    with stub(right) as server:
        done = build(server.url)
    assert done.code == 0, done.err
    assert "Model stub: 2 calls answered" in done.err
    assert "200 tokens in, 20 out" in done.err
    assert "56 stand in the text, 0 do not" in " ".join(done.err.split())
    graph = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "extractor/llm-stub-1" in graph
    assert "Ormund Turbines" in graph


def costs(done: Done) -> dict[str, list[int]]:
    """Return what a dry run prints: by name what is expected, and what it is at most."""
    rows = (line.rsplit(maxsplit=2) for line in done.out.splitlines()[1:])
    return {name: [int(number.replace(",", "")) for number in numbers] for name, *numbers in rows}


def test_what_it_is_at_most_is_never_exceeded(build):
    """A model that is wrong as often as it can be, and never brief, takes no more than the dry run has said."""

    def wrong(body: dict[str, Any], _: int) -> Any:
        answer = right(body)
        return {**answer, "claims": [claim | {"predicate": "x" * 500} for claim in answer["claims"] * 20]}

    with stub(wrong) as server:
        most = costs(build(server.url, "--dry-run"))
        build(server.url)
    sent = sum(len(message["content"]) for body in server.asked for message in body["messages"])
    assert len(server.asked) == most["calls"][1]
    assert sent / 4 <= most["tokens in, estimated"][1]


def test_a_dry_run_sends_nothing(build, tmp_path):
    """It prints articles, calls and tokens, makes no store, and knows what is read already."""
    with stub(right) as server:
        done = build(server.url, "--dry-run")
        assert (done.code, server.asked) == (0, [])
        told = costs(done)
        assert (told["articles"], told["calls"], told["answers in the cache"]) == ([2, 2], [2, 4], [0, 0])
        assert all(told[f"tokens {way}, estimated"][0] < told[f"tokens {way}, estimated"][1] for way in ("in", "out"))
        assert told["tokens in, estimated"][0] > 2 * 2000
        assert not (tmp_path / "out").exists()
        build(server.url)
        assert costs(build(server.url, "--dry-run"))["articles"] == [0, 0]


def test_a_second_build_is_free_and_the_same_to_the_byte(build, tmp_path):
    """What is stored is not asked for; what is only in the cache is read from there, to the same files."""
    with stub(right) as server:
        build(server.url)
        first = files(tmp_path / "out")
        assert "2 unchanged" in build(server.url).err
        (tmp_path / "out").rename(tmp_path / "before")
        done = build(server.url)
        assert len(server.asked) == 2
    assert "2 answers from the cache" in done.err
    assert files(tmp_path / "out") == first


def dreaming(body: dict[str, Any], _: int) -> Any:
    """Return the right answer with two claims that no sentence makes, one of them in signs that UTF-8 has not."""
    answer = right(body)
    made_up = answer["claims"][0] | {"quote": "Nobody ever said so."}
    return (
        NOTHING if is_second(body) else answer | {"claims": [*answer["claims"], made_up, made_up | {"quote": "\ud800"}]}
    )


def test_what_was_refused_is_in_the_report_and_the_graph(build, articles, tmp_path):
    """By article and cause, also after a build that read nothing; `extract` prints it item by item."""
    cause = "with a quote that is not in the text"
    with stub(dreaming) as server:
        assert build(server.url).code == 0
        report = (tmp_path / "out" / "report.json").read_bytes()
        told = json.loads(report)["omitted"]
        assert told == [{"article": name, "cause": cause, "number": 2} for name in ("forum", "story")]
        assert f'rg:cause "{cause}"' in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
        assert "2 unchanged" in build(server.url).err
        assert (tmp_path / "out" / "report.json").read_bytes() == report
        done = call("extract", articles / "story.txt", "--published", "2018-03-15", "--extractor", "llm",
                    "--endpoint", server.url, "--model", "stub", "--cache", tmp_path / "answers")  # fmt: skip
    assert [each["cause"] for each in json.loads(done.out)["refused"]] == [cause] * 2


def test_another_model_reads_anew(build, tmp_path):
    """The name of the model is part of the version: its articles are replaced."""
    with stub(right) as server:
        build(server.url)
        done = build(server.url, "--model", "other")
    assert len(server.asked) == 4
    assert "2 replaced" in done.err


def test_trust_is_the_confidence_of_all_claims(build, articles, tmp_path):
    """What is trusted less makes no facts; another trust reads anew, from the cache."""
    with stub(right) as server:
        assert "Facts: 0" not in build(server.url).err
        done = build(server.url, "--trust", "0.4")
        assert len(server.asked) == 2
    assert "2 replaced" in done.err
    assert "Facts: 0" in done.err
    assert "llm-stub-1-0.4" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert call("extract", articles, "--trust", "0.4").failed(2, "--trust goes with --extractor llm or both")


def test_damaged_answers_are_asked_for_again(build, tmp_path):
    """A file of the cache that was cut or changed counts as missing."""
    with stub(right) as server:
        build(server.url)
        for file in (tmp_path / "answers").iterdir():
            file.write_bytes(file.read_bytes()[:-10])
        (tmp_path / "out").rename(tmp_path / "before")
        assert build(server.url).code == 0
        assert len(server.asked) == 4


def dear(body: dict[str, Any], _: int) -> Raw:
    """Return the right answer, with the tokens that a hosted model would count."""
    usage = {"prompt_tokens": 3000, "completion_tokens": 900}
    return Raw(body=completion(json.dumps(right(body)), usage=usage))


def test_a_budget_stops_cleanly_and_the_next_build_goes_on(build, tmp_path):
    """What does not fit is refused by name, exit code 3; without the limit only that is asked for."""
    with stub(dear) as server:
        done = build(server.url, "--budget", "6000", "--parallel", "1")
        assert done.failed(3, "Refused: 1", "the budget of 6,000 tokens does not reach")
        assert len(server.asked) == 1
        done = build(server.url)
        assert (done.code, len(server.asked)) == (0, 2)
    assert "1 added, 1 unchanged" in done.err


def test_a_failed_article_is_listed_and_tried_again(build):
    """Exit code 3 with the reason; nothing half-read is stored, and the next build asks for it."""

    def ill(body: dict[str, Any], _: int) -> Any:
        return "well" if sentences(body)[0].startswith("The Lindvar") else right(body)

    with stub(ill) as server:
        assert build(server.url).failed(3, "Refused: 1", "forum: stub: the answer cannot be used")
    with stub(right) as server:
        done = build(server.url)
        assert (done.code, len(server.asked)) == (0, 1)
    assert "1 added, 1 unchanged" in done.err


def leaking(body: dict[str, Any], number: int) -> Any:
    """Say the key back wherever a server can: in an answer, in a refusal, in a redirect."""
    if number == 0:
        answer = right(body)
        answer["claims"][0]["qualifiers"] = [{"name": "role", "text": KEY}]
        return answer
    if is_second(body):
        return NOTHING
    return [Raw(500, f"bad key {KEY}".encode()), Raw(307, b"", {"Location": f"http://x.invalid/{KEY}"})][number % 2]


def test_the_key_is_nowhere(build, tmp_path, monkeypatch, caplog):
    """Not in output, errors, logs, cache, store or exports, even where the server says it back; not with --debug."""
    monkeypatch.setenv("STUB_KEY", KEY)
    caplog.set_level("DEBUG")
    with stub(leaking) as server:
        monkeypatch.setenv("REGIOGRAPH_DEBUG", "1")
        done = build(server.url, "--key-env", "STUB_KEY", "--parallel", "1")
    assert {each["authorization"] for each in server.headers} == {f"Bearer {KEY}"}
    assert done.code == 3
    assert KEY not in done.out + done.err + caplog.text
    assert KEY not in repr(server.asked)
    kept = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert any(p.parent.name == "answers" for p in kept)
    assert not [p for p in kept if KEY.encode() in p.read_bytes() or KEY in p.name]


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (("--extractor", "llm"), 2, "needs --endpoint and --model"),
        (("--extractor", "both", "--endpoint", "http://127.0.0.1:9/v1"), 2, "needs --endpoint and --model"),
        (("--extractor", "llm", "--endpoint", "ftp://x", "--model", "m"), 1, "no http or https address"),
        (("--extractor", "llm", "--endpoint", "http://u:p@x", "--model", "m"), 1, "give the key apart"),
        (("--extractor", "llm", "--endpoint", "http://x", "--model", "m", "--key-env", "NONE_SET"), 2, "is not set"),
        (("--dry-run",), 2, "--dry-run goes with --extractor llm or both"),
        (("--budget", "5"), 2, "--budget goes with --extractor llm or both"),
    ],
)  # fmt: skip
def test_options_that_do_not_fit_are_told(articles, given, code, words):
    """Nothing is read where it is not clear who should read it."""
    assert call("extract", articles, *given).failed(code, words)


def test_a_key_over_plain_http_is_warned_of(articles, monkeypatch, tmp_path):
    """The warning names the address; to a server on this machine there is none."""
    monkeypatch.setenv("STUB_KEY", KEY)
    asked = ("extract", articles, "--extractor", "llm", "--model", "m", "--key-env", "STUB_KEY", "--dry-run")
    done = call(*asked, "--endpoint", "http://model.invalid/v1", "--cache", tmp_path)
    assert "http://model.invalid/v1: the key goes there in the clear" in done.err
    assert KEY not in done.err
    assert "in the clear" not in call(*asked, "--endpoint", "http://127.0.0.1/v1", "--cache", tmp_path).err


def test_extract_prints_the_claims_format(articles, tmp_path):
    """An article a line, quotes to the character, whichever extractor reads."""
    with stub(right) as server:
        for name in ("llm", "both"):
            done = call("extract", articles, "--extractor", name, "--endpoint", server.url, "--model", "stub",
                        "--cache", tmp_path / "answers", "--published", "2018-03-15")  # fmt: skip
            rows = [json.loads(line) for line in done.out.splitlines()]
            assert [row["article"]["id"] for row in rows] == ["forum", "story"]
            for row in rows:
                assert row["claims"]
                for claim in row["claims"]:
                    place = claim["evidence"]
                    assert row["article"]["text"][place["start"] : place["end"]] == place["quote"]
        assert len(server.asked) == 2


def test_what_the_model_alone_says_waits_for_review(articles, tmp_path):
    """With both, its claims make no fact, and are among what is left to decide."""
    with stub(right) as server:
        done = call("build", articles, "--out", tmp_path / "out", "--published", "2018-03-15", "--extractor", "both",
                    "--endpoint", server.url, "--model", "stub", "--cache", tmp_path / "answers")  # fmt: skip
    assert done.code == 0, done.err
    with Store.open(tmp_path / "out" / "store", read_only=True) as store:
        items = Bench(store, options.DOUBTED).pending(()).items
        facts = select(store, "SELECT ?c { ?c rg:confidence 0.65 . ?f rg:supportedBy ?c }").texts()
    assert items
    assert not list(facts)


def test_a_cache_that_cannot_be_written_costs_nothing(articles, tmp_path):
    """It is found out before anything is asked."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with stub(right) as server:
        done = call("extract", articles, "--extractor", "llm", "--endpoint", server.url, "--model", "stub",
                    "--cache", tmp_path / "file" / "answers")  # fmt: skip
    assert done.failed(1, "file")
    assert server.asked == []


PROGRAM = """
import sys
{}
sys.argv = ["regiograph", *sys.argv[1:]]
from regiograph.cli import main
try:
    main()
finally:
    print(sorted(name for name in ("openai", "pydantic") if sys.modules.get(name)), file=sys.stderr)
"""


def test_the_client_is_loaded_only_by_who_asks(articles):
    """Without a model it costs nothing at the start, and where it is not installed the words say how to get it."""
    plain = [sys.executable, "-c", PROGRAM.format("")]
    done = subprocess.run([*plain, "extract", articles, "--extractor", "rules"], capture_output=True, check=False)
    assert (done.returncode, done.stderr.split()[-1]) == (0, b"[]")
    without = [sys.executable, "-c", PROGRAM.format("sys.modules['openai'] = None")]
    asked = ("extract", articles, "--extractor", "llm", "--endpoint", "http://127.0.0.1:9/v1", "--model", "m")
    done = subprocess.run([*without, *asked], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"pip install 'regiograph[llm]'" in done.stderr
