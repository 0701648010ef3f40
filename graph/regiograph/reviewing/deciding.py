"""From what people say to what a decision is about: names are looked up, and what fits nothing is refused."""

from __future__ import annotations

from pathlib import Path

from regiograph.entities.decisions import Act, named, read
from regiograph.errors import QueryError
from regiograph.matching.settling import content
from regiograph.query.lookup import found
from regiograph.rdf.identities import ENTITY
from regiograph.rdf.nodes import iri
from regiograph.rdf.store import Store


def about(store: Store, log: Path, act: Act, said: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a decision is about, as `entities.decisions` has it.

    People say the IRI of a claim to accept or reject; two entities to merge or split, and an entity and its name to
    rename, by names or IRIs; the id of a decision to undo.

    Raises:
        InputError: there is no such thing, or what is said fits nothing.
    """
    match act, said:
        case (Act.ACCEPT | Act.REJECT, (claim,)):
            return _claim(store, claim)
        case (Act.MERGE | Act.SPLIT, (one, other)):
            return _pair(store, one, other)
        case (Act.RENAME, (entity, name)):
            return _entity(store, entity), named(name)
        case (Act.UNDO, (made,)):
            return _decision(log, made)
        case _:
            raise QueryError(f"{act} is not about {len(said)} things")


def _claim(store: Store, claim: str) -> tuple[str, ...]:
    known = content(store, claim)
    if known is None:
        raise QueryError(f"there is no claim <{claim}> in this store")
    return known


def _pair(store: Store, one: str, other: str) -> tuple[str, str]:
    first, second = _entity(store, one), _entity(store, other)
    if first == second:
        raise QueryError(f"{one!r} and {other!r} are the same entity already, <{first}>; to part them give their IRIs")
    return first, second


def _entity(store: Store, words: str) -> str:
    """Return the IRI that words mean; one that articles mention is taken as it is, even if another stands for it."""
    if words.startswith(store.base) and next(store.quads.quads_for_pattern(None, ENTITY, iri(words), None), None):
        return words
    return found(words, store, parameter="ENTITY")


def _decision(log: Path, made: str) -> tuple[str]:
    if made not in {each.id for each in read(log)}:
        raise QueryError(f"there is no decision {made!r} in {log}; see: regiograph review log")
    return (made,)
