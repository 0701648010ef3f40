"""Relations: what the sentences say of the entities that were found."""

from regiograph.claims.relations.relating import claims

__all__ = ["claims"]
