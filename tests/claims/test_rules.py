"""The rule extractor as a whole, on invented news."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from regiograph.claims.extractor import Extractor
from regiograph.claims.jsonl import to_object
from regiograph.claims.rules import RuleExtractor
from regiograph.model import Article

NEWS = Article(
    "news",
    "The Governor of the Tomsk region Pavel Oreldin met with the ambassador of Japan Kenji Moritani on 8 June 2015.\n"
    "Hollin Foods will invest 20 million euros in a juice plant in Tomsk.\n"
    "The Tomsk region joined the Network of River Regions in 2012.",
    title="Governor met ambassador",
    published="2015-06-10",
)


def test_it_is_an_extractor() -> None:
    """The rules stand behind the one interface, with a name and a version."""
    extractor: Extractor = RuleExtractor()
    assert extractor.version == "rules/1"
    assert extractor.extract(NEWS).extractor == "rules/1"


def test_claims_speak_of_the_entities_beside_them() -> None:
    """Subjects and objects of claims are entities of the extraction, and quotes are the article's text."""
    found = RuleExtractor().extract(NEWS)
    known = {e.id for e in found.entities}
    assert found.claims
    for claim in found.claims:
        assert claim.subject in known
        assert claim.object is None or claim.object in known
        assert claim.evidence.quote == NEWS.text[claim.evidence.span.start : claim.evidence.span.end]


def test_the_namespace_is_the_callers() -> None:
    """`base` begins every IRI that is minted."""
    found = RuleExtractor(base="https://example.org/id/").extract(NEWS)
    iris = [e.id for e in found.entities] + [c.id for c in found.claims]
    assert all(iri.startswith("https://example.org/id/") for iri in iris)


def test_it_travels_to_another_process() -> None:
    """An extractor can be pickled, and does the same afterwards."""
    copy = pickle.loads(pickle.dumps(RuleExtractor()))
    assert copy.extract(NEWS) == RuleExtractor().extract(NEWS)


def test_the_hash_seed_changes_nothing() -> None:
    """HOSTILE 43: two processes with other hash seeds give the same bytes."""
    code = (
        "import json,sys\nfrom regiograph.model import Article\nfrom regiograph.claims.rules import RuleExtractor\n"
        "from regiograph.claims.jsonl import to_object\n"
        "print(json.dumps(to_object(RuleExtractor().extract(Article(*json.loads(sys.argv[1]))))))"
    )
    fields = json.dumps([NEWS.id, NEWS.text, NEWS.title, NEWS.published])
    said = [
        subprocess.run(
            [sys.executable, "-c", code, fields],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert json.loads(said[0]) == json.loads(json.dumps(to_object(RuleExtractor().extract(NEWS))))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    """HOSTILE 7, 8, 25: any characters at all give an extraction whose quotes are the text."""
    article = Article("any", text)
    for claim in RuleExtractor().extract(article).claims:
        assert claim.evidence.quote == text[claim.evidence.span.start : claim.evidence.span.end]
