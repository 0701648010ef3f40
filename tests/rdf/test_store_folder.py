"""A store on disk is opened whole, by one writer or many readers, or refused by its folder's name."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from regiograph.errors import StoreError, StoreFormatError, StoreLockedError
from regiograph.rdf.store import MIN_CONFIDENCE, Change, Store
from regiograph.terms import EntityType as E
from regiograph.terms import Predicate as P  # noqa: N817

resource = pytest.importorskip("resource", reason="needs POSIX")


@pytest.fixture
def report(reporter):
    """What one article says."""
    region, network = reporter.entity(E.REGION, "Tomsk Region"), reporter.entity(E.NETWORK, "Ring of Ports")
    return reporter.report("a", (region, P.MEMBER_OF, network))


@pytest.fixture
def folder(tmp_path, report):
    """The folder of a store that holds one article, closed."""
    path = tmp_path / "store"
    with Store.open(path) as store:
        store.put(report)
    return path


def elsewhere(code, *arguments, **known):
    """Run Python code in another process and return it finished."""
    command = [sys.executable, "-c", "from pathlib import Path\nimport sys\n" + code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **known)


def test_what_was_put_is_there_when_the_store_is_opened_again(folder, report):
    """A store keeps articles between openings, and knows that they are current."""
    with Store.open(folder) as store:
        assert list(store.articles()) == ["a"]
        assert store.is_current(report.article, "rules/1")
        assert store.put(report) is Change.UNCHANGED


def test_memory_does_not_grow_with_the_number_of_articles(tmp_path, report, monkeypatch):
    """What is written goes into files from time to time, and not only when the store is closed."""
    monkeypatch.setattr("regiograph.rdf.store.FLUSHED", 10)
    with Store.open(tmp_path / "store") as store:
        before = set((tmp_path / "store" / "quads").glob("*.sst"))
        store.put(report)
        assert set((tmp_path / "store" / "quads").glob("*.sst")) - before


def test_a_missing_folder_is_made_with_those_above_it(tmp_path):
    """Opening for writing makes the folder; opening for reading does not."""
    with pytest.raises(StoreError, match="there is no store in"):
        Store.open(tmp_path / "x" / "y", read_only=True)
    assert list(tmp_path.iterdir()) == []
    Store.open(tmp_path / "x" / "y").close()
    assert (tmp_path / "x" / "y" / "format.json").exists()


def test_a_second_writer_is_refused_by_the_name_of_the_folder(folder):
    """HOSTILE 83: one process writes at a time; here in the same one."""
    with Store.open(folder):
        for read_only in (False, True):
            with pytest.raises(StoreLockedError, match=re.escape(str(folder))):
                Store.open(folder, read_only=read_only)
    Store.open(folder).close()


def test_a_second_writer_in_another_process_is_refused(folder):
    """HOSTILE 83: the lock holds between processes, and a refused process changes nothing."""
    code = "from regiograph.rdf.store import Store\nStore.open(Path(sys.argv[1]))"
    with Store.open(folder) as store:
        run = elsewhere(code, folder)
        assert "StoreLockedError" in run.stderr
        assert str(folder) in run.stderr
        assert list(store.articles()) == ["a"]


def test_many_read_at_once_and_keep_a_writer_out(folder):
    """HOSTILE 83: the database does not allow to read while another process writes."""
    with Store.open(folder, read_only=True) as one, Store.open(folder, read_only=True) as two:
        assert list(one.articles()) == list(two.articles()) == ["a"]
        with pytest.raises(StoreLockedError, match=re.escape(str(folder))):
            Store.open(folder)
    Store.open(folder).close()


def test_a_store_opened_for_reading_is_not_written_to(folder, report):
    """Putting and withdrawing are refused; putting what is there already changes nothing and is not."""
    with Store.open(folder, read_only=True) as store:
        assert store.put(report) is Change.UNCHANGED
        with pytest.raises(StoreError, match="for reading only"):
            store.withdraw("a")
        assert list(store.articles()) == ["a"]


def test_a_lock_ends_with_its_process(folder):
    """HOSTILE 82: the lock file of a killed process is in nobody's way."""
    code = "import os\nfrom regiograph.rdf.store import Store\nStore.open(Path(sys.argv[1]))\nos.kill(os.getpid(), 9)"
    assert elsewhere(code, folder).returncode == -9
    assert (folder / "lock").exists()
    Store.open(folder).close()


def test_base_and_confidence_are_kept_with_the_store(tmp_path):
    """Writing with others is refused; reading, and writing without saying, takes them from the store."""
    base = "https://data.example.org/"
    Store.open(tmp_path / "s", base=base, min_confidence=0.25).close()
    with pytest.raises(StoreError, match=r"made with base https://data\.example\.org/, not"):
        Store.open(tmp_path / "s")
    with pytest.raises(StoreError, match=r"made with min_confidence 0\.25, not 0\.3"):
        Store.open(tmp_path / "s", base=base, min_confidence=0.3)
    for how in ({"base": base}, {"read_only": True}):
        with Store.open(tmp_path / "s", **how) as store:
            assert (store.base, store.min_confidence) == (base, 0.25)
    with Store.open(tmp_path / "t") as store:
        assert store.min_confidence == MIN_CONFIDENCE


def test_a_newer_store_is_refused_before_it_is_touched(folder):
    """HOSTILE 84: what a newer regiograph wrote is left as it is."""
    recorded = json.loads((folder / "format.json").read_text())
    (folder / "format.json").write_text(json.dumps({**recorded, "version": 99}))
    before = {path: path.stat().st_mtime_ns for path in (folder / "quads").iterdir()}
    for read_only in (False, True):
        with pytest.raises(StoreFormatError, match="newer regiograph: format 99"):
            Store.open(folder, read_only=read_only)
    assert {path: path.stat().st_mtime_ns for path in (folder / "quads").iterdir()} == before


def _truncate(path):
    os.truncate(path, path.stat().st_size // 2)


def _garble(path):
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 64)


DAMAGE = {
    "no current version": lambda data: (data / "CURRENT").unlink(),
    "empty current version": lambda data: (data / "CURRENT").write_bytes(b""),
    "truncated table": lambda data: [_truncate(path) for path in data.glob("*.sst")],
    "garbled table": lambda data: [_garble(path) for path in data.glob("*.sst")],
    "missing tables": lambda data: [path.unlink() for path in data.glob("*.sst")],
    "garbled manifest": lambda data: [_garble(path) for path in data.glob("MANIFEST*")],
    "missing manifest": lambda data: [path.unlink() for path in data.glob("MANIFEST*")],
    "truncated format": lambda data: _truncate(data.parent / "format.json"),
    "empty format": lambda data: (data.parent / "format.json").write_bytes(b""),
    "format of another kind": lambda data: (data.parent / "format.json").write_text("[1]"),
    "missing format": lambda data: (data.parent / "format.json").unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_store_is_refused_by_the_name_of_its_folder(folder, damage, read_only):
    """HOSTILE 84: a truncated or corrupt store is never taken for an empty one."""
    with Store.open(folder) as store:
        store.quads.optimize()
    DAMAGE[damage](folder / "quads")
    expected = StoreError if damage == "missing format" and read_only else StoreFormatError
    with pytest.raises(expected, match=re.escape(str(folder))):
        Store.open(folder, read_only=read_only)


def test_a_store_cut_short_is_whole_or_refused(folder, tmp_path):
    """HOSTILE 84: wherever the database's manifest breaks off, no article goes missing without a word."""
    (manifest,) = (folder / "quads").glob("MANIFEST*")
    refused = 0
    for twentieth in range(20):
        copy = tmp_path / f"copy{twentieth}"
        shutil.copytree(folder, copy)
        os.truncate(copy / "quads" / manifest.name, manifest.stat().st_size * twentieth // 20)
        try:
            with Store.open(copy) as store:
                assert list(store.articles()) == ["a"]
        except StoreFormatError:
            refused += 1
    assert 0 < refused < 20


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    """HOSTILE 84: a store is not made among files of others."""
    (tmp_path / "thesis.txt").write_text("words")
    with pytest.raises(StoreFormatError, match=r"holds thesis\.txt"):
        Store.open(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} <= {"thesis.txt", "lock"}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    """The message names what stands there."""
    (tmp_path / "store").write_text("words")
    with pytest.raises(StoreError, match="store"):
        Store.open(tmp_path / "store")


@pytest.mark.parametrize(
    "left", [("format.json",), ("format.json", "quads.new"), ("quads.new",), ("format.json.x.part",)]
)
def test_a_creation_that_was_killed_is_begun_anew(tmp_path, folder, left, report):
    """HOSTILE 81, 82: whatever a killed creation left behind, the next opening makes an empty store of it."""
    path = tmp_path / "half"
    path.mkdir()
    for name in left:
        if name == "quads.new":
            shutil.copytree(folder / "quads", path / name)
            (path / name / "CURRENT").unlink()
        elif name == "format.json":
            shutil.copy(folder / name, path / name)
        else:
            (path / name).write_text("{")
    if left == ("quads.new",):
        with pytest.raises(StoreFormatError):  # the format is recorded first, so this was no killed creation
            Store.open(path)
        return
    with Store.open(path) as store:
        assert list(store.articles()) == []
        assert store.put(report) is Change.ADDED


OPEN = """
import os
from regiograph.rdf.store import Store
from regiograph.errors import StoreError
if os.geteuid() == 0:  # who may everything would not notice that a folder is read-only
    os.setgid(65534)
    os.setuid(65534)
try:
    with Store.open(Path(sys.argv[1]), read_only=sys.argv[2] == "read") as store:
        print(list(store.articles()))
except StoreError as e:
    print("StoreError:", e)
"""


def test_a_read_only_folder_can_be_read_and_is_not_written_to(folder, tmp_path):
    """HOSTILE 82: a store on a read-only medium answers; a build into it fails with the folder's name."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for above in (tmp_path, *(p for p in tmp_path.parents if p.name.startswith(("pytest-", "popen-")))):
        above.chmod(0o755)
    written, read = (elsewhere(OPEN, folder, how) for how in ("write", "read"))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    assert written.stdout.startswith(f"StoreError: {folder}"), written
    assert read.stdout == "['a']\n", read


FILL = """
import resource, signal
sys.path.insert(0, sys.argv[2])
from reporter import Reporter
from regiograph.errors import StoreError
from regiograph.rdf.store import Store
from regiograph.terms import EntityType as E, Predicate as P
reporter = Reporter()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Store.open(Path(sys.argv[1])) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    for n in range(1000):
        regions = [reporter.entity(E.REGION, f"Region {n} {m}") for m in range(9)]
        said = [(region, P.MEMBER_OF, reporter.entity(E.NETWORK, "Ring")) for region in regions]
        try:
            store.put(reporter.report(f"b{n:04}", *said))
        except StoreError as e:
            print(n, e)
            break
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


def test_a_full_disk_stops_the_writing_and_loses_nothing(folder):
    """HOSTILE 82: when no more can be written the store says so, and reopened holds whole articles."""
    run = elsewhere(FILL, folder, Path(__file__).parent)
    number, _, message = run.stdout.partition(" ")
    assert str(folder) in message, run
    with Store.open(folder) as store:
        kept = list(store.articles())
        assert kept == ["a", *(f"b{n:04}" for n in range(int(number)))]
        query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?c a <https://w3id.org/regiograph/ontology#Claim> } } GROUP BY ?g"
        claims = [int(row["n"].value) for row in store.quads.query(query)]
        assert sorted(claims) == [1] + [9] * int(number)
