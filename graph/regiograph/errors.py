"""Everything that regiograph raises on purpose.

RegiographError
├── InputError            something a user gave cannot be read
│   ├── ArticleError      an article, or a file that should hold articles
│   ├── QueryError        a question: its name, its syntax, its parameters
│   └── TermError         an IRI, a language tag or a literal that RDF does not allow
├── EndpointError         a SPARQL endpoint elsewhere: not reached, too slow, no endpoint at all
│   └── RefusedError      it answers that it does not do what it is asked for
├── ClusterError          a Dask cluster: not reached, without workers, of another version, lost
├── ModelError            the server of a language model: not reached, too slow, no answer that can be used
├── NotInstalledError     a package that only some need is wanted and not installed; an ImportError, too
├── GateError             the shapes, or the evidence rule, reject what was to be stored
└── StoreError            the store on disk
    ├── StoreLockedError  another process writes to it
    └── StoreFormatError  damaged, or written by a newer regiograph
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class RegiographError(Exception):
    """The root: catch this one to catch everything that regiograph raises on purpose."""


class InputError(RegiographError):
    """Something a user gave cannot be read; the message names the file, line, query or IRI."""


class ArticleError(InputError):
    """An article, or a file that should hold articles, cannot be read."""


class QueryError(InputError):
    """A question is unknown, malformed, or its parameters do not fit."""


class TermError(InputError):
    """An IRI, a language tag or a literal is not allowed in RDF."""


class Rejection(Protocol):
    """What is wrong with one node; its text names the article, the node and the sentence."""

    @property
    def claim(self) -> str | None:
        """The IRI of the claim concerned; None if it is the article or a mention."""


class GateError(RegiographError):
    """The shapes, or the evidence rule, reject what was to be stored.

    Attributes:
        violations: what is wrong, each thing by itself.
    """

    def __init__(self, violations: Iterable[Rejection]) -> None:
        """Gather the violations; the message has one a line."""
        self.violations = tuple(violations)
        super().__init__("\n".join(map(str, self.violations)))


class EndpointError(RegiographError):
    """A SPARQL endpoint cannot be reached, refuses, is too slow, or answers with something else."""


class RefusedError(EndpointError):
    """A SPARQL endpoint does not do what it is asked for, and says so.

    Attributes:
        status: the status of its answer in HTTP.
        pause: the seconds that it asks to wait; 0 if it asks for nothing.
    """

    def __init__(self, message: str, status: int, pause: float = 0.0) -> None:
        """Take down what was answered."""
        super().__init__(message)
        self.status, self.pause = status, pause


class ClusterError(RegiographError):
    """A Dask cluster cannot be reached, has no worker or unlike ones, or does not finish what it is given."""


class ModelError(RegiographError):
    """A language model's server cannot be reached, refuses, is too slow, or answers with nothing that can be used."""


class NotInstalledError(RegiographError, ImportError):
    """A package that only some need is wanted, and not installed; the message says how to install it."""


class StoreError(RegiographError):
    """The store on disk cannot be used."""


class StoreLockedError(StoreError):
    """Another process has the store open for writing."""


class StoreFormatError(StoreError):
    """The store is damaged, or was written by a newer regiograph."""
