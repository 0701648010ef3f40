"""What a worker does for those who review: pages, what a decision is about, and having the store follow the log."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from regiograph.entities.decisions import Act, made_now, read
from regiograph.errors import InputError, QueryError, StoreError
from regiograph.matching.settling import follow
from regiograph.rdf.folder import Folder, Format
from regiograph.rdf.store import Store
from regiograph.reviewing.deciding import about
from regiograph.reviewing.pending import Bench
from regiograph.serve import doubts, history
from regiograph.serve.wire import Job, Kind, Reply, Review, Task, wrong


class Desk:
    """A worker's store, which does not change while it reads, and the log."""

    def __init__(self, quads: ox.Store, made: Format, held: Folder, review: Review) -> None:
        self._store, self._log = Store(quads, made, held), Path(review.log)
        self._bench = Bench(self._store, review.least)

    def done(self, job: Job) -> Reply:
        """Do a job of those who review."""
        try:
            match job.task:
                case Task.FOLLOW:
                    follow(self._store, read(self._log))
                    self._store.close()
                    return Reply(Kind.DONE, False, b"")
                case Task.DECISION:
                    return Reply(Kind.DONE, False, self._meant(**json.loads(job.text)))
            return Reply(Kind.HTML, False, self._page(**json.loads(job.text)))
        except (InputError, StoreError) as e:
            return wrong(e)

    def _meant(self, act: str, said: list[str], who: str) -> bytes:
        """Return as JSON what a decision is about, and how many items it leaves."""
        if act not in set(Act):
            raise QueryError(f"there is no decision {act!r}; there are: {', '.join(Act)}")
        meant = about(self._store, self._log, Act(act), tuple(said))
        then = self._bench.pending([*read(self._log), made_now(Act(act), meant, who)])
        return json.dumps({"act": act, "about": meant, "left": len(then.items)}).encode()

    def _page(self, page: str, who: str, at: int, made: str | None, followed: bool) -> bytes:
        decisions = read(self._log)
        if page == "history":
            return history.page(self._bench, decisions)
        return doubts.page(self._bench, decisions, doubts.Place(who, at, made, followed, self._log.name))
