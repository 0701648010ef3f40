"""Where words go: results to standard output, everything else to standard error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

LISTED = 20  # lines of a long list that a terminal shows; the report has them all


def err() -> Console:
    """Return the console of standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """Print an error."""
    err().print(Text.assemble(("Error: ", "bold red"), message))


def say(message: str | Text = "") -> None:
    """Print something for people."""
    err().print(Text(message) if isinstance(message, str) else message)


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = False) -> Table:
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


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Progress | None]:
    """Show a bar on a terminal; yields None where there is none."""
    console = err()
    if not console.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        bar.add_task(what, total=total)
        yield bar
