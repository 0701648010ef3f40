"""A server with OpenAI's interface, on a free loopback port, that answers as a test wants it to."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from listening import listening

Body = dict[str, Any]


@dataclass(frozen=True)
class Raw:
    """An answer to the byte: status, headers, and pieces of a body; with `cut` the connection ends before its end.

    `drip` is the seconds between its bytes, `late` those between its headers.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    drip: float = 0.0
    late: float = 0.0


Answering = Callable[[Body, int], Any]  # the question and its number, from 0; a Raw, or what the model says


def completion(said: str | None, *, finish: str = "stop", usage: Any = None) -> bytes:
    """Return the body of a completion."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": said}}
    whole: Body = {"id": "x", "object": "chat.completion", "created": 0, "model": "stub", "choices": [choice]}
    return json.dumps(whole | ({} if usage is None else {"usage": usage})).encode()


@dataclass
class Stub:
    """A running server: its address, the questions that it was asked, and the headers that came with them."""

    url: str
    asked: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def sentences(body: Body) -> list[str]:
    """Return the sentences of the article that a question is about."""
    users = [m["content"] for m in body["messages"] if m["role"] == "user" and m["content"].startswith("ARTICLE ")]
    return re.findall(r"^\[\d+\] (.*)$", users[-1], re.MULTILINE)


def is_second(body: Body) -> bool:
    """Whether a question asks once more."""
    return not body["messages"][-1]["content"].startswith("ARTICLE ")


@contextmanager
def stub(answering: Answering) -> Iterator[Stub]:
    """Run a server that answers with what `answering` returns: a `Raw`, or what the model says, as text or as JSON."""
    running: list[Stub] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            here = running[0]
            with here.lock:
                number = len(here.asked)
                here.asked.append(body)
                here.headers.append({name.lower(): value for name, value in self.headers.items()})
            answer = answering(body, number)
            if not isinstance(answer, Raw):
                said = answer if isinstance(answer, str) else json.dumps(answer)
                answer = Raw(body=completion(said, usage={"prompt_tokens": 100, "completion_tokens": 10}))
            self._send(answer)

        do_GET = do_POST  # noqa: N815

        def _send(self, raw: Raw) -> None:
            self.send_response(raw.status)
            length = len(raw.body) + (1000 if raw.cut else 0)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(length),
                "Connection": "close",
                **raw.headers,
            }.items():
                self.send_header(name, value)
                if raw.late:
                    self.flush_headers()
                    time.sleep(raw.late)
            self.end_headers()
            try:
                for at in range(0, len(raw.body), 1 if raw.drip else 2**20):
                    self.wfile.write(raw.body[at : at + (1 if raw.drip else 2**20)])
                    self.wfile.flush()
                    time.sleep(raw.drip)
            except OSError:
                pass  # the client has had enough
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running.append(Stub(f"http://127.0.0.1:{server.server_port}/v1"))
    with listening(server):
        yield running[0]
