"""Classes of general vocabulary: posts, titles, verbs of saying, head nouns by entity type, legal forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

# Words at which a noun phrase ends.
FUNCTION_WORDS = frozenset(
    "the a an this that these those of in on at to for from by with without into onto over under about after before"
    " between among through during until till since against near within along across and or but nor as than if while"
    " when where which who whom whose what how why is are was were be been being am has have had having will would can"
    " could may might must shall should do does did not no he she it they we i you him them us me his her its their our"
    " my your there here then now also only just even so such both either neither each every all some any many much"
    " more most other another own said says told according per via beside besides outside inside towards toward upon"
    " because although though whereas thus hence already still yet soon again ever never began opened started signed"
    " became took gave made came went held met visited plans intends wants remains".split()
)


def classes(word: str) -> tuple[str, ...]:
    """Return the classes of a lower-case word, in the order of the lexicon."""
    return _lexicon().get(word, ())


@cache
def _lexicon() -> Mapping[str, tuple[str, ...]]:
    text = resources.files("regiograph.entities").joinpath("data", "lexicon.tsv").read_text(encoding="utf-8")
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in text.splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition("\t")
            for word in words.split():
                found[word][name] = None
    return {word: tuple(names) for word, names in found.items()}
