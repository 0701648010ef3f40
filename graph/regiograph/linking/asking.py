"""Asks Wikidata, politely: the cache first, one request at a time, with a pause before the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from regiograph.errors import EndpointError
from regiograph.linking.cache import Cache
from regiograph.linking.pace import Pace
from regiograph.linking.questions import Question
from regiograph.query.remote import Endpoint
from regiograph.query.results import Table, solutions

TIMEOUT = 180.0  # seconds for a question, with the time that a busy server asks to wait (a minute, as a rule)
_NOTHING = Table((), ())


@dataclass(slots=True)
class Wikidata:
    """A SPARQL endpoint with Wikidata's data, and what it answered before.

    `sent` counts the requests, `kept` the answers from the cache. With `dry` nothing is sent: `sent` counts what would
    have been, as far as the cache can tell, and such a question has no rows.
    """

    endpoint: Endpoint
    cache: Cache
    pace: Pace = field(default_factory=Pace)
    dry: bool = False
    sent: int = 0
    kept: int = 0

    def select(self, question: Question) -> Table:
        """Answer a question.

        Raises:
            EndpointError: the endpoint gives no answer, or one to something else.
            QueryError: the endpoint says that the question is malformed.
            OSError: the cache cannot be used.
        """
        url, sparql = self.endpoint.url, question.sparql
        if (known := self.cache.find(url, sparql)) is not None and known.columns == question.columns:
            self.kept += 1
            return known
        self.sent += 1
        if self.dry:
            return _NOTHING
        with self.pace:
            answer = solutions(self.endpoint.run(sparql, name=question.name), question.name)
        if answer.columns != question.columns:
            raise EndpointError(f"{url}: {question.name} is answered with other columns: {', '.join(answer.columns)}")
        self.cache.keep(url, sparql, answer)
        return answer
