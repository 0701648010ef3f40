"""A process killed at any moment leaves a store of whole articles, and running it again ends where it would have."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from regiograph.rdf import export
from regiograph.rdf.store import Store

ARTICLES = 60
WRITE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from reporter import Reporter
from regiograph.rdf import export
from regiograph.rdf.store import Store
from regiograph.terms import EntityType as E, Predicate as P
reporter = Reporter()
region, network = reporter.entity(E.REGION, "Tomsk Region"), reporter.entity(E.NETWORK, "Ring of Ports")
people = [reporter.entity(E.PERSON, f"Person {n}") for n in range(10)]
with Store.open(Path(sys.argv[1])) as store:
    print("open", flush=True)
    for n in range(int(sys.argv[3])):
        said = [(person, P.HOLDS_POST, region, {"role": f"role {n % 7}"}) for person in people]
        store.put(reporter.report(f"a{n:03}", *said, (region, P.MEMBER_OF, network)))
        print(n, flush=True)
        if n % 20 == 19:
            export.write(store, Path(sys.argv[1]).parent / "graph.nq", export.Format.N_QUADS)
    export.write(store, Path(sys.argv[1]).parent / "graph.nq", export.Format.N_QUADS)
"""


def writer(folder):
    """Start a process that fills the store and exports it now and then."""
    command = [sys.executable, "-c", WRITE, str(folder), str(Path(__file__).parent), str(ARTICLES)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def whole_articles(folder):
    """Open the store and return how many articles it holds, each of which must be whole."""
    with Store.open(folder) as store:
        ids = list(store.articles())
        query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?c a <https://w3id.org/regiograph/ontology#Claim> } } GROUP BY ?g"
        assert [int(row["n"].value) for row in store.quads.query(query)] == [11] * len(ids)
        unsupported = (
            "?f <https://w3id.org/regiograph/ontology#supportedBy> ?c FILTER NOT EXISTS { GRAPH ?g { ?c ?p ?o } }"
        )
        assert not store.quads.query(f"ASK {{ {unsupported} }}")
    return len(ids)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_writer_loses_no_article_and_leaves_no_half(tmp_path):
    """HOSTILE 81: kill -9 while reading, storing or exporting; the store reopens, and a re-run gives the same bytes."""
    draw = random.Random(81)
    undisturbed = writer(tmp_path / "calm" / "store")
    assert undisturbed.wait(120) == 0
    undisturbed.stdout.close()
    folder = tmp_path / "killed" / "store"
    folder.parent.mkdir()
    kept = 0
    for _ in range(4):
        process = writer(folder)
        process.stdout.readline()
        for _ in range(draw.randrange(ARTICLES // 2)):
            process.stdout.readline()
        time.sleep(draw.random() / 100)
        process.kill()
        process.wait()
        process.stdout.close()
        now = whole_articles(folder)
        assert now >= kept
        kept = now
    assert kept > 0
    again = writer(folder)
    assert again.wait(120) == 0
    again.stdout.close()
    assert (folder.parent / "graph.nq").read_bytes() == (tmp_path / "calm" / "graph.nq").read_bytes()
    with Store.open(folder) as store:
        export.write(store, tmp_path / "last.nq", export.Format.N_QUADS)
    assert (tmp_path / "last.nq").read_bytes() == (tmp_path / "calm" / "graph.nq").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_creation_killed_at_any_moment_can_be_repeated(tmp_path):
    """HOSTILE 81: also the first moments of a store's life leave nothing that the next run stumbles over."""
    code = "import pathlib, sys; from regiograph.rdf.store import Store; print(flush=True); Store.open({})"
    for n in range(4):
        folder = tmp_path / f"store{n}"
        process = subprocess.Popen(
            [sys.executable, "-c", code.format("pathlib.Path(sys.argv[1])"), str(folder)], stdout=subprocess.PIPE
        )
        process.stdout.readline()
        time.sleep(n * 0.004)
        os.kill(process.pid, 9)
        process.wait()
        process.stdout.close()
        with Store.open(folder) as store:
            assert list(store.articles()) == []
