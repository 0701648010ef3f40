"""Someone between a client and a server, who passes requests on, or does something else."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from listening import listening
from servers import Server


@dataclass(frozen=True)
class Passing:
    """A request on its way: its body, which of the updates it is (1 is the first), and what can be done with it."""

    body: bytes
    number: int
    handler: Handler

    def on(self) -> None:
        """Pass it on, and the answer back."""
        self.answer(*self.ask())

    def ask(self) -> tuple[int, bytes]:
        """Pass it on, and return what was answered."""
        to = urlsplit(self.handler.server.target.update)
        connection = http.client.HTTPConnection(to.hostname or "", to.port, timeout=60)
        try:
            connection.request("POST", to.path, self.body, {"Content-Type": "application/sparql-update"})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Answer in the place of the server."""
        self.handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def cut(self) -> None:
        """End the connection without an answer."""
        self.handler.close_connection = True


Act = Callable[[Passing], None]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the act."""

    protocol_version = "HTTP/1.1"
    server: Between

    def do_POST(self) -> None:
        """Take an update."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.server.lock:
            self.server.seen.append(body.decode())
            number = len(self.server.seen)
        self.server.act(Passing(body, number, self))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Between(ThreadingHTTPServer):
    """What stands between; `seen` are the updates that came by."""

    target: Server
    act: Act
    seen: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    daemon_threads = True

    def __post_init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def server(self) -> Server:
        """The server as it is reached from this side: updates go through here."""
        return Server(self.target.query, f"http://127.0.0.1:{self.server_address[1]}/update", self.target.login)


@contextmanager
def between(target: Server, act: Act = Passing.on) -> Iterator[Between]:
    """Stand between a client and a server."""
    with listening(Between(target, act)) as standing:
        yield standing
