"""The server and its workers as processes: they end together, are replaced, and write alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from served import (
    ENDLESS,
    JSON,
    PATIENCE,
    TOKEN,
    UPDATE,
    Served,
    alive,
    awake,
    eventually,
    post,
    serving,
    small_store,
    start,
    workers_of,
)

from commandline import CHECKOUT
from regiograph.rdf.store import Store


def test_the_watch_sees_connections(server: Served):
    """What the tests rely on to see that nobody is called does see it, in this Python."""
    env = os.environ | {"PYTHONPATH": str(server.folder), "CONNECTS": str(server.folder / "seen")}
    call = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    subprocess.run([sys.executable, "-c", call], env=env, check=True)
    assert "('127.0.0.1', 9)" in (server.folder / "seen").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda n: n.name)
def test_no_worker_outlives_the_server(people, tmp_path, number):
    """Idle and in the middle of a question without end: workers are gone soon after the server, however it ends."""
    process = start(people, tmp_path, "--timeout", "5")
    try:
        served = awake(process, tmp_path)
        workers = served.workers()
        assert len(workers) == 3
        with served.posted(ENDLESS), served.posted(ENDLESS):
            assert eventually(lambda: served.ask("ASK {}").status in (200, 503, 504))
            process.send_signal(number)
            code = process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()
    assert eventually(lambda: not any(map(alive, workers)))
    assert code == (0 if number == signal.SIGINT else -number), served.said
    assert "Traceback" not in served.said


@pytest.mark.slow
def test_a_long_question_leaves_the_processor_to_others(people, tmp_path):
    """A worker that has been at a question for long has only idle time from then on, and another takes its place."""
    with serving(people, tmp_path, "--timeout", "4") as served:
        first = served.workers()
        with served.posted(ENDLESS):
            assert eventually(lambda: any(os.sched_getscheduler(each) == os.SCHED_IDLE for each in first))
            late = next(each for each in first if os.sched_getscheduler(each) == os.SCHED_IDLE)
            assert served.ask("ASK {}").status == 200
        assert eventually(lambda: not alive(late))
        assert served.works()


@pytest.mark.slow
def test_a_reader_who_does_not_read_does_not_hold_up_the_end(people, tmp_path):
    """A server that is told to end does so, even if nobody takes an answer."""
    wide = "SELECT ?a ?b ?c ?d ?long { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?b), STR(?c)) AS ?long) }"
    with serving(people, tmp_path) as served, served.posted(wide):
        assert served.works()
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(PATIENCE) == -signal.SIGTERM


def test_a_worker_that_the_system_kills_is_replaced(server: Served):
    """Whoever asks a moment later does not notice that an idle worker is gone."""
    assert server.works()
    for worker in server.workers():
        os.kill(worker, signal.SIGKILL)
        assert eventually(lambda gone=worker: not alive(gone))
    time.sleep(1)  # until the server, too, can have seen it
    assert server.works()


@pytest.mark.slow
def test_a_store_that_no_worker_can_open_ends_the_server(people, tmp_path):
    """One clear message, exit code 1, no address, and no worker left."""
    (tmp_path / "sitecustomize.py").write_text(
        "import resource, sys\n"
        "if 'regiograph.serve.worker' in sys.orig_argv: resource.setrlimit(resource.RLIMIT_NOFILE, (4, 4))"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(CHECKOUT / "graph")])}
    command = [sys.executable, "-m", "regiograph", "serve", "--store", str(people), "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        out, err = (each.decode() for each in process.communicate(timeout=PATIENCE))
    assert process.returncode == 1, err
    assert "Open" not in out + err
    assert str(people) in err.replace("\n", "")
    assert not workers_of(process.pid)


@pytest.mark.slow
def test_an_update_is_seen_by_the_next_question(tmp_path):
    """What is written is there, also after the server has ended; what is wrong changes nothing."""
    store = small_store(tmp_path / "store")
    with serving(store, tmp_path, "--updates", "--timeout", "60") as served:
        assert served.update("INSERT DATA { <a:new> <a:is> 1 }").status == 204
        assert served.works()
        assert b"true" in served.ask("ASK { <a:new> <a:is> 1 }", JSON).body
        workers = served.workers()
        for wrong in ("INSERT DATA { <a:other> <a:is> ", "ASK {}", "LOAD <a:b>", "CLEAR GRAPH <a:b", "{" * 9_000):
            assert served.update(wrong).refused(400)
        assert served.workers() == workers, "what is refused disturbs nobody"
        half = "INSERT DATA { <a:other> <a:is> 1 } ; CREATE GRAPH <a:g> ; CREATE GRAPH <a:g>"
        assert served.update(half).refused(400)
        assert served.works()
        assert b"false" in served.ask("ASK { <a:other> ?p ?o }", JSON).body
    with Store.open(store, read_only=True) as opened:
        assert opened.quads.query("ASK { <a:new> <a:is> 1 }")


def test_a_client_who_leaves_in_an_update_costs_no_worker(writable: Served):
    """An update that is broken off writes nothing, and workers come again."""
    endless = ENDLESS.replace("SELECT (COUNT(*) AS ?n)", "INSERT { <a:never> <a:is> ?a } WHERE").encode()
    before = writable.workers()
    with writable.line() as line:
        line.sendall(post(UPDATE, endless, f"Authorization: Bearer {TOKEN}"))
        assert eventually(lambda: not before & writable.workers())
    assert writable.works()
    assert b"false" in writable.ask("ASK { <a:never> ?p ?o }", JSON).body


@pytest.mark.slow
def test_updates_and_questions_at_once(writable: Served):
    """Updates from several clients are carried out one after the other, and none is lost."""
    statuses = []

    def write(number: int) -> None:
        statuses.append(writable.update(f"INSERT DATA {{ <a:count> <a:is> {number} }}").status)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert statuses == [204] * 3
    assert writable.works()
    assert b'"3"' in writable.ask("SELECT (COUNT(*) AS ?n) { <a:count> <a:is> ?o }", JSON).body


@pytest.mark.slow
def test_an_update_while_another_process_reads_waits_for_it(tmp_path):
    """The store has one writer, and none while others read: the client is told to come again."""
    store = small_store(tmp_path / "store")
    with serving(store, tmp_path, "--updates", "--timeout", "60") as served:
        with Store.open(store, read_only=True):
            answered = served.update("INSERT DATA { <a:b> <a:c> 1 }")
        assert answered.refused(503)
        assert "in use" in answered.text
        assert served.works()
        assert served.update("INSERT DATA { <a:b> <a:c> 1 }").status == 204
