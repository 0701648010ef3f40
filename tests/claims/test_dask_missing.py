"""A Dask cluster is for those who want one: without the extra all the rest works."""

from __future__ import annotations

import subprocess
import sys


def test_without_distributed_the_error_says_how_to_install_it() -> None:
    """distributed is an extra, and imported when the first article is to be sent."""
    program = """
import sys
sys.modules["distributed"] = None
from regiograph.claims.batches import extract
from regiograph.claims.cluster import Cluster
from regiograph.claims.rules import RuleExtractor
from regiograph.errors import NotInstalledError
try:
    next(extract((), RuleExtractor(), workers=Cluster("tcp://127.0.0.1:8786", patience=1)))
except NotInstalledError as e:
    print(e)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "a Dask cluster needs distributed: pip install 'regiograph[dask]'\n"
