"""The store: articles' graphs and the knowledge that follows from them, on disk or in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset

from regiograph.entities.identity import BASE, article_iri
from regiograph.errors import GateError, StoreError, TermError
from regiograph.model import Article, Extraction
from regiograph.rdf import folder
from regiograph.rdf.changes import Changes
from regiograph.rdf.content import content
from regiograph.rdf.draft import Draft
from regiograph.rdf.folder import Folder, Format
from regiograph.rdf.gate import Gate, Violation
from regiograph.rdf.graphs import inferred_iri, texts_iri
from regiograph.rdf.identities import ENTITY, Identities, identified, labelled
from regiograph.rdf.knowledge import Knowledge
from regiograph.rdf.mapping import article_quads, header_quads, text_quad
from regiograph.rdf.nodes import decimal, iri, rg, term, triple
from regiograph.rdf.reviews import Reviews, reviewed
from regiograph.rdf.support import confidences
from regiograph.rdf.vocabulary import DCTERMS

MIN_CONFIDENCE = 0.75
FLUSHED = 64_000  # quads that the database may hold in memory until they go into a file: some 50 MB
MANY = 100_000  # quads written since the store was opened, after which its files are put in order
_IDENTIFIER, _DIGEST = term(DCTERMS.identifier), rg("sha256")


class Change(StrEnum):
    """What a `put` did."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


class Store:
    """Articles' graphs, and the default graph that they amount to; opened by `Store.open`, closed by `with`."""

    def __init__(self, quads: ox.Store, made_with: Format, held: Folder | None = None) -> None:
        self._quads: ox.Store | None = quads
        self._held = held
        self._pending = self._changed = 0
        self.path = held.path if held is not None else None
        self.changes = Changes(self.path)
        self.base = made_with.base
        self.min_confidence = float(made_with.min_confidence)
        least = Decimal(made_with.min_confidence)
        self._knowledge = Knowledge(quads, base=self.base, min_confidence=least, derived=self.derived)

    @classmethod
    def open(
        cls, path: Path | None, *, base: str = BASE, min_confidence: float | None = None, read_only: bool = False
    ) -> Self:
        """Open the store in the folder `path`, made if it is missing; None keeps it in memory.

        `base` begins the IRIs, claims below `min_confidence` (0 to 1; None: as the store was made, a new one with
        MIN_CONFIDENCE) support no fact. Both are kept with the store: to write with others is refused, to read takes
        them from there. Many may read a store at once, or one may write to it.

        Raises:
            StoreLockedError: another process has it open.
            StoreFormatError: it is damaged, written by a newer regiograph, or no store at all.
            StoreError: it was made with another base or confidence, or the folder cannot be used.
            TermError: `base` is no IRI that ends in / or #.
        """
        if not iri(base).value.endswith(("/", "#")):
            raise TermError(f"the base {base!r} ends neither in / nor in #")
        usual = Format(folder.VERSION, base, decimal(MIN_CONFIDENCE).value)
        wanted = usual if min_confidence is None else replace(usual, min_confidence=decimal(min_confidence).value)
        if path is None:
            return cls(ox.Store(), wanted)
        held = Folder.hold(path, read_only=read_only)
        try:
            return cls(*held.database(wanted, any_confidence=min_confidence is None), held)
        except BaseException:
            held.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Save everything and let others have the folder; what `quads` and `graph` gave must not be used any more."""
        if self._quads is None:
            return
        quads, self._quads = self._quads, None
        self._knowledge.close()
        self.changes.close()
        if self._held is not None:
            try:
                self._held.save(quads)
                if self._changed > MANY:
                    quads.optimize()  # questions are answered 10 to 35 % faster after it
            finally:
                del quads
                self._held.release()

    @property
    def quads(self) -> ox.Store:
        """The database itself: the default graph is the knowledge, each article has a graph of its own.

        Raises:
            StoreError: the store is closed.
        """
        if self._quads is None:
            raise StoreError("the store is closed")
        return self._quads

    def graph(self) -> Dataset:
        """Return an rdflib view of the same data."""
        return Dataset(store=OxigraphStore(store=self.quads), default_union=False)

    def put(self, extraction: Extraction) -> Change:
        """Store what was found in an article, in place of what the store held of it, in one transaction.

        Raises:
            TermError: something known about the article or an entity is malformed; nothing was written.
            GateError: the shapes or the evidence rule reject something, or a claim is malformed; nothing was written.
            StoreError: the disk is full, or the store is damaged, closed or read-only; nothing was written.
        """
        new = frozenset(_mapped(extraction, self.base))
        words = frozenset([text_quad(extraction.article, base=self.base)])
        with folder.failures(self._held):
            old, known = self._graph_of(extraction.article.id), self._words_of(extraction.article.id)
            if (new, words) == (old, known):
                return Change.UNCHANGED
            _same_article(old, extraction.article.id)
            if violations := _gate().check(extraction, new):
                raise GateError(violations)
            gone = {quad.subject for quad in old if quad.predicate == ENTITY} - {quad.subject for quad in new}
            known |= Identities(self.quads, self.base).told(quad for quad in old if quad.subject in gone)
            draft = Draft(self.quads, old | known, new | words)
            self._note(extraction.article.id)
            self._revise(draft, old, new)
        return Change.REPLACED if old else Change.ADDED

    def withdraw(self, article_id: str) -> bool:
        """Remove an article and exactly what only it supported; False if the store has no such article.

        Raises:
            StoreError: the disk is full, or the store is damaged, closed or read-only; nothing was removed.
        """
        with folder.failures(self._held):
            if old := self._graph_of(article_id):
                known = Identities(self.quads, self.base).told(old)
                known |= Reviews(self.quads, self.base).told(confidences(old))
                draft = Draft(self.quads, old | known | self._words_of(article_id), frozenset())
                self._note(article_id)
                self._revise(draft, old, frozenset())
        return bool(old)

    def fill(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> None:
        """Make quads all that a graph holds, in one transaction.

        Raises:
            StoreError: the disk is full, or the store is damaged, closed or read-only; nothing was written.
        """
        with folder.failures(self._held):
            old = frozenset(self.quads.quads_for_pattern(None, None, None, graph))
            if old != (new := frozenset(quads)):
                self._writable()
                self._written(Draft(self.quads, old, new))

    @property
    def derived(self) -> bool:
        """Whether all that was written to the store kept in line what is derived from its articles."""
        return self._held is None or self._held.derived

    def derive(self, inferred: Iterable[ox.Quad]) -> None:
        """Make anew what is derived from the articles; `inferred` is what follows from the knowledge.

        Raises:
            StoreError: the disk is full, or the store is damaged, closed or read-only.
        """
        self.fill(inferred_iri(self.base), inferred)
        self.fill(*self._knowledge.counted())
        self._knowledge.derived()
        if self._held is not None:
            self._held.save(self.quads)
            self._held.keep_derived()

    def is_current(self, article: Article, extractor_version: str) -> bool:
        """Whether the store holds this very article as this extractor read it, so that reading it again is idle.

        Raises:
            TermError: something known about the article is malformed.
        """
        header = header_quads(article, extractor_version, base=self.base)
        node = triple(header[0]).subject
        with folder.failures(self._held):
            stored = set(self.quads.quads_for_pattern(node, None, None, node))
            wanted = (*header, text_quad(article, base=self.base))
            return stored == {q for q in header if q.subject == node} and all(quad in self.quads for quad in wanted)

    def articles(self) -> Iterator[str]:
        """Yield the ids of the stored articles, sorted."""
        yield from sorted(self._values(_IDENTIFIER).values())

    def duplicates(self) -> tuple[tuple[str, ...], ...]:
        """Return the ids of articles with the very same text, group by group: each group is one source, not several."""
        identifiers = self._values(_IDENTIFIER)
        same: dict[str, list[str]] = defaultdict(list)
        for article, digest in self._values(_DIGEST).items():
            same[digest].append(identifiers[article])
        return tuple(sorted(tuple(sorted(ids)) for ids in same.values() if len(ids) > 1))

    def _values(self, predicate: ox.NamedNode) -> dict[ox.NamedNode, str]:
        with folder.failures(self._held):
            found = map(triple, self.quads.quads_for_pattern(None, predicate, None, None))
            return {article: value.value for article, _, value in found}

    def _graph_of(self, article_id: str) -> frozenset[ox.Quad]:
        graph = iri(article_iri(self.base, article_id))
        return frozenset(self.quads.quads_for_pattern(None, None, None, graph))

    def _words_of(self, article_id: str) -> frozenset[ox.Quad]:
        article = iri(article_iri(self.base, article_id))
        return frozenset(self.quads.quads_for_pattern(article, rg("text"), None, texts_iri(self.base)))

    def identify(
        self, mentions: Mapping[str, str], labels: Mapping[str, str], among: Collection[str] | None = None
    ) -> int:
        """Make `mentions` all that are known otherwise than by their own IRI, and as what; return how many changed.

        With `among` it is about these mentions only, and others stay as they are. Each article's part of the knowledge
        follows in a transaction of its own. `labels` are names that people gave.

        Raises:
            StoreError: the disk is full, or the store is damaged, closed or read-only.
        """
        with folder.failures(self._held):
            known = Identities(self.quads, self.base)
            before = known.stored() if among is None else known.stored_of(among)
            either = before.keys() | mentions.keys()
            changes = {m: mentions.get(m, "") for m in either if before.get(m) != mentions.get(m)}
            renamed = self._rename(known, labels)
            for graph, changed in self._by_article(changes, ENTITY).items():
                old = frozenset(self.quads.quads_for_pattern(None, None, None, graph)) if graph else frozenset()
                said = frozenset(identified(m, before[m]).within(known.graph) for m in changed if m in before)
                now = frozenset(identified(m, to).within(known.graph) for m, to in changed.items() if to)
                self._revise(Draft(self.quads, said, now), old, old, changed)
            return len(changes) + renamed

    def review(self, statuses: Mapping[str, str]) -> int:
        """Make `statuses`, IRIs by claim, all that people have decided on claims; return how many changed.

        Each article's part of the knowledge follows in a transaction of its own.

        Raises:
            StoreError: the disk is full, or the store is damaged, closed or read-only.
        """
        with folder.failures(self._held):
            known = Reviews(self.quads, self.base)
            before = known.stored()
            either = before.keys() | statuses.keys()
            changes = {c: statuses.get(c, "") for c in either if before.get(c) != statuses.get(c)}
            for graph, changed in self._by_article(changes, rg("inArticle")).items():
                old = frozenset(self.quads.quads_for_pattern(None, None, None, graph)) if graph else frozenset()
                now = frozenset(reviewed(c, to).within(known.graph) for c, to in changed.items() if to)
                self._revise(Draft(self.quads, known.told(changed), now), old, old, reviews=changed)
            return len(changes)

    def _rename(self, known: Identities, labels: Mapping[str, str]) -> int:
        before = known.labels()
        changed = [e for e in before.keys() | labels.keys() if before.get(e) != labels.get(e)]
        if not changed:
            return 0
        old = frozenset(labelled(e, before[e]).within(known.graph) for e in changed if e in before)
        new = frozenset(labelled(e, labels[e]).within(known.graph) for e in changed if e in labels)
        self._writable()
        self._written(Draft(self.quads, old, new))
        draft = Draft(self.quads, frozenset(), frozenset())
        self._knowledge.describe(draft, changed)
        self._written(draft)
        return len(changed)

    def _by_article(
        self, changes: Mapping[str, str], said_by: ox.NamedNode
    ) -> dict[ox.NamedNode | None, dict[str, str]]:
        """Gather changes by the article of a node, which has the property `said_by`; None is for what is no more."""
        found: dict[ox.NamedNode | None, dict[str, str]] = defaultdict(dict)
        for mention in sorted(changes):
            said = next(iter(self.quads.quads_for_pattern(iri(mention), said_by, None, None)), None)
            graph = said.graph_name if said is not None and isinstance(said.graph_name, ox.NamedNode) else None
            found[graph][mention] = changes[mention] if graph is not None else ""
        return found

    def _revise(
        self,
        draft: Draft,
        old: frozenset[ox.Quad],
        new: frozenset[ox.Quad],
        identities: Mapping[str, str] | None = None,
        reviews: Mapping[str, str] | None = None,
    ) -> None:
        self._writable()
        tallies = self._knowledge.revise(draft, old, new, identities, reviews)
        self._written(draft)
        self._knowledge.keep(tallies)

    def _note(self, article_id: str) -> None:
        self._writable()
        self.changes.note(article_iri(self.base, article_id))

    def save(self) -> None:
        """Bring to disk what the system still holds in memory.

        Raises:
            StoreError: the disk is full, or the like.
        """
        if self._held is not None:
            self._held.save(self.quads)
            self._pending = 0

    def _writable(self) -> None:
        if self._held is not None:
            self._held.writable()

    def _written(self, draft: Draft) -> None:
        changed = draft.commit()
        self._pending, self._changed = self._pending + changed, self._changed + changed
        if self._pending > FLUSHED:
            self.save()


@cache
def _gate() -> Gate:
    return Gate()


def _mapped(extraction: Extraction, base: str) -> tuple[ox.Quad, ...]:
    try:
        return article_quads(extraction, base=base)
    except TermError:
        if violations := tuple(_malformed(extraction)):
            raise GateError(violations) from None
        raise


def _malformed(extraction: Extraction) -> Iterator[Violation]:
    """Yield the claims of which no RDF can be made."""
    for claim in extraction.claims:
        try:
            content(claim)
        except TermError as e:
            yield Violation(extraction.article.id, claim.id, claim.id, "", f"{e}.", claim.evidence.quote)


def _same_article(stored: Iterable[ox.Quad], article_id: str) -> None:
    for article, predicate, value in map(triple, stored):
        if predicate == _IDENTIFIER and value.value != article_id:
            raise StoreError(f"the ids {value.value!r} and {article_id!r} both make {article.value}")
