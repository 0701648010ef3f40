"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regiograph.errors import StoreError, TermError

if TYPE_CHECKING:
    from regiograph.rdf.store import Store

F = TypeVar("F", bound=Callable[..., Any])

OUT = Path("out")
STORE = OUT / "store"
DOUBTED = 0.6
"""The confidence from which on claims that make no fact are shown to those who review."""


def store_option(help_text: str = "The store, a folder.") -> Callable[[F], F]:
    """Return the option `--store`."""
    return click.option(
        "--store",
        "store_path",
        type=click.Path(file_okay=False, path_type=Path),
        default=STORE,
        show_default=True,
        envvar="REGIOGRAPH_STORE",
        help=help_text,
    )


def decisions_option() -> Callable[[F], F]:
    """Return the option `--decisions`."""
    return click.option(
        "--decisions",
        "log",
        type=click.Path(dir_okay=False, path_type=Path),
        envvar="REGIOGRAPH_DECISIONS",
        show_default="decisions.jsonl beside the store",
        help="The log of what people have decided.",
    )


def default_log(store: Path) -> Path:
    """Return where the decisions on a store are kept unless something else is said."""
    return store.parent / "decisions.jsonl"


def opened(path: Path, *, read_only: bool = False) -> Store:
    """Open a store that must be there.

    Raises:
        StoreError: it is not there, or cannot be used.
    """
    from regiograph.rdf.store import Store

    if not path.is_dir():
        raise StoreError(f"there is no store in {path}; make one with: regiograph build SOURCE... --store {path}")
    return Store.open(path, read_only=read_only)


def base_option() -> Callable[[F], F]:
    """Return the option `--base`."""
    from regiograph.entities.identity import BASE

    return click.option(
        "--base", default=BASE, show_default=True, callback=_namespace, help="Namespace of the IRIs that are minted."
    )


def _namespace(_context: click.Context, _option: click.Parameter, value: str) -> str:
    from regiograph.entities.identity import BASE

    if value != BASE:
        from regiograph.rdf.store import Store

        try:
            Store.open(None, base=value).close()
        except TermError as e:
            raise click.BadParameter(str(e)) from e
    return value


def published_option() -> Callable[[F], F]:
    """Return the option `--published`."""
    return click.option(
        "--published",
        metavar="DATE",
        callback=_date,
        help="Date of publication of all articles: 2015, 2015-06 or 2015-06-08.",
    )


def _date(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from regiograph.articles import dates

    if value is not None and dates.normalised(value) != value:
        raise click.BadParameter(f"{value!r} is no date; write 2015, 2015-06 or 2015-06-08")
    return value
