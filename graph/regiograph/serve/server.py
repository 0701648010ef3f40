"""The server itself: uvicorn, with connections of our own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, cast

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from regiograph.errors import InputError, StoreError
from regiograph.serve.connection import Connection

_KEPT = 30  # seconds that a connection without requests is kept
_GRACE = 2.0  # seconds that requests have to be answered when the server ends


def config(app: ASGIApp, host: str, port: int, **more: Any) -> uvicorn.Config:
    """Return how uvicorn serves an application: quietly, and without a word on itself."""
    connection = partial(Connection, prompt=getattr(app.state, "prompt", None) if isinstance(app, Starlette) else None)
    return uvicorn.Config(
        app, host=host, port=port, http=cast("Any", connection), ws="none", lifespan="on", log_config=None,
        log_level="error", access_log=False, server_header=False, date_header=False, timeout_keep_alive=_KEPT, **more,
    )  # fmt: skip


def run(config: uvicorn.Config, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is told the address once requests are taken.

    Raises:
        InputError: the address cannot be listened on.
        StoreError: the store cannot be opened by those who answer.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        listening = socket.create_server((config.host, config.port), family=family, backlog=config.backlog)
    except OSError as e:
        raise InputError(f"cannot listen on {config.host}, port {config.port}: {e.strerror}") from e
    server = _Server(config, ready)
    with listening, suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if server.failure is not None:
        raise server.failure


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self.failure: StoreError | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.failure = getattr(getattr(self.config.app, "state", None), "failure", None)
        if self.failure is not None:
            self.should_exit = True
            return
        host, port = (sockets or [])[0].getsockname()[:2]
        self._ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, with questions that still run and answers that nobody takes."""
        asyncio.get_running_loop().call_later(_GRACE, self._part)
        await super().shutdown(sockets)

    def _part(self) -> None:
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()
