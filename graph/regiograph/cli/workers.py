"""The option `--workers`: who extracts, processes here or a Dask cluster."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regiograph.cli.console import note

if TYPE_CHECKING:
    from regiograph.claims.cluster import Cluster

F = TypeVar("F", bound=Callable[..., Any])

_PATIENCE = 60  # seconds
_PROCESSES = re.compile(r"0*[1-9][0-9]{0,4}")
_SCHEDULER = re.compile(r"dask(\+tls)?://((?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):([0-9]{1,5}))/?")
_LAST_PORT = 65535


def workers_option() -> Callable[[F], F]:
    """Return the option `--workers`."""
    return click.option(
        "--workers",
        metavar="N|dask://HOST:PORT",
        default=str(os.cpu_count() or 1),
        callback=_workers,
        show_default="one a core",
        help="Processes, or the scheduler of a Dask cluster whose workers have this version of regiograph. If it has "
        f"no worker, one is waited for {_PATIENCE} s. A cluster runs any code that it is sent, and what comes back is "
        "trusted: only for a network of your own, or by dask+tls:// with the certificates in Dask's settings.",
    )


def _workers(_context: click.Context, _option: click.Parameter, value: str) -> int | Cluster:
    if _PROCESSES.fullmatch(value):
        return int(value)
    found = _SCHEDULER.fullmatch(value)
    if not found or not 0 < int(found[3]) <= _LAST_PORT:
        raise click.BadParameter(f"{value!r} is neither a number of processes, 1 or more, nor dask://HOST:PORT")
    from regiograph.claims.cluster import Cluster

    return Cluster(f"{'tls' if found[1] else 'tcp'}://{found[2]}", patience=_PATIENCE, note=note)
