"""How much is read at most, and streams that hold to it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from regiograph.errors import ArticleError

_MEGABYTE = 1_000_000
_RATIO_FROM = 20 * _MEGABYTE  # below that, a high ratio of compression does no harm


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of one article's file and characters of its text; bytes, members and ratio of compression of one archive;
    elements of a page, how deep they nest, and attributes of one of them.
    """

    article: int = 8 * _MEGABYTE
    text: int = 500_000
    archive: int = 2_000 * _MEGABYTE
    members: int = 200_000
    ratio: int = 200
    elements: int = 25_000
    depth: int = 200
    attributes: int = 300


def whole(stream: BinaryIO, limit: int) -> bytes:
    """Read a stream to its end.

    Raises:
        ArticleError: it holds more than `limit` bytes.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise ArticleError(f"larger than {limit:,} bytes, the limit for one article")
    return data


class Expanding(io.RawIOBase):
    """A stream of decompressed bytes that stops where it grows beyond all measure of the `packed` bytes.

    Raises:
        ArticleError: on reading, once the limit or the ratio is passed.
    """

    def __init__(self, stream: BinaryIO, packed: int, limits: Limits) -> None:
        """Guard `stream`, which is decompressed from `packed` bytes."""
        self._stream = stream
        self._most = min(limits.archive, max(_RATIO_FROM, packed * limits.ratio))
        self._seen = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer and return how many bytes that took; 0 at the end."""
        data = self._stream.read(len(buffer))
        self._seen += len(data)
        if self._seen > self._most:
            raise ArticleError(f"expands to more than {self._most:,} bytes: a decompression bomb, or too large")
        buffer[: len(data)] = data
        return len(data)
