"""Answers kept on disk, so that what was read once costs nothing again and reads the same to the byte.

A file for each window, named by a digest of everything that is asked: text, model, guidelines, schema. It holds the
answers and a digest of them; one whose digest is not right counts as missing. The key of the server is nowhere in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regiograph import kept
from regiograph.claims.llm.prompt import VERSION, Message
from regiograph.claims.llm.schema import schema


def default_folder() -> Path:
    """Return where answers are kept unless another folder is named: the user's cache folder, as XDG has it."""
    return kept.folder("llm")


@dataclass(frozen=True, slots=True)
class Cache:
    """The answers in a folder."""

    folder: Path

    def prepare(self) -> None:
        """Make the folder, and see that it can be written to, before anything is paid for.

        Raises:
            OSError: it cannot.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(suffix=".part", dir=self.folder):
            pass

    def find(self, model: str, asked: Sequence[Message]) -> tuple[str, ...]:
        """Return the answers of a model to a question; none if there are none, or what is there is damaged.

        Raises:
            OSError: they are there and cannot be read.
        """
        try:
            body = kept.unsealed(self._file(model, asked).read_bytes())
        except FileNotFoundError:
            return ()
        return () if body is None else tuple(json.loads(body))

    def keep(self, model: str, asked: Sequence[Message], said: Sequence[str]) -> None:
        """Keep answers; the file appears whole or not at all.

        Raises:
            OSError: the folder is not there, or cannot be written to.
        """
        body = json.dumps(list(said), ensure_ascii=False).encode("utf-8")
        descriptor, name = tempfile.mkstemp(suffix=".part", dir=self.folder)
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(kept.sealed(body))
            Path(name).replace(self._file(model, asked))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _file(self, model: str, asked: Sequence[Message]) -> Path:
        whole = json.dumps([VERSION, model, schema(), list(asked)], ensure_ascii=True)
        return self.folder / f"{hashlib.sha256(whole.encode('ascii')).hexdigest()}.json"
