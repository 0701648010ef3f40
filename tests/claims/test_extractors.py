"""The extractors as a whole, on invented news: the same suite over each."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regiograph.claims.extractor import Extractor
from regiograph.claims.extractors import NAMES, extractor
from regiograph.claims.jsonl import to_object
from regiograph.model import Article

NEWS = Article(
    "news",
    "The Governor of the Tomsk region Pavel Oreldin met with the ambassador of Japan Kenji Moritani on 8 June 2015.\n"
    "Hollin Foods will invest 20 million euros in a juice plant in Tomsk.\n"
    "The Tomsk region joined the Network of River Regions in 2012.",
    title="Governor met ambassador",
    published="2015-06-10",
)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_an_extractor(name: str) -> None:
    """Each stands behind the one interface, with a name and a version."""
    own: Extractor = extractor(name)
    assert own.version.startswith(f"{name}/")
    assert own.extract(NEWS).extractor == own.version


@pytest.mark.parametrize("name", NAMES)
def test_claims_speak_of_the_entities_beside_them(name: str) -> None:
    """Subjects and objects of claims are entities of the extraction, and quotes are the article's text."""
    found = extractor(name).extract(NEWS)
    known = {e.id for e in found.entities}
    assert found.claims
    for claim in found.claims:
        assert claim.subject in known
        assert claim.object is None or claim.object in known
        assert claim.evidence.quote == NEWS.text[claim.evidence.span.start : claim.evidence.span.end]


@pytest.mark.parametrize("name", NAMES)
def test_the_namespace_is_the_callers(name: str) -> None:
    """`base` begins every IRI that is minted."""
    found = extractor(name, base="https://example.org/id/").extract(NEWS)
    iris = [e.id for e in found.entities] + [c.id for c in found.claims]
    assert all(iri.startswith("https://example.org/id/") for iri in iris)


@pytest.mark.parametrize("name", NAMES)
def test_it_travels_to_another_process(name: str) -> None:
    """An extractor can be pickled, and does the same afterwards."""
    copy = pickle.loads(pickle.dumps(extractor(name)))
    assert copy.extract(NEWS) == extractor(name).extract(NEWS)


@pytest.mark.parametrize("name", NAMES)
def test_the_hash_seed_changes_nothing(name: str) -> None:
    """HOSTILE 43: two processes with other hash seeds give the same bytes."""
    code = (
        "import json,sys\nfrom regiograph.model import Article\n"
        "from regiograph.claims.extractors import extractor\nfrom regiograph.claims.jsonl import to_object\n"
        "print(json.dumps(to_object(extractor(sys.argv[1]).extract(Article(*json.loads(sys.argv[2]))))))"
    )
    fields = json.dumps([NEWS.id, NEWS.text, NEWS.title, NEWS.published])
    said = [
        subprocess.run(
            [sys.executable, "-c", code, name, fields],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert json.loads(said[0]) == json.loads(json.dumps(to_object(extractor(name).extract(NEWS))))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=200))
def test_no_text_breaks_it(name: str, text: str) -> None:
    """HOSTILE 7, 8, 25: any characters at all give an extraction whose quotes are the text."""
    article = Article("any", text)
    for claim in extractor(name).extract(article).claims:
        assert claim.evidence.quote == text[claim.evidence.span.start : claim.evidence.span.end]


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_no_socket(name: str) -> None:
    """Extraction works where every socket is refused: nothing is looked up, nothing is told."""
    code = (
        "import socket,sys\n"
        "def refuse(*a, **k): raise AssertionError('a socket was asked for')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from regiograph.model import Article\nfrom regiograph.claims.extractors import extractor\n"
        "print(len(extractor(sys.argv[1]).extract(Article('a', sys.argv[2], published='2015-06-10')).claims))"
    )
    done = subprocess.run([sys.executable, "-c", code, name, NEWS.text], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
