"""The version of the package, apart so that every stage may name it."""

__version__ = "0.1.0"
