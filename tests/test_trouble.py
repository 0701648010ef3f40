"""Trouble, as it meets a person at the command line: one clear sentence, the right exit code, nothing lost."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commandline import ARTICLES, Done, call
from regiograph.cli import main
from regiograph.rdf.store import Store

STORY = "Lena Brandt, mayor of Leipzig, visited Dresden on 3 May 2019.\n"


def start(*args: str | Path, **more) -> subprocess.Popen:
    """Start the command line in a process of its own."""
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | more
    return subprocess.Popen([sys.executable, "-m", "regiograph", *map(str, args)], **settings)


def ended(process: subprocess.Popen) -> Done:
    """Wait for a process."""
    out, err = process.communicate(timeout=120)
    return Done(process.returncode, out or "", err or "")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """One small article."""
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Enough articles that a build takes a while."""
    path = tmp_path / "many.jsonl"
    lines = (json.dumps({"id": f"a{i}", "text": STORY.replace("3 May", f"{i % 28 + 1} May") * 6}) for i in range(600))
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A copy of what a build of the sample articles wrote, to be damaged."""
    return Path(shutil.copytree(built, tmp_path / "own"))


def stored(folder: Path) -> int:
    """Count the articles of a store."""
    with Store.open(folder, read_only=True) as store:
        return len(list(store.articles()))


# What is asked for


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--nosuch"], "No such option"),
        (["--published", "tomorrow"], "'tomorrow' is no date; write 2015"),
        (["--published", "2015-02-30"], "is no date"),
        (["--published", ""], "is no date"),
        (["--base", "not an iri"], "not an IRI"),
        (["--base", "data/"], "not an IRI"),
        (["--base", "http://example.org/x"], "ends neither in / nor in #"),
        (["--workers", "0"], "'0' is neither a number of processes, 1 or more, nor dask://HOST:PORT"),
        (["--workers", "two"], "nor dask://HOST:PORT"),
        (["--workers", "tcp://127.0.0.1:8786"], "nor dask://HOST:PORT"),
        (["--workers", "dask://127.0.0.1"], "nor dask://HOST:PORT"),
        (["--workers", "dask://127.0.0.1:65536"], "nor dask://HOST:PORT"),
        (["--workers", "dask://me@127.0.0.1:8786"], "nor dask://HOST:PORT"),
    ],
)
@pytest.mark.parametrize("command", ["build", "extract"])
def test_wrong_options_are_usage_errors_and_touch_nothing(story, tmp_path, monkeypatch, command, args, words):
    """An option that cannot be right ends with exit code 2 and its name, before anything is made."""
    monkeypatch.chdir(tmp_path)
    assert call(command, story, *args).failed(2, "Usage:", words)
    assert sorted(tmp_path.iterdir()) == [story]


def test_no_command_and_unknown_commands_show_the_way():
    """`regiograph` alone prints its help, a command that is not there points to it."""
    assert call().failed(2, "Start with `regiograph build FOLDER`", "Commands:")
    assert call("biuld").failed(2, "No such command 'biuld'", "--help")


def test_another_base_than_the_store_was_made_with_is_refused(own, story):
    """A store keeps the base of its IRIs; the message names both."""
    done = call("build", story, "--out", own, "--base", "https://example.org/id/")
    assert done.failed(1, str(own / "store"), "https://example.org/id/", "https://w3id.org/regiograph/id/")


@pytest.mark.parametrize("command", ["build", "extract"])
def test_empty_folder_is_no_success(tmp_path, command):
    """A folder in which nothing is found is named, and the exit code tells."""
    (tmp_path / "empty" / "deeper").mkdir(parents=True)
    (tmp_path / "empty" / ".hidden.txt").write_text(STORY)
    out = ["--out", tmp_path / "out"] if command == "build" else []
    assert call(command, tmp_path / "empty", *out).failed(3, str(tmp_path / "empty"), "no articles were found")


def test_endings_that_are_not_read_are_named_with_those_that_are(tmp_path):
    """HOSTILE 26: an unknown ending and a missing file are refused by name, in the order given."""
    (tmp_path / "minutes.docx").write_text(STORY)
    done = call("extract", tmp_path / "minutes.docx", tmp_path / "gone.txt")
    assert done.failed(3, "Refused: 2", "minutes.docx: '.docx' is no format that is read", ".jsonl", "gone.txt: cannot")
    assert done.out == ""


# Where it is to be written


def test_out_that_is_a_file_is_a_usage_error(story):
    """HOSTILE 82: a file where a folder must be is left as it is."""
    assert call("build", story, "--out", story).failed(2, "--out", "is a file")
    assert story.read_text() == STORY


def test_folder_of_something_else_is_not_made_a_store(tmp_path, story):
    """HOSTILE 84: a folder of articles given as `--store` is refused, and nothing is put into it."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(STORY)
    done = call("build", story, "--out", tmp_path / "out", "--store", tmp_path / "texts")
    assert done.failed(1, f"{tmp_path / 'texts'} is no store", "a.txt")
    assert [p.name for p in (tmp_path / "texts").iterdir()] == ["a.txt"]


@contextlib.contextmanager
def mounted(folder: Path, options: str):
    """Mount a small memory disk; where that is not allowed the test is left out, and says so."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "none", folder]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("LEFT OUT: a small disk can be mounted by root only")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)  # a failed store closes when it is collected


def test_read_only_folder_is_named(tmp_path, story, built):
    """HOSTILE 82: a medium that cannot be written to is named by every command that writes."""
    with mounted(tmp_path / "ro", "ro") as folder:
        assert call("build", story, "--out", folder).failed(1, str(folder), "Read-only file system")
        for command, file in (("export", "graph.ttl"), ("view", "graph.html")):
            done = call(command, folder / file, "--store", built / "store")
            assert done.failed(1, f"Error: {folder / file}: Read-only file system")


def test_full_disk_is_named_and_leaves_no_half_files(tmp_path, built):
    """HOSTILE 82: a full disk fails with the name of the file, and no part of a file is left."""
    with mounted(tmp_path / "full", "size=64k") as folder:
        for command, file in (("export", "graph.nq"), ("view", "graph.html")):
            done = call(command, folder / file, "--store", built / "store")
            assert done.failed(1, f"Error: {folder / file}: No space left on device")
        assert list(folder.iterdir()) == []
        assert call("build", ARTICLES, "--out", folder, "--workers", "1").failed(1, str(folder), "No space left")


def test_full_disk_in_the_middle_of_a_build_keeps_what_was_stored(tmp_path):
    """HOSTILE 82: the articles stored before the disk was full are whole, and can be built on elsewhere."""
    with mounted(tmp_path / "full", "size=1m") as folder:
        assert call("build", ARTICLES, "--out", folder, "--workers", "1").failed(1, str(folder), "No space left")
        shutil.copytree(folder / "store", tmp_path / "out" / "store")
    assert call("build", ARTICLES, "--out", tmp_path / "out", "--workers", "1").code == 0
    assert call("validate", "--store", tmp_path / "out" / "store").code == 0


@pytest.mark.parametrize("home", [None, "/nonexistent", "/proc"])
def test_home_is_not_needed(story, tmp_path, home):
    """HOSTILE 82: without a home, or with one that cannot be written to, a build works."""
    environment = {k: v for k, v in os.environ.items() if k != "HOME" and not k.startswith("XDG_")}
    environment |= {"HOME": home} if home else {}
    done = ended(start("build", story, "--out", tmp_path / "out", env=environment, cwd=tmp_path))
    assert (done.code, "Articles: 1 in the store" in done.err) == (0, True), done.err


def test_stale_temporary_files_are_swept(own):
    """HOSTILE 82: what a killed run left of its files goes, what another may be writing now stays."""
    stale, fresh = own / "graph.ttl.abc.part", own / "graph.ttl.def.part"
    for path in (stale, fresh):
        path.write_text("half")
    os.utime(stale, (time.time() - 7200, time.time() - 7200))
    assert call("build", ARTICLES, "--out", own, "--workers", "1").code == 0
    assert (stale.exists(), fresh.exists()) == (False, True)


# The store


def test_second_build_is_told_who_is_in_the_way(many, tmp_path):
    """HOSTILE 83: of two builds at once the second fails with the folder's name, the first goes on."""
    first = start("build", many, "--out", tmp_path / "out", "--workers", "1")
    lock = tmp_path / "out" / "store" / "quads" / "CURRENT"
    while not lock.exists() and first.poll() is None:
        time.sleep(0.05)
    second = call("build", many, "--out", tmp_path / "out")
    first.send_signal(signal.SIGINT)
    assert second.failed(1, f"{tmp_path / 'out' / 'store'} is in use by another regiograph: wait")
    assert second.err.count("Error:") == 1
    assert ended(first).code == 130


@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupt_ends_with_130_and_keeps_the_store(many, tmp_path, workers):
    """HOSTILE 81: Ctrl-C, which all processes of a terminal hear, ends a build without a traceback; the store opens."""
    process = start("build", many, "--out", tmp_path / "out", "--workers", workers, start_new_session=True)
    while not (tmp_path / "out" / "store" / "quads" / "CURRENT").exists() and process.poll() is None:
        time.sleep(0.05)
    time.sleep(2)
    os.killpg(process.pid, signal.SIGINT)
    done = ended(process)
    assert done.failed(130, "Interrupted. What was stored is kept")
    assert 0 <= stored(tmp_path / "out" / "store") < 600


def damage_format(store: Path) -> None:
    """Break the record of the format."""
    (store / "format.json").write_text("{")


def make_newer(store: Path) -> None:
    """Pretend that a later version wrote the store."""
    path = store / "format.json"
    path.write_text(re.sub(r'"version": \d+', '"version": 99', path.read_text()))


def lose_current(store: Path) -> None:
    """Take the database's head away."""
    (store / "quads" / "CURRENT").unlink()


def truncate(store: Path) -> None:
    """Cut the database's files in half."""
    for path in (store / "quads").iterdir():
        if path.suffix in {".sst", ".log"} or path.name.startswith("MANIFEST"):
            os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (damage_format, "format.json is damaged"),
        (make_newer, "was written by a newer regiograph"),
        (lose_current, "is damaged"),
        (truncate, "is damaged"),
    ],
)
def test_damaged_stores_are_named_by_every_command(own, story, damage, words):
    """HOSTILE 84: no command takes a broken store for an empty one, or speaks in tracebacks."""
    store = own / "store"
    damage(store)
    for args in (
        ["query", "SELECT ?s { ?s a rg:Region }"],
        ["export", own / "again.ttl"],
        ["validate"],
        ["withdraw", "kaluga-engines"],
        ["build", story, "--out", own],
    ):
        assert call(*args, "--store", store).failed(1, str(store), words)
    assert not (own / "again.ttl").exists()


# Streams and terminals


@pytest.mark.parametrize(
    "args", [["export", "-", "--format", "nq"], ["query", "SELECT ?s ?p ?o { ?s ?p ?o }"], ["queries"]]
)
def test_reader_that_leaves_ends_a_command_quietly(built, args):
    """A closed pipe is no error, whether it closes early or before the first word."""
    store = [] if args == ["queries"] else ["--store", built / "store"]
    read, write = os.pipe()
    os.close(read)
    process = start(*args, *store, stdout=write)
    os.close(write)
    done = ended(process)
    assert (done.code, re.sub("All about one.*\n", "", done.err)) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_output_that_cannot_be_written_is_an_error(built):
    """A full disk behind standard output does not look like success."""
    with Path("/dev/full").open("w") as full:
        done = ended(start("export", "-", "--format", "nq", "--store", built / "store", stdout=full))
    assert done.failed(1, "No space left on device")


def test_output_is_utf8_whatever_the_system_prefers(built):
    """Names in any script reach a pipe unharmed, in a table too."""
    done = call("query", "SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l", "--store", built / "store",
                "--format", "table", encoding="ascii")  # fmt: skip
    assert done.code == 0
    assert any(not c.isascii() for c in done.out)


def test_failure_that_nobody_foresaw_is_one_sentence_too(story, monkeypatch):
    """A defect tells its kind and how to see more; only `--debug` shows the traceback."""

    def defect(*_args, **_options):
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("regiograph.claims.batches.extract", defect)
    assert call("extract", story).failed(1, "Error: ZeroDivisionError: by nothing", "regiograph --debug")
    with pytest.raises(ZeroDivisionError), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["regiograph", "--debug", "extract", str(story)])
        main()


def on_terminal(*args: str | Path, **environment: str) -> str:
    """Return what a terminal shows while a command runs."""
    ours, theirs = pty.openpty()
    process = start(*args, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm-256color", **environment})
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # so Linux ends a terminal that nobody writes to any more
        while chunk := os.read(ours, 65536):
            shown += chunk
    os.close(ours)
    assert process.wait() == 3
    return shown.decode()


def test_terminal_shows_progress_and_colours_unless_told_not_to(story, tmp_path):
    """Progress and colour are for terminals; NO_COLOR is respected, and pipes get neither."""
    args = ["build", story, tmp_path / "gone.txt", "--out", tmp_path / "out"]
    coloured, plain = on_terminal(*args), on_terminal(*args, NO_COLOR="1")
    colour = re.compile(r"\x1b\[[0-9;]*3\d[;m]")
    assert "Reading" in coloured
    assert "Writing 0" not in coloured
    assert colour.search(coloured)
    assert not colour.search(plain)
    assert "\x1b" not in call(*args).err


def test_shell_completion_knows_commands_and_options():
    """bash is told what can come next."""
    environment = {**os.environ, "_REGIOGRAPH_COMPLETE": "bash_source"}
    command = [Path(sys.executable).with_name("regiograph")]
    source = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (source.returncode, "_regiograph_completion" in source.stdout) == (0, True)
    environment |= {"_REGIOGRAPH_COMPLETE": "bash_complete", "COMP_WORDS": "regiograph ex", "COMP_CWORD": "1"}
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert found.stdout.split() == ["plain,export", "plain,extract"]


# The network


def test_no_command_calls_anybody(tmp_path, monkeypatch, built):
    """Everything works where every connection and every look-up of a name fails."""

    def refused(*args, **_options):
        raise AssertionError(f"somebody was called: {args}")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket.socket, "connect_ex", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert call("build", ARTICLES, "--out", tmp_path / "out", "--workers", "1").code == 0
    for args in (["validate"], ["view", tmp_path / "page.html"], ["export", tmp_path / "graph.jsonld"]):
        assert call(*args, "--store", tmp_path / "out" / "store").code == 0
    assert (tmp_path / "page.html").read_bytes() == (built / "graph.html").read_bytes()
