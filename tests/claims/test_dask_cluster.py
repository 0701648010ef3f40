"""Extraction on a Dask cluster: the same bytes as here, whatever becomes of the workers."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import replace

import pytest

pytest.importorskip("distributed")

from odd_extractors import Deadly, Slow

from clusters import PACKAGES, dask, eventually
from commandline import ARTICLES, CHECKOUT, call, run
from regiograph.articles.reading import Refusal, read
from regiograph.claims import batches
from regiograph.claims.cluster import Cluster
from regiograph.claims.extractors import extractor
from regiograph.claims.jsonl import to_object
from regiograph.errors import ClusterError
from regiograph.model import Article
from regiograph.rdf.store import Store
from servers import free_port

pytestmark = pytest.mark.slow
OUTPUTS = ("graph.ttl", "dataset.trig", "graph.html", "report.json")
BATCH = 16


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler without workers."""
    with dask(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A cluster of two workers, not to be harmed."""
    with dask(tmp_path_factory.mktemp("dask")) as running:
        running.worker()
        running.worker()
        yield running


@pytest.fixture(scope="module")
def many():
    """The sample articles, eight times, and a refusal among them."""
    articles = [each for each in read([ARTICLES]) if isinstance(each, Article)]
    copies = [replace(each, id=f"{each.id}-{i}", text=f"{each.text}\nPart {i}.") for i in range(8) for each in articles]
    return [*copies[:50], Refusal("lost.txt", "cannot be read"), *copies[50:]]


@pytest.fixture(scope="module")
def local(many):
    """What is found in them here."""
    return list(batches.extract(many, extractor()))


def short(count: int, **named: str) -> list[Article]:
    """Return small articles; `named` has the ids of some, by their numbers."""
    return [Article(named.get(f"n{i}", f"a{i}"), "Leipzig is in Saxony.") for i in range(count)]


def on(cluster, items, reader=None, *, patience: float = 30, told: list[str] | None = None):
    """Return the outcomes that a cluster yields."""
    notes = [] if told is None else told
    workers = Cluster(cluster.address, patience=patience, note=notes.append)
    return batches.extract(items, reader or extractor(), workers=workers)


def test_cluster_extracts_the_same_in_the_same_order(pair, many, local):
    """Two workers find, byte for byte, what one process finds; refusals keep their place."""
    found = list(on(pair, many))
    assert found == local
    assert [*map(as_json, found)] == [*map(as_json, local)]
    assert eventually(lambda: pair.tasks() == 0), "nothing of it is left on the cluster"


def test_commands_give_the_same_bytes_as_here(pair, built, tmp_path):
    """`extract` prints the same, `build` writes the same files, a second build finds nothing new."""
    option = ("--workers", pair.option)
    assert run("extract", ARTICLES, *option).stdout == run("extract", ARTICLES, "--workers", "1").stdout
    assert call("build", ARTICLES, "--out", tmp_path, *option).code == 0
    for name in OUTPUTS:
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), name
    assert "25 unchanged" in call("build", ARTICLES, "--out", tmp_path, *option).err


def test_slow_batch_holds_the_others_back_but_not_their_order(pair):
    """While the first batch takes its time, two more for each thread are drawn from the input and no more."""
    drawn = []
    items = short(400, n3="slow")
    outcomes = on(pair, (drawn.append(each) or each for each in items), Slow())
    first = next(outcomes)
    assert len(drawn) <= BATCH * (2 * 2 + 1)
    assert [o.article.id for o in (first, *outcomes)] == [each.id for each in items]


def test_article_that_fails_is_refused_by_name(pair):
    """What the extractor cannot do costs one article, as it does here."""
    items = [Article("a", "Leipzig is in Saxony."), Article("b", None), Article("c", "Dresden is in Saxony.")]
    found = list(on(pair, items))
    assert found == list(batches.extract(items, extractor()))
    assert str(found[1]).startswith("b: extraction failed: ")


def test_worker_killed_midway_costs_time_only(scheduler, many, local):
    """HOSTILE 81: what a worker had under way when it died is done by the other one."""
    victim, _ = scheduler.worker(), scheduler.worker()

    def items():
        for number, each in enumerate(many):
            if number == 6 * BATCH:
                assert scheduler.tasks() > 1
                victim.kill()
            yield each

    assert list(on(scheduler, items())) == local
    assert victim.wait() == -signal.SIGKILL
    assert len(scheduler.workers()) == 1


def test_worker_of_several_threads_reads_the_same(scheduler, many, local):
    """Threads of one process take turns, and a note says how to do better."""
    scheduler.worker("--nthreads", "4", "--no-nanny")
    told = []
    assert list(on(scheduler, many, told=told)) == local
    (address,) = scheduler.workers()
    advice = "start them with --nthreads 1, and --nworkers for the cores"
    assert told == [f"workers of several threads, such as {address}, read with one; {advice}"]


def test_batch_that_kills_its_workers_is_named(tmp_path):
    """A batch is not tried for ever, and the error has the ids of its articles; what was before it is kept."""
    with dask(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1") as cluster:
        cluster.worker("--nthreads", "1")  # under a nanny, which starts it again
        outcomes = on(cluster, short(40, n20="deadly"), Deadly())
        with pytest.raises(ClusterError, match=r"2 workers died one after the other of .* a16, .* deadly, .* a31$"):
            list(outcomes)


def test_scheduler_that_is_not_there_is_named(tmp_path):
    """Nobody at the address, or somebody who says nothing: an error within some seconds, with exit code 1."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for address in (f"127.0.0.1:{free_port()}", f"127.0.0.1:{silent.getsockname()[1]}"):
            done = call("build", ARTICLES, "--out", tmp_path, "--workers", f"dask://{address}")
            assert done.failed(1, f"no Dask scheduler answers at tcp://{address} within 10 s")


def test_scheduler_that_goes_away_is_an_error(scheduler):
    """The connection lost midway is told in a sentence."""
    scheduler.worker()
    outcomes = on(scheduler, short(400, n300="slow"), Slow())
    next(outcomes)
    scheduler.process.kill()
    with pytest.raises(ClusterError, match=f"the Dask cluster at {scheduler.address} failed: .*"):
        list(outcomes)


def test_cluster_without_workers_is_waited_for_and_given_up(scheduler):
    """Somebody may be starting one; who waits is told so, and not for ever."""
    told = []
    with pytest.raises(ClusterError, match="has had no worker for 1 s; start some with: dask worker tcp://"):
        list(on(scheduler, short(3), patience=1, told=told))
    assert told == [f"the Dask cluster at {scheduler.address} has no worker; one is waited for, 1 s at most"]


def test_workers_may_come_late_and_leave(scheduler):
    """A worker that comes while it is waited for does the work, also when the last one has left midway."""
    started = []
    workers = Cluster(scheduler.address, patience=60, note=lambda _: started.append(scheduler.worker()))
    outcomes = batches.extract(short(200, n100="slow"), Slow(), workers=workers)
    first = next(outcomes)
    assert len(started) == 1
    started[0].kill()
    assert [o.article.id for o in (first, *outcomes)] == [each.id for each in short(200, n100="slow")]
    assert len(started) == 2


@pytest.fixture
def older(tmp_path):
    """Where the package lies in another version."""
    shutil.copytree(CHECKOUT / "graph", tmp_path / "graph", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "graph" / "regiograph" / "version.py").write_text('__version__ = "0.0.9"\n')
    return (tmp_path / "graph", *PACKAGES[1:])


def test_worker_of_another_version_is_refused(scheduler, older):
    """A cluster that would not give the same bytes does nothing, and the error says which worker and why."""
    scheduler.worker()
    scheduler.worker(packages=older)
    done = call("extract", ARTICLES, "--workers", scheduler.option)
    assert done.failed(
        1, f"the Dask cluster at {scheduler.address} does not read as regiograph does here: tcp://127.0.0.1:"
    )
    assert "regiograph 0.0.9 and not 0." in done.err
    assert done.err.count("tcp://") == 2
    assert done.out == ""


def test_worker_of_another_version_that_comes_later_is_refused(scheduler, older):
    """A worker that joins midway is looked at too, before it reads anything."""
    scheduler.worker()

    def items():
        for number, each in enumerate(short(800)):
            if number == 100:
                scheduler.worker(packages=older)
            yield each

    with pytest.raises(ClusterError, match=r"does not read as here: regiograph 0\.0\.9 and not 0\."):
        list(on(scheduler, items()))


@pytest.fixture(scope="module")
def source(many, tmp_path_factory):
    """A file of articles, and what a build here makes of it."""
    folder = tmp_path_factory.mktemp("source")
    articles = [each for each in many if isinstance(each, Article)]
    (folder / "many.jsonl").write_text("".join(f"{line}\n" for line in map(as_line, articles[:120])))
    assert call("build", folder / "many.jsonl", "--out", folder / "out", "--workers", "1").code == 0
    return folder


@pytest.mark.parametrize(("end", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_build_that_ends_midway_leaves_the_cluster_clean_and_goes_on(pair, source, tmp_path, end, code):
    """HOSTILE 81: after Ctrl-C or a kill no task is left; the next build does the rest, to the same bytes."""
    args = ("build", source / "many.jsonl", "--out", tmp_path, "--workers", pair.option)
    command = [sys.executable, "-m", "regiograph", *args]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert eventually(lambda: pair.tasks() > 1)
    process.send_signal(end)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code, err
    assert "Traceback" not in err
    assert eventually(lambda: pair.tasks() == 0)

    with Store.open(tmp_path / "store", read_only=True) as store:
        assert len(list(store.articles())) < 120
    assert call(*args).code == 0
    for name in OUTPUTS:
        assert (tmp_path / name).read_bytes() == (source / "out" / name).read_bytes(), name


def as_json(outcome) -> str:
    """Return what `extract` prints of an outcome."""
    return str(outcome) if isinstance(outcome, Refusal) else json.dumps(to_object(outcome))


def as_line(article: Article) -> str:
    """Return an article as a line of JSON."""
    return json.dumps({"id": article.id, "text": article.text, "published": article.published})
