"""Which extractor reads: its options, what a model's reading would cost, and what it came to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regiograph.cli.console import note, out, say, table

if TYPE_CHECKING:
    from regiograph.articles.reading import Refusal
    from regiograph.claims.extractor import Extractor
    from regiograph.claims.llm.costing import Cost
    from regiograph.claims.llm.extractor import LlmExtractor
    from regiograph.model import Article

F = TypeVar("F", bound=Callable[..., Any])

_ASKING = ("llm", "both")


@dataclass(frozen=True, slots=True)
class Reader:
    """The extractor that was asked for, and the model's part in it, if it has one.

    `dry` is whether only the cost is wanted.
    """

    extractor: Extractor
    model: LlmExtractor | None = None
    dry: bool = False

    def goes_with(self, workers: object) -> None:
        """Refuse a cluster for what asks a model, which is asked from here.

        Raises:
            click.UsageError: `workers` are not processes on this machine.
        """
        if self.model is not None and not isinstance(workers, int):
            raise click.UsageError("a language model is asked from here: --workers dask:// goes with the others")

    def spent(self, seconds: float) -> str:
        """Return what a model has taken in so many seconds, in few words; nothing where none is asked."""
        if self.model is None:
            return ""
        counts = self.model.tally.counts
        rate = counts["tokens_out"] / seconds if seconds else 0.0
        return f"{counts['tokens_in']:,} tokens in, {counts['tokens_out']:,} out, {rate:,.0f} a second"

    def tell(self) -> None:
        """Say what the model was asked, and what was made of its answers."""
        if self.model is None:
            return
        counts = self.model.tally.counts
        say(
            f"Model {self.model.model}: {counts['calls']} calls answered, {counts['again']} of them a second asking, "
            f"{counts['cached']} answers from the cache; "
            f"{counts['tokens_in']:,} tokens in, {counts['tokens_out']:,} out"
        )
        refused = self.model.tally.refused
        say(f"It stated {counts['stated']} things: {counts['kept']} stand in the text, {sum(refused.values())} do not")
        for cause, number in refused.items():
            say(f"  {number} {cause}")

    def tell_cost(self, items: Iterable[Article | Refusal]) -> None:
        """Print what reading these articles would cost; nothing is sent."""
        from regiograph.articles.reading import Refusal
        from regiograph.claims.llm.costing import Cost

        if self.model is None:
            return
        cost, longest = Cost(), self.model.asker.wire.address.longest
        for item in items:
            if not isinstance(item, Refusal):
                cost = cost.and_(self.model.cost(item))
        worst = cost.at_most(longest)
        out().print(table(None, ("what", "expected", "at most"), _rows(cost, worst), numbers=True))
        say("At most: every answer is as long as it may be, and asked for twice; calls that get none are not counted")


def _rows(*costs: Cost) -> list[tuple[str, ...]]:
    told = {
        "articles": [each.articles for each in costs],
        "answers in the cache": [each.known for each in costs],
        "calls": [each.calls for each in costs],
        "tokens in, estimated": [each.tokens_in for each in costs],
        "tokens out, estimated": [each.tokens_out for each in costs],
    }
    return [(name, *(f"{number:,}" for number in numbers)) for name, numbers in told.items()]


def reader_options() -> Callable[[F], F]:
    """Return the options that say who reads; the command gets them as a function of the namespace, `reader`."""

    def decorate(command: F) -> F:
        @wraps(command)
        def with_reader(*args: Any, **options: Any) -> Any:
            chosen = {name: options.pop(name) for name in _NAMES}
            return command(*args, reader=lambda base: _reader(base, **chosen), **options)

        found: Any = with_reader
        for option in reversed(_options()):
            found = option(found)
        return found  # type: ignore[no-any-return]

    return decorate


_NAMES = (
    "reader_name",
    "endpoint",
    "model_name",
    "key_env",
    "cache_path",
    "budget",
    "parallel",
    "trust",
    "timeout",
    "longest",
    "form",
    "dry_run",
)


def _options() -> list[Callable[[F], F]]:
    return [
        click.option("--extractor", "reader_name", type=click.Choice(["neural", "rules", *_ASKING]), default="neural",
                     show_default=True, help="What reads: the trained network, the rules that came first, a language "
                     "model, or the network and a language model."),
        click.option("--endpoint", metavar="URL", envvar="REGIOGRAPH_LLM_ENDPOINT",
                     help="A model's server with OpenAI's interface, such as http://localhost:11434/v1."),
        click.option("--model", "model_name", metavar="NAME", envvar="REGIOGRAPH_LLM_MODEL",
                     help="The model's name there."),
        click.option("--key-env", metavar="VAR", help="The environment variable that holds the server's key."),
        click.option("--cache", "cache_path", type=click.Path(file_okay=False, path_type=Path),
                     show_default="the user's cache folder", help="Answers of the model are kept here."),
        click.option("--budget", type=click.IntRange(1), metavar="TOKENS",
                     help="Ask the model no more when so many tokens are spent; what is left is refused."),
        click.option("--parallel", type=click.IntRange(1, 64), default=4, show_default=True,
                     help="Articles that the model reads at once."),
        click.option("--trust", type=click.FloatRange(0, 1), show_default="0.75, what a fact needs; never measured",
                     help="How sure the model's claims are. Honest is the share that scripts/evaluate finds right."),
        click.option("--timeout", type=click.FloatRange(1), default=300.0, show_default=True,
                     help="Seconds that one answer of the model may take."),
        click.option("--max-tokens", "longest", type=click.IntRange(64), default=8192, show_default=True,
                     help="Tokens that one answer of the model may have."),
        click.option("--response-format", "form", type=click.Choice(["auto", "json_schema", "json_object"]),
                     default="auto", show_default=True, help="How the server is told the form of the answer."),
        click.option("--dry-run", is_flag=True, help="Send nothing; print what the model's reading would cost."),
    ]  # fmt: skip


def _reader(
    base: str,
    *,
    reader_name: str,
    endpoint: str | None,
    model_name: str | None,
    key_env: str | None,
    cache_path: Path | None,
    budget: int | None,
    parallel: int,
    trust: float | None,
    timeout: float,
    longest: int,
    form: str,
    dry_run: bool,
) -> Reader:
    """Return the reader that the options name.

    Raises:
        UsageError: options are missing, or do not go together.
        ModelError: the endpoint is no address.
    """
    from regiograph.claims import extractors

    if reader_name not in _ASKING:
        given = {"--key-env": key_env, "--budget": budget, "--trust": trust, "--dry-run": dry_run or None}
        for option in (name for name, value in given.items() if value is not None):
            raise click.UsageError(f"{option} goes with --extractor llm or both")
        return Reader(extractors.extractor(reader_name, base=base))
    if not endpoint or not model_name:
        raise click.UsageError(f"--extractor {reader_name} needs --endpoint and --model")
    from regiograph.claims.llm.address import Address

    address = Address(endpoint, model_name, _key(key_env), timeout, longest, None if form == "auto" else form)
    if address.exposes_key:
        note(f"{address.shown}: the key goes there in the clear; is there an address with https?")
    model = extractors.llm(address, base=base, cache=cache_path, budget=budget, parallel=parallel, trust=trust)
    return Reader(model if reader_name == "llm" else extractors.both(model), model, dry_run)


def _key(variable: str | None) -> str | None:
    if variable is None:
        return None
    key = os.environ.get(variable, "").strip()
    if not key:
        raise click.UsageError(f"--key-env: the environment variable {variable} is not set, or empty")
    return key
