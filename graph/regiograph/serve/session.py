"""Who has signed in to review: cookies that no script reads and that no other site's page can have sent.

The cookie does not hold the token but a seal that is made with it, so that who finds it, as another server on this
machine could whose port the same browser visits, can review and nothing else; a new token makes it void.
"""

from __future__ import annotations

import hmac
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from regiograph.entities.decisions import named
from regiograph.errors import InputError

PLACE = "/review"
_SEAL, _WHO = "regiograph-review", "regiograph-reviewer"
_KEPT = 365 * 24 * 3600  # seconds that a browser keeps the name


def reviewer(request: Request, token: str) -> str | None:
    """Return the name of who has signed in; None where nobody has."""
    sealed = hmac.compare_digest(request.cookies.get(_SEAL, "").encode(), _seal(token).encode())
    return name(request) or None if sealed else None


def name(request: Request) -> str:
    """Return the name that was given the last time, "" if none was."""
    try:
        return named(unquote(request.cookies.get(_WHO, ""), errors="strict"))
    except (InputError, UnicodeDecodeError):
        return ""


def right(shown: str, token: str) -> bool:
    """Whether this is the token, compared in a time that tells nothing of it."""
    return hmac.compare_digest(shown.strip().encode("utf-8", "replace"), token.encode())


def sign_in(answer: Response, request: Request, who: str, token: str) -> None:
    """Have the browser keep who has signed in: the name for long, the seal until it ends."""
    secure = request.url.scheme == "https"
    answer.set_cookie(_SEAL, _seal(token), path=PLACE, secure=secure, httponly=True, samesite="strict")
    answer.set_cookie(_WHO, quote(who), _KEPT, path=PLACE, secure=secure, httponly=True, samesite="strict")


def sign_out(answer: Response) -> None:
    """Have the browser forget the seal."""
    answer.delete_cookie(_SEAL, path=PLACE, httponly=True, samesite="strict")


def _seal(token: str) -> str:
    return hmac.new(token.encode(), b"regiograph review", "sha256").hexdigest()
