"""The shared corpus, and the graph that a build makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regiograph.cli.app import regiograph

CHECKOUT = Path(__file__).parents[1]
ARTICLES = CHECKOUT / "tests" / "corpus" / "articles"


def run(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(regiograph, [str(each) for each in args], input=stdin, catch_exceptions=False)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the sample articles."""
    return ARTICLES


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a build of the sample articles wrote; not to be changed."""
    out = tmp_path_factory.mktemp("built")
    result = run("build", ARTICLES, "--out", out, "--workers", "1")
    assert result.exit_code == 0, result.stderr
    return out
