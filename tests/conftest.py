"""The shared corpus, and the graph that a build makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from commandline import ARTICLES, run


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
