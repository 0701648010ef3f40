"""Finds the data that travels with the code: `ontology/` and `queries/`.

A wheel carries both inside the package; a checkout has them at its top level.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def folder(name: str) -> Path:
    """Return the folder `name` ("ontology" or "queries") of the installed package, else of the checkout.

    Raises:
        FileNotFoundError: neither place has it, so the installation is incomplete.
    """
    for root in (_PACKAGE, _CHECKOUT):
        if (path := root / name).is_dir():
            return path
    raise FileNotFoundError(f"{name}/ is missing beside {_PACKAGE} and in {_CHECKOUT}")


def ontology(name: str) -> Path:
    """Return the path of the ontology file `name`, such as "regiograph.ttl"."""
    return folder("ontology") / name
