"""Subject and object pronouns; possessive ones are no mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regiograph.claims.recognition.tagging import OUTSIDE
from regiograph.claims.recognition.tokens import Token
from regiograph.entities.vocabulary import FUNCTION_WORDS
from regiograph.model import Mention
from regiograph.terms import EntityType

_TYPES = {
    **dict.fromkeys("he she him her i".split(), EntityType.PERSON),
    **dict.fromkeys("it they them we us".split(), EntityType.ORGANIZATION),
}
_EXPLETIVE = frozenset("is was will would has seems turned became remains".split())
_EMPTY = frozenset(
    "necessary possible important expected planned worth clear known too not time also hard difficult noted".split()
)


def found(tokens: Sequence[Token], tags: Sequence[str]) -> Iterator[Mention]:
    """Yield the pronouns of a sentence that are outside other mentions and can refer to something."""
    words = [token.text.lower() for token in tokens]
    for i, token in enumerate(tokens):
        kind = _TYPES.get(words[i])
        if kind is None or tags[i] != OUTSIDE or (token.text in {"US", "IT", "i"}):
            continue
        following = words[i + 1 : i + 3]
        if words[i] == "her" and following and following[0] not in FUNCTION_WORDS and following[0][0].isalnum():
            continue
        if words[i] == "it" and len(following) == 2 and following[0] in _EXPLETIVE and following[1] in _EMPTY:
            continue
        yield Mention(token.span, kind, "pronoun")
