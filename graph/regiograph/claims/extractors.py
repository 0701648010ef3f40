"""The extractors by name: "neural", the trained one, and "rules", the first one, which needs no model.

"llm" and "both" ask a language model besides, at an address that whoever wants them names.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regiograph.claims.extractor import Extractor
from regiograph.entities import identity

if TYPE_CHECKING:
    from regiograph.claims.llm.address import Address
    from regiograph.claims.llm.extractor import LlmExtractor

NAMES = ("neural", "rules")
ASKING = ("llm", "both")


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


def llm(
    address: Address,
    *,
    base: str = identity.BASE,
    cache: Path | None = None,
    budget: int | None = None,
    parallel: int | None = None,
    trust: float | None = None,
) -> LlmExtractor:
    """Return the extractor that asks a language model.

    Answers are kept in the folder `cache`, by default the user's; at most `budget` tokens are spent, and `parallel`
    articles read at once. Its claims get the confidence `trust`, by default what a fact needs.

    Raises:
        NotInstalledError: the `openai` client is not installed.
    """
    from regiograph.claims.llm.asking import Asker
    from regiograph.claims.llm.cache import Cache, default_folder
    from regiograph.claims.llm.costing import Budget
    from regiograph.claims.llm.extractor import PARALLEL, TRUST, LlmExtractor
    from regiograph.claims.llm.transport import wire

    asker, kept = Asker(wire(address)), Cache(cache or default_folder())
    sure = TRUST if trust is None else trust
    return LlmExtractor(asker, kept, base, Budget(budget), parallel or PARALLEL, trust=sure)


def both(model: LlmExtractor) -> Extractor:
    """Return the extractor that has the trained network and a model read, and weighs what they say."""
    from regiograph.claims.llm.agreeing import AgreeingExtractor

    return AgreeingExtractor(extractor(base=model.base), model, model.base)
