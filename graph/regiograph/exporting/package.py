"""Tables as a folder of CSV files with a description that programs read: a Frictionless Tabular Data Package.

The files are RFC 4180 in UTF-8; https://specs.frictionlessdata.io has the description.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from regiograph.exporting.measures import is_number
from regiograph.exporting.tables import Cell, Field, Table, tables
from regiograph.query.cells import guarded
from regiograph.rdf.replacing import replacing_folder
from regiograph.rdf.store import Store

NAMES = ("entities.csv", "facts.csv", "evidence.csv", "articles.csv", "datapackage.json")
"""The files of the folder."""

_SAYS = (
    "People, bodies, places and projects of regional investment in the news, what is known of them, and the sentences "
    "that say so. In a column of strings an apostrophe stands before what a spreadsheet would take for a formula."
)
_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def write(store: Store, folder: Path) -> None:
    """Write the store's tables to a folder, which appears whole or not at all, in place of one that was written so.

    Raises:
        InputError: the folder holds other files, or is none.
        OSError: it cannot be written.
    """
    found = tables(store)
    with replacing_folder(folder, NAMES) as new:
        resources = [_resource(table, _written(table, new)) for table in found]
        described = {
            "profile": "tabular-data-package",
            "name": "regiograph",
            "title": "Regional investment in the news",
            "description": _SAYS,
            "resources": resources,
        }
        (new / "datapackage.json").write_bytes(json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n")


def _written(table: Table, folder: Path) -> bytes:
    data = _csv(table).encode()
    (folder / f"{table.name}.csv").write_bytes(data)
    return data


def _csv(table: Table) -> str:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(field.name for field in table.fields)
    rows.writerows(_cells(table.fields, row) for row in table.rows)
    return out.getvalue()


def _cells(fields: Iterable[Field], row: Iterable[Cell]) -> list[str]:
    return [_cell(field, value) for field, value in zip(fields, row, strict=True)]


def _cell(field: Field, value: Cell) -> str:
    words = "" if value is None else str(value)
    return guarded(words) if field.kind == "string" and not is_number(words) else words


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": _DIALECT,
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    links = [_link(field) for field in table.fields if field.key is not None]
    return {
        "fields": [_field(field, table) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
        **({"foreignKeys": links} if links else {}),
    }


def _field(field: Field, table: Table) -> dict[str, Any]:
    form = {"type": "string", "format": "uri"} if field.kind == "uri" else {"type": field.kind}
    rules = {"required": True} if field.required else {}
    rules |= {"unique": True} if table.key == (field.name,) else {}
    return {"name": field.name, **form, "description": field.says, **({"constraints": rules} if rules else {})}


def _link(field: Field) -> dict[str, Any]:
    table, column = field.key or ("", "")
    return {"fields": field.name, "reference": {"resource": table, "fields": column}}
