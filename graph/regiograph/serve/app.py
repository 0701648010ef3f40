"""The endpoint as an ASGI application."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from regiograph.errors import StoreError
from regiograph.serve import media, protocol
from regiograph.serve.guarding import Door, bears
from regiograph.serve.limits import Limits
from regiograph.serve.pool import BusyError, OvertimeError, Pool, WorkerLostError
from regiograph.serve.protocol import RefusedError
from regiograph.serve.wire import Job, Kind, Reply, Task

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_STATUS = {Kind.WRONG: 400, Kind.UNACCEPTABLE: 406, Kind.UNKNOWN: 404, Kind.TOO_LARGE: 413}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server offers: `token` allows updates (none are taken without), `hosts` are its names, see `Door`."""

    store: Path
    limits: Limits = field(default_factory=Limits)
    token: str | None = None
    hosts: Collection[str] = ()


def application(settings: Settings, prefixes: Mapping[str, str]) -> Starlette:
    """Return the application; it opens the store when it starts.

    Raises:
        StoreError: there is no store, or it cannot be used.
    """
    pool = Pool(settings.store, settings.limits, prefixes)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as opened:
            try:
                await opened.enter_async_context(pool)
            except StoreError as e:
                app.state.failure = e  # for `server.run` to raise; uvicorn would only log it
            yield

    service = Service(settings, pool)
    routes = [Route("/sparql", service.sparql, methods=list(_METHODS))]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: _plain})
    app.add_middleware(Door, hosts=settings.hosts)
    return app


@dataclass(frozen=True, slots=True)
class Service:
    """What is done with a request."""

    settings: Settings
    pool: Pool

    async def sparql(self, request: Request) -> Response:
        """Answer a query, carry out an update, or describe the service."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(_METHODS)})
        try:
            job = protocol.job(await self._asked(request))
            if job is None:
                return await self._description(request)
            if (size := len(job.text.encode("utf-8", "replace"))) > self.settings.limits.request:
                raise RefusedError(413, f"{size:,} bytes are too long; the limit is {self.settings.limits.request:,}")
            if job.task is Task.UPDATE:
                self._may_write(request)
                return _said(await self._done(request, job), request)
            return _said(await self._done(request, job), request, job)
        except RefusedError as e:
            return _refused(e.status, str(e))

    async def _asked(self, request: Request) -> protocol.Request:
        """Read a request.

        Raises:
            RefusedError: it is too long, or takes too long to arrive.
        """
        text = request.scope["query_string"].decode("latin-1")  # the parser lets nothing but ASCII pass
        if len(text) > 3 * self.settings.limits.request:  # each byte may take three characters there
            raise RefusedError(414, f"the address is longer than {self.settings.limits.request:,} bytes; use POST")
        body = await self._body(request) if request.method == "POST" else None
        head = request.headers
        return protocol.Request(text, head.get("content-type"), head.get("content-encoding"), head.get("accept"), body)

    async def _body(self, request: Request) -> bytes:
        most = 3 * self.settings.limits.request + 4096
        read = bytearray()
        try:
            async with asyncio.timeout(self.settings.limits.seconds):
                async for piece in request.stream():
                    read += piece
                    if len(read) > most:
                        raise RefusedError(413, f"the body is longer than {self.settings.limits.request:,} bytes")
        except TimeoutError as e:
            raise RefusedError(408, "the body took too long to arrive") from e
        except ClientDisconnect as e:
            raise RefusedError(400, "the body breaks off") from e
        return bytes(read)

    def _may_write(self, request: Request) -> None:
        if self.settings.token is None:
            raise RefusedError(403, "this server takes no updates; see --token")
        if not bears(request.headers, self.settings.token):
            raise RefusedError(401, "updates need the header Authorization: Bearer with the server's token")

    async def _done(self, request: Request, job: Job) -> Reply:
        """Have a job done, unless whoever asked leaves.

        Raises:
            RefusedError: it took too long, or there was no one to do it.
        """
        run = self.pool.update if job.task is Task.UPDATE else self.pool.run
        work = asyncio.ensure_future(run(job))
        gone = asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise RefusedError(499, "whoever asked has left")
            return work.result()
        except BusyError as e:
            raise RefusedError(503, "too many questions at once; ask again in a moment") from e
        except OvertimeError as e:
            raise RefusedError(504, f"the question takes {e}; ask for less") from e
        except StoreError as e:
            raise RefusedError(503, f"the store cannot be used now: {e}") from e
        except WorkerLostError as e:
            raise RefusedError(500, f"the question has no answer here: {e}") from e
        finally:
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)

    async def _description(self, request: Request) -> Response:
        raise RefusedError(400, "no query")


async def _left(request: Request) -> None:
    """Return when the client closes its connection; to be awaited after the body has been read."""
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _said(reply: Reply, request: Request, job: Job | None = None) -> Response:
    if reply.kind is Kind.UNACCEPTABLE:
        offered = media.RESULTS if reply.body == b"results" else media.GRAPHS
        return _refused(406, f"there are: {', '.join(each.type for each in offered)}")
    if reply.kind in _STATUS:
        return _refused(_STATUS[reply.kind], reply.body.decode("utf-8", "replace"))
    if job is None:
        return Response(status_code=204)
    kind = media.header(job.results if reply.kind is Kind.RESULTS else job.graph)
    tag = f'W/"{hashlib.sha256(reply.body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    if reply.truncated:
        return Response(reply.body, 206, {**headers, "Regiograph-Truncated": "yes"}, kind)
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(reply.body, 200, headers, kind)


def _refused(status: int, message: str) -> Response:
    headers = {"Retry-After": "2"} if status == 503 else {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return PlainTextResponse(f"{message}\n", status, headers)


async def _plain(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else "failed"
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return PlainTextResponse(f"{detail}\n", status, headers)
