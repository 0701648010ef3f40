"""The benchmark of who is who, as a test of what it measures."""

from __future__ import annotations

from typing import Any

import pytest

from commandline import CHECKOUT


@pytest.fixture
def resolution(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark."""
    monkeypatch.syspath_prepend(str(CHECKOUT / "scripts"))
    from benchmarks import resolution

    return resolution


def test_who_is_who_in_sixty_articles_written_by_hand(resolution: Any) -> None:
    """Annotated as they are, B-cubed F1 (Bagga and Baldwin 1998) of 0.90 and more."""
    _, (precision, recall, f1), found = resolution.overlap(resolution.overlapping.annotated())
    assert found == 1
    assert f1 >= 0.90, (precision, recall, f1)
