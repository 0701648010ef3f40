"""What a model is asked: the guidelines, two examples, and one window of an article as data between markers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from regiograph.claims.llm.schema import relations
from regiograph.claims.llm.windows import Window
from regiograph.model import Fault

VERSION = "1"
"""Of guidelines, examples, schema and layout together; raised with any of them, or old readings would seem current."""

_TOLD = 40  # faults that a model is told of
_RETOLD = 24_000  # characters of its own first answer that it is shown
_SPECIAL = re.compile(r"<(?=[|/]|s>|start_of|end_of|bos|eos)|\|(?=>)|\[(?=/?INST\])")

_ITEM = 600  # characters of a fault, at most
AGAIN = _RETOLD + (_TOLD + 1) * _ITEM
"""Characters that a second asking has more than the first, at most."""

Message = dict[str, str]


def messages(window: Window) -> tuple[Message, ...]:
    """Return the conversation that asks for the reading of a window."""
    return (*_before(), _message("user", _laid_out((s.number, window.said(s)) for s in window.sentences)))


def again(asked: Sequence[Message], said: str, reasons: str) -> tuple[Message, ...]:
    """Return the conversation that asks once more, with what the model said and what was wrong with it."""
    return (*asked, _message("assistant", said[:_RETOLD]), _message("user", reasons))


def for_faults(faults: Sequence[Fault]) -> str:
    """Return the words that ask for what was refused."""
    told = "\n".join(f"- {_plain(str(fault))}" for fault in faults[:_TOLD])
    more = f"\n- and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
    return (
        f"These items cannot be used:\n{told}{more}\n"
        "Give corrected versions of these items only, copied exactly from the numbered sentences, or leave out what "
        "the article does not say. Keep the keys. Answer with one JSON object of the same form."
    )


def for_broken(reason: str) -> str:
    """Return the words that ask for the whole once more."""
    return f"That answer cannot be used: {reason}. Give the whole answer again, as one JSON object of that form."


@cache
def _before() -> tuple[Message, ...]:
    folder = files(__package__).joinpath("data")
    guidelines = folder.joinpath("guidelines.md").read_text(encoding="utf-8").format(relations=relations())
    shown: list[Message] = [_message("system", guidelines)]
    for each in examples():
        shown.append(_message("user", _laid_out(enumerate(each["sentences"], start=1))))
        shown.append(_message("assistant", json.dumps(each["answer"], ensure_ascii=False, separators=(",", ":"))))
    return tuple(shown)


def examples() -> list[dict[str, Any]]:
    """Return the examples: sentences, and the answer that is right for them."""
    data = files(__package__).joinpath("data", "examples.json").read_text(encoding="utf-8")
    return list(json.loads(data))


def _laid_out(numbered: Iterable[tuple[int, str]]) -> str:
    """Number the sentences between two markers that the text cannot know, for they come from a digest of it."""
    lines = "\n".join(f"[{number}] {_plain(words)}" for number, words in numbered)
    mark = hashlib.sha256(lines.encode("utf-8", "replace")).hexdigest()[:12]
    return f"ARTICLE {mark} BEGINS\n{lines}\nARTICLE {mark} ENDS"


def _plain(words: str) -> str:
    """Return words without line ends, and without the signs by which servers tell who speaks ("<|im_end|>")."""
    one = " ".join(words.encode("utf-8", "replace").decode("utf-8").split())
    return _SPECIAL.sub(lambda found: f"{found[0]} ", one)


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}
