"""Where a model answers, and who asks there."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from regiograph.errors import ModelError

TIMEOUT = 300.0  # seconds of one answer; models on a processor are slow
LONGEST = 8192  # tokens of one answer
FORMATS = ("json_schema", "json_object")


@dataclass(frozen=True, slots=True)
class Address:
    """A server with OpenAI's interface, a model on it, and the key that it wants, if any.

    `timeout` is the seconds of one answer, `longest` its tokens at most, `form` how the schema is sent: one of
    `FORMATS`, or None for whichever the server takes.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = TIMEOUT
    longest: int = LONGEST
    form: str | None = None

    def __post_init__(self) -> None:
        """Check the address.

        Raises:
            ModelError: it is no http or https address, or holds a password, which would show in messages.
        """
        try:
            parts = urlsplit(self.url)
            _ = parts.port
        except ValueError as e:
            raise ModelError(f"{self.url!r} is no address: {e}") from e
        if parts.username is not None or parts.password is not None:
            raise ModelError(f"{parts.hostname}: give the key apart from the address, with --key-env")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ModelError(f"{self.url!r} is no http or https address of a model's server")
        if self.key is not None and not (self.key.isascii() and self.key.isprintable() and self.key.strip()):
            raise ModelError("the key is empty, or holds characters that no key has")

    @property
    def shown(self) -> str:
        """The address as messages have it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}{parts.path}"

    @property
    def is_here(self) -> bool:
        """Whether it is this machine's own."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")

    @property
    def exposes_key(self) -> bool:
        """Whether a key would go over a network in the clear."""
        return self.key is not None and urlsplit(self.url).scheme == "http" and not self.is_here
