"""Open annotated text, of another kind and with other labels, that the network reads before its own articles.

Re-DocRED (Tan et al. 2022, Revisiting DocRED; MIT licence; github.com/tonytan48/Re-DocRED): 1,000 introductions of
Wikipedia articles, in which names and the relations between them are marked. It teaches what names are and how texts
relate them. It is read from outside the project and no part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from examples import IGNORED, Example, View, tag
from learning import Plan, learn
from torch import nn

from network import MANNERS, WIDTH, Reader
from regiograph.claims.literals import literals
from regiograph.claims.neural import traits
from regiograph.claims.neural.marks import Marks, Told, marks
from regiograph.claims.neural.words import Words, words
from regiograph.model import Article, Sentence, Span

SUMS = {
    "dev_revised.json": "051ee1d057204a5d08ef5502beacdadf191245b5eaf0e29ec2c607cf002c016f",
    "test_revised.json": "ea673b7ef91e16510d7eb88863d3903e47318dc5653ef361266f27ae3b84723c",
}
NAMES = ("PER", "ORG", "LOC", "MISC")
TAGS = ("O", *(f"{part}-{name}" for name in NAMES for part in "BI"))
KINDS = {"PER": "Person", "ORG": "Organization", "LOC": "Region", "MISC": "Project", "TIME": "date", "NUM": "count"}
EPOCHS = 3
LEAST = 60  # times that a relation must be stated to be learned
FARTHEST = 1  # sentences between two names
_CLOSES, _OPENS = frozenset(", . ; : ! ? ) ] % 's 'S ' …".split()), frozenset("( [ $ £ €".split())

Stated = Mapping[tuple[int, int], Mapping[int, set[int]]]  # by the two ends: relations, and the sentences that tell


@dataclass(frozen=True)
class Naming:
    """One name of an entity: the number of its sentence and its characters."""

    sentence: int
    span: Span


def pretrain(model: Reader, folder: Path, plan: Plan, seed: int) -> int:
    """Fit the encoder and what the heads share to open text, and return how many documents that was.

    The last layers of the tagger and the relater, which give other labels, are left as they were. `folder` holds the
    files that `SUMS` names.
    """
    given, relations = read(folder)
    kept = model.tagger.out, model.relater.out
    model.tagger.out = nn.Linear(WIDTH, len(TAGS))
    model.relater.out = nn.Linear(WIDTH, relations + MANNERS)
    learn(model, given, replace(plan, epochs=EPOCHS), seed)
    model.tagger.out, model.relater.out = kept
    return len(given)


def read(folder: Path) -> tuple[list[Example], int]:
    """Return what there is to learn from, and how many relations are told apart."""
    documents = [document for name in SUMS for document in json.loads(_checked(folder / name))]
    stated = Counter(label["r"] for document in documents for label in document["labels"])
    relations = {r: i for i, r in enumerate(sorted(r for r, times in stated.items() if times >= LEAST))}
    return [_example(document, relations) for document in documents], len(relations)


def _checked(file: Path) -> bytes:
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != SUMS[file.name]:
        raise SystemExit(f"{file}: not the version of the file that this training was made with")
    return content


def _example(document: Any, relations: Mapping[str, int]) -> Example:
    text, sentences, places = _text(document["sents"])
    article = Article(document["title"], text, None, None, None)
    seen = words(article, sentences, literals(article, sentences))
    tags = np.zeros(len(seen.tokens), dtype=np.int64)
    entities: list[list[Naming]] = []
    told: list[Told] = []
    for entity in document["vertexSet"]:
        entities.append([])
        for name in entity:
            row, (low, high) = places[name["sent_id"]], name["pos"]
            span = Span(row[low].start, row[high - 1].end)
            if (touched := seen.within(*span)) is None:
                continue
            entities[-1].append(Naming(name["sent_id"], span))
            told.append(Told(span, KINDS[name["type"]]))
            if name["type"] in NAMES:
                tag(tags, touched, name["type"], TAGS)
    stated: dict[tuple[int, int], dict[int, set[int]]] = defaultdict(dict)
    for label in document["labels"]:
        if label["r"] in relations:
            stated[label["h"], label["t"]][relations[label["r"]]] = set(label["evidence"])
    return Example(
        document["title"], seen, tags, [_view(seen, sentences, marks(seen, told), entities, stated, len(relations))]
    )


def _view(
    seen: Words,
    sentences: Sequence[Sentence],
    known: Marks,
    entities: Sequence[Sequence[Naming]],
    stated: Stated,
    relations: int,
) -> View:
    pairs, around, labels = [], [], []
    for h, t in ((h, t) for h in range(len(entities)) for t in range(len(entities)) if h != t):
        if (near := _nearest(entities[h], entities[t])) is None:
            continue
        first, last = sorted(n.sentence for n in near)
        start, end = seen.within(*sentences[first].span), seen.within(*sentences[last].span)
        if start is None or end is None:
            continue
        row = np.zeros(relations, dtype=np.int8)
        for relation, evidence in stated.get((h, t), {}).items():
            here = evidence & {first, last} if evidence else first == last
            row[relation] = 1 if here else IGNORED
        pairs.append([known.place[n.span] for n in near])
        around.append((start[0], end[1] + 1))
        labels.append(row)
    return View(
        known.spans,
        known.kinds,
        known.forms,
        np.zeros(0, np.int64),
        np.zeros((0, 2), np.int64),
        np.zeros((0, traits.LINK_TRAITS), np.float32),
        np.zeros(0, bool),
        np.array(pairs, dtype=np.int64).reshape(-1, 2),
        np.array(around, dtype=np.int64).reshape(-1, 2),
        np.zeros((len(pairs), traits.PAIR_TRAITS), np.float32),
        np.array(labels, dtype=np.int8).reshape(-1, relations),
        np.full((len(pairs), MANNERS), IGNORED, dtype=np.int8),
    )


def _nearest(heads: Sequence[Naming], tails: Sequence[Naming]) -> tuple[Naming, Naming] | None:
    """Return the two namings that are closest, or None if they are too far apart."""
    near = min(
        ((h, t) for h in heads for t in tails),
        key=lambda x: (
            abs(x[0].sentence - x[1].sentence),
            abs(x[0].span.start - x[1].span.start),
            x[0].span,
            x[1].span,
        ),
        default=None,
    )
    if near is None or abs(near[0].sentence - near[1].sentence) > FARTHEST or near[0].span.overlaps(near[1].span):
        return None
    return near


def _text(rows: Sequence[Sequence[str]]) -> tuple[str, tuple[Sentence, ...], list[list[Span]]]:
    """Return the words of sentences as a text, its sentences, and where each word is in it."""
    text, sentences, places = "", [], []
    for number, row in enumerate(rows, start=1):
        start, glued = len(text), True
        places.append([])
        for word in row:
            text += "" if glued or word in _CLOSES else " "
            places[-1].append(Span(len(text), len(text) + len(word)))
            text += word
            glued = word in _OPENS
        sentences.append(Sentence(number, 0, Span(start, len(text))))
        text += "\n"
    return text, tuple(sentences), places
