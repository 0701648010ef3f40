"""Sidecars: `speech.meta.json` or `speech.meta.toml` beside `speech.txt` says what its text does not."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

from regiograph.articles.decoding import decode
from regiograph.articles.drafts import Metadata, metadata_of
from regiograph.articles.files import opened
from regiograph.articles.limits import whole
from regiograph.errors import ArticleError

_LIMIT = 100_000  # bytes


def sidecar(path: Path) -> tuple[str | None, Metadata]:
    """Return the id and the metadata that the sidecar of a file gives; nothing if there is none.

    It is named like the file, with its ending or without, and `.meta.json` or `.meta.toml`.

    Raises:
        ArticleError: it cannot be read; the message names it.
    """
    for stem in (path.name, path.stem):
        for ending, parse in ((".meta.json", json.loads), (".meta.toml", tomllib.loads)):
            beside = path.with_name(stem + ending)
            if beside.is_file():
                return _read(beside, parse)
    return None, Metadata()


def _read(path: Path, parse: Callable[[str], object]) -> tuple[str | None, Metadata]:
    try:
        with opened(path) as stream:
            record = parse(decode(whole(stream, _LIMIT)))
        if not isinstance(record, dict):
            raise ValueError("no object")
        key = record.get("id")
        dates = {k: v.isoformat() for k, v in record.items() if hasattr(v, "isoformat")}  # TOML has dates of its own
        return (key if isinstance(key, str) and key.strip() else None), metadata_of({**record, **dates})
    except (ValueError, RecursionError, ArticleError) as e:
        raise ArticleError(f"its sidecar {path.name} cannot be read: {e}") from e
