"""The extractor that asks a language model, and takes of its answers what stands in the text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from regiograph.articles.reading import Refusal
from regiograph.articles.segmenting import sentences
from regiograph.claims.literals import literals
from regiograph.claims.llm import prompt
from regiograph.claims.llm.answers import Answer, BrokenError, parse
from regiograph.claims.llm.asking import Asker, Reply
from regiograph.claims.llm.assembling import assembled
from regiograph.claims.llm.cache import Cache
from regiograph.claims.llm.causes import UNASKED
from regiograph.claims.llm.costing import Budget, Cost, Tally, answer_tokens, tokens
from regiograph.claims.llm.grounding import Grounded, ground
from regiograph.claims.llm.page import Page, page
from regiograph.claims.llm.prompt import Message
from regiograph.claims.llm.windows import Window, windows
from regiograph.claims.outcomes import Outcome, outcome
from regiograph.entities import identity
from regiograph.errors import ModelError
from regiograph.model import Article, Extraction

PARALLEL = 4
TRUST = 0.75
"""How sure a claim of a model is taken to be, unless whoever asks knows better: what a fact needs, and no more.

It is a prior, and measured on nothing. What can be checked of a claim (its quote, its names, its types) is checked, and
what fails is refused, so that no two claims that stand differ in it. `scripts/evaluate` measures a model."""

_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(slots=True)
class LlmExtractor:
    """Extracts by asking a model; what it asked once is answered from the cache, to the same extraction.

    `parallel` articles are read at once, by threads that share budget, pauses and counts. `base` is the namespace of
    the IRIs that are minted, `trust` the confidence of all claims.
    """

    asker: Asker
    cache: Cache
    base: str = identity.BASE
    budget: Budget = field(default_factory=lambda: Budget(None))
    parallel: int = PARALLEL
    trust: float = TRUST
    tally: Tally = field(default_factory=Tally)

    @property
    def model(self) -> str:
        """The name of the model, as its server has it."""
        return self.asker.wire.address.model

    @property
    def version(self) -> str:
        """Name, model, version of the prompt and trust; a change of it means that stored claims are out of date."""
        plain = _PLAIN.sub("-", self.model)
        told = plain if plain == self.model else f"{plain}-{identity.digest(self.model)[:6]}"
        return f"llm/{told}/{prompt.VERSION}" + ("" if self.trust == TRUST else f"/{self.trust:g}")

    def extract(self, article: Article) -> Extraction:
        """Return everything that the model says of an article and that stands in it, in the order of the evidence.

        Raises:
            ModelError: the server gives no answer, or none that can be used, or the budget is spent.
            OSError: the answer cannot be kept.
        """
        self.cache.prepare()
        cut = sentences(article)
        stated = literals(article, cut)
        read = [self._read(page(window, stated)) for window in windows(article, cut)]
        extraction = assembled(article, cut, read, trust=self.trust, base=self.base, version=self.version)
        self.tally.judged(sum(each.stated for each in read), extraction.faults)
        return extraction

    def outcomes(self, items: Iterable[Article | Refusal]) -> Iterator[Outcome]:
        """Extract from each article, in the order given; refusals pass through, an article that fails becomes one.

        Raises:
            OSError: answers cannot be kept.
        """
        self.cache.prepare()
        pool = ThreadPoolExecutor(self.parallel, thread_name_prefix="model")
        pending: deque[Future[Outcome]] = deque()
        try:
            for item in items:
                pending.append(pool.submit(outcome, item, self.extract))
                if len(pending) > 2 * self.parallel:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        except BaseException:
            self.asker.traffic.stop()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def cost(self, article: Article) -> Cost:
        """Return what reading an article is estimated to take; nothing is sent."""
        cost = Cost(articles=1)
        for window in windows(article, sentences(article)):
            asked = prompt.messages(window)
            known = bool(self.cache.find(self.model, asked))
            spent = (0, 0) if known else (tokens(asked), self._expected(window))
            cost = cost.and_(Cost(0, 0 if known else 1, *spent, int(known)))
        return cost

    def _read(self, window: Page) -> Grounded:
        asked = prompt.messages(window.window)
        if known := self.cache.find(self.model, asked):
            self.tally.count(cached=1)
            return ground(window, [parse(said) for said in known])
        given = self._answers(window, asked)
        self.cache.keep(self.model, asked, [said for said, _ in given])
        return ground(window, [answer for _, answer in given])

    def _answers(self, window: Page, asked: tuple[Message, ...]) -> list[tuple[str, Answer]]:
        """Return the answers on a window that can be used, of the first asking and, where something was amiss, another.

        Raises:
            ModelError: neither can be used.
        """
        first = self._ask(asked, window.window)
        longest = self.asker.wire.address.longest
        answer, wrong = _parsed(first, longest)
        found = ground(window, [answer]).faults if answer is not None else ()
        faults = [fault for fault in found if fault.cause not in UNASKED]
        if answer is not None and not faults:
            return [(first.said, answer)]
        reasons = prompt.for_faults(faults) if answer is not None else prompt.for_broken(wrong)
        self.tally.count(again=1)
        second = self._ask(prompt.again(asked, first.said, reasons), window.window)
        mended, wrong = _parsed(second, longest)
        given = [(said.said, each) for said, each in ((first, answer), (second, mended)) if each is not None]
        if not given:
            raise ModelError(f"{self.model}: the answer cannot be used, nor the one after it: {wrong}")
        return given

    def _expected(self, window: Window) -> int:
        return answer_tokens(window, self.asker.wire.address.longest)

    def _ask(self, asked: tuple[Message, ...], window: Window) -> Reply:
        sent, expected = tokens(asked), self._expected(window)
        self.budget.reserve(sent + expected)
        used = 0
        try:
            reply = self.asker.ask(asked)
            used = self.tally.called(reply, sent)
        finally:
            self.budget.settle(sent + expected, used)
        return reply


def _parsed(reply: Reply, longest: int) -> tuple[Answer | None, str]:
    """Return the answer of a reply, or None and what is wrong with it."""
    try:
        return parse(reply.said), ""
    except BrokenError as e:
        cut = f"it was cut off, for it may have {longest:,} tokens: {len(reply.said):,} characters"
        return None, str(e) if reply.whole else cut
