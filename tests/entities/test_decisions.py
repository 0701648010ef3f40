"""The log of decisions: what holds, whatever the order of its lines."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.entities.decisions import Act, Decision, append, read, standing
from regiograph.errors import InputError


def made(act: Act, *about: str, at: int = 0) -> Decision:
    """Return a decision of some second."""
    return Decision(act, about, "Ada", f"2026-01-01T00:00:{at:02}+00:00")


MERGE, SPLIT = made(Act.MERGE, "b", "a", at=1), made(Act.SPLIT, "a", "b", at=2)
CLAIM = ("claim", "article", "subject", "metWith", "object")


def test_a_log_is_read_as_it_was_written(tmp_path):
    """Lines come back whole, in their order; a log that is not there is empty."""
    log = tmp_path / "decisions.jsonl"
    assert read(log) == ()
    append(log, [MERGE])
    append(log, [SPLIT, made(Act.RENAME, "a", "Ä “name”")])
    assert read(log) == (MERGE, SPLIT, made(Act.RENAME, "a", "Ä “name”"))


def test_a_name_with_an_odd_end_of_line_breaks_no_line(tmp_path):
    """HOSTILE 74: U+2028, U+0085 and the like are a part of a name, and the log stays readable."""
    log, odd = tmp_path / "decisions.jsonl", made(Act.RENAME, "a", "one\u2028two\u0085three\x0bfour\r\nfive")
    append(log, [odd, MERGE])
    assert read(log) == (odd, MERGE)


def test_of_contradicting_decisions_the_later_holds():
    """A pair is one or two, whichever was said last, in whatever order its ends were named."""
    held = standing([MERGE, SPLIT])
    assert (held.same, held.different) == (frozenset(), frozenset({("a", "b")}))
    accepted, rejected = made(Act.ACCEPT, *CLAIM, at=1), made(Act.REJECT, *CLAIM, at=2)
    assert standing([rejected, accepted]).claims == {CLAIM: Act.REJECT}


def test_what_is_undone_does_not_hold_and_an_undo_can_be_undone():
    """An undo names a line; undone itself, the line holds again."""
    undo = made(Act.UNDO, SPLIT.id, at=3)
    again = made(Act.UNDO, undo.id, at=4)
    assert standing([MERGE, SPLIT, undo]).same == {("a", "b")}
    assert standing([MERGE, SPLIT, undo, again]).different == {("a", "b")}


RENAMED = [made(Act.RENAME, "a", name, at=at) for at, name in ((4, "A"), (5, "B"))]
LINES = [MERGE, SPLIT, made(Act.UNDO, SPLIT.id, at=3), *RENAMED]


@given(st.permutations(LINES))
def test_the_order_of_the_lines_does_not_matter(lines):
    """Two branches of a log, merged as text in any order, and with lines twice, mean the same."""
    assert standing([*lines, *lines[:2]]) == standing(sorted(lines, key=lambda each: each.when))


@pytest.mark.parametrize(
    ("line", "why"),
    [("{", "no decision"), ("[]", "no decision"),
     ('{"act": "burn", "about": [], "who": "", "when": ""}', "no decision"),
     (json.dumps({"act": "merge", "about": ["a"], "who": "x", "when": "y"}), "about 2 things and not 1"),
     (SPLIT.to_json().replace("Ada", "Eve"), "has been changed")],
)  # fmt: skip
def test_a_broken_line_is_named(tmp_path, line, why):
    """The error tells file, line and reason; nothing is passed over."""
    log = tmp_path / "decisions.jsonl"
    log.write_text(f"{MERGE.to_json()}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"decisions.jsonl, line 2: .*{why}"):
        read(log)
