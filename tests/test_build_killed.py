"""A build that is killed, at any moment, loses nothing that it had stored and leaves nothing half done."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commandline import ARTICLES
from regiograph.rdf.store import Store

KILLS = 20
OUTPUTS = ("graph.ttl", "dataset.trig", "graph.html", "report.json")


def build(out: Path) -> subprocess.Popen[bytes]:
    """Start a build of the sample articles in its own process."""
    command = [sys.executable, "-m", "regiograph", "build", ARTICLES, "--out", out, "--workers", "1"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def graphs(store_path: Path) -> dict[str, set[str]]:
    """Return the statements of each article's graph in a store."""
    found: dict[str, set[str]] = {}
    with Store.open(store_path, read_only=True) as store:
        for name in store.quads.named_graphs():
            if "/article/" in name.value:
                found[name.value] = {str(quad) for quad in store.quads.quads_for_pattern(None, None, None, name)}
    return found


@pytest.mark.slow
def test_killed_builds_keep_whole_articles_and_end_in_the_same_bytes(tmp_path):
    """HOSTILE 81: after each of 20 kills the store opens and holds whole articles; the last run equals a clean one."""
    began = time.monotonic()
    assert build(tmp_path / "clean").wait() == 0
    lasts = time.monotonic() - began
    clean, moments = graphs(tmp_path / "clean" / "store"), random.Random(20)
    partly = 0
    for kill in range(KILLS):
        out = tmp_path / f"killed-{kill // 4}"  # four kills in a row on one store, then a new one
        process = build(out)
        try:
            process.wait(timeout=moments.uniform(0.1, 1.0) * lasts)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        if (out / "store").is_dir():
            held = graphs(out / "store")
            assert all(clean[name] == statements for name, statements in held.items())
            partly += 0 < len(held) < len(clean)
    assert partly, "no kill fell between two articles: the moments miss what is to be tested"
    for out in tmp_path.glob("killed-*"):
        assert build(out).wait() == 0
        for name in OUTPUTS:
            assert (out / name).read_bytes() == (tmp_path / "clean" / name).read_bytes(), name
