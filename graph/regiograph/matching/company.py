"""In whose company entities are: whom two of them stand with, and how much that tells."""

from __future__ import annotations

from collections.abc import Callable

from regiograph.matching.profiles import Profile

Rarity = Callable[[str], float]
"""How much it tells to stand with an entity: 1, less the more articles know it."""

_ASIDE = 3  # times less tells what two articles mention, than what is told to have to do with the two entities
_BOUNDS = ((2, 1.0), (8, 0.5), (64, 0.25))
_FAMOUS = 0.15


def rarity(articles: int) -> float:
    """Return how much it tells to stand with what so many articles know; of few values, so that it seldom changes."""
    return next((told for most, told in _BOUNDS if articles <= most), _FAMOUS)


def together(one: Profile, other: Profile, rare: Rarity) -> tuple[frozenset[str], float]:
    """Return what a claim ties to one entity and an article or claim to the other, and how much the company tells.

    Without any it is what their articles mention, which tells less.
    """
    shared = (one.near & other.near) | (one.near & other.around) | (one.around & other.near)
    told = sum(rare(entity) for entity in sorted(shared or one.around & other.around))
    return shared, told if shared else told / _ASIDE
