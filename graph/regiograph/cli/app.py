"""The command group, and what every command shares: errors, exit codes, interrupts, a closed pipe.

Exit codes: 0 done, 1 failed, 2 usage, 3 done in part (what was left out is listed), 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from regiograph.cli.asking import queries, query
from regiograph.cli.building import build, extract, withdraw
from regiograph.cli.codes import FAILED, INTERRUPTED
from regiograph.cli.console import complain, note, say
from regiograph.cli.linking import link
from regiograph.cli.networking import network
from regiograph.cli.publishing import publish
from regiograph.cli.reviewing import review
from regiograph.cli.serving import serve
from regiograph.cli.viewing import view
from regiograph.cli.writing import export, validate
from regiograph.errors import RegiographError
from regiograph.version import __version__


class _ReaderLeftError(Exception):
    """Whoever read standard output closed it; under its own name, for click would make a failure of it."""


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as e:
            raise _ReaderLeftError from e
        return done


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="regiograph")
@click.option("--debug", is_flag=True, envvar="REGIOGRAPH_DEBUG", help="Show the traceback of an error.")
def regiograph(debug: bool) -> None:
    """News about regional investment as a knowledge graph.

    Start with `regiograph build FOLDER`: it reads the articles, and writes a page to open, a graph to load and a
    store to ask. Results go to standard output, everything else to standard error.
    """


for command in (
    build,
    extract,
    withdraw,
    review,
    query,
    queries,
    serve,
    link,
    view,
    network,
    export,
    validate,
    publish,
):
    regiograph.add_command(command)


def main() -> None:
    """Run the command line and exit."""
    _prepare_streams()
    try:
        code = regiograph.main(standalone_mode=False)
    except click.ClickException as e:
        e.show()
        code = e.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        say("Interrupted. What was stored is kept; the same command goes on from there.")
        _leave(INTERRUPTED)
    except _ReaderLeftError:
        _let_go_of_output()
        code = 0
    except Exception as e:
        if "--debug" in sys.argv or os.environ.get("REGIOGRAPH_DEBUG"):
            raise
        code = _fail(e)
    sys.exit(code)


def _leave(code: int) -> NoReturn:
    """End here and now: where a signal meets code that is evaluated from text, Python dies of it and loses the code."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _fail(error: Exception) -> int:
    complain(_told(error))
    if not isinstance(error, RegiographError | OSError):
        note("that is a mistake in regiograph; please report it with what `regiograph --debug ...` prints")
    try:
        sys.stdout.flush()
    except OSError:  # it is what failed, and would fail again at the end, with an exit code of its own
        _let_go_of_output()
    return FAILED


def _let_go_of_output() -> None:
    """Send what is still to be written to standard output nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare_streams() -> None:
    """Write UTF-8 to files and pipes on every system, and on a terminal what it can show."""
    if sys.stdout is None:  # closed by the caller
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  as long as the process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _told(error: Exception) -> str:
    """Return an error in words for people: a failure of the system begins with the file, if one is concerned."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error) if isinstance(error, RegiographError) else f"{type(error).__name__}: {error}"
