"""Sends SPARQL to a server, through SPARQLWrapper: what questions and updates share.

SPARQLWrapper alone waits for ever, and follows a redirect to another host with the password in hand. Here a request has
an end in time and a bound in size, and is sent again only where that can help.
"""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlsplit
from urllib.request import OpenerDirector

from SPARQLWrapper import JSON, POST, POSTDIRECTLY, TURTLE, SPARQLWrapper

from regiograph.errors import EndpointError, QueryError, RefusedError
from regiograph.query.transport import Deadline, Login, Reply, opener, read
from regiograph.version import __version__

TIMEOUT = 60.0  # seconds
LARGEST = 256 * 2**20  # bytes of an answer
UPDATE = "INSERT"  # the kind of every update, to SPARQLWrapper
_ATTEMPTS = 4
_PAUSE = 0.5  # seconds before the second attempt, twice as many before each further one
_PASSING = frozenset({429, 502, 503})
_SHOWN = 300  # characters of a server's message
_AGENT = f"regiograph/{__version__} (https://w3id.org/regiograph) SPARQLWrapper"
_REFUSALS = {
    401: "wants a user and a password",
    403: "refuses",
    404: "has no SPARQL endpoint there",
    413: "finds the query too long",
    414: "finds the query too long",
    429: "is asked too often",
    503: "is busy",
}
_REFUSED_UPDATES = {
    **_REFUSALS,
    403: "refuses to be written to",
    404: "takes no updates there",
    405: "takes no updates there",
    413: "finds the update too long",
    414: "finds the update too long",
    415: "takes no updates there",
}


@dataclass(frozen=True, slots=True)
class Server:
    """An address that takes SPARQL, and who asks there.

    `timeout` is the seconds that a request may take, all attempts together; `largest` the bytes of an answer.
    """

    url: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = TIMEOUT
    largest: int = LARGEST

    def __post_init__(self) -> None:
        """Check the address.

        Raises:
            EndpointError: it is no http or https address, or holds a password, which would show in messages.
        """
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointError(f"{self.url!r} is no http or https address of a SPARQL endpoint")
        if parts.username is not None or parts.password is not None:
            raise EndpointError(f"{parts.hostname}: give user and password apart from the address")

    @property
    def shown(self) -> str:
        """The address as messages have it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}{parts.path}"

    def answered(self, sparql: str, kind: str, name: str, *, once: bool = False) -> Reply:
        """Ask, and ask again while the server is busy or breaks off, until the time is over; or `once` only.

        `kind` is SELECT, ASK, CONSTRUCT, DESCRIBE or `UPDATE`, `name` what errors call the query.

        Raises:
            QueryError: the server says that the query is malformed.
            RefusedError: it does not do what is asked.
            EndpointError: it cannot be reached, or is too slow.
        """
        end = time.monotonic() + self.timeout
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._attempt(sparql, kind, name, end - time.monotonic())
            except _PassingError as e:
                if once or attempt == _ATTEMPTS:
                    raise e.lasting from e
                spread = random.uniform(0.5, 1.5)  # noqa: S311  keeps clients apart, no secret
                pause = max(e.pause, _PAUSE * 2 ** (attempt - 1) * spread)
                if time.monotonic() + pause >= end:
                    raise self._too_slow() from e
                time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _attempt(self, sparql: str, kind: str, name: str, left: float) -> Reply:
        with Deadline(left) as deadline:
            try:
                reply = self._reply(self._wrapper(sparql, kind, deadline, left))
            except HTTPError as e:
                with e:
                    refusal = self._refusal(e, kind, name)
                    if isinstance(refusal, RefusedError) and refusal.status in _PASSING:
                        raise _PassingError(refusal, refusal.pause) from e
                    raise refusal from e
            except (URLError, HTTPException, OSError) as e:
                reason = getattr(e, "reason", e)
                if deadline.over or isinstance(reason, TimeoutError):
                    raise self._too_slow() from e
                error = EndpointError(f"{self.shown}: {line(str(reason))}")
                raise (error if isinstance(e, URLError) else _PassingError(error)) from e
            except EndpointError as e:
                raise EndpointError(f"{self.shown}: {e}") from e
            if deadline.over:  # an answer without a length may have been cut off where it seems to end
                raise self._too_slow()
            return reply

    def _reply(self, wrapper: _Wrapper) -> Reply:
        response = wrapper.query().response
        with response:
            return read(response, self.largest)

    def _wrapper(self, sparql: str, kind: str, deadline: Deadline, left: float) -> _Wrapper:
        wrapper = _Wrapper(self.url, opener(deadline, self._login()), left)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setReturnFormat(TURTLE if kind in ("CONSTRUCT", "DESCRIBE") else JSON)
        wrapper.setQuery(sparql)
        wrapper.queryType = kind  # its own guess takes the words of some comments for an update
        if kind == UPDATE:
            wrapper.send_directly()
        if self.user is not None:
            wrapper.setCredentials(self.user, self.password or "")
        return wrapper

    def _refusal(self, error: HTTPError, kind: str, name: str) -> Exception:
        body: bytes | str = error.read(8 * _SHOWN)  # text where urllib refuses by itself, before Python 3.11.4
        said = line(body if isinstance(body, str) else body.decode("utf-8", "replace"))
        if error.code == 400 and kind != UPDATE:
            return QueryError(f"{name}: {self.shown} says: {said or 'malformed'}")
        reason = (_REFUSED_UPDATES if kind == UPDATE else _REFUSALS).get(error.code, "failed")
        told = f"{self.shown} {reason} (HTTP {error.code}){': ' if said else ''}{said}"
        return RefusedError(told, error.code, _retry_after(error.headers.get("Retry-After")))

    def _login(self) -> Login | None:
        return None if self.user is None else Login(self.url, self.user, self.password or "")

    def _too_slow(self) -> EndpointError:
        return EndpointError(f"{self.shown}: no answer within {self.timeout:g} seconds")


class _PassingError(Exception):
    """What may be over soon: the error if it lasts, and the seconds that the server asks to wait."""

    def __init__(self, lasting: Exception, pause: float = 0.0) -> None:
        super().__init__(str(lasting))
        self.lasting, self.pause = lasting, pause


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper, save that its request goes through an opener of its own and errors stay as they are."""

    def __init__(self, url: str, through: OpenerDirector, timeout: float) -> None:
        super().__init__(url, agent=_AGENT)
        self._opener, self._left = through, timeout

    def send_directly(self) -> None:
        """Send the text as it is and not as a field of a form: forms are larger, and servers allow them less."""
        self.setRequestMethod(POSTDIRECTLY)
        address, _, parameters = self.updateEndpoint.partition("?")
        self.updateEndpoint = address
        for name, value in parse_qsl(parameters, keep_blank_values=True):
            self.addParameter(name, value)

    def _query(self) -> tuple[HTTPResponse, Any]:
        return self._opener.open(self._createRequest(), timeout=self._left), self.returnFormat


def line(message: str) -> str:
    """Return a server's message as one short line without markup and control characters."""
    plain = re.sub(r"<[^<>]*>", " ", message)
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())[:_SHOWN]


def _retry_after(said: str | None) -> float:
    """Return the seconds that a server asks to wait: a number, or the time until a date."""
    if said is None:
        return 0.0
    if said.strip().isdecimal():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except ValueError:
        return 0.0
