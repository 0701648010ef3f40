"""The knowledge as four tables of CSV and their description, a Tabular Data Package (https://datapackage.org) in a ZIP.

The tables are `entities`, `facts`, `evidence` and `articles`; a fact that several sentences tell has a row in `facts`
and one for each of them in `evidence`.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import IO, Any

import networkx as nx

from regiograph.network.told import Told, told
from regiograph.query.writing import harmless
from regiograph.terms import QUALIFIERS

Row = Sequence[Any]

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a ZIP has a time for each file; always the same
_QUALIFIERS = tuple(sorted(QUALIFIERS - {"date"}))
_COLUMNS = tuple("topic" if name == "subject" else name for name in _QUALIFIERS)  # there is another subject
_FIELDS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "entities": (("entity", "string"), ("type", "string"), ("label", "string"), ("names", "string"),
                     ("articles", "integer")),
        "facts": (("fact", "integer"), ("iri", "string"), ("subject", "string"), ("predicate", "string"),
                  ("object", "string"), ("value", "string"), ("date", "string"), ("modality", "string"),
                  ("confidence", "number"), *((name, "string") for name in _COLUMNS)),
        "evidence": (("fact", "integer"), ("article", "string"), ("start", "integer"), ("end", "integer"),
                     ("quote", "string")),
        "articles": (("article", "string"), ("title", "string"), ("date", "string"), ("publisher", "string"),
                     ("url", "string")),
    }
)  # fmt: skip
_KEYS = {"entities": "entity", "facts": "fact", "articles": "article"}
_FOREIGN = {
    "facts": (("subject", "entities", "entity"), ("object", "entities", "entity")),
    "evidence": (("fact", "facts", "fact"), ("article", "articles", "article")),
}


def tables(graph: nx.MultiDiGraph[str], out: IO[bytes]) -> None:
    """Write the tables of a network that `network.projection.project` returns; the same one gives the same bytes."""
    facts = told(graph)
    rows = {
        "entities": _entities(graph),
        "facts": _facts(facts),
        "evidence": _evidence(facts),
        "articles": _articles(facts),
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        _put(package, "datapackage.json", json.dumps(_description(), indent=2) + "\n")
        for name, found in rows.items():
            _put(package, f"{name}.csv", _csv([field for field, _ in _FIELDS[name]], found))


def _put(package: zipfile.ZipFile, name: str, text: str) -> None:
    file = zipfile.ZipInfo(name, _LONG_AGO)
    file.compress_type, file.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    package.writestr(file, text.encode("utf-8", "replace"))


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def _entities(graph: nx.MultiDiGraph[str]) -> Iterator[Row]:
    for node in sorted(graph):
        known = graph.nodes[node]
        yield node, known["type"], known["label"], " | ".join(known["names"]), known["articles"]


def _facts(facts: Sequence[Told]) -> Iterator[Row]:
    for number, (subject, obj, key, fact) in enumerate(facts, 1):
        said = dict(fact.qualifiers)
        ends = subject, fact.predicate, obj, fact.value or None
        yield (number, key, *ends, fact.date, fact.modality, fact.confidence, *(said.get(name) for name in _QUALIFIERS))


def _evidence(facts: Sequence[Told]) -> Iterator[Row]:
    for number, each in enumerate(facts, 1):
        for said in each.fact.evidence:
            yield number, said.article, said.start, said.end, said.quote


def _articles(facts: Sequence[Told]) -> list[Row]:
    said = {q.article: (q.article, q.title, q.date, q.publisher, q.url) for each in facts for q in each.fact.evidence}
    return [said[article] for article in sorted(said)]


def _description() -> dict[str, Any]:
    return {"name": "regiograph", "profile": "tabular-data-package", "resources": [_resource(name) for name in _FIELDS]}


def _resource(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [{"name": field, "type": kind} for field, kind in _FIELDS[name]]}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    if name in _FOREIGN:
        schema["foreignKeys"] = [
            {"fields": field, "reference": {"resource": other, "fields": theirs}}
            for field, other, theirs in _FOREIGN[name]
        ]
    about = {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {"name": name, "path": f"{name}.csv", **about, "schema": schema}
