"""The answers that a model would give that reads as the annotators did, made from annotated articles.

Words are copied from the text as a model would copy them: mentions where they are marked, quotes from the sentences
that a fact names, values and qualifiers from the words that state them. A country that only an adjective names
("a Japanese company"), which annotators do not mark, is mentioned by that adjective, as the guidelines ask.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regiograph.articles.segmenting import sentences
from regiograph.claims.literals import counts, literals
from regiograph.claims.llm import prompt, wording
from regiograph.claims.llm.page import Page, page
from regiograph.claims.llm.schema import QUALIFIERS
from regiograph.claims.llm.windows import windows
from regiograph.entities import gazetteer
from regiograph.model import Article, Literal, Sentence, Span
from regiograph.terms import SIGNATURES, Predicate

_PERIODS = re.compile(r"(\d+) years?")
_DATE = re.compile(r"\d{4}(?:-\d\d)?")
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
    names: dict[str, str]
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
    listed = [line.split(maxsplit=2) for line in keys.splitlines() if line.strip()]
    types, names = ({each[0]: each[at] for each in listed if len(each) > at} for at in (1, 2))
    facts = tuple(_fact(line) for line in stated.splitlines() if line.strip())
    return Annotated(article, tuple(lines), tuple(mentions), types, names, facts)


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
    for key in known.types.keys() - mentions.keys():
        mentions |= {key: said} if (said := list(_adjectives(known, key, seen))) else {}
    entities = [{"key": key, "type": known.types[key], "mentions": own} for key, own in mentions.items()]
    claims = [_claim(known, fact, seen, own) for fact in known.facts if (own := _sentences(known, fact, seen))]
    return {"entities": entities, "claims": claims}


def _adjectives(known: Annotated, key: str, seen: Page) -> Iterator[dict[str, Any]]:
    """Yield the words of the window that name a country by its adjective alone."""
    marked = any(own == key for _, own in known.mentions)
    for sentence in seen.window.sentences if known.types[key] == "Country" and not marked else ():
        for word in re.findall(r"[A-Z]\w+", seen.window.said(sentence)):
            place = gazetteer.demonym(word)
            if place is not None and place.name == known.names.get(key):
                yield {"sentence": sentence.number, "text": word}


def _sentences(known: Annotated, fact: Fact, seen: Page) -> Sequence[Sentence]:
    """Return the window's sentences that state a fact."""
    spans = [known.lines[number - 1] for number in fact.sentences]
    return [s for s in seen.window.sentences if any(s.span.overlaps(span) for span in spans)]


def _claim(known: Annotated, fact: Fact, seen: Page, own: Sequence[Sentence]) -> dict[str, Any]:
    numbers = [each.number for each in own]
    whole = numbers == list(range(numbers[0], numbers[-1] + 1)) and own[-1].span.end - own[0].span.start < 1000
    is_literal = isinstance(SIGNATURES[fact.predicate].range, str)
    runs = [Span(own[0].span.start, own[-1].span.end)] if whole else [each.span for each in reversed(own)]
    stated = ((run, words) for run in runs if (words := _value(seen, fact, run)) is not None) if is_literal else ()
    run, value = next(iter(stated), (runs[0], fact.obj if is_literal else None))
    return {
        "subject": fact.subject,
        "predicate": fact.predicate.value,
        "object": None if is_literal else fact.obj,
        "value": value,
        "qualifiers": list(_qualifiers(seen, fact, run)),
        "modality": fact.qualifiers.get("modality", "asserted"),
        "polarity": fact.qualifiers.get("polarity", "positive"),
        "sentence": next(each.number for each in own if run.contains(each.span)),
        "quote": known.article.text[slice(*run)],
    }


def _value(seen: Page, fact: Fact, run: Span) -> str | None:
    """Return the words of a stretch of the text that state a fact's literal; None where no words there are read so."""

    def says(literal: Literal, words: str) -> bool:
        read = wording.stated(seen, fact.predicate, words, run)
        value = wording.value(fact.predicate, read) if read == literal else None
        return value is not None and _same(value.value, fact.obj)

    return _words(seen, run, says) or _number(seen, fact.obj, run)


def _qualifiers(seen: Page, fact: Fact, run: Span) -> Iterator[dict[str, str]]:
    for name, value in fact.qualifiers.items():
        if name not in QUALIFIERS.get(fact.predicate, ()):
            continue

        def says(_: Literal, words: str, name: str = name, value: str = value) -> bool:
            found = wording.qualifier(seen, name, words, run)
            return found is not None and _same(found[name], _PERIODS.sub(r"P\1Y", value))

        worded = name in ("role", "status", "subject", "what", "in", "indicator")
        number = _number(seen, value, run) if name == "count" else None
        yield {"name": name, "text": value if worded else _words(seen, run, says) or number or value}


def _number(seen: Page, value: str, run: Span) -> str | None:
    """Return the word of a stretch of the text that says a number all by itself."""
    words = re.findall(r"\w+(?:[.,]\d+)*", seen.window.article.text[slice(*run)])
    return next((w for w in words if (said := counts.pointed(w)) is not None and _same(said, value)), None)


def _words(seen: Page, run: Span, says: Any) -> str | None:
    near = sorted(seen.literals, key=lambda x: (not x.span.overlaps(run), x.span))
    told = ((x, seen.window.article.text[slice(*x.span)]) for x in near)
    return next((words for literal, words in told if says(literal, words)), None)


def _same(found: str, value: str) -> bool:
    """Whether two literals are the same; a date also where the annotators were content with less of it."""
    try:
        return (
            found == value
            or (bool(_DATE.fullmatch(value)) and found.startswith(f"{value}-"))
            or float(found) == float(value.removesuffix("%"))
        )
    except ValueError:
        return False
