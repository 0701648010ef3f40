"""The command line as tests run it, and the sample articles."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regiograph.cli import main
from regiograph.cli.app import regiograph

CHECKOUT = Path(__file__).parents[1]
ARTICLES = CHECKOUT / "tests" / "corpus" / "articles"


def run(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run the command line in this process; what goes wrong beyond usage is raised."""
    return CliRunner().invoke(regiograph, [str(each) for each in args], input=stdin, catch_exceptions=False)


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    def failed(self, code: int, *words: str) -> bool:
        """Whether it ended with that code and said those words, without a traceback."""
        assert "Traceback" not in self.err, self.err
        assert self.code == code, self
        missing = [word for word in words if word not in " ".join(self.err.split())]
        assert not missing, (missing, self.err)
        return True


def call(*args: str | Path, encoding: str = "utf-8") -> Done:
    """Run the command line in this process as the installed command does, exit code and all."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        patch.setattr(sys, "argv", ["regiograph", *map(str, args)])
        main()
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return Done(end.value.code or 0, *texts)
