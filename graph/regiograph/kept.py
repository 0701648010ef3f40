"""Answers that are kept on disk: where, and with a digest that shows damage."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def folder(name: str) -> Path:
    """Return where answers of a kind are kept unless another folder is named: in the user's cache folder, as XDG has
    it."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(named) if Path(named).is_absolute() else Path.home() / ".cache"
    return root / "regiograph" / name


def sealed(body: bytes) -> bytes:
    """Return a line with a digest of the body, and the body."""
    return _digest(body) + b"\n" + body


def unsealed(data: bytes) -> bytes | None:
    """Return the body of what `sealed` returned; None if it is damaged."""
    head, _, body = data.partition(b"\n")
    return body if head == _digest(body) else None


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")
