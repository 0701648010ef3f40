"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

OUT = Path("out")
STORE = OUT / "store"


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


def base_option() -> Callable[[F], F]:
    """Return the option `--base`."""
    from regiograph.entities.identity import BASE

    return click.option("--base", default=BASE, show_default=True, help="Namespace of the IRIs that are minted.")
