"""What reading costs, before and after: calls and tokens, a budget of them, and what was made of the answers.

Tokens are estimated by their characters, four to a token, which is what English text and JSON come to; an answer is
taken to be as long as the text that it reads, times `ANSWER`. Where the server counts, its counts hold.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regiograph.claims.llm.asking import Reply
from regiograph.claims.llm.prompt import AGAIN, Message
from regiograph.claims.llm.windows import Window
from regiograph.errors import ModelError
from regiograph.model import Fault

CHARACTERS = 4  # to a token
ANSWER = 8  # tokens of an answer to each token of text


@dataclass(frozen=True, slots=True)
class Cost:
    """Articles, calls, tokens of questions and of answers; `known` calls are answered from the cache."""

    articles: int = 0
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    known: int = 0

    def at_most(self, longest: int) -> Cost:
        """Return the cost if every answer had to be asked for twice, and each were as long as it may be, `longest`."""
        again = self.tokens_in + self.calls * -(-AGAIN // CHARACTERS)
        return Cost(self.articles, 2 * self.calls, self.tokens_in + again, 2 * self.calls * longest, self.known)

    def and_(self, other: Cost) -> Cost:
        """Return the sum of both."""
        return Cost(
            self.articles + other.articles,
            self.calls + other.calls,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.known + other.known,
        )


def tokens(asked: Sequence[Message]) -> int:
    """Return how many tokens a question is estimated to have."""
    return -(-sum(len(message["content"]) for message in asked) // CHARACTERS)


def answer_tokens(window: Window, longest: int) -> int:
    """Return how many tokens the answer on a window is estimated to have, which may have no more than `longest`."""
    return min(longest, -(-(window.span.end - window.span.start) * ANSWER // CHARACTERS))


class Budget:
    """Tokens that may be spent; calls under way count with what they are estimated to take.

    Once they do not reach for a call no other is begun, be it smaller: what is read does not hang on who came first.
    """

    def __init__(self, limit: int | None) -> None:
        """Begin with nothing spent; None is no limit."""
        self._limit, self._spent, self._over, self._lock = limit, 0, False, threading.Lock()

    def reserve(self, estimate: int) -> None:
        """Put tokens aside for a call.

        Raises:
            ModelError: there are not as many left.
        """
        with self._lock:
            self._over = self._over or (self._limit is not None and self._spent + estimate > self._limit)
            if self._over:
                raise ModelError(f"the budget of {self._limit:,} tokens does not reach for it")
            self._spent += estimate

    def settle(self, estimate: int, used: int) -> None:
        """Take down what a call took in truth."""
        with self._lock:
            self._spent += used - estimate


class Tally:
    """What a run has come to so far: counts by name, and refusals by cause."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._causes: Counter[str] = Counter()

    def called(self, reply: Reply, estimate_in: int) -> int:
        """Take down an answer and return its tokens; where the server does not count, they are estimated."""
        sent = estimate_in if reply.tokens_in is None else reply.tokens_in
        got = -(-len(reply.said) // CHARACTERS) if reply.tokens_out is None else reply.tokens_out
        self.count(calls=1, tokens_in=sent, tokens_out=got)
        return sent + got

    def count(self, **numbers: int) -> None:
        """Add to counts."""
        with self._lock:
            self._counts.update(numbers)

    def judged(self, stated: int, faults: Iterable[Fault]) -> None:
        """Take down how many items an article's answers had, and which of them were refused."""
        refused = [fault.cause for fault in faults]
        with self._lock:
            self._counts.update(stated=stated, kept=stated - len(refused))
            self._causes.update(refused)

    @property
    def counts(self) -> dict[str, int]:
        """Calls, cached, again, tokens_in, tokens_out, stated and kept."""
        with self._lock:
            names = ("calls", "cached", "again", "tokens_in", "tokens_out", "stated", "kept")
            return {name: self._counts[name] for name in names}

    @property
    def refused(self) -> dict[str, int]:
        """How many items were refused by cause, the most frequent cause first."""
        with self._lock:
            return {str(cause): n for cause, n in sorted(self._causes.items(), key=lambda pair: (-pair[1], pair[0]))}
