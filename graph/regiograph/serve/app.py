"""The endpoint as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from regiograph.errors import StoreError
from regiograph.serve import description, media, protocol
from regiograph.serve.asking import asked, refusals
from regiograph.serve.attending import Attended
from regiograph.serve.guarding import Door, bears
from regiograph.serve.limits import Limits
from regiograph.serve.pool import Pool
from regiograph.serve.prompt import Prompt
from regiograph.serve.protocol import RefusedError
from regiograph.serve.responses import known, plain, refused, replied, tagged
from regiograph.serve.review import Reviewing
from regiograph.serve.wire import Job, Reply, Review, Task

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server offers: `token` allows updates (none are taken without), `hosts` are its names, see `Door`.

    With a `review`, those who have its token, which comes with it, decide what is in doubt.
    """

    store: Path
    limits: Limits = field(default_factory=Limits)
    token: str | None = None
    hosts: tuple[str, ...] = ()
    review: tuple[Review, str] | None = None


def application(settings: Settings, prefixes: Mapping[str, str]) -> Starlette:
    """Return the application; it opens the store when it starts.

    Raises:
        StoreError: there is no store, or it cannot be used.
    """
    review = None if settings.review is None else settings.review[0]
    pool = Pool(settings.store, settings.limits, prefixes, review)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as opened:
            try:
                await opened.enter_async_context(pool)
            except StoreError as e:
                app.state.failure = e  # for `server.run` to raise; uvicorn would only log it
            yield

    service = Service(settings, pool)
    routes = [
        Route("/sparql", service.sparql, methods=list(_METHODS)),
        Route("/static/{path:path}", _file),
        Route("/id/{path:path}", service.node),
        Route("/.well-known/void", service.dataset),
        Route("/names", service.names),
        *(Route(path, service.page) for path in ("/", "/find", "/articles", "/picture")),
    ]
    if settings.review is not None:
        routes += Reviewing(*settings.review, settings.limits, pool).routes()
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: plain, RefusedError: plain})
    app.add_middleware(Door, hosts=settings.hosts)
    app.state.prompt = Prompt(pool, settings.limits, settings.hosts)  # for `server.config`
    return app


@dataclass(frozen=True, slots=True)
class Service:
    """What is done with a request."""

    settings: Settings
    pool: Pool

    async def sparql(self, request: Request) -> Response:
        """Answer a query, carry out an update, describe the service; to a browser show the editor."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(_METHODS)})
        browses = media.page_wanted(request.headers.get("accept")) and "format" not in request.query_params
        if request.method in ("GET", "HEAD") and browses:
            return await self.page(request)
        job = protocol.job(await asked(request, self.settings.limits))
        if job is None:
            return self._description(request)
        if (size := len(job.text.encode("utf-8", "replace"))) > self.settings.limits.request:
            raise RefusedError(413, f"{size:,} bytes are too long; the limit is {self.settings.limits.request:,}")
        if job.task is Task.UPDATE:
            self._may_write(request)
        return replied(await self._done(request, job._replace(base=f"{_root(request)}sparql")), job, known(request))

    async def node(self, request: Request) -> Response:
        """Tell of an entity, an article, a claim: a page for people, RDF for programs."""
        kind = self._graph_format(request)
        return await self._shown(request, Job(Task.PAGE, _path(request), graph=kind))

    async def dataset(self, request: Request) -> Response:
        """Describe the dataset in VoID."""
        kind = self._graph_format(request) or "text/turtle"
        address = f"{request.url.path}?{urlencode({'root': _root(request)})}"
        return await self._shown(request, Job(Task.PAGE, address, graph=kind))

    async def page(self, request: Request) -> Response:
        """Show one of the pages that are no node's."""
        return await self._shown(request, Job(Task.PAGE, _path(request)))

    async def names(self, request: Request) -> Response:
        """Offer entities by a part of their names, as JSON."""
        return await self._shown(request, Job(Task.PAGE, _path(request), results="application/json"))

    async def _shown(self, request: Request, job: Job) -> Response:
        return replied(await self._done(request, job), job, known(request))

    def _graph_format(self, request: Request) -> str | None:
        """Return the media type of RDF that is asked for; None for a page.

        Raises:
            RefusedError: a format is asked for that there is not.
        """
        if name := request.query_params.get("format"):
            if (named := media.named(name, media.GRAPHS)) is None:
                raise RefusedError(400, f"unknown format; there are: {', '.join(each.name for each in media.GRAPHS)}")
            return named.type
        accept = request.headers.get("accept")
        if media.page_wanted(accept):
            return None
        found = media.accepted(accept, media.GRAPHS)
        if found is None:
            raise RefusedError(406, f"there are: text/html, {', '.join(each.type for each in media.GRAPHS)}")
        return found.type

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
        with refusals():
            async with Attended(request.receive):
                return await run(job)

    def _description(self, request: Request) -> Response:
        """Describe the service.

        Raises:
            RefusedError: a format is asked for that there is not.
        """
        kind = self._graph_format(request) or "text/turtle"
        body = description.service(_root(request), updates=self.settings.token is not None, kind=kind)
        return tagged(body, known(request), kind)


async def _file(request: Request) -> Response:
    from regiograph.serve.site import static

    found = static().get(request.path_params["path"])
    return refused(404, "there is no such file") if found is None else tagged(found[0], known(request), found[1])


def _path(request: Request) -> str:
    """Return the path and the query of an address, as they were sent."""
    raw: str = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace")
    return f"{raw}?{request.url.query}" if request.url.query else raw


def _root(request: Request) -> str:
    server: tuple[str, int | None] | None = request.scope.get("server")
    return _address(request.scope["scheme"], request.headers.get("host"), server)


@lru_cache(16)
def _address(scheme: str, host: str | None, server: tuple[str, int | None] | None) -> str:
    headers = [] if host is None else [(b"host", host.encode("latin-1"))]
    return str(URL(scope={"scheme": scheme, "server": server, "path": "/", "headers": headers}))
