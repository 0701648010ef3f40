"""One request to a model's server through the `openai` client, with an end in time and a bound in size.

The client alone follows redirects with the key in hand, reads answers of any size, and takes keys, organisations and
addresses from the environment that nobody named here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regiograph.claims.llm.address import Address
from regiograph.errors import NotInstalledError

if TYPE_CHECKING:
    from openai import OpenAI

_LARGEST = 4 * 2**20  # bytes of an answer
_COMPLAINT = 8_192  # bytes of a refusal that are read
_GRACE = 1.0  # seconds in which the client may say itself that time is over
_OK = 200
_TALKATIVE = ("httpcore2", "httpcore")  # at DEBUG they log the headers of answers, in which a server may say a key back


class RefusedError(Exception):
    """The server answers with another status than 200: what it says, and the seconds that it asks to wait."""

    def __init__(self, status: int, said: str, pause: float) -> None:
        """Take down what was answered."""
        super().__init__(said)
        self.status, self.said, self.pause = status, said, pause


class LostError(Exception):
    """No whole answer: not reached, cut off, or too large; the message says which."""


class LateError(LostError):
    """No whole answer in time."""


@dataclass(frozen=True, slots=True)
class Wire:
    """The way to one server."""

    address: Address
    client: OpenAI

    def post(self, body: Mapping[str, Any]) -> bytes:
        """Send a question and return the body of the answer.

        Raises:
            RefusedError: the status is not 200.
            LateError: there is no whole answer in time.
            LostError: there is none at all.
        """
        return _within(self.address.timeout, partial(self._post, body))

    def _post(self, body: Mapping[str, Any]) -> bytes:
        import openai

        end = time.monotonic() + self.address.timeout
        create: Any = self.client.chat.completions.with_streaming_response.create
        try:
            with create(**body, timeout=self.address.timeout, extra_headers=self._headers()) as response:
                return b"".join(_pieces(response.iter_bytes(), end))
        except openai.APITimeoutError as e:
            raise LateError(f"no answer within {self.address.timeout:g} seconds") from e
        except openai.OpenAIError as e:
            cause = e.__cause__
            if isinstance(cause, (RefusedError, LostError)):
                raise cause from None
            raise LostError(f"cannot be reached: {type(cause or e).__name__}: {cause or e}") from e
        except (OSError, ValueError) as e:
            raise LostError(f"{type(e).__name__}: {e}") from e
        except Exception as e:  # while the body comes, the client lets errors of what it stands on through
            if type(e).__module__.partition(".")[0].startswith(("httpx", "httpcore")):
                raise LostError(f"the answer breaks off: {type(e).__name__}") from e
            raise

    def _headers(self) -> dict[str, Any]:
        """Return the headers that nothing in the environment may set; without a key there is no authorization."""
        import openai

        left_out = ["OpenAI-Organization", "OpenAI-Project", *(["Authorization"] if self.address.key is None else [])]
        return {"Accept-Encoding": "identity", **dict.fromkeys(left_out, openai.Omit())}


def wire(address: Address) -> Wire:
    """Return the way to a server; nothing is sent yet.

    Raises:
        NotInstalledError: the `openai` client is not installed.
    """
    try:
        import openai
    except ImportError as e:
        raise NotInstalledError("the openai client is not installed; get it by: pip install 'regiograph[llm]'") from e
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)
    hooks: Any = {"response": [partial(_look, address.timeout)]}
    http = openai.DefaultHttpxClient(
        follow_redirects=False, trust_env=not address.is_here, event_hooks=hooks, timeout=address.timeout
    )
    client = openai.OpenAI(
        base_url=address.url,
        api_key=address.key or "none",
        max_retries=0,
        timeout=address.timeout,
        http_client=http,
    )
    return Wire(address, client)


def _within(seconds: float, work: Callable[[], bytes]) -> bytes:
    """Return what work gives; left alone if it takes longer, for the client allows that much to each byte of headers.

    Raises:
        LateError: it takes longer.
    """
    done: SimpleQueue[Callable[[], bytes]] = SimpleQueue()

    def run() -> None:
        try:
            found = work()
        except BaseException as e:  # noqa: BLE001  it is raised where the answer is waited for
            done.put(partial(_raise, e))
        else:
            done.put(lambda: found)

    threading.Thread(target=run, name="call", daemon=True).start()
    try:
        given = done.get(timeout=seconds + _GRACE)
    except Empty:
        raise LateError(f"no answer within {seconds:g} seconds") from None
    return given()


def _raise(error: BaseException) -> bytes:
    raise error


def _pieces(found: Iterator[bytes], end: float, most: int = _LARGEST) -> Iterator[bytes]:
    size = 0
    for piece in found:
        size += len(piece)
        if size > most:
            raise LostError(f"the answer is larger than {most:,} bytes")
        if time.monotonic() > end:
            raise LateError("the answer takes too long")
        yield piece


def _look(timeout: float, response: Any) -> None:
    """Take a refusal before the client reads all of it."""
    if response.status_code == _OK:
        return
    if 300 <= response.status_code < 400:
        place = urlsplit(response.headers.get("Location", ""))
        raise RefusedError(response.status_code, f"redirects to {place.scheme}://{place.hostname}{place.path}", 0.0)
    raise RefusedError(
        response.status_code, _complaint(response, timeout), _retry_after(response.headers.get("Retry-After"))
    )


def _complaint(response: Any, timeout: float) -> str:
    said, end = b"", time.monotonic() + timeout
    for piece in response.iter_bytes():
        said += piece
        if len(said) >= _COMPLAINT or time.monotonic() > end:
            break
    return said[:_COMPLAINT].decode("utf-8", "replace")


def _retry_after(said: str | None) -> float:
    """Return the seconds that a server asks to wait: a number, or the time until a date."""
    try:
        return max(0.0, float(said or 0))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(said or "").timestamp() - time.time())
    except ValueError:
        return 0.0
