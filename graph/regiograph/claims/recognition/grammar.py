"""The grammar of names: what the words around a name settle, whatever the tagger thinks.

Each rule holds for at least 97 of a hundred names of the annotated articles that it applies to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from regiograph.claims.recognition.features import place_kinds
from regiograph.claims.recognition.tagging import OUTSIDE
from regiograph.claims.recognition.tokens import Token
from regiograph.entities.vocabulary import FUNCTION_WORDS, classes

PERSON = "Person"
_PARTICLES = frozenset("von van der den de del della di da dos du la le bin ibn al el ten ter zu af".split())
_NOBLE = frozenset("von van bin ibn".split())
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_SHARED_POSTS = frozenset(
    {"partner", "manager", "member", "owner", "founder", "co-founder", "leader", "general", "first"}
)
_SPEECH = frozenset(
    "said told says noted stressed added emphasized emphasised stated recalled explained remarked".split()
)
_BODIES_AND_AREAS = frozenset({"GovernmentBody", "Region", "City", "Organization", "Company"})
_ENDINGS = frozenset(
    "government administration department committee council assembly parliament duma region oblast province prefecture"
    " district krai territory county republic voivodeship state city".split()
)


def tagged(tags: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where the tagged spans start and end."""
    start = 0
    for end in range(1, len(tags) + 1):
        if end == len(tags) or tags[end][0] != "I":
            if tags[start] != OUTSIDE:
                yield start, end
            start = end


def mark(tags: list[str], start: int, end: int, kind: str) -> None:
    """Tag a span as one mention of this type."""
    tags[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]


def corrected(tokens: Sequence[Token], tags: Sequence[str]) -> list[str]:
    """Return the tags with dates cut off names, people cut off bodies, and people told by their posts."""
    words = [token.text.lower() for token in tokens]
    result = list(tags)
    for start, end in tagged(tags):
        kind = tags[start][2:]
        while start < end - 1 and kind not in {"Event", "Project"} and _is_date(tokens[start].text, words[start]):
            result[start] = OUTSIDE
            start += 1
        cut = _person_after_body(tokens, words, start, end) if kind in _BODIES_AND_AREAS | {PERSON} else end
        if cut < end:
            before = "City" if kind == PERSON else kind
            mark(result, start, cut, before)
            start, kind = cut, PERSON
        if kind != PERSON and _is_person(tokens, words, start, end):
            kind = PERSON
        mark(result, start, _full_name(tokens, words, start, end) if kind == PERSON else end, kind)
    for start, end in (*_noble_names(tokens, words), *_posted_names(tokens, words, result)):
        mark(result, start, end, PERSON)
    return _well_formed(result)


def _is_date(text: str, word: str) -> bool:
    return _YEAR.fullmatch(text) is not None or "month" in classes(word)


def _is_bare(token: Token) -> bool:
    """Whether a word can be part of a person's name: capitalised, and no general vocabulary."""
    word = token.text.lower()
    return token.is_capitalised and token.text[-1].isalnum() and not classes(word) and word not in FUNCTION_WORDS


def _person_after_body(tokens: Sequence[Token], words: Sequence[str], start: int, end: int) -> int:
    """Return where a person begins in "Osaka Prefecture Kenji Morita" or "(mayor of) Krosno Jan Kowal"."""
    for cut in (end - 3, end - 2):
        if cut <= start or not all(_is_bare(token) for token in tokens[cut:end]) or place_kinds(tokens[cut].text):
            continue
        if words[cut - 1] in _ENDINGS and cut - start > 1:
            return cut
        name = "".join(t.text if t.glued or n == 0 else " " + t.text for n, t in enumerate(tokens[start:cut]))
        posted = any("post" in classes(word) for word in words[max(0, start - 4) : start])
        if posted and start and words[start - 1] == "of" and place_kinds(name):
            return cut
    return end


def _is_person(tokens: Sequence[Token], words: Sequence[str], start: int, end: int) -> bool:
    """Whether two or three bare words are a person's name: a post before or after them, or speech."""
    if not 2 <= end - start <= 3 or not all(_is_bare(token) for token in tokens[start:end]):
        return False
    before = words[start - 1] if start else ""
    if _is_post(before) or "title" in classes(before):
        return True
    if end < len(words) and words[end] in _SPEECH:
        return True
    after = (
        [word for word in words[end + 1 : end + 4] if word not in {"the", "a", "an"}]
        if words[end : end + 1] == [","]
        else []
    )
    return any(_is_post(word) for word in after[:2]) and "whose" not in after and "and" not in after[:1]


def is_personal(before: str, after: str) -> bool:
    """Whether the words beside a name say that it is a person's: a title, a post, speech."""
    return after in _SPEECH or bool({"title", "post"} & set(classes(before)))


def _is_post(word: str) -> bool:
    return "post" in classes(word) and word not in _SHARED_POSTS


def _full_name(tokens: Sequence[Token], words: Sequence[str], start: int, end: int) -> int:
    """Return where a person's name ends that goes on: "Olga" + "Lebed", "Carlos" + "de la Vega"."""
    last = end
    while last < min(len(words), end + 3) and words[last] in _PARTICLES and tokens[last].text.islower():
        last += 1
    goes_on = last < len(words) and _is_bare(tokens[last]) and (last > end or end - start == 1)
    return last + 1 if goes_on else end


def _noble_names(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where names with "von", "van" or "bin" start and end: they are hardly ever those of bodies."""
    for i, word in enumerate(words):
        if word in _NOBLE and i and _is_bare(tokens[i - 1]) and tokens[i].text.islower():
            end = _full_name(tokens, words, i - 1, i)
            if end > i and not place_kinds(tokens[i - 1].text):
                yield (i - 2 if i > 1 and _is_bare(tokens[i - 2]) else i - 1), end


def _posted_names(tokens: Sequence[Token], words: Sequence[str], tags: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where two or three untagged bare words directly follow a post or title: "Governor Olga Lebed"."""
    i = 1
    while i < len(tokens):
        end = i
        while end < len(tokens) and tags[end] == OUTSIDE and _is_bare(tokens[end]):
            end += 1
        if 2 <= end - i <= 3 and (_is_post(words[i - 1]) or "title" in classes(words[i - 1])):
            yield i, end
        i = max(end, i + 1)


def _well_formed(tags: list[str]) -> list[str]:
    """Let no inside tag follow a tag of another type."""
    for i, tag in enumerate(tags):
        if tag.startswith("I-") and (i == 0 or tags[i - 1][2:] != tag[2:]):
            tags[i] = f"B-{tag[2:]}"
    return tags
