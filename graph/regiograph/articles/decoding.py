"""Bytes to text, whatever they are declared to be."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from regiograph.errors import ArticleError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF89a", b"\x7fELF", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_SAMPLE = 20_000  # bytes that are looked at to guess an encoding
_TELLING = 8  # bytes outside ASCII; fewer tell nothing about an encoding
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text that the bytes hold.

    In this order: a byte order mark; UTF-16 without one, by where its zeros are; UTF-8; the `declared` encoding;
    UTF-8 with single lines in Windows-1252, where most lines with accents are UTF-8; the encoding that fits best.

    Raises:
        ArticleError: the bytes are no text.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, errors="replace")
    if wide := wide_encoding(data):
        return data.decode(wide, errors="replace")
    if _is_binary(data):
        raise ArticleError("binary data, no text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(data, declared) or _mixed(data) or _guessed(data)


def wide_encoding(data: bytes) -> str | None:
    """Return "utf-16-le" or "utf-16-be" if the bytes begin like one of them, with its mark or without."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    half = min(len(data), _SAMPLE) // 2
    if half < 2 or max(even, odd) < 0.4 * half or min(even, odd) > 0.05 * half:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return sample.startswith(_MAGIC) or len(_CONTROL.findall(sample)) > 0.1 * len(sample)


def _declared(data: bytes, declared: str | None) -> str | None:
    """Decode as declared, unless that is unknown, impossible, or UTF-8 again."""
    try:
        name = codecs.lookup(declared or "utf-8").name
        return None if name == "utf-8" else data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None


def _mixed(data: bytes) -> str | None:
    """Decode line by line if most lines that are not ASCII are UTF-8."""
    lines = data.split(b"\n")
    accented = [line for line in lines if not line.isascii()]
    if 2 * sum(map(_is_utf8, accented)) <= len(accented):
        return None
    return "\n".join(line.decode("utf-8" if _is_utf8(line) else "cp1252", errors="replace") for line in lines)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guessed(data: bytes) -> str:
    """Decode by what charset-normalizer thinks of the lines that are not ASCII; in doubt as Windows-1252."""
    sample = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:_SAMPLE]
    if sum(byte > 0x7F for byte in sample) < _TELLING:
        return data.decode("cp1252", errors="replace")
    matches = from_bytes(sample)
    best = matches.best()
    likely = [m for m in matches if best and m.chaos <= best.chaos]
    western = best is None or any("cp1252" in (m.encoding, *m.could_be_from_charset) for m in likely)
    return data.decode("cp1252" if western else likely[0].encoding, errors="replace")
