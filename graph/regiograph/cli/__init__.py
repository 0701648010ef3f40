"""The command line: the only place that prints, logs and exits."""

from regiograph.cli.app import main

__all__ = ["main"]
