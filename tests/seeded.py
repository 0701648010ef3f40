"""Programs run under different hash seeds, to show that no order of a set is in what they print."""

from __future__ import annotations

import os
import subprocess
import sys


def printed(code: str) -> set[bytes]:
    """Return what Python code prints under two seeds: one text, if it does not depend on them."""
    command = [sys.executable, "-c", code]
    environments = (os.environ | {"PYTHONHASHSEED": seed} for seed in ("1", "2"))
    return {subprocess.run(command, env=each, capture_output=True, check=True).stdout for each in environments}
