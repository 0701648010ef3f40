"""The command group, and what every command shares: errors, exit codes, interrupts, a closed pipe.

Exit codes: 0 done, 1 failed, 2 usage, 3 done in part (what was left out is listed), 130 interrupted.
"""

from __future__ import annotations

import os
import sys

import click

from regiograph import __version__
from regiograph.cli.asking import queries, query
from regiograph.cli.building import build, extract, withdraw
from regiograph.cli.console import complain
from regiograph.cli.writing import export, validate, view
from regiograph.errors import RegiographError

FAILED, INTERRUPTED = 1, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="regiograph")
@click.option("--debug", is_flag=True, envvar="REGIOGRAPH_DEBUG", help="Show the traceback of an error.")
def regiograph(debug: bool) -> None:
    """News about regional investment as a knowledge graph.

    Start with `regiograph build FOLDER`: it reads the articles, and writes a page to open, a graph to load and a
    store to ask. Results go to standard output, everything else to standard error.
    """


for command in (build, extract, withdraw, query, queries, view, export, validate):
    regiograph.add_command(command)


def main() -> None:
    """Run the command line and exit."""
    try:
        code = regiograph.main(standalone_mode=False)
    except click.exceptions.Abort:
        code = INTERRUPTED
    except click.ClickException as e:
        e.show()
        code = e.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left: nothing more to say
        code = 0
    except (RegiographError, OSError) as e:
        if "--debug" in sys.argv or os.environ.get("REGIOGRAPH_DEBUG"):
            raise
        complain(str(e))
        code = FAILED
    sys.exit(code)
