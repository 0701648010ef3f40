"""The answers that a model would give that reads as the annotators did, made from annotated articles.

Words are copied from the text as a model would copy them: mentions where they are marked, quotes from the sentences
that a fact names, values and qualifiers from the words that state them.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regiograph.articles.segmenting import sentences
from regiograph.claims.literals import literals
from regiograph.claims.llm import prompt, wording
from regiograph.claims.llm.page import Page, page
from regiograph.claims.llm.schema import QUALIFIERS
from regiograph.claims.llm.windows import windows
from regiograph.model import Article, Literal, Sentence, Span
from regiograph.terms import SIGNATURES, Predicate

_MARK = re.compile(r"\{([^{}|]+)\|(\w+)\}")


@dataclass(frozen=True)
class Fact:
    """An annotated fact; `obj` is a key, or a literal's text if the predicate takes one."""

    subject: str
    predicate: Predicate
    obj: str
    qualifiers: dict[str, str]
    sentences: tuple[int, ...]


@dataclass(frozen=True)
class Annotated:
    """An annotated article: its sentences as marked, its mentions by key, the types of its keys, its facts."""

    article: Article
    lines: tuple[Span, ...]
    mentions: tuple[tuple[Span, str], ...]
    types: dict[str, str]
    facts: tuple[Fact, ...]


def read(path: Path) -> Annotated:
    """Read an `.ann` file."""
    head, marked, keys, stated = re.split(r"^---[ \t]*$\n?", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    said = {k.strip(): v.strip() for k, _, v in (line.partition(":") for line in head.splitlines() if line.strip())}
    text, lines, mentions = "", [], []
    for line in marked.strip("\n").split("\n"):
        if not line.strip():
            text = text.rstrip(" ") + "\n\n"
            continue
        at, start = 0, len(text)
        for mark in _MARK.finditer(line):
            text += line[at : mark.start()]
            mentions.append((Span(len(text), len(text) + len(mark[1])), mark[2]))
            text, at = text + mark[1], mark.end()
        text += line[at:]
        lines.append(Span(start, len(text)))
        text += " "
    article = Article(said["id"], text.rstrip(), said.get("title") or None, said.get("published") or None)
    types = {line.split()[0]: line.split()[1] for line in keys.splitlines() if line.strip()}
    facts = tuple(_fact(line) for line in stated.splitlines() if line.strip())
    return Annotated(article, tuple(lines), tuple(mentions), types, facts)


def _fact(line: str) -> Fact:
    body, _, where = line.rpartition("@")
    subject, predicate, obj, *rest = shlex.split(body)
    qualifiers = dict(each.partition("=")[::2] for each in rest)
    return Fact(subject, Predicate(predicate), obj, qualifiers, tuple(map(int, where.split(","))))


def answers(known: Annotated) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield for each window of an article the question's last message, and the answer that is right."""
    cut = sentences(known.article)
    stated = literals(known.article, cut)
    for window in windows(known.article, cut):
        yield prompt.messages(window)[-1]["content"], _answer(known, page(window, stated))


def _answer(known: Annotated, seen: Page) -> dict[str, Any]:
    mentions: dict[str, list[dict[str, Any]]] = {}
    for span, key in known.mentions:
        for sentence in seen.window.touched(span)[:1]:
            said = {"sentence": sentence.number, "text": known.article.text[slice(*span)]}
            mentions.setdefault(key, []).append(said)
    entities = [{"key": key, "type": known.types[key], "mentions": own} for key, own in mentions.items()]
    claims = [_claim(known, fact, seen, own) for fact in known.facts if (own := _sentences(known, fact, seen))]
    return {"entities": entities, "claims": claims}


def _sentences(known: Annotated, fact: Fact, seen: Page) -> Sequence[Sentence]:
    """Return the window's sentences that state a fact."""
    spans = [known.lines[number - 1] for number in fact.sentences]
    return [s for s in seen.window.sentences if any(s.span.overlaps(span) for span in spans)]


def _claim(known: Annotated, fact: Fact, seen: Page, own: Sequence[Sentence]) -> dict[str, Any]:
    numbers = [each.number for each in own]
    whole = numbers == list(range(numbers[0], numbers[-1] + 1)) and own[-1].span.end - own[0].span.start < 1000
    run = Span(own[0].span.start, own[-1].span.end) if whole else own[-1].span
    is_literal = isinstance(SIGNATURES[fact.predicate].range, str)
    value = _value(seen, fact, run) if is_literal else None
    return {
        "subject": fact.subject,
        "predicate": fact.predicate.value,
        "object": None if is_literal else fact.obj,
        "value": value,
        "qualifiers": list(_qualifiers(seen, fact, run)),
        "modality": fact.qualifiers.get("modality", "asserted"),
        "polarity": fact.qualifiers.get("polarity", "positive"),
        "sentence": own[0].number if whole else own[-1].number,
        "quote": known.article.text[slice(*run)],
    }


def _value(seen: Page, fact: Fact, run: Span) -> str:
    """Return the words that state a fact's literal; where no words are read so, the annotators' own."""

    def says(literal: Literal, words: str) -> bool:
        read = wording.stated(seen, fact.predicate, words, run)
        value = wording.value(fact.predicate, read) if read == literal else None
        return value is not None and _same(value.value, fact.obj)

    return _words(seen, run, says) or fact.obj


def _qualifiers(seen: Page, fact: Fact, run: Span) -> Iterator[dict[str, str]]:
    for name, value in fact.qualifiers.items():
        if name not in QUALIFIERS.get(fact.predicate, ()):
            continue

        def says(_: Literal, words: str, name: str = name, value: str = value) -> bool:
            found = wording.qualifier(seen, name, words, run)
            return found is not None and _same(found[name], value)

        worded = name in ("role", "status", "subject", "what", "in", "indicator")
        yield {"name": name, "text": value if worded else _words(seen, run, says) or value}


def _words(seen: Page, run: Span, says: Any) -> str | None:
    near = sorted(seen.literals, key=lambda x: (not x.span.overlaps(run), x.span))
    told = ((x, seen.window.article.text[slice(*x.span)]) for x in near)
    return next((words for literal, words in told if says(literal, words)), None)


def _same(found: str, value: str) -> bool:
    try:
        return found == value or float(found) == float(value.removesuffix("%"))
    except ValueError:
        return False
