"""Right answers to annotated articles come through whole: on the way from the model to the claims nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request

import pytest
import replaying
from stub_model import is_second, stub
from told import NOTHING, Making, is_grounded

from commandline import CHECKOUT
from regiograph.claims.llm.causes import Cause
from regiograph.model import Extraction

FOLDER = CHECKOUT / "scripts" / "training" / "articles"
NAMES = ("a-001", "a-002", "a-003", "a-004", "a-005", "a-006", "a-007", "a-009")
KNOWN = [replaying.read(FOLDER / f"{name}.ann") for name in NAMES]
BOOK = {asked: answer for known in KNOWN for asked, answer in replaying.answers(known)}


@pytest.fixture
def read(asking: Making) -> tuple[list[Extraction], dict[str, int], dict[str, int]]:
    """What is made of the right answers to all articles, with the counts, and the refusals by cause."""

    def replay(body: dict, _: int) -> object:
        return NOTHING if is_second(body) else BOOK[body["messages"][-1]["content"]]

    with stub(replay) as server:
        reader = asking(server.url)
        made = [each for each in reader.outcomes([known.article for known in KNOWN]) if isinstance(each, Extraction)]
    return made, reader.tally.counts, reader.tally.refused


def test_every_fact_comes_through_at_its_place(read):
    """No fact is lost; of the qualifiers only those that annotators put into words of their own."""
    made, counts, refused = read
    assert len(made) == len(KNOWN)
    assert all(map(is_grounded, made))
    assert set(refused) <= {str(Cause.QUALIFIER)}
    assert refused.get(str(Cause.QUALIFIER), 0) <= 2
    assert counts["stated"] == counts["kept"] + sum(refused.values())
    facts = [len({(f.subject, f.predicate, f.obj) for f in known.facts}) for known in KNOWN]
    assert [len(each.claims) for each in made] == facts


def test_the_answers_are_served_for_other_programs():
    """scripts/replay prints its address, and answers there as the stub of these tests does, until it is stopped."""
    command = [sys.executable, CHECKOUT / "scripts" / "replay", FOLDER / f"{NAMES[0]}.ann"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            url = server.stdout.readline().strip()
            asked, answer = next(replaying.answers(KNOWN[0]))
            body = json.dumps({"messages": [{"role": "user", "content": asked}]}).encode()
            with urllib.request.urlopen(urllib.request.Request(f"{url}/chat/completions", body), timeout=30) as reply:
                said = json.load(reply)["choices"][0]["message"]["content"]
        finally:
            server.kill()
    assert json.loads(said) == answer


def test_mentions_stand_where_they_were_marked(read):
    """Every marked mention is one of the entity's, to the character, and no other is."""
    for known, extraction in zip(KNOWN, read[0], strict=True):
        found = {span for entity in extraction.entities for span in entity.mentions}
        marked = {span for span, _ in known.mentions}
        assert found <= marked
        assert len(marked - found) <= 2, known.article.id


def test_evidence_is_the_sentences_that_were_annotated(read):
    """The quote of a claim is that of a fact between things so named, and holds the sentence."""
    for known, extraction in zip(KNOWN, read[0], strict=True):
        lines = [set(range(*span)) for span in known.lines]
        for claim in extraction.claims:
            facts = [f for f in known.facts if f.predicate is claim.predicate]
            spans = [lines[n - 1] for f in facts for n in f.sentences]
            assert any(set(range(*claim.evidence.span)) & span for span in spans), claim
