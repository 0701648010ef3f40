"""Asks a model: again where that can help, in the dialect that its server takes, never with the key in a message."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from regiograph.claims.llm.address import FORMATS, Address
from regiograph.claims.llm.prompt import Message
from regiograph.claims.llm.schema import schema
from regiograph.claims.llm.traffic import PATIENCE, Traffic
from regiograph.claims.llm.transport import LateError, LostError, RefusedError, Wire
from regiograph.errors import ModelError

_ATTEMPTS = 4
_LATE = 2  # attempts where the answer is late: a slow model is as slow the next time, and has all of it to do again
_SEED = 1
_SHOWN = 300  # characters of a server's message
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_BUSY = frozenset({429, 503, 529})
_CLOSED = {
    401: "wants another key",
    402: "wants to be paid",
    403: "refuses",
    404: "has no such model, or no interface of OpenAI's kind there",
    405: "has no interface of OpenAI's kind there",
}
_UNFIT = frozenset({400, 422})


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said, whether to its end, and the tokens of question and answer; None where the server is silent."""

    said: str
    whole: bool
    tokens_in: int | None
    tokens_out: int | None


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server takes of a question: how the schema is sent ("" for not at all), how the answer is bounded."""

    form: str = FORMATS[0]
    bound: str = "max_tokens"
    fixed: bool = True

    def body(self, address: Address, asked: Sequence[Message]) -> dict[str, Any]:
        """Return a question in this dialect."""
        found: dict[str, Any] = {"model": address.model, "messages": list(asked), self.bound: address.longest}
        if self.fixed:
            found |= {"temperature": 0, "seed": _SEED}
        if self.form == "json_schema":
            named = {"name": "reading", "strict": True, "schema": schema()}
            found["response_format"] = {"type": self.form, "json_schema": named}
        elif self.form == "json_object":
            found["response_format"] = {"type": self.form, "schema": schema()}
        return found

    def lesser(self, complaint: str, *, free: bool) -> Dialect | None:
        """Return the dialect to try once a server has refused this one; None if there is none.

        The words of the refusal say what it does not take; where they do not, it is the schema, if that is `free`.
        """
        if "max_completion_tokens" in complaint and self.bound == "max_tokens":
            return replace(self, bound="max_completion_tokens")
        if self.fixed and ("temperature" in complaint or "seed" in complaint):
            return replace(self, fixed=False)
        lower = {"json_schema": "json_object", "json_object": ""}
        return replace(self, form=lower[self.form]) if free and self.form in lower else None


@dataclass(slots=True)
class Asker:
    """A model at a server; threads may share it.

    `dialect` is what the server was found to take.
    """

    wire: Wire
    traffic: Traffic = field(default_factory=Traffic)
    dialect: Dialect = field(default_factory=Dialect)

    def __post_init__(self) -> None:
        """Begin with the form that the address names, if it names one."""
        if self.wire.address.form is not None:
            self.dialect = Dialect(self.wire.address.form)

    def ask(self, asked: Sequence[Message]) -> Reply:
        """Return the model's answer.

        Raises:
            ModelError: the server cannot be reached, refuses, is too slow, or answers with something else.
        """
        address = self.wire.address
        attempt, dialect = 1, self.dialect
        while True:
            if self.traffic.closed is not None:
                raise ModelError(f"not asked any more: {self.traffic.closed}")
            self.traffic.wait()
            try:
                reply = _reply(self.wire.post(dialect.body(address, asked)), address.key)
            except RefusedError as e:
                if e.status in _UNFIT and (other := dialect.lesser(e.said, free=address.form is None)) is not None:
                    dialect = other
                    continue
                self._after(e, attempt)
            except LostError as e:
                spent = attempt >= (_LATE if isinstance(e, LateError) else _ATTEMPTS)
                self._pause(str(e), 0.0, attempt, spent=spent)
            else:
                self.traffic.succeeded()
                self.dialect = dialect  # only what has worked: an article may be refused for its own sake
                return reply
            attempt += 1

    def _after(self, refusal: RefusedError, attempt: int) -> None:
        """Wait after a refusal that may be over soon, and pass on any other."""
        long = f", and asks to wait {refusal.pause:,.0f} seconds" if refusal.pause > PATIENCE else ""
        said = f"{_CLOSED.get(refusal.status, 'refuses')} (HTTP {refusal.status}){long}: {refusal.said}"
        if refusal.status in _PASSING:
            self._pause(said, refusal.pause, attempt, spent=attempt == _ATTEMPTS, everyone=refusal.status in _BUSY)
        else:
            closed = refusal.status in _CLOSED or 300 <= refusal.status < 400
            error = self._error(said)
            if closed:
                self.traffic.failed(str(error), for_good=True)
            raise error

    def _pause(self, said: str, asked: float, attempt: int, *, spent: bool, everyone: bool = False) -> None:
        error = self._error(said)
        if spent or not self.traffic.hold(asked, attempt, everyone=everyone):
            self.traffic.failed(str(error), for_good=False)
            raise error

    def _error(self, said: str) -> ModelError:
        return ModelError(f"{self.wire.address.shown}: {_line(_without(said, self.wire.address.key))}")


def _reply(content: bytes, key: str | None) -> Reply:
    """Read the body of an answer.

    Raises:
        LostError: it is not of the form that OpenAI's interface has.
    """
    try:
        found = json.loads(content)
        choice = found["choices"][0]
        said = choice["message"].get("content") or ""
        usage = found.get("usage") or {}
        if not isinstance(said, str):
            raise TypeError("its content is no text")
        clean = said.encode("utf-8", "replace").decode("utf-8")
        counts = (_count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))
        return Reply(_without(clean, key), choice.get("finish_reason") != "length", *counts)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as e:
        raise LostError(f"answers with something that is no completion: {type(e).__name__}") from e


def _count(usage: Any, name: str) -> int | None:
    value = usage.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _without(said: str, key: str | None) -> str:
    """Return words without the key, which a server may have sent back."""
    return said.replace(key, "[key]") if key else said


def _line(message: str) -> str:
    """Return a server's message as one short line without markup and control characters."""
    plain = re.sub(r"<[^<>]*>", " ", message)
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())[:_SHOWN]
