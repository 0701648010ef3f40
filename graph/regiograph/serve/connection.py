"""A connection: an end for heads that never end and answers that nobody takes, and the short way of questions."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from starlette.responses import PlainTextResponse, Response
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from regiograph.serve.pool import BusyError, Order
from regiograph.serve.prompt import Prompt, head

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

_HEAD = 10.0  # seconds in which the head of a request must have arrived
_LARGEST_HEAD = 512 * 1024  # bytes
_LONGEST_ADDRESS = 65_535  # bytes that the parser takes
_TOO_LONG = b"HTTP/1.1 414 URI Too Long\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_CONNECTIONS = 400  # at once; further ones are told that the server is busy
_STALLED = 30.0  # seconds in which a client must have taken a part of an answer
_COPIED = 65_536  # bytes of a body that take less time to copy than to be written apart
_BUSY = cast(
    "ASGI3Application",
    PlainTextResponse(
        "Too many connections; ask again in a moment.\n", 503, {"Retry-After": "2", "Connection": "close"}
    ),
)


class _Guarded(HttpToolsProtocol):
    """Closes a connection on which a head, or a body that is not read any more, does not end, or no answer is taken."""

    url = b""  # before the first request
    _late: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _head = True  # whether one is being read
    _read = 0  # bytes since it began

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _without_delay(transport)
        if len(self.connections) > _CONNECTIONS:  # uvicorn's own limit sends away those that came before, too
            self.app = _BUSY
        self._expect()

    def data_received(self, data: bytes) -> None:
        self._read += len(data)
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:  # white space between requests begins none
            self._expect()
        if self._head:
            self._expect()
            if self._read > _LARGEST_HEAD:
                self.transport.close()

    def on_message_begin(self) -> None:
        self._head, self._read = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head = False
        self._in_time()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_time()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.more_body:
            self._expect()

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with a head that cannot be read."""
        if len(self.url) < _LONGEST_ADDRESS:
            super().send_400_response(msg)
        else:
            self.transport.write(_TOO_LONG)
            self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled = self.loop.call_later(_STALLED, self.transport.abort)

    def resume_writing(self) -> None:
        self._taken()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        self._taken()
        super().connection_lost(exc)

    def _expect(self) -> None:
        """Want the rest of a request soon."""
        if self._late is None:
            self._late = self.loop.call_later(_HEAD, self.transport.abort)

    def _taken(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def _without_delay(transport: asyncio.Transport) -> None:
    """Have head and body of an answer sent at once; asyncio does it for its own sockets, but not for one it is given.

    The system would keep back the body until the head is acknowledged, which a client delays by 40 ms.
    """
    with suppress(OSError):  # it may have been closed already
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class _Exchange:
    """What uvicorn knows of a request that goes the short way, as of one of its own."""

    more_body = disconnected = False

    def __init__(self, *, kept: bool) -> None:
        self.keep_alive = kept
        self.response_complete = False
        self.message_event = asyncio.Event()  # for which nobody waits


class Connection(_Guarded):
    """Lets questions go the short way, if they have come as a whole and no other request is being answered."""

    def __init__(self, *given: Any, prompt: Prompt | None, **named: Any) -> None:
        super().__init__(*given, **named)
        self._prompt = prompt
        self._held: bytearray | None = None  # the body of a request of which it is not yet known which way it goes
        self._order: Order | None = None

    def data_received(self, data: bytes) -> None:
        """Read on; what has not come as a whole then goes the way of all others."""
        super().data_received(data)
        if self._held is not None and not self.transport.is_closing():
            self._pass_on()

    def on_headers_complete(self) -> None:
        """Hold a request that may be a question."""
        if self._prompt is not None and self._may_be_prompt(self._prompt):
            self._head = False
            self._in_time()
            self._held = bytearray()
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Hold its body."""
        if self._held is None:
            super().on_body(body)
        else:
            self._held += body

    def on_message_complete(self) -> None:
        """Answer a question, pass on all else."""
        if self._held is not None and not self._answers(cast("Prompt", self._prompt), self._held):
            self._pass_on()
        if self._held is None:
            super().on_message_complete()
        else:
            self._held = None

    def connection_lost(self, exc: Exception | None) -> None:
        """End what is done for a client who has left."""
        super().connection_lost(exc)
        self._held = None
        if self._prompt is not None and self._order is not None:
            self._prompt.pool.abandon(self._order)
            self._order = None

    def _may_be_prompt(self, prompt: Prompt) -> bool:
        return (
            prompt.expects(self.parser.get_method(), self.url)
            and self.app is not _BUSY
            and (self.cycle is None or self.cycle.response_complete)
            and not (self.expect_100_continue or self.flow.write_paused)
            and not self.parser.should_upgrade()
            and self.parser.get_http_version() == "1.1"
        )

    def _pass_on(self) -> None:
        """Let a request go the way of all others."""
        held, self._held = self._held, None
        super().on_headers_complete()
        if held:
            super().on_body(bytes(held))

    def _answers(self, prompt: Prompt, body: bytearray) -> bool:
        """Begin to answer a question; False if the request is none, or too many wait."""
        asked = prompt.asked(self.parser.get_method(), self.url, self.headers, bytes(body))
        if asked is None:
            return False
        exchange = _Exchange(kept=self.parser.should_keep_alive())
        try:
            self._order = prompt.begin(asked, partial(self._answer, exchange))
        except BusyError:
            return False
        self.cycle = cast("Any", exchange)
        return True

    def _answer(self, exchange: _Exchange, answer: Response) -> None:
        self._order = None
        first, body = head(answer, kept=exchange.keep_alive), bytes(answer.body)
        if len(body) <= _COPIED:
            self.transport.write(first + body)  # a write, and a packet, less
        else:
            self.transport.write(first)
            self.transport.write(body)
        exchange.response_complete = True
        if not exchange.keep_alive:
            self.transport.close()
        self.on_response_complete()
