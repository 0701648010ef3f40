"""The store of the sample press."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from press import press
from regiograph.rdf.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in memory that holds the sample press."""
    with Store.open(None, min_confidence=0.5) as opened:
        for draft in press():
            opened.put(draft.extraction())
        yield opened
