"""Archives: members are articles, and no archive breaks out, blows up or stops the batch."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from regiograph.articles.limits import Limits
from regiograph.articles.reading import Refusal, read
from regiograph.model import Article

SMALL = Limits(article=100_000, archive=1_000_000, members=10, ratio=50)


def zipped(path: Path, members: Iterable[tuple[str, str]]) -> Path:
    """Write a .zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def tarred(path: Path, members: Iterable[tuple[str, bytes]], *extra: tarfile.TarInfo) -> Path:
    """Write a .tar or .tar.gz file."""
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for info in extra:
            archive.addfile(info)
    return path


def outcome(path: Path, limits: Limits = SMALL) -> tuple[list[str], list[Refusal]]:
    """Return the ids of the articles and the refusals."""
    items = list(read([path], limits=limits))
    return [i.id for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Refusal)]


def test_members_are_read_like_files_and_named_by_their_place(tmp_path: Path) -> None:
    """One archive, several formats, folders inside."""
    path = zipped(tmp_path / "a.zip", [("x/b.txt", "Text b."), ("a.md", "# A"), ("c.pdf", "x"), ("x/", "")])
    found, refused = outcome(path)
    assert found == ["a", "b"]
    assert [r.place for r in refused] == [f"{path}!c.pdf"]


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz"])
def test_tar_archives_are_streamed(tmp_path: Path, name: str) -> None:
    """Packed or not."""
    members = [("b.txt", b"Text b."), ("c.jsonl", b'{"text": "Text c."}\nbad\n')]
    with tarfile.open(tmp_path / name, "w" if name == "a.tar" else "w:gz") as archive:
        for member, content in members:
            info = tarfile.TarInfo(member)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    found, refused = outcome(tmp_path / name)
    assert found == ["b", "c-1"]
    assert [r.place for r in refused] == [f"{tmp_path / name}!c.jsonl:2"]


def test_a_packed_file_is_read_by_its_inner_name(tmp_path: Path) -> None:
    """x.jsonl.gz holds JSON Lines."""
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "a", "text": "One."}\n'))
    assert outcome(path) == (["a"], [])


def test_a_zip_bomb_is_refused_and_the_other_members_read(tmp_path: Path) -> None:
    """HOSTILE 3: a member that expands a thousandfold."""
    path = zipped(tmp_path / "a.zip", [("bomb.txt", "\0" * 600_000), ("c.txt", "Fine.")])
    found, refused = outcome(path)
    assert found == ["c"]
    assert len(refused) == 1


def test_an_archive_that_expands_beyond_the_limit_is_given_up(tmp_path: Path) -> None:
    """HOSTILE 3: many members, together too large, or too many of them."""
    large = zipped(tmp_path / "a.zip", [(f"{n}.txt", f"{n} " * 30_000) for n in range(20)])
    many = zipped(tmp_path / "b.zip", [(f"{n}.txt", f"Text {n}.") for n in range(20)])
    assert "expands to more than" in outcome(large, Limits(archive=1_000_000))[1][-1].reason
    assert "more than 10 members" in outcome(many)[1][-1].reason


@pytest.mark.parametrize("inner", ["bomb.jsonl", "bomb.txt", "bomb.csv", "bomb.html", "bomb.tar"])
def test_a_gzip_bomb_is_refused_early(tmp_path: Path, inner: str) -> None:
    """HOSTILE 3: 60 MB of zeros in 60 kB, whatever they pretend to be."""
    path = tmp_path / f"{inner}.gz"
    path.write_bytes(gzip.compress(bytes(60_000_000)))
    found, refused = outcome(path, Limits(article=1_000_000, archive=5_000_000))
    assert found == []
    assert refused


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/x.txt", "..\\x.txt", "a/../../x.txt", "C:/x.txt"])
def test_names_that_lead_out_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    """HOSTILE 3: in both kinds of archive."""
    assert outcome(zipped(tmp_path / "a.zip", [(name, "Text."), ("b.txt", "Fine.")]))[0] == ["b"]
    assert outcome(tarred(tmp_path / "a.tar", [(name, b"Text."), ("b.txt", b"Fine.")]))[0] == ["b"]


def test_links_devices_and_archives_inside_are_refused(tmp_path: Path) -> None:
    """HOSTILE 3, 26: nothing but regular files is read."""
    link, device = tarfile.TarInfo("l.txt"), tarfile.TarInfo("d.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    device.type = tarfile.CHRTYPE
    found, refused = outcome(tarred(tmp_path / "a.tar", [("b.zip", b"x"), ("c.txt", b"Fine.")], link, device))
    assert found == ["c"]
    assert [r.place.rpartition("!")[2] for r in refused] == ["b.zip", "l.txt", "d.txt"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.txt.gz"])
@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04broken", b"\x1f\x8b\x08broken"])
def test_a_damaged_archive_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    """The refusal names it, and nothing is raised."""
    (tmp_path / name).write_bytes(content)
    found, refused = outcome(tmp_path / name)
    assert found == []
    assert len(refused) == 1


def test_a_truncated_archive_gives_what_it_holds(tmp_path: Path) -> None:
    """Members before the damage are articles, the damage is a refusal."""
    whole = gzip.compress(b"".join(b'{"id": "%d", "text": "Words %d."}\n' % (n, n) for n in range(20_000)))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    found, refused = outcome(tmp_path / "a.jsonl.gz", Limits())
    assert len(found) > 1000
    assert "damaged" in refused[-1].reason or "ended" in refused[-1].reason
