"""What a query's BASE and PREFIX make of its IRIs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from regiograph.query.lexing import Token

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Prologue:
    """The base, "" for none, and the prefixes in force behind a query's declarations."""

    base: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def iri(self, spelling: str) -> str | None:
        """Return the IRI that `<...>` or a prefixed name stands for; None if that is neither, or not declared."""
        if spelling.startswith("<"):
            return self._resolved(spelling[1:-1])
        prefix, colon, local = spelling.partition(":")
        if not colon or prefix not in self.prefixes:
            return None
        return self.prefixes[prefix] + _ESCAPED.sub(r"\1", local)

    def _resolved(self, reference: str) -> str | None:
        if not self.base or _ABSOLUTE.match(reference):
            return reference
        try:
            return urljoin(self.base, reference)
        except ValueError:  # brackets that hold no address
            return None


def prologue(found: Sequence[Token], prefixes: Mapping[str, str]) -> tuple[Prologue, int]:
    """Read the declarations that a query begins with; return what they amount to, and where in `found` they end.

    `prefixes` are those that need no declaration.
    """
    declared, at = Prologue("", dict(prefixes)), 0
    while at < len(found) and found[at].says("BASE", "PREFIX"):
        label, end = ("", at + 1) if found[at].says("BASE") else spelling(found, at + 1)
        iri = declared.iri(found[end].text) if end < len(found) and found[end].kind == "iri" else None
        if iri is None or (found[at].says("PREFIX") and not label.endswith(":")):
            break
        if found[at].says("BASE"):
            declared = replace(declared, base=iri)
        else:
            declared = replace(declared, prefixes={**declared.prefixes, label[:-1]: iri})
        at = end + 1
    return declared, at


def spelling(found: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the IRI or prefixed name that begins at a token, and where it ends: dashes in a prefix cut it up."""
    end = at
    while end < len(found) and (end == at or found[end].start == found[end - 1].end):
        end += 1
        if found[end - 1].kind in ("iri", "name"):
            break
    return "".join(token.text for token in found[at:end]), end
