"""Annotated articles as arrays to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import annotated
import numpy as np

from regiograph.claims.literals import literals
from regiograph.claims.neural import traits
from regiograph.claims.neural.marks import Told, form, marks
from regiograph.claims.neural.weighing import words_around
from regiograph.claims.neural.words import Words, words
from regiograph.claims.recognition.tagging import TAGS
from regiograph.claims.relations.modality import MANNERS
from regiograph.claims.relations.pairs import Pair, pairs
from regiograph.claims.relations.scene import scenes
from regiograph.model import Entity, Mention
from regiograph.terms import Predicate

PREDICATES = tuple(Predicate)
IGNORED = -1


@dataclass
class View:
    """What the heads learn from in one article: M marks (mentions, then literals), N links of a mention, P pairs.

    `spans` (M, 2) first and last word, `kinds` and `forms` (M,). Of the links: `link_mention` (N,), `link_before`
    (C, 2) the row and the earlier mention, `link_traits` (C, ·), `link_right` (C,) whether it is an antecedent. Of the
    pairs: `pair_marks` (P, 2), `pair_words` (P, 2) the [start, end) of the words around them, `pair_traits` (P, ·),
    `labels` (P, 23) 1, 0 or -1 for what does not count, `manners` (P, 3) likewise.
    """

    spans: np.ndarray
    kinds: np.ndarray
    forms: np.ndarray
    link_mention: np.ndarray
    link_before: np.ndarray
    link_traits: np.ndarray
    link_right: np.ndarray
    pair_marks: np.ndarray
    pair_words: np.ndarray
    pair_traits: np.ndarray
    labels: np.ndarray
    manners: np.ndarray


@dataclass
class Example:
    """One article: its words, the tag of each (an index into `TAGS`), and one view or more of what is in it."""

    name: str
    words: Words
    tags: np.ndarray
    views: list[View]


def example(document: Any) -> Example:
    """Return an article as annotated."""
    article = annotated.article(document)
    sentences = annotated.lines(document)
    seen = words(article, sentences, literals(article, sentences))
    tags = np.zeros(len(seen.tokens), dtype=np.int64)
    for _, start, end, key in document.mentions:
        if touched := seen.within(start, end):
            tag(tags, touched, document.entities[key][0], TAGS)
    return Example(document.header["id"], seen, tags, [view(document, seen)])


def tag(tags: np.ndarray, touched: tuple[int, int], kind: str, known: Sequence[str]) -> None:
    """Give the words from the first to the last touched the `known` tags of a mention of this kind."""
    tags[touched[0]] = known.index(f"B-{kind}")
    tags[touched[0] + 1 : touched[1] + 1] = known.index(f"I-{kind}")


def view(document: Any, seen: Words, found: Sequence[Entity] | None = None) -> View:
    """Return what is annotated; or with the entities that were found, to learn what a mention in error costs."""
    article, sentences = annotated.article(document), annotated.lines(document)
    stated = literals(article, sentences)
    entities = annotated.entities(document) if found is None else found
    aligned = {e.id: e.id for e in entities} if found is None else annotated.alignment(document, found)
    truth = annotated.truth(document, aligned)
    keyed = sorted(
        (Mention(span, entity.type, form(document.text[slice(*span)])), entity.id)
        for entity in entities
        for span in entity.mentions
        if seen.within(*span)
    )
    mentions = [m for m, _ in keyed]
    told = [Told(m.span, m.type.value) for m in mentions]
    known = marks(seen, [*told, *(Told(literal.span, literal.kind) for literal in stated)])

    starts = [s.span.start for s in sentences]
    named = [traits.named(document.text, m, starts) for m in mentions]
    link_mention, link_before, link_traits, link_right = [], [], [], []
    for i, (mention, key) in enumerate(keyed if found is None else []):
        if mention.kind == "name":
            continue
        low = max(0, i - traits.REACH)
        for j in range(low, i):
            link_before.append((len(link_mention), j))
            link_right.append(keyed[j][1] == key)
        link_traits.append(traits.of_links(named[i], named[low:i]))
        link_mention.append(i)

    said = scenes(article, sentences, entities, stated)
    place, spans = known.place, known.spans.tolist()
    judged = [
        (p, ends, around)
        for p in pairs(said, leaning=frozenset(PREDICATES))
        if p.subject.span in place and p.obj.span in place
        for ends in ((place[p.subject.span], place[p.obj.span]),)
        if (around := words_around(seen.within(*p.scene.span), spans[ends[0]], spans[ends[1]])) is not None
    ]
    weighed = [p for p, _, _ in judged]
    labels = np.full((len(weighed), len(PREDICATES)), IGNORED, dtype=np.int8)
    manners = np.full((len(weighed), len(MANNERS)), IGNORED, dtype=np.int8)
    for row, how, pair in zip(labels, manners, weighed, strict=True):
        for predicate in pair.predicates():
            fact, label = _label(predicate, pair, truth)
            row[PREDICATES.index(predicate)] = label
            if label == 1:
                said_of_it = (fact.qualifiers.get("modality"), fact.qualifiers.get("polarity"))
                how[:] = [name in said_of_it for name in MANNERS]
    return View(
        known.spans,
        known.kinds,
        known.forms,
        np.array(link_mention, dtype=np.int64),
        np.array(link_before, dtype=np.int64).reshape(-1, 2),
        np.concatenate(link_traits) if link_traits else np.zeros((0, traits.LINK_TRAITS), np.float32),
        np.array(link_right, dtype=bool),
        np.array([ends for _, ends, _ in judged], dtype=np.int64).reshape(-1, 2),
        np.array([around for _, _, around in judged], dtype=np.int64).reshape(-1, 2),
        traits.of_pairs(weighed),
        labels,
        manners,
    )


def _label(predicate: Predicate, pair: Pair, truth: annotated.Truth) -> tuple[Any, int]:
    """Return the fact that a pair of namings states, and 1; or 0 if none, or -1 if it is stated elsewhere."""
    facts = truth.facts(predicate, truth.key(pair.subject.span), truth.key(pair.obj.span), pair.value(predicate))
    if not facts:
        return None, 0
    here = [f for f in facts if any(truth.sentences[n - 1].overlaps(pair.run) for n in f.sentences)]
    return (here or facts)[0], 1 if here else IGNORED
