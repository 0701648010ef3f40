"""Fixtures for the tests of the mapping, the store and the exports."""

from __future__ import annotations

import pytest
from reporter import Reporter


@pytest.fixture
def reporter() -> Reporter:
    """Someone to write articles."""
    return Reporter()
