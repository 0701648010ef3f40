"""IRIs that come from content, so that two articles about one entity meet without knowing of each other.

An IRI is a pure function of type, name and gazetteer code: no registry, no order of arrival, no counter.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from anyascii import anyascii

from regiograph.model import Evidence, Value
from regiograph.terms import EntityType, Predicate

BASE = "https://w3id.org/regiograph/id/"

_SLUG_LENGTH = 80
_LOSSLESS = re.compile(r"[a-z0-9 .,'’`´\-‐‑–—_/()\"“”«»„]*")
_FOLDERS = {kind: re.sub(r"(?<!^)(?=[A-Z])", "-", kind.value).lower() for kind in EntityType}


def key(name: str) -> str:
    """Fold a name to what tells it from others: no case, no diacritics, single spaces, no leading article."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"^the ", "", " ".join(bare.split()))


def slug(name: str, *, salt: str = "") -> str:
    """Return the ASCII slug of a name: readable, and distinct for distinct keys.

    Where transliteration loses something ("C++", "東京"), or `salt` says what else tells the entity apart,
    six hexadecimal digits of a SHA-256 follow.
    """
    folded = key(name)
    words = re.findall(r"[a-z0-9]+", anyascii(re.sub(r"['’`´.]", "", folded)).lower())
    readable = "-".join(words)
    short = readable[:_SLUG_LENGTH].strip("-")
    lossless = _LOSSLESS.fullmatch(folded) is not None and short == readable and short != ""
    if lossless and not salt:
        return short
    return "-".join(filter(None, (short, digest(folded, salt)[:6])))


def digest(*parts: str) -> str:
    """Return the SHA-256 hex digest of the parts, each set apart from the next."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()


def entity_iri(base: str, kind: EntityType, name: str, *, salt: str = "") -> str:
    """Mint the IRI of an entity; `salt` is what tells it from a better known one of the same name."""
    return f"{base}{_FOLDERS[kind]}/{slug(name, salt=salt)}"


def article_iri(base: str, article_id: str) -> str:
    """Mint the IRI of an article, which is also the name of its graph; ids that read alike ("a/b", "a-b") differ."""
    readable = slug(article_id)
    return f"{base}article/{readable if readable == article_id else f'{readable}-{digest(article_id)[:12]}'}"


def claim_iri(
    base: str, article_id: str, subject: str, predicate: Predicate, obj: str | Value, evidence: Evidence
) -> str:
    """Mint the IRI of a claim from what is claimed, where."""
    said = obj if isinstance(obj, str) else f"{obj.value}^^{obj.datatype}"
    return f"{base}claim/{digest(article_id, subject, predicate, said, evidence.quote)[:24]}"
