"""The command line as tests run it, and the sample articles."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from regiograph.cli.app import regiograph

CHECKOUT = Path(__file__).parents[1]
ARTICLES = CHECKOUT / "tests" / "corpus" / "articles"


def run(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run the command line in this process; what goes wrong beyond usage is raised."""
    return CliRunner().invoke(regiograph, [str(each) for each in args], input=stdin, catch_exceptions=False)
