"""Pages on which people decide what is in doubt, for those who have signed in, and what they post there.

Each decision goes into the log at once. The store follows when nothing is left to decide, or when it is told to: the
workers end, one process settles who is who and what is believed, and workers start on what is there then.
"""

from __future__ import annotations

import json
from asyncio import to_thread
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from regiograph.entities.decisions import Act, Decision, decide, named
from regiograph.errors import InputError
from regiograph.serve import protocol, session
from regiograph.serve.asking import asked, refusals
from regiograph.serve.attending import Attended
from regiograph.serve.limits import Limits
from regiograph.serve.pool import Pool
from regiograph.serve.protocol import RefusedError
from regiograph.serve.site import render
from regiograph.serve.wire import Job, Kind, Reply, Review, Task

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with none a browser does not say, either, that its forms are of this site
}
_MOST_DIGITS = 9
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What is done for those who review; `token` is what they sign in with."""

    review: Review
    token: str
    limits: Limits
    pool: Pool

    def routes(self) -> list[Route]:
        """Return the addresses of the pages and forms."""
        return [
            Route(session.PLACE, _told(self.doubts)),
            Route(f"{session.PLACE}/history", _told(self.history)),
            Route(f"{session.PLACE}/sign-in", _told(self.sign_in), methods=["POST"]),
            Route(f"{session.PLACE}/sign-out", _told(self.sign_out), methods=["POST"]),
            Route(f"{session.PLACE}/decide", _told(self.decide), methods=["POST"]),
            Route(f"{session.PLACE}/follow", _told(self.follow), methods=["POST"]),
        ]

    async def doubts(self, request: Request) -> Response:
        """Show what is in doubt, one by one; the form to sign in, where nobody has."""
        return await self._page(request, "doubts")

    async def history(self, request: Request) -> Response:
        """Show all that was decided."""
        return await self._page(request, "history")

    async def sign_in(self, request: Request) -> Response:
        """Sign in with a name and the token."""
        form = await self._form(request)
        try:
            who = named(_one(form, "who"))
        except InputError as e:
            return _sign_in(400, str(e), "")
        if not session.right(_one(form, "token"), self.token):
            return _sign_in(403, "That is not the token of this server.", who)
        answer = _elsewhere()
        session.sign_in(answer, request, who, self.token)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """Sign out; the name is remembered."""
        await self._form(request)
        answer = _elsewhere()
        session.sign_out(answer)
        return answer

    async def decide(self, request: Request) -> Response:
        """Write a decision into the log; have the store follow once it was the last."""
        who = self._reviewer(request)
        form = await self._form(request)
        job = Job(Task.DECISION, json.dumps({"act": _one(form, "act"), "said": _all(form, "said"), "who": who}))
        meant = json.loads(_sound(await self._asked(request, job), 400))
        made = await self._written(Act(meant["act"]), tuple(meant["about"]), who)
        if not meant["left"]:
            await self._follow()
        return _elsewhere(at=_place(form), made=made.id)

    async def follow(self, request: Request) -> Response:
        """Have the store follow all decisions."""
        self._reviewer(request)
        form = await self._form(request)
        await self._follow()
        return _elsewhere(at=_place(form), followed="1")

    async def _page(self, request: Request, page: str) -> Response:
        who = session.reviewer(request, self.token)
        if who is None:
            return _sign_in(200, "", session.name(request))
        given = {name: value for name, value in request.query_params.items() if name in ("at", "made", "followed")}
        at = int(given["at"]) if _is_number(given.get("at", "")) else 0
        asked_for = {"page": page, "who": who, "at": at, "made": given.get("made"), "followed": "followed" in given}
        reply = await self._asked(request, Job(Task.REVIEW, json.dumps(asked_for)))
        return Response(_sound(reply, 500), 200, _HEADERS, "text/html; charset=utf-8")

    async def _asked(self, request: Request, job: Job) -> Reply:
        with refusals():
            async with Attended(request.receive):
                return await self.pool.run(job)

    async def _written(self, act: Act, about: tuple[str, ...], who: str) -> Decision:
        try:
            return await to_thread(decide, Path(self.review.log), act, about, who)
        except OSError as e:
            raise RefusedError(500, f"the decision cannot be kept in {self.review.log}: {e.strerror}") from e

    async def _follow(self) -> None:
        """Have the store follow, also if whoever asked leaves meanwhile.

        Raises:
            RefusedError: it does not; nothing of what was decided is lost.
        """
        try:
            with refusals():
                _sound(await self.pool.follow(), 503)
        except RefusedError as e:
            words = f"All decisions are kept, but the graph does not follow them yet: {e}"
            raise RefusedError(e.status, words) from e

    def _reviewer(self, request: Request) -> str:
        if (who := session.reviewer(request, self.token)) is None:
            raise RefusedError(403, "Only those decide who have signed in with the token of this server.")
        return who

    async def _form(self, request: Request) -> tuple[tuple[str, str], ...]:
        return protocol.form(await asked(request, self.limits))


def _sound(reply: Reply, status: int) -> bytes:
    """Return what a worker replied.

    Raises:
        RefusedError: it says that something is wrong; `status` tells with whom.
    """
    if reply.kind is Kind.WRONG:
        raise RefusedError(status, reply.body.decode("utf-8", "replace"))
    return reply.body


def _told(handler: Handler) -> Handler:
    """Show what is refused on a page."""

    async def handled(request: Request) -> Response:
        try:
            return await handler(request)
        except RefusedError as e:
            return _shown(e.status, "message.html.j2", title="This cannot be done", words=str(e), back=session.PLACE)

    return handled


def _sign_in(status: int, words: str, who: str) -> Response:
    return _shown(status, "sign-in.html.j2", words=words, who=who)


def _shown(status: int, template: str, **known: Any) -> Response:
    headers = {**_HEADERS, "Retry-After": "2"} if status == 503 else _HEADERS
    return Response(render(template, **known), status, headers, "text/html; charset=utf-8")


def _elsewhere(**given: str) -> Response:
    """Return an answer that leads to the page of what is in doubt."""
    query = f"?{urlencode(given)}" if given else ""
    return Response(status_code=303, headers={**_HEADERS, "Location": f"{session.PLACE}{query}"})


def _all(form: tuple[tuple[str, str], ...], name: str) -> list[str]:
    return [value for key, value in form if key == name]


def _one(form: tuple[tuple[str, str], ...], name: str) -> str:
    """Return the last value that a form has for a name, "" if it has none."""
    return (_all(form, name) or [""])[-1]


def _place(form: tuple[tuple[str, str], ...]) -> str:
    """Return at which item someone is who sends a form."""
    at = _one(form, "at")
    return at if _is_number(at) else "0"


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdecimal() and len(words) <= _MOST_DIGITS
