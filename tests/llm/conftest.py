"""An extractor that asks a stub, with a cache of its own and pauses too short to be felt.

Fixtures for real servers belong here, too.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from told import Making

from regiograph.claims.llm.address import Address
from regiograph.claims.llm.asking import Asker
from regiograph.claims.llm.cache import Cache
from regiograph.claims.llm.costing import Budget
from regiograph.claims.llm.extractor import LlmExtractor
from regiograph.claims.llm.traffic import Traffic
from regiograph.claims.llm.transport import wire


@pytest.fixture
def asking(tmp_path: Path) -> Making:
    """A function of an endpoint that returns the extractor which asks there; options are those of `Address`."""

    def make(url: str, *, budget: int | None = None, parallel: int = 2, **options: object) -> LlmExtractor:
        asker = Asker(wire(Address(url, **({"model": "stub"} | options))), Traffic(pause=0.001))
        return LlmExtractor(asker, Cache(tmp_path / "answers"), budget=Budget(budget), parallel=parallel)

    return make
