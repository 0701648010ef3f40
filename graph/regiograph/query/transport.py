"""HTTP as questions need it: an end in time, a bound in size, and no other host than the one that was named."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field
from email.message import Message
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from types import TracebackType
from typing import IO, Any, Self, cast
from urllib.parse import SplitResult, urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from regiograph.errors import EndpointError

_PIECE = 65_536
_PORTS = {"http": 80, "https": 443}
_KEEPING = frozenset({301, 302, 307, 308})


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: its media type in lower case ("" if it states none), its bytes, whether they are all."""

    media: str
    content: bytes
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks at an address."""

    url: str
    user: str
    password: str = field(repr=False)


class Deadline:
    """Ends what is under way when its seconds are over: connections that were made within it are shut down."""

    def __init__(self, seconds: float) -> None:
        """Start the clock on entry to the context."""
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self.over = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()

    def watch(self, connection: socket.socket) -> None:
        """Shut this connection down, too, when the time is over."""
        self._sockets.append(connection)
        if self.over:
            self._end()

    def _end(self) -> None:
        self.over = True
        for each in self._sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed already


def opener(deadline: Deadline, login: Login | None = None) -> OpenerDirector:
    """Return an opener of http and https addresses whose requests end with the deadline and stay with their host.

    A `login` is for servers that want a digest of the password (RFC 7616) and not the password itself.
    """
    return build_opener(_Web(deadline), _SameHost(), *(() if login is None else (_Digest(login),)))


def read(response: HTTPResponse, limit: int) -> Reply:
    """Read an answer to its end.

    Raises:
        EndpointError: it is larger than `limit` bytes.
        HTTPException: it breaks off.
    """
    pieces, size = [], 0
    while piece := response.read1(_PIECE):
        size += len(piece)
        if size > limit:
            raise EndpointError(f"the answer is larger than {limit:,} bytes; ask for less, with LIMIT")
        pieces.append(piece)
    if response.length:
        raise HTTPException(f"the answer breaks off, {response.length:,} bytes before its end")
    media = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    return Reply(media, b"".join(pieces), response.status != HTTPStatus.PARTIAL_CONTENT)


class _Web(HTTPHandler, HTTPSHandler):
    """Opens connections that end with the deadline."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Connection, self._deadline), req)

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_SecureConnection, self._deadline), req)


class _Connection(HTTPConnection):
    def __init__(self, deadline: Deadline, host: str, **options: Any) -> None:
        super().__init__(host, **options)
        self._deadline = deadline

    def connect(self) -> None:
        super().connect()
        self._deadline.watch(self.sock)


class _SecureConnection(_Connection, HTTPSConnection):
    """The same over TLS."""


class _Digest(HTTPDigestAuthHandler):
    """Answers a server that asks for a digest, and lets every other refusal be."""

    def __init__(self, login: Login) -> None:
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, login.url, login.user, login.password)
        super().__init__(passwords)

    def http_error_401(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> HTTPResponse | None:
        challenge = headers.get("WWW-Authenticate")
        if challenge is None and req.has_header("Authorization"):  # Virtuoso, to a password where it wants a digest
            return cast("HTTPResponse", self.parent.open(_without_password(req), timeout=req.timeout))
        if challenge is None or not challenge.lower().startswith("digest "):
            return None
        try:
            return super().http_error_401(req, fp, code, msg, headers)
        except ValueError:  # an algorithm that the library does not know
            return None


def _without_password(req: Request) -> Request:
    kept = {name: value for name, value in req.header_items() if name not in ("Authorization", "Content-length")}
    return Request(req.full_url, data=req.data, headers=kept, method=req.get_method())  # noqa: S310  http or https


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect within the host, with the question, and no other."""

    def redirect_request(
        self, req: Request, _body: IO[bytes], code: int, _reason: str, _headers: Message, newurl: str
    ) -> Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if code not in _KEEPING or not _is_within(old, new):
            raise EndpointError(f"redirects to {new.scheme}://{new.hostname}{new.path}; if you trust it, give that")
        kept = {name: value for name, value in req.header_items() if name not in ("Host", "Content-length")}
        return Request(newurl, data=req.data, headers=kept, method=req.get_method())  # noqa: S310  http or https


def _is_within(old: SplitResult, new: SplitResult) -> bool:
    """Whether a redirect stays on its host and port, or only turns from http to https."""
    if new.hostname != old.hostname or new.username is not None:
        return False
    ends = (old.port or _PORTS.get(old.scheme), new.port or _PORTS.get(new.scheme))
    return (new.scheme == old.scheme and ends[0] == ends[1]) or (
        (old.scheme, new.scheme) == ("http", "https") and ends == (80, 443)
    )
