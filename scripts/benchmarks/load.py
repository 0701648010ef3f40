"""Asks servers for as long as it is told, in a process of its own: orders as JSON by standard input, a line each.

One thread waits for all connections at once and parses no more of an answer than where it ends, so that on a machine
of few cores it takes little from the server that it measures.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Self

_PIECE = 2**18  # bytes read at once
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """A request, over how many connections at once and for how many seconds."""

    port: int
    request: str
    connections: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Taken:
    """How the answers came: the seconds that each took, those from the first request to the last answer, statuses."""

    each: tuple[float, ...]
    seconds: float
    statuses: dict[str, int]

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.each) / self.seconds


class Load:
    """The process."""

    def __enter__(self) -> Self:
        """Start it."""
        command = [sys.executable, __file__]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        with self._process as process:
            process.terminate()

    def begin(self, order: Order) -> None:
        """Let it ask, and go on meanwhile."""
        print(json.dumps(asdict(order)), file=self._process.stdin)

    def end(self) -> Taken:
        """Wait until it has asked."""
        told = json.loads(self._process.stdout.readline())
        return Taken(tuple(told["each"]), told["seconds"], told["statuses"])

    def ask(self, order: Order) -> Taken:
        """Let it ask, and wait for it."""
        self.begin(order)
        return self.end()


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    request: bytes
    began: float = 0.0
    answer: bytearray = field(default_factory=bytearray)

    def send(self) -> None:
        self.answer = bytearray()
        self.began = time.perf_counter()
        self.socket.sendall(self.request)

    def answered(self) -> bool:
        """Read what has come; return whether the answer is complete."""
        if not (piece := self.socket.recv(_PIECE)):
            raise SystemExit(f"the server closed a connection after {bytes(self.answer[:200])!r}")
        self.answer += piece
        if (head := self.answer.find(b"\r\n\r\n")) < 0:
            return False
        if length := _LENGTH.search(self.answer, 0, head):
            return len(self.answer) >= head + 4 + int(length[1])
        return self.answer.endswith(b"\r\n0\r\n\r\n")  # in chunks; JSON has no line that is not escaped


def measure(order: Order) -> Taken:
    """Ask over each connection again as soon as it has its answer; what was asked in time is waited for."""
    each: list[float] = []
    statuses: Counter[str] = Counter()
    with selectors.DefaultSelector() as selector:
        began = time.perf_counter()
        for _ in range(order.connections):
            opened = _Connection(socket.create_connection(("127.0.0.1", order.port)), order.request.encode())
            opened.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(opened.socket, selectors.EVENT_READ, opened)
            opened.send()
        while selector.get_map():
            for key, _ in selector.select():
                asked: _Connection = key.data
                if not asked.answered():
                    continue
                now = time.perf_counter()
                each.append(now - asked.began)
                statuses[asked.answer[9:12].decode()] += 1
                if now - began < order.seconds:
                    asked.send()
                else:
                    selector.unregister(asked.socket)
                    asked.socket.close()
        return Taken(tuple(each), time.perf_counter() - began, dict(statuses))


def main() -> None:
    """Carry out the orders that come."""
    for line in sys.stdin:
        told: dict[str, Any] = json.loads(line)
        print(json.dumps(asdict(measure(Order(**told)))), flush=True)


if __name__ == "__main__":
    main()
