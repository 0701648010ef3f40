"""Archives: .zip, .gz and .tar, their members read one after the other, nothing ever written to disk."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from regiograph.articles.drafts import Refusal
from regiograph.articles.limits import Expanding, Limits
from regiograph.errors import ArticleError

ENDINGS = (".tar.gz", ".tgz", ".tar", ".zip", ".gz")

# What reading a damaged archive, or one of its members, may raise.
CORRUPT = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)

# A member's name and its bytes; the stream is good until the next one is asked for.
Member = tuple[str, BinaryIO]


def members(name: str, stream: BinaryIO, size: int, limits: Limits) -> Iterator[Member | Refusal]:
    """Yield the members of the archive `name`, whose packed size is `size` bytes; refusals name the member only.

    Raises:
        ArticleError: the archive is damaged, or expands beyond the limits; members before that were yielded.
    """
    lowered = name.lower()
    try:
        if lowered.endswith(".zip"):
            yield from _zip(stream, limits)
        elif lowered.endswith((".tar.gz", ".tgz")):
            yield from _tar(io.BufferedReader(Expanding(_gunzip(stream), size, limits)), limits)
        elif lowered.endswith(".tar"):
            yield from _tar(stream, limits)
        else:
            yield name[: -len(".gz")], io.BufferedReader(Expanding(_gunzip(stream), size, limits))
    except CORRUPT as e:
        raise ArticleError(f"damaged archive: {e}") from e


def _gunzip(stream: BinaryIO) -> BinaryIO:
    return gzip.GzipFile(fileobj=stream, mode="rb")  # type: ignore[return-value]


def _zip(stream: BinaryIO, limits: Limits) -> Iterator[Member | Refusal]:
    with zipfile.ZipFile(stream) as archive:
        inside = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda m: m.filename)
        _check_count(len(inside), limits)
        total = 0
        for member in inside:
            total += member.file_size
            if total > limits.archive:
                raise ArticleError(f"expands to more than {limits.archive:,} bytes")
            if reason := _zip_reason(member):
                yield Refusal(member.filename, reason)
                continue
            with archive.open(member) as packed:
                expanding = Expanding(packed, member.compress_size, limits)  # type: ignore[arg-type]
                yield member.filename, io.BufferedReader(expanding)


def _zip_reason(member: zipfile.ZipInfo) -> str | None:
    if member.flag_bits & 0x1:
        return "encrypted"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link, which is not followed"
    return _name_reason(member.filename)


def _tar(stream: BinaryIO, limits: Limits) -> Iterator[Member | Refusal]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for number, member in enumerate(archive, start=1):
            _check_count(number, limits)
            if member.isdir():
                continue
            content = archive.extractfile(member) if member.isreg() else None
            if content is None:
                yield Refusal(member.name, "no regular file, but a link or a device")
            elif reason := _name_reason(member.name):
                yield Refusal(member.name, reason)
            else:
                yield member.name, content  # type: ignore[misc]


def _check_count(count: int, limits: Limits) -> None:
    if count > limits.members:
        raise ArticleError(f"more than {limits.members:,} members")


def _name_reason(name: str) -> str | None:
    """Return what is wrong with the name of a member; None if nothing is."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        return "its name leads out of the archive"
    if name.lower().endswith(ENDINGS):
        return "an archive in an archive, which is not opened"
    return None
