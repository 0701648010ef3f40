"""How many rows an answer has, told from its bytes."""

from __future__ import annotations

import json


def exceeds(body: bytes, media: str, rows: int) -> bool:
    """Whether results in one of the formats of `media.RESULTS` have more than that many rows.

    A bound that is cheap to find comes first: only an answer that might be too long is looked at closely.
    """
    match media:
        case "application/sparql-results+json":
            return body.count(b"},{") >= rows and len(json.loads(body)["results"]["bindings"]) > rows
        case "text/csv":
            outside = body.split(b'"')[::2]  # of quoted cells; a doubled quote parts nothing from nothing
            return sum(part.count(b"\n") for part in outside) - 1 > rows
        case "text/tab-separated-values":
            return body.count(b"\n") - 1 > rows
    return body.count(b"<result>") + body.count(b"<result/>") > rows
