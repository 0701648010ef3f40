"""Writes a store in any of the formats; what only one of them needs is loaded when it is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from regiograph.errors import InputError
from regiograph.exporting.formats import Format
from regiograph.rdf import export
from regiograph.rdf.replacing import replacing
from regiograph.rdf.store import Store


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a format could not hold: how often what was left out, and how many characters became U+FFFD."""

    left_out: tuple[tuple[str, int], ...] = ()
    replaced: int = 0


def write(store: Store, target: Path | IO[bytes], form: Format, *, claims: bool = True) -> Remarks:
    """Write the store to a file or folder, which appears whole or not at all, or to a binary stream.

    Without `claims`, in formats that know them, only knowledge and reference data are written.

    Raises:
        InputError: the format is a folder of files, and the target a stream or a folder of other things.
        OSError: the file cannot be written.
    """
    if not form.streamed:
        return _folder(store, target, form)
    if isinstance(target, Path):
        with replacing(target) as out:
            return write(store, out, form, claims=claims)
    match form.name:
        case "graphml" | "gexf":
            return _network(store, target, form.name)
        case "ftm":
            return _money(store, target)
        case "void":
            return _description(store, target)
    export.write(store, target, export.Format(form.name), claims=claims)
    return Remarks()


def _folder(store: Store, target: Path | IO[bytes], form: Format) -> Remarks:
    from regiograph.exporting import package

    if not isinstance(target, Path):
        raise InputError(f"{form.name} is a folder of files, and no stream")
    package.write(store, target)
    return Remarks()


def _network(store: Store, out: IO[bytes], name: str) -> Remarks:
    from regiograph.network import files
    from regiograph.network.projection import ALL_FACTS, project

    made = files.flat(project(store.quads, facts_at_most=ALL_FACTS))
    written = {"graphml": files.write_graphml, "gexf": files.write_gexf}[name]
    written(made.graph, out)
    return Remarks(replaced=made.replaced)


def _money(store: Store, out: IO[bytes]) -> Remarks:
    from regiograph.exporting.ftm.writing import write

    return Remarks(left_out=write(store, out))


def _description(store: Store, out: IO[bytes]) -> Remarks:
    from regiograph.exporting import description

    description.write(store, out)
    return Remarks()
