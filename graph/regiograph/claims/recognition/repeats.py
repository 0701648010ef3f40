"""What the article names once it names everywhere: the same words are given the same type."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from regiograph.claims.recognition.features import place_kinds
from regiograph.claims.recognition.grammar import PERSON, is_personal, mark, tagged
from regiograph.claims.recognition.tagging import OUTSIDE
from regiograph.claims.recognition.tokens import Token
from regiograph.entities.vocabulary import classes

_KIND_OF_PLACE = {"country": "Country", "region": "Region", "city": "City", "town": "City"}
_LOCATIVES = frozenset({"in", "near", "at", "from", "to", "around", "outside"})
_Names = dict[tuple[str, ...], str]


def completed(rows: Sequence[Sequence[Token]], tags: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the tags with each name brought to its commonest type, and its untagged repetitions filled in."""
    names = _names(rows, tags)
    names |= _surnames(names, _located(rows)) | _strangers(names, rows)
    agreed = [_agreed(tokens, labels, names) for tokens, labels in zip(rows, tags, strict=True)]
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[0]].add(len(name))
    longest_first = {first: sorted(found, reverse=True) for first, found in lengths.items()}
    return [_filled(tokens, labels, names, longest_first) for tokens, labels in zip(rows, agreed, strict=True)]


def _names(rows: Sequence[Sequence[Token]], tags: Sequence[Sequence[str]]) -> _Names:
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for tokens, labels in zip(rows, tags, strict=True):
        for start, end in tagged(labels):
            words = tuple(token.text for token in tokens[start:end])
            if _is_name(words):
                votes[words][labels[start][2:]] += 1
    return {words: min(counts, key=lambda kind: (-counts[kind], kind)) for words, counts in votes.items()}


def _surnames(names: _Names, located: frozenset[str]) -> _Names:
    """Give a person's last name, standing alone, the type of a person, unless the article says "in" or "near" it."""
    last = {words[-1] for words, kind in names.items() if kind == PERSON and len(words) > 1}
    alone = (words for words in names if len(words) == 1 and words[0] in last and words[0] not in located)
    return dict.fromkeys(alone, PERSON)


def _strangers(names: _Names, rows: Sequence[Sequence[Token]]) -> _Names:
    """Take a single word for a company or a place where it is tagged a person and nothing says that it is one.

    A person has a full name somewhere in the article, or a post or title, or speaks.
    """
    full = {word for words, kind in names.items() if kind == PERSON and len(words) > 1 for word in words}
    alone = {words[0] for words, kind in names.items() if kind == PERSON and len(words) == 1} - full
    for tokens in rows:
        texts = ["", *(token.text.lower().rstrip(".") for token in tokens), ""]
        for n, token in enumerate(tokens, start=1):
            if token.text in alone and is_personal(texts[n - 1], texts[n + 1]):
                alone.discard(token.text)
    return {(word,): _KIND_OF_PLACE.get(next(iter(place_kinds(word)), ""), "Company") for word in sorted(alone)}


def _located(rows: Sequence[Sequence[Token]]) -> frozenset[str]:
    """Return the words that directly follow "in", "near" and the like."""
    return frozenset(b.text for tokens in rows for a, b in pairwise(tokens) if a.text.lower() in _LOCATIVES)


def _agreed(tokens: Sequence[Token], labels: Sequence[str], names: _Names) -> list[str]:
    agreed = list(labels)
    for start, end in tagged(labels):
        kind = names.get(tuple(token.text for token in tokens[start:end]))
        if kind is not None:
            mark(agreed, start, end, kind)
    return agreed


def _is_name(words: tuple[str, ...]) -> bool:
    """Whether the words are distinctive enough to be looked for elsewhere."""
    capitals = [word for word in words if word[0].isupper()]
    return (
        bool(capitals)
        and words[0][0].isupper()
        and (len(words) > 1 or (len(words[0]) > 2 and not classes(words[0].lower())))
    )


def _filled(
    tokens: Sequence[Token], labels: list[str], names: _Names, lengths: Mapping[str, Sequence[int]]
) -> list[str]:
    for i, token in enumerate(tokens):
        for length in lengths.get(token.text, ()) if labels[i] == OUTSIDE else ():
            name = tuple(t.text for t in tokens[i : i + length])
            if name in names and all(label == OUTSIDE for label in labels[i : i + length]):
                mark(labels, i, i + length, names[name])
                break
    return labels
