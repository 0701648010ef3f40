"""Every format: the same bytes whatever happened on the way, whole or not at all, on the command line too."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commandline import CHECKOUT, call, run
from press import Draft, press
from regiograph.errors import InputError
from regiograph.exporting.formats import FORMATS, ending, named
from regiograph.exporting.writing import write
from regiograph.rdf.store import Store
from regiograph.terms import Predicate

GOLDEN = CHECKOUT / "tests" / "golden" / "exporting"
NAMES = [form.name for form in FORMATS]
STREAMED = [form.name for form in FORMATS if form.streamed]
OWN = {
    "graphml": "press.graphml",
    "gexf": "press.gexf",
    "csv": "press",
    "ftm": "press.ftm.json",
    "void": "press.void.ttl",
}


def files(path: Path) -> dict[str, bytes]:
    """Return a file, or the files of a folder, by name."""
    return {each.name: each.read_bytes() for each in (path.iterdir() if path.is_dir() else [path])}


def exported(store: Store, name: str, folder: Path) -> dict[str, bytes]:
    """Return what is written in a format."""
    write(store, folder / f"made-{name}", named(name))
    return files(folder / f"made-{name}")


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_articles_does_not_show(store, name, tmp_path):
    """HOSTILE 43: the same articles in another order, one of them withdrawn and read again, give the same bytes."""
    with Store.open(None, min_confidence=0.5) as other:
        for draft in [*press()][::-1]:
            other.put(draft.extraction())
        other.withdraw("zone")
        for draft in press():
            other.put(draft.extraction())
        assert exported(other, name, tmp_path) == exported(store, name, tmp_path)


SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from press import press
from regiograph.exporting.formats import FORMATS
from regiograph.exporting.writing import write
from regiograph.rdf.store import Store
with Store.open(None, min_confidence=0.5) as store:
    for draft in press():
        store.put(draft.extraction())
    for form in FORMATS:
        write(store, Path(sys.argv[2], form.name), form)
"""


def test_the_hash_seed_does_not_show(tmp_path):
    """HOSTILE 43: processes with different hash seeds write the same bytes in every format."""
    for seed in ("1", "77"):
        (tmp_path / seed).mkdir()
        command = [sys.executable, "-c", SCRIPT, str(CHECKOUT / "tests"), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    for name in NAMES:
        assert files(tmp_path / "1" / name) == files(tmp_path / "77" / name)


@pytest.mark.parametrize("name", OWN)
def test_a_small_store_is_written_as_it_ever_was(store, name, tmp_path):
    """The golden files are loaded by other programs: a change of them is one for these, too."""
    target = tmp_path / OWN[name]
    write(store, target, named(name))
    assert files(target) == files(GOLDEN / OWN[name])


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_store_is_written_too(name, tmp_path):
    """Nothing is an export that says nothing."""
    with Store.open(None) as empty:
        assert exported(empty, name, tmp_path)


def test_the_longest_ending_counts():
    """A description is Turtle, too, and still told by its own ending."""
    found = {name: ending(name) for name in ("a.ttl", "a.void.ttl", "a.ftm.json", "A.GEXF", "a.json", "a", "ttl")}
    assert {name: form and form.name for name, form in found.items()} == {
        "a.ttl": "ttl",
        "a.void.ttl": "void",
        "a.ftm.json": "ftm",
        "A.GEXF": "gexf",
        "a.json": None,
        "a": None,
        "ttl": None,
    }


def test_a_folder_is_no_stream(store):
    """Tables are several files."""
    with pytest.raises(InputError, match="no stream"):
        write(store, io.BytesIO(), named("csv"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("name", STREAMED)
def test_a_stream_that_takes_nothing_is_an_error(store, name):
    """HOSTILE 82: no write error is swallowed on the way, whatever the library that writes."""
    with pytest.raises(OSError), Path("/dev/full").open("wb", buffering=0) as full:
        write(store, full, named(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_failed_export_leaves_what_was_there(store, name, tmp_path, monkeypatch):
    """HOSTILE 82: a disk that fills up during an export costs nothing but the export."""
    target = tmp_path / "target"
    with Store.open(None) as empty:
        write(empty, target, named(name))
    before = files(target)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as failed:
        write(store, target, named(name))
    assert failed.value.filename == str(target)
    assert files(target) == before
    assert list(tmp_path.iterdir()) == [target]


# The command line


@pytest.mark.parametrize("name", sorted(set(STREAMED) & set(OWN)))
def test_a_pipe_gets_what_a_file_gets(built, name, tmp_path):
    """`-` is standard output, in the same bytes as a file whose format is known by its ending."""
    path = tmp_path / OWN[name]
    assert run("export", path, "--store", built / "store").exit_code == 0
    piped = run("export", "-", "--format", name, "--store", built / "store")
    assert piped.exit_code == 0
    assert piped.stdout_bytes == path.read_bytes()


def test_tables_are_a_folder_that_is_replaced(built, tmp_path):
    """A second export takes the place of the first; a file that is not its own is never lost."""
    folder = tmp_path / "tables"
    command = ("export", folder, "--format", "csv", "--store", built / "store")
    for _ in range(2):
        assert call(*command).failed(0, f"Wrote {folder}")
        assert sorted(files(folder)) == "articles.csv datapackage.json entities.csv evidence.csv facts.csv".split()
    (folder / "notes.txt").write_text("mine")
    assert call(*command).failed(1, str(folder), "notes.txt")
    assert (folder / "notes.txt").read_text() == "mine"
    assert list(tmp_path.iterdir()) == [folder]


def test_what_does_not_go_together_is_a_usage_error(built, tmp_path):
    """Each is told in words, before anything is read or written."""
    store = ("--store", built / "store")
    (tmp_path / "file").write_text("old")
    assert call("export", "-", "--format", "csv", *store).failed(2, "csv is a folder", "in place of -")
    assert call("export", tmp_path / "file", "--format", "csv", *store).failed(2, str(tmp_path / "file"), "is a file")
    assert call("export", tmp_path, "--format", "gexf", *store).failed(2, str(tmp_path), "is a folder")
    assert call("export", "-", *store).failed(2, ".graphml", "--format")
    assert call("export", tmp_path / "x.gexf", "--no-claims", *store).failed(2, "--no-claims", "gexf")
    assert files(tmp_path) == {"file": b"old"}


def test_a_missing_folder_is_named(built, tmp_path):
    """HOSTILE 82: the error names what cannot be written."""
    store = ("--store", built / "store")
    assert call("export", tmp_path / "no" / "x.gexf", *store).failed(1, str(tmp_path / "no"), "No such file")
    assert call("export", tmp_path / "no" / "x", "--format", "csv", *store).failed(1, str(tmp_path / "no"), "No such")


def test_help_has_a_line_for_each_format():
    """Name, ending and use of every format are in the help."""
    said = run("export", "--help").stdout
    for form in FORMATS:
        (line,) = (line for line in said.splitlines() if line.split()[:1] == [form.name])
        assert form.holds in line
        assert form.ending in line


def test_what_followthemoney_cannot_hold_is_listed(built):
    """What is left out is counted on standard error, and the entities on standard output are no less."""
    done = call("export", "-", "--format", "ftm", "--store", built / "store")
    assert done.failed(0, "left out:", "hasIndicator", "Region")
    assert done.out.startswith('{"id": ')


def test_characters_that_xml_has_none_of_are_told(tmp_path):
    """HOSTILE 7: a control character in a role is replaced, and said so."""
    with Store.open(tmp_path / "store") as store:
        draft = Draft("odd", "2020").says("Anna Orlova", Predicate.HOLDS_POST, "Tomsk region", role="Gov\x01ernor")
        store.put(draft.extraction())
    for name in ("graphml", "gexf"):
        done = call("export", "-", "--format", name, "--store", tmp_path / "store")
        assert done.failed(0, "2 characters", "U+FFFD")  # in the role, and in the sentence
        assert "Gov\ufffdernor" in done.out
