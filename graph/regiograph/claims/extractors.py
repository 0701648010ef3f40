"""The extractors by name: "neural", the trained one, and "rules", the first one, which needs no model."""

from __future__ import annotations

from regiograph.claims.extractor import Extractor
from regiograph.entities import identity

NAMES = ("neural", "rules")


def extractor(name: str = NAMES[0], *, base: str = identity.BASE) -> Extractor:
    """Return the extractor of this name; `base` is the namespace of the IRIs that it mints.

    Raises:
        KeyError: there is none of that name.
    """
    if name not in NAMES:
        raise KeyError(name)
    if name == "rules":
        from regiograph.claims.rules import RuleExtractor

        return RuleExtractor(base=base)
    from regiograph.claims.neural.extractor import NeuralExtractor

    return NeuralExtractor(base=base)
