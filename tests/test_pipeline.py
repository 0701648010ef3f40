"""The stages in their order, on the sample articles."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from commandline import ARTICLES, run
from regiograph.articles.reading import read
from regiograph.claims import batches
from regiograph.claims.extractors import extractor
from regiograph.claims.rules import RuleExtractor
from regiograph.model import Article, Extraction
from regiograph.rdf.store import Store

OUTPUTS = ("graph.ttl", "dataset.trig", "graph.html", "report.json")


def build(out, *sources):
    """Build with one worker and expect success."""
    result = run("build", *(sources or [ARTICLES]), "--out", out, "--workers", "1")
    assert result.exit_code == 0, result.stderr


def contents(out):
    """Return the bytes of what a build writes."""
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def test_building_again_changes_nothing(built, tmp_path):
    """A second build of the same articles leaves every byte as it is."""
    shutil.copytree(built, tmp_path / "out")
    build(tmp_path / "out")
    assert contents(tmp_path / "out") == contents(built)


def test_order_of_input_does_not_show(built, tmp_path):
    """HOSTILE 43: files given in reverse order, in three runs, give the same bytes."""
    files = sorted(ARTICLES.iterdir(), reverse=True)
    articles = [f for f in files if not f.name.endswith(".meta.json")]
    for part in (articles[:5], articles[5:11], articles[11:]):
        build(tmp_path / "out", *part)
    assert contents(tmp_path / "out") == contents(built)


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_hash_seed_does_not_show(built, tmp_path, seed):
    """HOSTILE 43: another PYTHONHASHSEED gives the same bytes."""
    command = [sys.executable, "-m", "regiograph", "build", ARTICLES, "--out", tmp_path, "--workers", "2"]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
    assert contents(tmp_path) == contents(built)


def test_withdrawing_equals_never_having_read(tmp_path):
    """After `withdraw` the exports equal those of a build without the article."""
    with_it, without = tmp_path / "with", tmp_path / "without"
    both = [ARTICLES / "kaluga-engines.txt", ARTICLES / "kaluga-volkswagen-opens.txt"]
    build(with_it, *both)
    build(without, both[0])
    assert run("withdraw", "kaluga-volkswagen-opens", "--store", with_it / "store").exit_code == 0
    build(with_it, both[0])
    assert contents(with_it) == contents(without)


def test_a_build_writes_the_files_that_are_asked_for(built, tmp_path):
    """Some of them, the same as otherwise; the page and the Turtle do not need the rest."""
    shutil.copytree(built / "store", tmp_path / "store")
    result = run("build", ARTICLES, "--out", tmp_path, "--workers", "1", "--files", "graph.html,graph.ttl")
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in tmp_path.iterdir()} - {"decisions.jsonl"} == {"store", "graph.html", "graph.ttl"}
    assert all((tmp_path / name).read_bytes() == (built / name).read_bytes() for name in ("graph.html", "graph.ttl"))
    assert "unchanged" in result.stderr
    assert "dataset.trig" not in result.stderr


def test_a_build_without_files_fills_the_store_alone(tmp_path):
    """It says what this run did, and the next build writes of it what one build would have written."""
    both = [ARTICLES / "kaluga-engines.txt", ARTICLES / "kaluga-volkswagen-opens.txt"]
    result = run("build", both[0], "--out", tmp_path / "out", "--workers", "1", "--no-files")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["store"]
    assert "Articles: 1 added" in result.stderr
    build(tmp_path / "out", both[1])
    build(tmp_path / "once", *both)
    assert contents(tmp_path / "out") == contents(tmp_path / "once")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--files", "graph.htm"], "'graph.htm' is none of"),
        (["--files", "graph.ttl", "--no-files"], "do not go together"),
    ],
)
def test_files_that_a_build_cannot_write_are_a_mistake(tmp_path, options, words):
    """An unknown name, or some and none at once; nothing is read."""
    result = run("build", ARTICLES, "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not (tmp_path / "out").exists()


def test_changed_article_replaces_its_claims(tmp_path):
    """An article that changed says what it says now, and no more what it said."""
    story = tmp_path / "story.txt"
    story.write_text("Lena Brandt, mayor of Leipzig, visited Dresden on 3 May 2019.\n")
    build(tmp_path / "out", story)
    story.write_text("Lena Brandt, mayor of Leipzig, visited Chemnitz on 4 May 2019.\n")
    build(tmp_path / "out", story)
    turtle = (tmp_path / "out" / "graph.ttl").read_text()
    assert "Chemnitz" in turtle
    assert "Dresden" not in turtle


def test_same_person_region_and_project_in_two_articles_are_one(built):
    """The governor, the region and the project of several sample articles have one IRI each."""
    with Store.open(built / "store", read_only=True) as store:
        counts = {
            iri: int(count)
            for iri, count in (
                (q.subject.value, q.object.value)
                for q in store.quads.quads_for_pattern(None, None, None, None)
                if q.predicate.value.endswith("#articleCount")
            )
        }
    assert counts[f"{store.base}person/sergey-zhvachkin"] >= 4
    assert counts[f"{store.base}project/ino-tomsk"] >= 3
    assert max(n for iri, n in counts.items() if "/region/tomsk" in iri) >= 5


def test_processes_and_one_process_extract_the_same():
    """Workers change nothing but the time."""
    articles = [a for a in read([ARTICLES]) if isinstance(a, Article)]
    one = list(batches.extract(articles, extractor(), workers=1))
    assert list(batches.extract(articles, extractor(), workers=2)) == one
    assert [o.article.id for o in one] == [a.id for a in articles]


def test_failing_extractor_costs_one_article():
    """An article on which the extractor fails is refused by name, the others are extracted."""

    class Fragile(RuleExtractor):
        def extract(self, article: Article) -> Extraction:
            if "bad" in article.id:
                raise RecursionError("too deep")
            return super().extract(article)

    articles = [Article("a", "Leipzig is in Saxony."), Article("bad", "x"), Article("b", "Dresden is in Saxony.")]
    first, refused, last = batches.extract(articles, Fragile())
    assert (first.article.id, last.article.id) == ("a", "b")
    assert str(refused) == "bad: extraction failed: RecursionError: too deep"


def test_report_agrees_with_the_store(built):
    """`report.json` counts what the store holds."""
    report = json.loads((built / "report.json").read_text())
    with Store.open(built / "store", read_only=True) as store:
        assert report["articles"] == len(list(store.articles()))
    assert report["refused"] == []
    assert sum(report["claims"].values()) == sum(report["modalities"].values()) > 0
    assert report["entities"]["Person"] > 0
