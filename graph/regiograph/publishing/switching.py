"""The switch: what waits in staging takes the place of what is public, in one request, so that readers see either.

A graph is moved, not copied: the request is short however much it moves, and the staging is empty afterwards. The list
of what is published is moved last, so that it is there only if all else is: a server which does a request in part (as
Virtuoso does when it fails midway) is found out by it, and the next publication does the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.errors import EndpointError, RefusedError
from regiograph.publishing.content import Part
from regiograph.publishing.staging import Staging, emptied
from regiograph.query.updating import Updates
from regiograph.rdf.nodes import Graph

_ATTEMPTS = 4
_PAUSE = 1.0  # seconds before the second look or attempt, twice as many before each further one
_BUSY = frozenset({429, 503})
_TOO_LONG = frozenset({413, 414})
_FAILED = frozenset({400, 500})
_MANY = 100  # operations that no server finds too many: if it fails at fewer, it is for another reason


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of the switch; `part` is what it moves, None where it only removes."""

    update: str
    part: Part | None = None


def moving(part: Part) -> Step:
    """Return the step that makes a staged graph public."""
    place = f"GRAPH {part.target}" if isinstance(part.target, ox.NamedNode) else "DEFAULT"
    return Step(f"MOVE GRAPH {part.entry} TO {place}", part)


def removing(target: Graph) -> Step:
    """Return the step that removes a public graph."""
    return Step(emptied(target) if isinstance(target, ox.NamedNode) else "CLEAR SILENT DEFAULT")


class Switch:
    """Sends the steps, and looks at the server before it sends any again: a MOVE that is repeated may lose a graph."""

    def __init__(self, updates: Updates, staging: Staging, is_done: Callable[[], bool]) -> None:
        """`is_done` looks whether the server shows what is wanted."""
        self._updates, self._staging, self._is_done = updates, staging, is_done

    def make(self, steps: Iterable[Step]) -> int:
        """Take all steps in one request, or in a few if the server finds them too many; return how many it took.

        Raises:
            EndpointError: it did not work, or nobody knows whether it did.
        """
        return self._make(tuple(steps), _ATTEMPTS)

    def _make(self, steps: tuple[Step, ...], attempts: int) -> int:
        try:
            self._updates.send_once(" ;\n".join(step.update for step in steps))
        except RefusedError as e:
            return self._again(steps, e, attempts)
        except EndpointError as e:
            if not self._turns_out_done():
                raise EndpointError(f"{e}; the same command finds out how far it came, and goes on from there") from e
        return 1

    def _again(self, steps: tuple[Step, ...], refusal: RefusedError, attempts: int) -> int:
        if self._is_done():
            return 1
        if self._staging.missing(step.part for step in steps if step.part):
            raise EndpointError(f"{refusal}; a part is public, the same command does the rest") from refusal
        if refusal.status in _BUSY and attempts > 1:
            time.sleep(max(refusal.pause, _PAUSE * 2 ** (_ATTEMPTS - attempts)))
            return self._make(steps, attempts - 1)
        if len(steps) > 1 and _is_too_much(refusal.status, len(steps)):
            half = len(steps) // 2
            return self._make(steps[:half], attempts) + self._make(steps[half:], attempts)
        raise refusal

    def _turns_out_done(self) -> bool:
        """Look a few times: the server may be at it still, though it does not answer any more."""
        for attempt in range(_ATTEMPTS):
            time.sleep(_PAUSE * 2**attempt)
            try:
                if self._is_done():
                    return True
            except EndpointError:
                continue
        return False


def _is_too_much(status: int, steps: int) -> bool:
    return status in _TOO_LONG or (status in _FAILED and steps > _MANY)
