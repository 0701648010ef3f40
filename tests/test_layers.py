"""The contract of the layers holds."""

import re
import subprocess
import sys
from pathlib import Path

from commandline import CHECKOUT


def test_no_stage_knows_a_later_one():
    """Every contract of import-linter in pyproject.toml is kept."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_python_file_hides_among_the_data():
    """`ontology/` and `queries/` hold data only, or the wheel would install top-level modules."""
    assert not [*(CHECKOUT / "ontology").rglob("*.py"), *(CHECKOUT / "queries").rglob("*.py")]


def test_no_repeated_group_is_possessive():
    """Python 3.11.0 to 3.11.4 reads "(...)*+" wrongly (gh-106052): the same text would give other claims there."""
    sources = (CHECKOUT / "graph").rglob("*.py")
    assert [f"{path}: {group}" for path in sources for group in re.findall(r"\)[*+?]\+", path.read_text("utf-8"))] == []
