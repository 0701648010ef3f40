"""The articles that scripts/benchmark generates are as good as read ones."""

from __future__ import annotations

from typing import Any

import pytest

from commandline import CHECKOUT
from regiograph.rdf.store import Change, Store


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The generated articles."""
    monkeypatch.syspath_prepend(str(CHECKOUT / "scripts"))
    from benchmarks import press

    return press


def test_the_same_number_gives_the_same_article(press: Any) -> None:
    """A store can be filled further in another run."""
    assert press.extraction(3, 100) == press.extraction(3, 100)


def test_a_generated_article_quotes_itself(press: Any) -> None:
    """Names are exchanged in the text, and every span moves with them."""
    found = press.extraction(5, 100)
    text = found.article.text
    assert found.claims
    assert all(text[slice(*claim.evidence.span)] == claim.evidence.quote for claim in found.claims)
    assert any(text[slice(*span)] == entity.name for entity in found.entities for span in entity.mentions)


def test_generated_articles_pass_the_gate(press: Any) -> None:
    """They are put as any others are."""
    with Store.open(None) as store:
        assert [store.put(press.extraction(number, 100)) for number in range(3)] == [Change.ADDED] * 3
        assert store.put(press.extraction(0, 100)) is Change.UNCHANGED
