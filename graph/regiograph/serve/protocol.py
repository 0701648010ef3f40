"""The SPARQL 1.1 Protocol (sections 2.1 and 2.2): what a request asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote_to_bytes

from regiograph.serve import media
from regiograph.serve.wire import Job, Task

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_MOST = 1_000  # parameters of a request
_LONGEST = 256  # characters of a Content-Type; the time that its parser takes grows with their square


class RefusedError(Exception):
    """A request that the protocol does not know; `status` is of HTTP, the message for people."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """What of an HTTP request matters here; `body` is None for GET and HEAD."""

    query_string: str
    content_type: str | None
    content_encoding: str | None
    accept: str | None
    body: bytes | None


def job(request: Request) -> Job | None:
    """Return what a request asks for; None if it asks for nothing, which is a wish for the service description.

    Raises:
        RefusedError: it is malformed, or of a form that the protocol does not have.
    """
    given = _parameters(request.query_string)
    if request.body is None:
        return _read(given, request.accept)
    if (request.content_encoding or "identity").lower() != "identity":
        raise RefusedError(415, "bodies are taken as they are, without Content-Encoding")
    kind = _kind(request.content_type)
    text = _text(request.body)
    if kind == FORM:
        if any(name in ("query", "update") for name, _ in given):
            raise RefusedError(400, "query and update belong into the body of a form")
        return _form([*given, *_parameters(text)], request.accept)
    if kind == QUERY:
        return _read([*_without(given, "query"), ("query", text)], request.accept)
    return _write([*_without(given, "update"), ("update", text)])


def form(request: Request) -> tuple[tuple[str, str], ...]:
    """Return the names and values of a form that was sent.

    Raises:
        RefusedError: it is none, or is malformed.
    """
    if (request.content_encoding or "identity").lower() != "identity":
        raise RefusedError(415, "bodies are taken as they are, without Content-Encoding")
    if _kind(request.content_type) != FORM:
        raise RefusedError(415, f"Content-Type must be {FORM}")
    return tuple(_parameters(_text(request.body or b"")))


def _form(given: Sequence[tuple[str, str]], accept: str | None) -> Job | None:
    asked = [name for name, _ in given if name in ("query", "update")]
    if len(asked) > 1:
        raise RefusedError(400, "one query or one update at a time")
    if asked == ["update"]:
        return _write(given)
    if not asked:
        raise RefusedError(400, "neither query nor update")
    return _read(given, accept)


def _read(given: Sequence[tuple[str, str]], accept: str | None) -> Job | None:
    values: dict[str, tuple[str, ...]] = {}
    for name, value in given:
        values[name] = (*values.get(name, ()), value)
    if "update" in values:
        raise RefusedError(400, "an update is sent by POST, and not along with a query")
    asked = values.get("query", ())
    if not asked:
        return None
    if len(asked) > 1:
        raise RefusedError(400, "one query at a time")
    default, named = values.get("default-graph-uri", ()), values.get("named-graph-uri", ())
    results, graph = _formats(values.get("format", ()), accept)
    if not (default or named):
        return Job(Task.QUERY, asked[0], results=results, graph=graph)
    return Job(Task.QUERY, asked[0], default, named, results, graph)


def _write(given: Sequence[tuple[str, str]]) -> Job:
    asked = _values(given, "update")
    if len(asked) != 1:
        raise RefusedError(400, "one update at a time")
    return Job(
        Task.UPDATE, asked[0], _values(given, "using-graph-uri"), _values(given, "using-named-graph-uri")
    )  # fmt: skip


def _formats(named: Sequence[str], accept: str | None) -> tuple[str | None, str | None]:
    """Return the media types for rows and for triples, None where the client takes none of ours."""
    if not named:
        found = media.accepted(accept, media.RESULTS), media.accepted(accept, media.GRAPHS)
    else:
        found = media.named(named[-1], media.RESULTS), media.named(named[-1], media.GRAPHS)
        if found == (None, None):
            known = dict.fromkeys(each.name for each in (*media.RESULTS, *media.GRAPHS))
            raise RefusedError(400, f"unknown format; there are: {', '.join(known)}")
    rows, triples = found
    return None if rows is None else rows.type, None if triples is None else triples.type


def _parameters(text: str) -> list[tuple[str, str]]:
    """Return the names and values of a form or an address, as `urllib.parse.parse_qsl` does."""
    if text.count("&") >= _MOST:
        raise RefusedError(400, f"more than {_MOST:,} parameters")
    try:
        fields = [each.partition(b"=") for each in text.encode().split(b"&") if each]
        return [(_unquoted(name), _unquoted(value)) for name, _, value in fields]
    except UnicodeDecodeError as e:
        raise RefusedError(400, "the parameters are not UTF-8") from e


def _unquoted(text: bytes) -> str:
    """Resolve "+" and percent-encoding; by a codec written in C, as questions are long and full of what is encoded.

    Raises:
        UnicodeDecodeError: the result is not UTF-8.
    """
    spaced = text.replace(b"+", b" ")
    try:
        found = spaced.replace(b"\\", b"\\\\").replace(b"%", b"\\x").decode("unicode_escape").encode("latin-1")
    except UnicodeDecodeError:  # a "%" that begins no code stands for itself
        found = unquote_to_bytes(spaced)
    return found.decode()


def _values(given: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in given if key == name)


def _without(given: Sequence[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    if any(key == name for key, _ in given):
        raise RefusedError(400, f"{name} both in the address and in the body")
    return list(given)


def _kind(content_type: str | None) -> str:
    head = Message()
    given = content_type if content_type and len(content_type) <= _LONGEST else ""
    head["Content-Type"] = given
    kind = head.get_content_type() if given else ""
    if kind not in (FORM, QUERY, UPDATE):
        raise RefusedError(415, f"Content-Type must be one of {FORM}, {QUERY}, {UPDATE}")
    if (head.get_content_charset() or "utf-8") not in ("utf-8", "utf8", "us-ascii"):
        raise RefusedError(415, "the charset must be UTF-8")
    return kind


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as e:
        raise RefusedError(400, f"the body is not UTF-8 (byte {e.start})") from e
