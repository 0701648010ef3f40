"""What people have decided: a log of JSON lines that can be merged as text, and what of it holds.

A line is never changed: an `undo` names the line that it takes back. The order of lines does not matter, for each says
when it was written; of two that contradict, the later holds.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from regiograph.entities.identity import digest
from regiograph.errors import InputError


class Act(StrEnum):
    """What can be decided."""

    ACCEPT = "accept"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log.

    `about` is what was decided on, in this order: of accept and reject the IRI of the claim, then the article's id, and
    subject, predicate and object that the claim had; of merge and split two entities; of rename an entity and a name;
    of undo the id of a decision. `when` is ISO 8601 in UTC, `who` a name.
    """

    act: Act
    about: tuple[str, ...]
    who: str
    when: str
    note: str = ""

    @property
    def id(self) -> str:
        """A digest of all that the line says."""
        return digest(self.act, *self.about, self.who, self.when, self.note)[:12]

    def to_json(self) -> str:
        """Return the line, with its id, without a line end."""
        return json.dumps({"id": self.id, **asdict(self), "act": self.act.value}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds: of claims accept or reject by what they were about, and of pairs of entities, names by entity."""

    claims: Mapping[tuple[str, ...], Act]
    same: frozenset[tuple[str, str]]
    different: frozenset[tuple[str, str]]
    names: Mapping[str, str]


_LONGEST = 200  # characters of a name
_PARTS = {Act.ACCEPT: 5, Act.REJECT: 5, Act.MERGE: 2, Act.SPLIT: 2, Act.RENAME: 2, Act.UNDO: 1}


def read(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a log, in its order; none if there is no such file.

    Raises:
        InputError: it cannot be read, or a line is no decision; the message names file and line.
    """
    if not path.exists():
        return ()
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # JSON leaves other ends of lines as they are
    except (OSError, UnicodeDecodeError) as e:
        raise InputError(f"{path}: {e}") from e
    return tuple(_read(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip())


def _read(line: str, where: str) -> Decision:
    try:
        said = json.loads(line)
        about = tuple(map(str, said["about"]))
        decision = Decision(Act(said["act"]), about, str(said["who"]), str(said["when"]), str(said.get("note", "")))
    except (ValueError, KeyError, TypeError) as e:
        raise InputError(f"{where}: this is no decision ({e})") from e
    if len(about) != _PARTS[decision.act]:
        raise InputError(f"{where}: {decision.act} is about {_PARTS[decision.act]} things and not {len(about)}")
    if said.get("id") not in (None, decision.id):
        raise InputError(f"{where}: the line has been changed: its id is {said['id']} and should be {decision.id}")
    return decision


def append(path: Path, decisions: Iterable[Decision]) -> None:
    """Add decisions to a log, which is made if it is missing.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("a", encoding="utf-8") as out:
        out.writelines(f"{decision.to_json()}\n" for decision in decisions)


def decide(log: Path, act: Act, about: tuple[str, ...], who: str) -> Decision:
    """Write a decision that is made now into a log, and return it.

    Raises:
        InputError: `who` is no name.
        OSError: it cannot be written.
    """
    made = made_now(act, about, who)
    append(log, [made])
    return made


def made_now(act: Act, about: tuple[str, ...], who: str) -> Decision:
    """Return a decision that is made now, and not written down.

    Raises:
        InputError: `who` is no name.
    """
    return Decision(act, about, named(who), datetime.now(UTC).isoformat(timespec="milliseconds"))


def named(words: str) -> str:
    """Return a name that people have typed, with single spaces.

    Raises:
        InputError: it is empty or too long, or has control characters.
    """
    name = " ".join(words.split())
    if not 0 < len(name) <= _LONGEST:
        raise InputError(f"a name has 1 to {_LONGEST} characters; this one has {len(name)}")
    if odd := next((each for each in name if unicodedata.category(each) in ("Cc", "Cs")), None):
        raise InputError(f"a name has no control characters, such as {odd!r}")
    return name


def standing(decisions: Sequence[Decision]) -> Standing:
    """Return what holds: what has not been undone, of contradicting decisions the latest."""
    claims: dict[tuple[str, ...], Act] = {}
    pairs: dict[tuple[str, str], Act] = {}
    names: dict[str, str] = {}
    for decision in _held(decisions):
        match decision.act:
            case Act.ACCEPT | Act.REJECT:
                claims[decision.about] = decision.act
            case Act.MERGE | Act.SPLIT:
                one, other = sorted(decision.about)
                pairs[one, other] = decision.act
            case Act.RENAME:
                names[decision.about[0]] = decision.about[1]
    same, different = (frozenset(p for p, act in pairs.items() if act is a) for a in (Act.MERGE, Act.SPLIT))
    return Standing(claims, same, different, names)


def ordered(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return decisions in the order in which they were made, each once."""
    return tuple(sorted(set(decisions), key=lambda each: (each.when, each.id)))


def undone(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return by the id of each decision that is taken back the undo that does so; an undo can be undone."""
    found: dict[str, Decision] = {}
    for decision in reversed(ordered(decisions)):
        if decision.act is Act.UNDO and decision.id not in found:
            found[decision.about[0]] = decision
    return found


def _held(decisions: Sequence[Decision]) -> Iterator[Decision]:
    """Yield what no later line takes back, the earliest first."""
    back = undone(decisions)
    return (each for each in ordered(decisions) if each.act is not Act.UNDO and each.id not in back)
