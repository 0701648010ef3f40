"""Who may ask, and what a browser may do with the answers: hosts, origins, the token, and headers on everything."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HOST = re.compile(r"(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?", re.ASCII)
_LONGEST = 300  # characters of a name and a port; what is remembered shall not grow
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


@dataclass(frozen=True, slots=True)
class Door:
    """Middleware: turns away foreign hosts, and writing from foreign pages; puts safe headers on every answer.

    `hosts` are the names, with or without a port, by which the server may be called; without any, all may be used.
    A name that an attacker points to this machine ("DNS rebinding") is none of them.
    """

    app: ASGIApp
    hosts: tuple[str, ...]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                given: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                message["headers"] = given + [header for header in HEADERS if header[0] not in names]
            await send(message)

        if refusal := self._refusal(Headers(scope=scope), scope["method"]):
            await refusal(scope, receive, closed)
        else:
            await self.app(scope, receive, closed)

    def _refusal(self, headers: Headers, method: str) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if not _goes_by(host, self.hosts):
            return PlainTextResponse("This server does not go by that name; see --allow-host.\n", 421)
        if not _own(method, host, headers.get("origin")):
            return PlainTextResponse("Requests from pages of other sites are not taken.\n", 403)
        return None


def admitted(hosts: tuple[str, ...], method: str, host: str, origin: str | None) -> bool:
    """Whether the door would let a request pass."""
    return _goes_by(host, hosts) and _own(method, host, origin)


def _own(method: str, host: str, origin: str | None) -> bool:
    """Whether a request only reads, or comes from no other site."""
    return method in ("GET", "HEAD") or origin is None or _place(origin) == host.lower()


def _goes_by(host: str, hosts: tuple[str, ...]) -> bool:
    return len(host) <= _LONGEST and _known(host, hosts)


@lru_cache(64)
def _known(host: str, hosts: tuple[str, ...]) -> bool:
    if not (_HOST.fullmatch(host) and _place(f"//{host}")):
        return False
    if not hosts:
        return True
    name = host.lower()
    bare = name.rpartition(":")[0] if name.rpartition(":")[2].isdecimal() else name
    return bool({name, bare} & {each.lower() for each in hosts})


def _place(origin: str) -> str:
    """Return host and port of an origin, nothing where it has none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def bears(headers: Headers, token: str) -> bool:
    """Whether a request shows the token, compared in a time that tells nothing of it."""
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    right = hmac.compare_digest(shown.strip().encode("latin-1", "replace"), token.encode())
    return scheme.lower() == "bearer" and right
