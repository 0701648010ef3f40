"""What is mended in the tags of a sentence: ends that belong to no name, mentions of nothing."""

from __future__ import annotations

from collections.abc import Sequence

from regiograph.claims.neural.marks import PRONOUNS
from regiograph.claims.recognition.grammar import mark, tagged
from regiograph.claims.recognition.tagging import OUTSIDE
from regiograph.claims.recognition.tokens import Token
from regiograph.entities.vocabulary import FUNCTION_WORDS

_JOINTS = frozenset("and & or of in at on to by with from for".split())


def mended(tokens: Sequence[Token], tags: Sequence[str]) -> list[str]:
    """Return the tags with loose joints cut off the ends of mentions, and mentions of function words left out."""
    words = [token.text.lower() for token in tokens]
    result = list(tags)
    for start, end in tagged(tags):
        result[start:end] = [OUTSIDE] * (end - start)
        low, high = start, end
        while low < high and words[low] in _JOINTS:
            low += 1
        while low < high and words[high - 1] in _JOINTS:
            high -= 1
        if any(word in PRONOUNS or word not in FUNCTION_WORDS for word in words[low:high]):
            mark(result, low, high, tags[start][2:])
    return result
