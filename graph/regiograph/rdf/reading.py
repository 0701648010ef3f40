"""Reading RDF that others wrote, without trusting it: bounded, offline, with errors that name file and line.

The parser expands XML entities without end, and overflows the stack on JSON and on triple terms nested some thousand
deep, which kills the process; such files are refused before it sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset

from regiograph.errors import InputError

LIMIT = 512 * 2**20  # bytes of a file
DEPTH = 500  # of JSON objects and arrays, and of XML elements

_SYNTAXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
_JSON = re.compile(rb'"(?:[^"\\]++|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_XML = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<(/?)[^<>]*+(?<!\?)>", re.DOTALL)
_BOM = b"\xef\xbb\xbf"


def load(path: Path, *, limit: int = LIMIT) -> tuple[ox.Quad, ...]:
    """Return the quads of an RDF file, its syntax told by its ending (.ttl .trig .nt .nq .jsonld .rdf .owl .xml).

    Nothing is fetched. Blank nodes get labels of their own, so that those of two files never clash. `limit` is the
    greatest size in bytes.

    Raises:
        InputError: the file cannot be read, is too large, or is no valid RDF of that syntax; the message names the
            file, and the line where the parser knows it.
    """
    if (syntax := _SYNTAXES.get(path.suffix.lower())) is None:
        raise InputError(f"{path}: unknown ending {path.suffix!r}; RDF is read from {' '.join(_SYNTAXES)}")
    data = _bytes(path, limit)
    if fault := _fault(data, syntax):
        raise InputError(f"{path}: {fault}")
    try:
        return tuple(_plain(ox.parse(data, format=syntax, rename_blank_nodes=True)))
    except SyntaxError as e:
        line = f":{e.lineno}" if e.lineno else ""
        raise InputError(f"{path}{line}: {e.msg}") from e
    except (ValueError, MemoryError) as e:
        raise InputError(f"{path}: {e}") from e


def dataset(quads: Iterable[ox.Quad]) -> Dataset:
    """Return the quads as an rdflib dataset."""
    store = ox.Store()
    store.bulk_extend(quads)
    return Dataset(store=OxigraphStore(store=store), default_union=False)


def _bytes(path: Path, limit: int) -> bytes:
    try:
        if not path.is_file():
            raise InputError(f"{path}: no such file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as e:
        raise InputError(f"{path}: {e.strerror or e}") from e
    if len(data) > limit:
        raise InputError(f"{path}: larger than {limit:,} bytes")
    return data.removeprefix(_BOM)


def _fault(data: bytes, syntax: ox.RdfFormat) -> str | None:
    """Say why a file is not given to the parser; None if it may be."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as e:
        return f"not UTF-8: byte {data[e.start]:#04x} in line {_line(data, e.start)}"
    if syntax == ox.RdfFormat.JSON_LD and _deepest(_json_steps(data)) > DEPTH:
        return f"nested more than {DEPTH} deep"
    if syntax == ox.RdfFormat.RDF_XML:
        return _xml_fault(data)
    if data.count(b"<<") > DEPTH:
        return "triple terms (<<) of RDF 1.2 are not read"
    return None


def _xml_fault(data: bytes) -> str | None:
    if b"<!ENTITY" in data:
        return f"declares entities, in line {_line(data, data.index(b'<!ENTITY'))}: they are not read"
    return f"nested more than {DEPTH} deep" if _deepest(_xml_steps(data)) > DEPTH else None


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _json_steps(data: bytes) -> Iterator[int]:
    steps = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}
    return (steps.get(token[0], 0) for token in _JSON.finditer(data))


def _xml_steps(data: bytes) -> Iterator[int]:
    for tag in _XML.finditer(data):
        if tag[1] is not None and not tag[0].endswith(b"/>"):
            yield -1 if tag[1] else 1


def _deepest(steps: Iterable[int]) -> int:
    return max(accumulate(steps), default=0)


def _plain(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        if isinstance(quad.object, ox.Triple) or isinstance(quad.subject, ox.Triple):
            raise ValueError("triple terms (<<) of RDF 1.2 are not read")
        yield quad
