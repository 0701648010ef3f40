"""Why something that a model said is refused: the causes, as they are told to the model and to people."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why an item is refused; the values are how the counts are told."""

    FORM = "of the wrong form"
    TYPE = "of an unknown type"
    PREDICATE = "of an unknown predicate"
    SENTENCE = "with a sentence that is not there"
    NAME = "with a name that is not in its sentence"
    INSIDE = "with a name that is a part of another"
    NAMELESS = "of entities without a name"
    QUOTE = "with a quote that is not in the text"
    ENTITY = "of entities that were not listed"
    KINDS = "between things of the wrong types"
    OTHERS = "between things that the trained network takes for others, of the wrong types"
    ITSELF = "of a thing with itself"
    CIRCULAR = "in a circle"
    VALUE = "with a value that is not in its sentence"
    QUALIFIER = "with a qualifier that is not in the text, or not of that predicate"
    UNREAD = "with words that our rules for dates and numbers do not read"
    EXTRA = "beyond the number that is read"


UNASKED = frozenset({Cause.INSIDE, Cause.UNREAD, Cause.EXTRA})
"""What another asking would not mend."""
