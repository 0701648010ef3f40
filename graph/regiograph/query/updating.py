"""Sends updates to a SPARQL server elsewhere, with the care that questions get."""

from __future__ import annotations

from dataclasses import dataclass

from regiograph.query.endpoint import UPDATE, Server


@dataclass(frozen=True, slots=True)
class Updates(Server):
    """An address that takes SPARQL 1.1 updates."""

    def send(self, update: str) -> None:
        """Have an update done that does no harm when it is done twice; it is sent again while the server is busy.

        Raises:
            RefusedError: the server does not do it.
            EndpointError: it cannot be reached, is too slow, or breaks off; the update may have been done.
        """
        self.answered(update, UPDATE, "the update")

    def send_once(self, update: str) -> None:
        """Have an update done that must not be done twice.

        Raises:
            RefusedError: the server does not do it.
            EndpointError: it cannot be reached, is too slow, or breaks off; the update may have been done.
        """
        self.answered(update, UPDATE, "the update", once=True)
