"""Annotated articles as the extractor's own values, and what is true of them.

`ann.py` and `score.py`, which read and compare annotations, are not of this project: `use` says where they are.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from regiograph.model import Article, Entity, Sentence, Span
from regiograph.terms import SIGNATURES, EntityType, Predicate


def use(folder: Path) -> None:
    """Take `ann.py` and `score.py` from this folder."""
    sys.path.insert(0, str(folder))


def read(paths: Iterable[Path]) -> list[Any]:
    """Return the annotated articles of files and folders, in the order of their names."""
    import ann

    files = sorted(q for p in paths for q in (p.rglob("*.ann") if p.is_dir() else [p]))
    documents = [ann.read(file) for file in files]
    for error in (error for document in documents for error in document.errors):
        raise SystemExit(error)
    return documents


def article(document: Any) -> Article:
    """Return the article under the markup, with what its header says of it."""
    head = document.header
    return Article(
        head["id"], document.text, head.get("title") or None, head.get("published") or None, head.get("source") or None
    )


def lines(document: Any) -> tuple[Sentence, ...]:
    """Return the annotated sentences, none of them furniture."""
    found, at = [], 0
    for number, line in enumerate((line.strip() for line in document.sentences), start=1):
        start = document.text.index(line, at)
        at = start + len(line)
        found.append(Sentence(number, 0, Span(start, at)))
    return tuple(found)


def entities(document: Any) -> tuple[Entity, ...]:
    """Return the entities as annotated, their keys for IRIs."""
    spans = defaultdict(list)
    for _, start, end, key in document.mentions:
        spans[key].append(Span(start, end))
    return tuple(
        Entity(key, EntityType(kind), name, tuple(sorted(spans[key])))
        for key, (kind, name) in document.entities.items()
    )


@dataclass
class Truth:
    """The facts of one annotated article by its keys, where they are stated, and what the entities at hand stand for.

    An entity stands for the key that the scorer aligns it with; one naming of it, for the key annotated there.
    """

    entity_facts: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    literal_facts: dict[tuple[str, str], list[Any]] = field(default_factory=lambda: defaultdict(list))
    sentences: list[Span] = field(default_factory=list)
    namings: list[tuple[Span, str]] = field(default_factory=list)
    aligned: dict[str, str] = field(default_factory=dict)

    def key(self, span: Span) -> str | None:
        """Return the key of the annotated mention that a span overlaps most."""
        shared = [(min(span.end, s.end) - max(span.start, s.start), k) for s, k in self.namings if span.overlaps(s)]
        return max(shared)[1] if shared else None

    def facts(self, predicate: Predicate, subject: str | None, obj: str | None, value: str | None) -> list[Any]:
        """Return the annotated facts with this predicate and these ends; the second end is `value` if it is given."""
        import score

        if value is not None:
            options = self.literal_facts.get((subject or "", predicate.value), ())
            return [f for f in options if score.same_literal(value, f.object, predicate.value)]
        ways = [(subject, obj), (obj, subject)] if SIGNATURES[predicate].symmetric else [(subject, obj)]
        return [f for a, b in ways if (f := self.entity_facts.get((a or "", predicate.value, b or "")))]


def truth(document: Any, aligned: dict[str, str]) -> Truth:
    """Return what the article states; `aligned` tells which key each entity at hand stands for."""
    found = Truth(aligned=aligned, namings=[(Span(a, b), key) for _, a, b, key in document.mentions])
    found.sentences.extend(sentence.span for sentence in lines(document))
    for fact in document.facts:
        if fact.literal:
            found.literal_facts[fact.subject, fact.predicate].append(fact)
        else:
            found.entity_facts[fact.subject, fact.predicate, fact.object] = fact
    return found


def alignment(document: Any, found: Sequence[Entity]) -> dict[str, str]:
    """Return for the IRI of each entity that was found the key that the scorer says it stands for."""
    import score

    items = {
        e.id: score.Item(
            e.id,
            e.type.value,
            e.name,
            {score.norm(e.name)} | {score.norm(document.text[a:b]) for a, b in e.mentions},
            set(e.mentions),
        )
        for e in found
    }
    aligned = dict(score.align(score.Doc(document.header["id"], items, []), score.from_ann(document)))
    for entity in found:
        if entity.id not in aligned and entity.type is EntityType.EVENT:
            votes = Counter(k for _, a, b, k in document.mentions for s in entity.mentions if s.overlaps(Span(a, b)))
            events = [k for k, _ in votes.most_common() if document.entities[k][0] == "Event"]
            if events:
                aligned[entity.id] = events[0]
    return aligned
