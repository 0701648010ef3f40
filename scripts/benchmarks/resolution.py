"""How well entities of different articles are told to be one: B-cubed over articles with common actors, and names."""

from __future__ import annotations

import argparse
import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox
from benchmarks import overlapping, press

from regiograph.entities.identity import BASE, claim_iri, entity_iri
from regiograph.errors import GateError
from regiograph.matching import settling
from regiograph.matching.scoring import likeness
from regiograph.model import Claim, Entity, Extraction
from regiograph.rdf.identities import ENTITY, Identities
from regiograph.rdf.nodes import triple
from regiograph.rdf.store import Store
from regiograph.terms import EntityType

_K = TypeVar("_K")
Scores = tuple[float, float, float]
"""Precision, recall and F1."""
SAME = 0.7  # as the public benchmark of names has it
_VARIED = 0.5  # of the people and bodies of an article, that it calls by another form of the name
_BODIES = (EntityType.COMPANY, EntityType.ORGANIZATION)
_GIVEN = "Ivan Pavel Sergey Dmitry Anna Olga Maria Elena Thomas Martin Hans Peter".split()
_FAMILY = "Morozov Petrov Belov Khabarov Zhukov Shcherbakov Lindberg Lindqvist Berger Bergmann Weber Keller".split()
_FIRST = "Nordhavn Sudhavn Kestrel Orion Baltic Caspian Titan Atlas Gamma Delta".split()
_SECOND = ("Shipyard", "Motors", "Energy", "Steel Works", "Cement", "Chemical Works", "Logistics", "Timber Holding")
_SPELLINGS = (("kh", "h"), ("zh", "j"), ("sh", "sch"), ("v", "w"), ("y", "i"), ("i", "y"), ("k", "ck"), ("ov", "off"))


def register(commands: Any) -> None:
    """Add the sub-command `resolution`."""
    parser = commands.add_parser("resolution", help="who is who across articles: B-cubed; a table of pairs of names")
    parser.add_argument("--articles", type=int, default=60, metavar="N", help="articles (default 60)")
    parser.add_argument("--names", type=Path, metavar="FILE", help="CSV with schema, name1, name2, is_match")
    parser.set_defaults(measure=measure)


def measure(options: argparse.Namespace) -> None:
    """Print the figures."""
    alone, found = bcubed(options.articles)
    print(f"{options.articles} articles, actors of similar names, every second by another form, B-cubed over mentions:")
    _print(alone, found)
    for how, told in (("annotated", overlapping.annotated), ("read by the default extractor", overlapping.read)):
        alone, found, share = overlap(told())
        print(f"articles of tests/matching/corpus, {how}, {share:.0%} of their entities found:")
        _print(alone, found)
    for name, told in (("names.txt", "seen while the weights were made"), ("unseen.txt", "never looked at")):
        precision, recall, f1 = _counted(labelled(overlapping.FOLDER.parent / name))
        print(f"pairs of {name}, {told}, at {SAME}: P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    if options.names:
        precision, recall, f1 = _counted(_pairs(options.names))
        print(f"pairs of {options.names.name} at {SAME}: P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def _print(alone: Scores, found: Scores) -> None:
    for told, (precision, recall, f1) in (("by their names alone", alone), ("resolved", found)):
        print(f"  {told:<22} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def overlap(told: Iterable[overlapping.Told]) -> tuple[Scores, Scores, float]:
    """Return B-cubed before and after resolution over annotated entities, and what share of these was found."""
    actors = overlapping.actors()
    before: dict[str, str] = {}
    with Store.open(None) as store:
        for extraction, found in told:
            store.put(extraction)
            before |= {f"{extraction.article.id} {key}": iri for key, iri in found.items()}
        called = _settled(store)
    after = {key: called[key.split()[0], iri] for key, iri in before.items()}
    true = {key: actors[article, entity] for key in before for article, entity in [key.split()]}
    return _scored(before, true), _scored(after, true), len(before) / len(actors)


def bcubed(articles: int) -> tuple[Scores, Scores]:
    """Return precision, recall and F1 (Bagga and Baldwin 1998) before and after resolution."""
    gold: dict[str, str] = {}
    cast: dict[str, int] = {}
    with Store.open(None) as store:
        for number in range(articles):
            extraction, true = _varied(press.extraction(number, max(1, articles // 8)), random.Random(number), cast)
            try:
                store.put(extraction)
            except GateError:
                continue
            gold.update({f"{extraction.article.id} {entity}": original for entity, original in true.items()})
        resolved = _settled(store)
    named = {key: key[1] for key in resolved}
    true_of = {key: gold.get(" ".join(key), key[1]) for key in resolved}
    return _scored(named, true_of), _scored(resolved, true_of)


def _settled(store: Store) -> dict[tuple[str, str], str]:
    """Return as what each entity is known once a store is settled, by the id of the article and its own IRI."""
    settling.settle(store, [])
    known = Identities(store.quads, store.base)
    found = {}
    for quad in store.quads.quads_for_pattern(None, ENTITY, None, None):
        (mention, _, entity), article = triple(quad), quad.graph_name
        if isinstance(article, ox.NamedNode):
            found[_id(article.value), entity.value] = known.of(mention) or entity.value
    return found


def _id(graph: str) -> str:
    return graph.rsplit("/", 1)[1]


def _varied(
    extraction: Extraction, chance: random.Random, cast: dict[str, int]
) -> tuple[Extraction, dict[str, str]]:  # fmt: skip
    """Return an extraction with actors whose names are easily mixed up, some in another form, and whose the IRIs are.

    `cast` numbers the actors met so far.
    """
    called = {}
    for entity in extraction.entities:
        actor = _confusable(entity, cast)
        form = _form(actor, chance) or (actor.name if actor is not entity else None)
        called[entity.id] = replace(entity, id=entity_iri(BASE, entity.type, form), name=form) if form else entity
    entities = {entity.id: entity for entity in called.values()}
    claims = tuple(_renamed(claim, extraction, called) for claim in extraction.claims)
    true = {new.id: old for old, new in called.items()}
    return replace(extraction, entities=tuple(entities.values()), claims=claims), true


def _renamed(claim: Claim, extraction: Extraction, called: Mapping[str, Entity]) -> Claim:
    subject = called[claim.subject].id
    obj = called[claim.object].id if claim.object else None
    said = obj if obj is not None else claim.value
    assert said is not None
    iri = claim_iri(BASE, extraction.article.id, subject, claim.predicate, said, claim.evidence)
    return replace(claim, id=iri, subject=subject, object=obj)


def _confusable(entity: Entity, cast: dict[str, int]) -> Entity:
    """Return a person or body by a name that shares its given name with some, and its family name with others."""
    if entity.type not in (EntityType.PERSON, *_BODIES):
        return entity
    number = cast.setdefault(entity.id, len(cast))
    first, second = (_GIVEN, _FAMILY) if entity.type is EntityType.PERSON else (_FIRST, _SECOND)
    at = number * 7 % (len(first) * len(second))
    again = number // (len(first) * len(second))
    return replace(entity, name=f"{first[at % len(first)]}{'a' * again} {second[at // len(first)]}")


def _form(entity: Entity, chance: random.Random) -> str | None:
    """Return another form of the name of a person or body, or None to leave it."""
    parts = entity.name.split()
    if entity.type not in (EntityType.PERSON, *_BODIES) or len(parts) < 2 or chance.random() > _VARIED:
        return None
    if entity.type is EntityType.PERSON:
        forms = [
            _respelt(entity.name, chance),
            f"{parts[0]} {chance.choice('ABDKM')}. {parts[-1]}",
            " ".join(parts[::-1]),
        ]
    else:
        forms = [_respelt(entity.name, chance), f"{entity.name} LLC", f"JSC {entity.name}", f"The {entity.name}"]
    form = chance.choice(forms)
    return form if form != entity.name else None


def _respelt(name: str, chance: random.Random) -> str:
    fitting = [pair for pair in _SPELLINGS if pair[0] in name[1:]]
    if not fitting:
        return name
    one, other = chance.choice(fitting)
    return name[0] + name[1:].replace(one, other, 1)


def _scored(told: Mapping[_K, str], true: Mapping[_K, str]) -> tuple[float, float, float]:
    clusters, classes = _grouped(told), _grouped(true)
    shares = [(clusters[told[node]], classes[true[node]]) for node in told]
    precision = sum(len(a & b) / len(a) for a, b in shares) / len(shares)
    recall = sum(len(a & b) / len(b) for a, b in shares) / len(shares)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _grouped(of: Mapping[_K, str]) -> dict[str, set[_K]]:
    found: dict[str, set[_K]] = defaultdict(set)
    for node, group in of.items():
        found[group].add(node)
    return found


def labelled(path: Path) -> Iterator[tuple[bool, bool]]:
    """Yield for every two names of a line of a file of the tests whether they are held to be of one, and are."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, sign, listed = line.split(" ", 2)
            for one, other in combinations([name.strip() for name in listed.split(" ; ")], 2):
                yield likeness(EntityType(kind), one, other) >= SAME, sign == "="


def _counted(pairs: Iterable[tuple[bool, bool]]) -> Scores:
    """Return precision, recall and F1 over pairs."""
    found = list(pairs)
    hits = sum(said and same for said, same in found)
    precision, recall = hits / sum(said for said, _ in found), hits / sum(same for _, same in found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _pairs(path: Path) -> Iterator[tuple[bool, bool]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows: Sequence[Mapping[str, str]] = list(csv.DictReader(file))
    for row in rows:
        kind = EntityType.PERSON if row["schema"] == "Person" else EntityType.COMPANY
        yield likeness(kind, row["name1"], row["name2"]) >= SAME, row["is_match"] == "true"
