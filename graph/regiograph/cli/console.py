"""Where words go: results to standard output, everything else to standard error."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

PIPED = 200  # columns of a table that goes to no terminal
LISTED = 20  # lines of a long list that a terminal shows; the report has them all


def err() -> Console:
    """Return the console of standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def out() -> Console:
    """Return the console of standard output; a pipe or a file is taken to be wide."""
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED
    return console


def complain(message: str) -> None:
    """Print an error."""
    err().print(Text.assemble(("Error: ", "bold red"), message))


def note(message: str) -> None:
    """Print something that could not be right and was passed over."""
    err().print(Text.assemble(("Note: ", "yellow"), message))


def say(message: str | Text = "") -> None:
    """Print something for people."""
    err().print(Text(message) if isinstance(message, str) else message)


def table(title: str | None, head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = False) -> Table:
    """Lay out a table; with `numbers` its last column is right-aligned."""
    out = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, pad_edge=False)
    for i, name in enumerate(head):
        out.add_column(name, justify="right" if numbers and i == len(head) - 1 else "left", overflow="fold")
    for row in rows:
        out.add_row(*map(Text, row))  # Text: names from articles are no markup
    return out


def tell_refused(refused: Sequence[object]) -> None:
    """List what was left out and why."""
    if not refused:
        return
    err().print(Text(f"Refused: {len(refused)}", style="bold yellow"))
    for item in refused[:LISTED]:
        err().print(Text(f"  {item}"))
    if len(refused) > LISTED:
        err().print(Text(f"  … and {len(refused) - LISTED} more"))


class _Done(ProgressColumn):
    """How many items are done, where any are counted."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.completed:,.0f}" if task.completed else "")


class _Besides(ProgressColumn):
    """What else there is to say of the work, by the seconds that it has taken."""

    def __init__(self, said: Callable[[float], str]) -> None:
        super().__init__()
        self._said = said

    def render(self, task: Task) -> Text:
        return Text(self._said(task.elapsed or 0.0))


@contextmanager
def progress(what: str, besides: Callable[[float], str] = lambda _: "") -> Iterator[Callable[..., object]]:
    """Show how far a piece of work is, on a terminal only; yields what to call after one item or some.

    `besides` gives more words, from the seconds that have passed.
    """
    console = err()
    if not console.is_terminal:
        yield lambda _=1: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), _Done(), TimeElapsedColumn(), _Besides(besides))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda items=1: bar.advance(task, items)
