"""What the tagger sees of a word: its form, its neighbours, its phrase, the gazetteer, the rest of the article.

Features are strings, "name=value". A weight belongs to a pair of feature and tag; features without weights are ignored,
so that words which are no general vocabulary (names, that is) never decide anything by themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from regiograph.claims.recognition.tokens import Token
from regiograph.entities import gazetteer
from regiograph.entities.vocabulary import FUNCTION_WORDS, classes

_CONNECTORS = frozenset("of for and & de von van der den du del della di la le el al bin ibn d' - – da do dos".split())
_LONGEST_PLACE = 4
_LONGEST_WORD = 40
_SHAPES = ((re.compile(r"[A-ZÀ-Þ]"), "A"), (re.compile(r"[^\W\d_]"), "a"), (re.compile(r"\d"), "9"))
_OPENING, _CLOSING = frozenset("\"“«„‘'"), frozenset("\"”»’'")


def features(sentences: Sequence[Sequence[Token]]) -> list[list[list[str]]]:
    """Return the features of every token of every sentence of one article."""
    seen = _article_view(sentences)
    return [_sentence_features(tokens, seen, number) for number, tokens in enumerate(sentences)]


def _sentence_features(tokens: Sequence[Token], seen: Mapping[str, Sequence[str]], number: int) -> list[list[str]]:
    words = [_word(t) for t in tokens]
    shapes = [_shape(t.text[:_LONGEST_WORD]) for t in tokens]
    known = places(tokens)
    chunk = _chunk_features(tokens, words)
    phrase = _phrase_features(tokens, words)
    quotes = quoted(tokens)
    rows = []
    for i, token in enumerate(tokens):
        row = ["bias", f"s={shapes[i]}", *chunk[i], *phrase[i]]
        for offset in range(-3, 4):
            word = words[i + offset] if 0 <= i + offset < len(words) else "^" if offset < 0 else "$"
            row.append(f"w{offset}={word}")
            if abs(offset) < 3 and 0 <= i + offset < len(words):
                row += [f"c{offset}={name}" for name in classes(word)]
            if abs(offset) == 1 and 0 <= i + offset < len(words):
                row += [f"s{offset}={shapes[i + offset]}", *(f"g{offset}={g}" for g in known[i + offset])]
        before = words[i - 1] if i else "^"
        after = words[i + 1] if i + 1 < len(words) else "$"
        row += [f"b-={before} {words[i]}", f"b+={words[i]} {after}", f"b*={before} {after}"]
        row += [f"g={g}" for g in known[i]]
        if token.is_capitalised:
            row += [f"x3={words[i][-3:]}", f"x2={words[i][-2:]}"]
            row += [f"d={clue}" for clue in seen.get(token.text, ())]
        if i == 0:
            row.append("first")
        if number == 0:
            row.append("title")
        if quotes[i]:
            row.append(f"q={quotes[i]}")
        if token.glued:
            row.append("glued")
        rows.append(row)
    return rows


def _word(token: Token) -> str:
    text = token.text
    return "#" if text[0].isdigit() else text[:_LONGEST_WORD].lower()


@lru_cache(maxsize=16384)
def _shape(text: str) -> str:
    shape = "".join(next((sign for pattern, sign in _SHAPES if pattern.match(c)), c) for c in text[:12])
    return re.sub(r"(.)\1+", r"\1\1", shape)


def places(tokens: Sequence[Token]) -> list[list[str]]:
    """Mark the longest runs of words that the gazetteer knows: "B-city" on the first word, "I-city" on the others."""
    found: list[list[str]] = [[] for _ in tokens]
    read = 0
    for i, token in enumerate(tokens):
        if i < read or not token.is_capitalised:
            continue
        names = list(accumulate(tokens[i + 1 : i + _LONGEST_PLACE], _joined, initial=token.text))
        for length, name in reversed(list(enumerate(names, 1))):
            if kinds := place_kinds(name) if len(name) < _LONGEST_WORD * 2 else ():
                for k in range(length):
                    found[i + k] = [f"{'I' if k else 'B'}-{kind}" for kind in kinds]
                read = i + length
                break
    return found


def _joined(name: str, token: Token) -> str:
    return name + token.text if token.glued else f"{name} {token.text}"


@lru_cache(maxsize=65536)
def place_kinds(name: str) -> tuple[str, ...]:
    """Return what kinds of place the gazetteer knows by this name: "country", "demonym", "region", "city" or "town"."""
    kinds = []
    if gazetteer.countries_named(name):
        kinds.append("country")
    if gazetteer.demonym(name):
        kinds.append("demonym")
    if gazetteer.subdivisions_named(name):
        kinds.append("region")
    if cities := gazetteer.cities_named(name):
        kinds.append("city" if cities[0].population >= 200_000 else "town")
    if len(kinds) > 1:
        kinds.append("+".join(kinds))
    return tuple(kinds)


def _chunks(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the runs of capitalised words, joined over connectors: "Ministry of Economic Development"."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        if not tokens[i].is_capitalised:
            i += 1
            continue
        end = i + 1
        while end < len(tokens):
            if tokens[end].is_capitalised:
                end += 1
            elif tokens[end].text in _CONNECTORS and end + 1 < len(tokens) and tokens[end + 1].is_capitalised:
                end += 2
            else:
                break
        found.append((i, end))
        i = end
    return found


def _chunk_features(tokens: Sequence[Token], words: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in tokens]
    for start, end in _chunks(tokens):
        before = words[start - 1] if start else "^"
        after = words[end] if end < len(words) else "$"
        named = {name for word in words[start:end] for name in classes(word)}
        shared = [
            f"kl={words[end - 1]}",
            f"kf={words[start]}",
            f"kb={before}",
            f"ka={after}",
            f"kn={min(end - start, 6)}",
        ]
        shared += [f"kc={name}" for name in sorted(named)]
        shared += [f"kbc={name}" for name in classes(before)] + [f"kac={name}" for name in classes(after)]
        for i in range(start, end):
            place = "only" if end - start == 1 else "first" if i == start else "last" if i == end - 1 else "mid"
            found[i] = [*shared, f"kp={place}"]
    return found


def _phrase_features(tokens: Sequence[Token], words: Sequence[str]) -> list[list[str]]:
    """Describe the noun phrase around a word: its last word as its head, the word before it, the word after it."""
    found: list[list[str]] = [[] for _ in tokens]
    start = 0
    for i in range(len(tokens) + 1):
        if i == len(tokens) or words[i] in FUNCTION_WORDS or not tokens[i].text[0].isalnum():
            if start < i:
                before = words[start - 1] if start else "^"
                after = words[i] if i < len(words) else "$"
                head = words[i - 1]
                shared = [f"h={head}", f"pb={before}", f"pa={after}", *(f"hc={name}" for name in classes(head))]
                shared.append(f"pbh={before} {head}")
                for k in range(start, i):
                    found[k] = [*shared, f"hd={min(i - 1 - k, 4)}"]
                if start:
                    found[start - 1] = [*found[start - 1], f"nh={head}", *(f"nhc={name}" for name in classes(head))]
            start = i + 1
    return found


def quoted(tokens: Sequence[Token]) -> list[str]:
    """Tell which words are inside short quotations, such as names: the number of words up to four, else nothing."""
    found = [""] * len(tokens)
    opened: int | None = None
    for i, token in enumerate(tokens):
        if opened is not None and token.text in _CLOSING and token.glued:
            if i - opened <= 7:
                for k in range(opened + 1, i):
                    found[k] = str(min(i - opened - 1, 4))
            opened = None
        elif token.text in _OPENING:
            opened = i
    return found


def _article_view(sentences: Sequence[Sequence[Token]]) -> Mapping[str, Sequence[str]]:
    """Gather, for each capitalised word, what the whole article tells of it."""
    clues: dict[str, dict[str, None]] = defaultdict(dict)
    for tokens in sentences:
        words = [_word(t) for t in tokens]
        for start, end in _chunks(tokens):
            before = words[start - 1] if start else ""
            after = words[end] if end < len(words) else ""
            context = [f"after-{name}" for name in classes(before) if name in {"post", "title", "saying"}]
            context += [f"before-{name}" for name in classes(after) if name in _HEAD_CLASSES]
            if before in {"in", "from", "near", "at"}:
                context.append(before)
            inner = [f"with-{name}" for word in words[start:end] for name in classes(word) if name in _HEAD_CLASSES]
            for i in range(start, end):
                mine = clues[tokens[i].text]
                mine.update(dict.fromkeys(context))
                mine.update(dict.fromkeys(inner))
                if end - start > 1:
                    mine["first-of" if i == start else "last-of" if i == end - 1 else "mid-of"] = None
                else:
                    mine["alone"] = None
    return {word: tuple(sorted(mine)) for word, mine in clues.items()}


_HEAD_CLASSES = frozenset("post title legal saying region city government organization network site event".split())
